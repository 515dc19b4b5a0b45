/**
 * Stored content taken apart in slices of its text, so that no number is rounded and no key moves. What is stored is valid JSON without
 * white space between tokens (`content.ts` has seen to it), and is not checked again.
 */

/** Goes through a JSON text. */
export class Slices {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether the value here is an object that has members. */
  get isFilledObject(): boolean {
    return this.#text[this.#at] === "{" && this.#text[this.#at + 1] !== "}";
  }

  /** Stops at the value of each member of the object that begins here, for the caller to go past, and gives its key. */
  *members(): Generator<string> {
    while (!this.#takeEnd("}")) {
      const key: string = JSON.parse(this.slice());
      this.#at++; // the colon
      yield key;
    }
  }

  /** Stops at each item of the array that begins here, for the caller to go past. */
  *items(): Generator<void> {
    while (!this.#takeEnd("]")) yield;
  }

  /** The text of the value here. Goes past it. */
  slice(): string {
    const start = this.#at;
    let depth = 0;
    do {
      const char = this.#text[this.#at];
      if (char === '"') this.#skipString();
      else if (char === "{" || char === "[") depth++;
      else if (char === "}" || char === "]") depth--;
      else if (depth === 0) this.#skipScalar();
      this.#at++;
    } while (depth > 0);
    return this.#text.slice(start, this.#at);
  }

  /** Goes past what stands before a member or an item; past the end of what they are in, if that is here. */
  #takeEnd(close: string): boolean {
    if (this.#text[this.#at] !== close) this.#at++; // its opening, or a comma
    const isEnd = this.#text[this.#at] === close;
    if (isEnd) this.#at++;
    return isEnd;
  }

  /** Up to the closing quote. */
  #skipString(): void {
    const text = this.#text;
    let at = this.#at + 1;
    while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    this.#at = at;
  }

  /** Up to the last character. */
  #skipScalar(): void {
    const rest = /[^,\]}]*/y;
    rest.lastIndex = this.#at;
    rest.test(this.#text);
    this.#at = rest.lastIndex - 1;
  }
}
