import { type Document, type Operation, type Parameter, resolve } from "./contract.ts";
import { invalid, problem } from "./problem.ts";

const truths = /^(?:1|true|t|yes|y|on)$/i;
const integer = /^[+-]?\d+(?:\.0+)?$/;
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const falsehoods = /^(?:0|false|f|no|n|off)$/i;

/** The parameters of an operation that are in `place`. */
export function parametersIn(document: Document, operation: Operation, place: Parameter["in"]): Parameter[] {
  return (operation.parameters ?? [])
    .map((parameter) => resolve<Parameter>(document, parameter))
    .filter((parameter) => parameter.in === place);
}

/**
 * The query parameters that the contract declares, as clients write them: `+` is a space, a repeated scalar counts once (the last), a
 * list is collected from its repeats and its commas are left alone, a boolean may be `1` or `yes`; undeclared ones are left out.
 * @throws a Problem (400) if the query is not percent-encoded UTF-8.
 */
export function readQuery(url: string, parameters: Parameter[]): Record<string, string | string[]> {
  const given = parse(url);
  const query: Record<string, string | string[]> = {};
  for (const { name, schema } of parameters) {
    const values = given.get(name);
    const last = values?.at(-1);
    if (values === undefined || last === undefined) continue;
    if (schema.type === "array") query[name] = values;
    else if (schema.type === "boolean")
      query[name] = truths.test(last) ? "true" : falsehoods.test(last) ? "false" : last;
    else if (schema.type === "integer" && !integer.test(last)) {
      throw invalid(`/query/${name}`, `/query/${name} must be integer`, "type"); // JavaScript reads more as one: 0x10, 1e3
    } else if (schema.type === "number" && !(decimal.test(last) && Number.isFinite(Number(last)))) {
      throw invalid(`/query/${name}`, `/query/${name} must be number`, "type"); // likewise, and Infinity
    } else query[name] = last;
  }
  return query;
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
