import { type Document, type Operation, type Parameter, resolve } from "./contract.ts";
import { problem } from "./problem.ts";

const truths = /^(?:1|true|t|yes|y|on)$/i;
const falsehoods = /^(?:0|false|f|no|n|off)$/i;
/** JavaScript reads more as a number: 0x10, Infinity, nothing. */
const numerals = {
  integer: /^[+-]?\d+(?:\.0+)?$/,
  number: /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i,
};

/** The parameters of an operation that are in `place`. */
export function parametersIn(document: Document, operation: Operation, place: Parameter["in"]): Parameter[] {
  return (operation.parameters ?? [])
    .map((parameter) => resolve<Parameter>(document, parameter))
    .filter((parameter) => parameter.in === place);
}

/**
 * The query parameters that the contract declares, as clients write them: `+` is a space, a repeated scalar counts once (the last), a
 * list is collected from its repeats and its commas are left alone, a boolean may be `1` or `yes`; undeclared ones are left out. They are
 * values of the contract's types, as far as the texts are such values.
 * @throws a Problem (400) if the query is not percent-encoded UTF-8.
 */
export function readQuery(url: string, parameters: Parameter[]): Record<string, unknown> {
  const given = parse(url);
  const query: Record<string, unknown> = {};
  for (const { name, schema } of parameters) {
    const values = given.get(name);
    const last = values?.at(-1);
    if (values === undefined || last === undefined) continue;
    if (schema.type === "array") query[name] = values;
    else if (schema.type === "boolean") query[name] = truths.test(last) || (falsehoods.test(last) ? false : last);
    else if (schema.type === "integer" || schema.type === "number") query[name] = numberIn(last, schema.type) ?? last;
    else query[name] = last;
  }
  return query;
}

/** An integer that is too large for a double is clamped, like any other that is above the largest; a score is not. */
function numberIn(text: string, type: keyof typeof numerals): number | undefined {
  const number = Number(text);
  if (!numerals[type].test(text)) return undefined;
  if (type === "integer") return Math.max(Number.MIN_SAFE_INTEGER, Math.min(number, Number.MAX_SAFE_INTEGER));
  return Number.isFinite(number) ? number : undefined;
}

/** The query of a URL with another cursor, as a reference that is relative to that URL. */
export function withCursor(url: string, cursor: string): string {
  const pairs = [...parse(url).set("cursor", [cursor])].flatMap(([name, values]) =>
    values.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  );
  return `?${pairs.join("&")}`;
}

function parse(url: string): Map<string, string[]> {
  const start = url.indexOf("?");
  const given = new Map<string, string[]>();
  if (start === -1) return given;
  for (const pair of url.slice(start + 1).split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decode(equals === -1 ? pair : pair.slice(0, equals));
    const value = equals === -1 ? "" : decode(pair.slice(equals + 1));
    given.set(name, [...(given.get(name) ?? []), value]);
  }
  return given;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw problem("bad_request", "The query is not valid percent-encoded UTF-8.");
  }
}
