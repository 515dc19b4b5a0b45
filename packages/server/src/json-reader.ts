import type { Plan, PlannedProperty } from "./content.ts";
import { JsonText } from "./json.ts";
import { invalid, problem } from "./problem.ts";

/** A body has at most so many values, user content included: some of it becomes objects in memory, if only to be compared. */
const mostValues = 5_000_000;

/** A member of an object, as JSON text. */
export interface Member {
  key: string;
  value: string;
}

const code = (character: string) => character.charCodeAt(0);
const quote = code('"');
const backslash = code("\\");
const comma = code(",");
const colon = code(":");
const openBrace = code("{");
const closeBrace = code("}");
const openBracket = code("[");
const closeBracket = code("]");

/** A value that is no string and has no parts. */
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** The string that a JSON text describes. Most have no escape sequences in them, and need not be parsed. */
const stringOf = (text: string): string => (text.includes("\\") ? JSON.parse(text) : text.slice(1, -1));

const pointerTo = (path: readonly (string | number)[]) =>
  `/${path.map((key) => String(key).replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`;

const isSpace = (char: number) => char === 0x20 || char === 0x0a || char === 0x0d || char === 0x09;

/**
 * Reads a JSON text from its beginning to its end, once, by one of its public methods. What it throws is a Problem of the `noun` that the
 * text is; nothing in it may be nested more than `deepest` levels.
 */
export class JsonReader {
  readonly #text: string;
  readonly #noun: string;
  #deepest: number;
  readonly #place: readonly (string | number)[];
  /** From that place on the way to what is being read, as far as `#depth`: what is beyond is of before. */
  readonly #path: (string | number)[];
  #depth: number;
  #at = 0;
  #values = 0;
  /** There was white space since this was last unset. */
  #spaced = false;

  /** `place` is where in the request the text stands. */
  constructor(text: string, noun: string, deepest: number, place: (string | number)[] = [noun]) {
    this.#text = text;
    this.#noun = noun;
    this.#deepest = deepest;
    this.#place = place;
    this.#path = [...place];
    this.#depth = place.length;
  }

  document(plan: Plan): unknown {
    return this.#whole(() => this.#value(plan));
  }

  content(): string {
    return this.#whole(() => this.#content());
  }

  members(deepest: (name: string) => number): Map<string, Member> {
    return this.#whole(() => {
      if (this.#char() !== openBrace) throw this.#noObject();
      const members = new Map<string, Member>();
      const depth = this.#depth++;
      for (let more = this.#enter(closeBrace); more; more = this.#next(closeBrace)) {
        const key = this.#keyText();
        const name: string = JSON.parse(key);
        this.#path[depth] = name;
        this.#deepest = deepest(name);
        members.set(name, { key, value: this.#content() });
      }
      return members;
    });
  }

  #whole<Value>(read: () => Value): Value {
    this.#space();
    const value = read();
    this.#space();
    if (this.#at < this.#text.length) throw this.#malformed();
    return value;
  }

  /** The value that begins here, less the white space between its tokens. */
  #content(): string {
    const start = this.#at;
    this.#spaced = false;
    this.#skip();
    const text = this.#text.slice(start, this.#at);
    return this.#spaced ? compact(text) : text;
  }

  #value(plan: Plan): unknown {
    const first = this.#char();
    if (plan.kind === "object" && first === openBrace) return this.#object(plan.properties);
    if (plan.kind === "array" && first === openBracket) return this.#array(plan.items);
    if (plan.kind === "content" && (first === openBrace || !plan.objectOnly)) return new JsonText(this.#content());
    const start = this.#at;
    this.#skip();
    // An object or a list where the contract has none: its type is all that the validator will look at.
    if (first === openBrace) return {};
    if (first === openBracket) return [];
    const text = this.#text.slice(start, this.#at);
    return first === quote ? stringOf(text) : JSON.parse(text);
  }

  #count(): void {
    if (++this.#values > mostValues) throw problem("body_too_large", `The body may have ${mostValues} values at most.`);
  }

  #object(properties: PlannedProperty[]): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    const depth = this.#depth++;
    for (let more = this.#enter(closeBrace); more; more = this.#next(closeBrace)) {
      const { name, plan } = this.#property(properties);
      this.#path[depth] = name;
      if (plan === undefined) this.#skip();
      else object[name] = this.#value(plan);
    }
    this.#depth = depth;
    return object;
  }

  /** Which of these the key is that begins here, or just its name; goes past it as `#key` does. */
  #property(properties: PlannedProperty[]): PlannedProperty | { name: string; plan?: undefined } {
    const start = this.#at;
    // Compared, not looked up: of a name that is new each time, no object gets a property without a search among all names that there are.
    for (const property of properties) {
      if (!this.#text.startsWith(property.key, start)) continue;
      this.#key();
      return property;
    }
    const name = stringOf(this.#keyText());
    return properties.find((property) => property.name === name) ?? { name };
  }

  #array(items: Plan): unknown[] {
    const array: unknown[] = [];
    const depth = this.#depth++;
    for (let more = this.#enter(closeBracket); more; more = this.#next(closeBracket)) {
      this.#path[depth] = array.length;
      array.push(this.#value(items));
    }
    this.#depth = depth;
    return array;
  }

  /** Goes to the first member of the array or object that begins here. False if it has none: then it goes past it. */
  #enter(close: number): boolean {
    this.#at++;
    this.#space();
    return !this.#take(close);
  }

  /** Goes on to the next member, likewise. */
  #next(close: number): boolean {
    this.#space();
    if (this.#take(close)) return false;
    if (!this.#take(comma)) throw this.#malformed();
    this.#space();
    return true;
  }

  /** Goes past the value that begins here, whatever it is. */
  #skip(): void {
    const first = this.#char();
    if (first === openBrace || first === openBracket) this.#skipNested();
    else this.#leaf();
  }

  #skipNested(): void {
    const closers: number[] = [];
    for (;;) {
      const first = this.#char();
      if (first === openBrace || first === openBracket) {
        this.#count();
        if (closers.push(first === openBrace ? closeBrace : closeBracket) > this.#deepest) throw this.#tooDeep();
        this.#at++;
        this.#space();
        if (this.#char() !== closers.at(-1)) {
          if (first === openBrace) this.#key();
          continue;
        }
      } else this.#leaf();

      for (;;) {
        const close = closers.at(-1);
        if (close === undefined) return;
        this.#space();
        if (this.#take(close)) closers.pop();
        else if (this.#take(comma)) {
          this.#space();
          if (close === closeBrace) this.#key();
          break;
        } else throw this.#malformed();
      }
    }
  }

  #leaf(): void {
    this.#count();
    if (this.#char() === quote) this.#string();
    else this.#scalar();
  }

  /** The key that begins here; goes past it as `#key` does. */
  #keyText(): string {
    const start = this.#at;
    return this.#text.slice(start, this.#key());
  }

  /** Goes past a key, its colon, and the white space up to its value. Gives the end of the key itself. */
  #key(): number {
    if (this.#char() !== quote) throw this.#malformed();
    this.#string();
    const end = this.#at;
    this.#space();
    if (!this.#take(colon)) throw this.#malformed();
    this.#space();
    return end;
  }

  #string(): void {
    const text = this.#text;
    let at = this.#at + 1; // in a local variable: most of a body is strings, and this is where its time goes
    for (let char = text.charCodeAt(at); char !== quote; char = text.charCodeAt(++at)) {
      if (char !== backslash && char >= 0x20) continue;
      this.#at = at;
      if (char !== backslash) throw this.#malformed(); // a control character, or NaN: the end of the text
      at += this.#escape();
    }
    this.#at = at + 1;
  }

  /** How long the escape sequence is that begins here, less one. */
  #escape(): number {
    const next = this.#text[this.#at + 1];
    if (next !== undefined && '"\\/bfnrt'.includes(next)) return 1;
    if (!/^u[\da-fA-F]{4}/.test(this.#text.slice(this.#at + 1, this.#at + 6))) throw this.#malformed();
    return 5;
  }

  #scalar(): void {
    scalar.lastIndex = this.#at;
    if (!scalar.test(this.#text)) throw this.#malformed();
    this.#at = scalar.lastIndex;
  }

  #space(): void {
    if (!isSpace(this.#char())) return;
    this.#spaced = true;
    while (isSpace(this.#char())) this.#at++;
  }

  #char(): number {
    return this.#text.charCodeAt(this.#at);
  }

  #take(char: number): boolean {
    const isHere = this.#char() === char;
    if (isHere) this.#at++;
    return isHere;
  }

  #tooDeep() {
    const pointer = pointerTo(this.#path.slice(0, this.#depth));
    return invalid(pointer, `${pointer} is nested more than ${this.#deepest} levels deep`, "depth");
  }

  #noObject() {
    return invalid(pointerTo(this.#place), `The ${this.#noun} is not a JSON object`, "type");
  }

  #malformed() {
    let line = 1;
    let start = 0;
    for (let end = this.#text.indexOf("\n"); end !== -1 && end < this.#at; end = this.#text.indexOf("\n", start)) {
      line++;
      start = end + 1;
    }
    const found =
      this.#at < this.#text.length
        ? JSON.stringify(String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0))
        : "end of text";
    const where = `line ${line}, column ${this.#at - start + 1}`;
    return invalid(
      pointerTo(this.#place),
      `The ${this.#noun} is not valid JSON: unexpected ${found} at ${where}`,
      "json",
    );
  }
}

/** Valid JSON without the white space between its tokens. */
function compact(text: string): string {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === quote) at = endOfString(text, at);
    else if (isSpace(char)) {
      parts.push(text.slice(start, at));
      while (isSpace(text.charCodeAt(at + 1))) at++;
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.join("");
}

/** Where the string that begins at `start` has its closing quote. */
function endOfString(text: string, start: number): number {
  let end = start + 1;
  while (text.charCodeAt(end) !== quote) end += text.charCodeAt(end) === backslash ? 2 : 1;
  return end;
}
