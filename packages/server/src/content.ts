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
  if (schema.oneOf) {
    const [plan = { kind: "plain" }] = schema.oneOf
      .map((option) => planOf(document, option))
      .filter(({ kind }) => kind !== "plain");
    return plan;
  }
  if (schema.properties) {
    const properties = Object.entries(schema.properties).map(
      ([name, property]) => [name, planOf(document, property)] as const,
    );
    return { kind: "object", properties: new Map(properties) };
  }
  if (schema.items) {
    const items = planOf(document, schema.items);
    if (items.kind !== "plain") return { kind: "array", items };
  }
  return { kind: "plain" };
}

/** Deeper than this no content is stored: Postgres reads JSON recursively, and so do many of those who read it from us. */
const deepest = 500;

/** Beside user content a body has at most so many values: each becomes an object in memory. */
const mostValues = 5_000_000;

/**
 * The value that a JSON text describes, as far as the plan goes: properties that the contract does not declare are left out, and user
 * content is `JsonText`, exactly as it was sent less the white space between its tokens. With duplicate keys the last one counts.
 * @throws a Problem (422) if the text is not JSON or its content is nested too deeply.
 */
export function readJson(text: string, plan: Plan): unknown {
  return new Reader(text).document(plan);
}

const quote = 0x22;
const backslash = 0x5c;
const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
const opens = (code: number) => code === 0x7b || code === 0x5b;
const closes = (code: number) => code === 0x7d || code === 0x5d;

/** What `skip` passed over. */
interface Passed {
  text: string;
  /** It has white space between tokens. */
  spaced: boolean;
  /** How deeply arrays and objects are nested in it; 0 for a scalar. */
  depth: number;
}

/**
 * Walks the outline of a JSON text. It finds where values begin and end by their quotes and brackets alone; that what lies between is JSON
 * is left to `JSON.parse`, piece by piece, so whatever it accepts is valid.
 */
class Reader {
  readonly #text: string;
  readonly #path: (string | number)[] = ["body"];
  #at = 0;
  #values = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(plan: Plan): unknown {
    const value = this.#value(plan);
    this.#space();
    if (this.#at < this.#text.length) throw this.#malformed();
    return value;
  }

  #value(plan: Plan): unknown {
    this.#space();
    if (++this.#values > mostValues) throw problem("body_too_large", `The body may have ${mostValues} values at most.`);
    const first = this.#text[this.#at];
    if (plan.kind === "object" && first === "{") return this.#object(plan.properties);
    if (plan.kind === "array" && first === "[") return this.#array(plan.items);
    const passed = this.#skip();
    const value = this.#parse(passed.text);
    if (plan.kind !== "content" || (plan.objectOnly && first !== "{")) return value; // the validator says what is wrong with it
    if (passed.depth > deepest)
      throw invalid(this.#pointer(), `${this.#pointer()} is nested more than ${deepest} levels deep`, "depth");
    return new JsonText(passed.spaced ? compact(passed.text) : passed.text);
  }

  #object(properties: Map<string, Plan>): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    for (const key of this.#members("}")) {
      this.#space();
      if (this.#text[this.#at] !== '"') throw this.#malformed();
      const name = this.#parse(this.#skip().text) as string; // it began with a quote
      this.#space();
      if (this.#text[this.#at++] !== ":") throw this.#malformed();
      const plan = properties.get(name);
      this.#path[key.depth] = name;
      const value = this.#value(plan ?? { kind: "plain" });
      if (plan !== undefined) object[name] = value;
    }
    return object;
  }

  #array(items: Plan): unknown[] {
    const array: unknown[] = [];
    for (const item of this.#members("]")) {
      this.#path[item.depth] = array.length;
      array.push(this.#value(items));
    }
    return array;
  }

  /** Stops at each member of the array or object that begins here, and goes past its end. */
  *#members(end: string): Generator<{ depth: number }> {
    const depth = this.#path.length;
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === end) {
      this.#at++;
      return;
    }
    for (;;) {
      yield { depth };
      this.#path.length = depth;
      this.#space();
      const next = this.#text[this.#at++];
      if (next === end) return;
      if (next !== ",") throw this.#malformed();
    }
  }

  #space(): void {
    while (isSpace(this.#text.charCodeAt(this.#at))) this.#at++;
  }

  /** Goes past the value that begins here. */
  #skip(): Passed {
    const text = this.#text;
    const start = this.#at;
    let at = start;
    let level = 0;
    let depth = 0;
    let spaced = false;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === quote) at = endOfString(text, at);
      else if (opens(code)) depth = Math.max(depth, ++level);
      else if (closes(code)) level--;
      else if (isSpace(code)) spaced = true;
      if (level < 0 || (level === 0 && (code === quote || closes(code) || endsScalar(text.charCodeAt(at + 1))))) break;
    }
    this.#at = level < 0 ? at : Math.min(at + 1, text.length);
    return { text: text.slice(start, this.#at), spaced, depth };
  }

  #parse(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      throw this.#malformed();
    }
  }

  #pointer(): string {
    return `/${this.#path.map((key) => String(key).replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`;
  }

  #malformed() {
    return invalid(
      "/body",
      `The body is not valid JSON: ${syntaxError(this.#text) ?? `unexpected text near position ${this.#at}`}`,
      "json",
    );
  }
}

const endsScalar = (code: number) => isSpace(code) || code === 0x2c || code === 0x3a || opens(code) || closes(code);

/** Where the string that begins at `start` has its closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === backslash) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

/** Valid JSON without the white space between its tokens. */
function compact(text: string): string {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (isSpace(code)) {
      parts.push(text.slice(start, at));
      while (isSpace(text.charCodeAt(at + 1))) at++;
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.join("");
}

/** What V8 has against the text, with the position; undefined if it has nothing against it. */
function syntaxError(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : undefined;
  }
}
