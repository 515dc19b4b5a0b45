import { type Document, resolve, type Schema } from "./contract.ts";
import { JsonText } from "./json.ts";
import { invalid, problem } from "./problem.ts";

/**
 * How to read a JSON body of some schema: which of its properties to read, and where user content is, which is sliced out of the text and
 * never parsed. It is made from the contract, so no handler slices by hand.
 */
export type Plan =
  | { kind: "content"; objectOnly: boolean }
  | { kind: "object"; properties: Map<string, Plan> }
  | { kind: "array"; items: Plan }
  | { kind: "plain" };

/** The plan for a schema of the contract. */
export function planOf(document: Document, unresolved: Schema): Plan {
  const schema = resolve(document, unresolved);
  if (schema["x-user-content"]) return { kind: "content", objectOnly: schema.type !== undefined };
  if (schema.oneOf) return schema.oneOf.map((option) => planOf(document, option)).reduce(planOfEither);
  if (schema.properties) {
    const properties = Object.entries(schema.properties).map(
      ([name, property]) => [name, planOf(document, property)] as const,
    );
    return { kind: "object", properties: new Map(properties) };
  }
  if (schema.items) return { kind: "array", items: planOf(document, schema.items) };
  return { kind: "plain" };
}

/** The plan for a value of either of two forms: of objects, the properties of both are read, and the validator says which may be there. */
function planOfEither(one: Plan, other: Plan): Plan {
  if (one.kind === "plain") return other;
  if (one.kind !== "object" || other.kind !== "object") return one;
  const properties = new Map(one.properties);
  for (const [name, plan] of other.properties) {
    const same = properties.get(name);
    properties.set(name, same ? planOfEither(same, plan) : plan);
  }
  return { kind: "object", properties };
}

/** Deeper than this no content is stored: Postgres reads JSON recursively, and so do many of those who read it from us. */
const deepest = 500;

/** A body has at most so many values, user content included: some of it becomes objects in memory, if only to be compared. */
const mostValues = 5_000_000;

/**
 * The value that a JSON text describes, as far as the plan goes: properties that the contract does not declare are left out, and user
 * content is `JsonText`, exactly as it was sent less the white space between its tokens. With duplicate keys the last one counts. The whole
 * text is checked, but only what the plan names is made into values: a hostile body costs one pass and no memory.
 * @throws a Problem: 422 if the text is not JSON or is nested too deeply, 413 if it has too many values.
 */
export function readJson(text: string, plan: Plan): unknown {
  return new Reader(text).document(plan);
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

const isSpace = (char: number) => char === 0x20 || char === 0x0a || char === 0x0d || char === 0x09;

/** Reads a JSON text from its beginning to its end. */
class Reader {
  readonly #text: string;
  readonly #path: (string | number)[] = ["body"];
  #at = 0;
  #values = 0;
  /** There was white space since this was last unset. */
  #spaced = false;

  constructor(text: string) {
    this.#text = text;
  }

  document(plan: Plan): unknown {
    this.#space();
    const value = this.#value(plan);
    this.#space();
    if (this.#at < this.#text.length) throw this.#malformed();
    return value;
  }

  #value(plan: Plan): unknown {
    const first = this.#char();
    if (plan.kind === "object" && first === openBrace) return this.#object(plan.properties);
    if (plan.kind === "array" && first === openBracket) return this.#array(plan.items);
    const start = this.#at;
    this.#spaced = false;
    this.#skip();
    const text = this.#text.slice(start, this.#at);
    if (plan.kind === "content" && (first === openBrace || !plan.objectOnly))
      return new JsonText(this.#spaced ? compact(text) : text);
    // An object or a list where the contract has none: its type is all that the validator will look at.
    if (first === openBrace) return {};
    return first === openBracket ? [] : JSON.parse(text);
  }

  #count(): void {
    if (++this.#values > mostValues) throw problem("body_too_large", `The body may have ${mostValues} values at most.`);
  }

  #object(properties: Map<string, Plan>): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    const depth = this.#path.length;
    for (const _ of this.#members(closeBrace)) {
      const start = this.#at;
      const end = this.#key();
      const name: string = JSON.parse(this.#text.slice(start, end));
      const plan = properties.get(name);
      this.#path[depth] = name;
      if (plan === undefined) this.#skip();
      else object[name] = this.#value(plan);
      this.#path.length = depth;
    }
    return object;
  }

  #array(items: Plan): unknown[] {
    const array: unknown[] = [];
    const depth = this.#path.length;
    for (const _ of this.#members(closeBracket)) {
      this.#path[depth] = array.length;
      array.push(this.#value(items));
      this.#path.length = depth;
    }
    return array;
  }

  /** Stops at each member of the array or object that begins here, and goes past its end. */
  *#members(close: number): Generator<void> {
    this.#at++;
    this.#space();
    if (this.#take(close)) return;
    for (;;) {
      yield;
      this.#space();
      if (this.#take(close)) return;
      if (!this.#take(comma)) throw this.#malformed();
      this.#space();
    }
  }

  /** Goes past the value that begins here, whatever it is. */
  #skip(): void {
    const closers: number[] = [];
    for (;;) {
      this.#count();
      const first = this.#char();
      if (first === openBrace || first === openBracket) {
        if (closers.push(first === openBrace ? closeBrace : closeBracket) > deepest) throw this.#tooDeep();
        this.#at++;
        this.#space();
        if (this.#char() !== closers.at(-1)) {
          if (first === openBrace) this.#key();
          continue;
        }
      } else if (first === quote) this.#string();
      else this.#scalar();

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
    const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
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
    const pointer = `/${this.#path.map((key) => String(key).replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`;
    return invalid(pointer, `${pointer} is nested more than ${deepest} levels deep`, "depth");
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
    return invalid("/body", `The body is not valid JSON: unexpected ${found} at ${where}`, "json");
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
