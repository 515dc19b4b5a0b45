import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import type { RequestHandler } from "express";
import { type Document, itemsOf, type Operation, type Parameter, resolve, type Schema } from "./contract.ts";
import { Problem, type ProblemField } from "./problem.ts";
import { parametersIn } from "./query.ts";

/** A body up to this length, in bytes, is told all that is wrong with it; a longer one the first thing, as it may be a million. */
const toldAll = 64 * 1024;

/**
 * Checks parameters and body of an operation against the contract, and fills in its defaults. What is wrong with a request comes as a
 * Problem (422). `check` is for what is told the first thing alone.
 */
export function validator(document: Document, check: Check): (operation: Operation) => RequestHandler {
  const checkAll = checker(document, { allErrors: true });
  return ({ operationId }) =>
    (request, _response, next) => {
      const { query, headers, params: path } = request;
      const body = headers["content-type"] === "application/json" ? request.body : undefined;
      const faultsOf = Number(headers["content-length"] ?? 0) <= toldAll ? checkAll : check;
      const faults = faultsOf(operationId, { query, headers, path, body });
      if (faults.length > 0) throw refusal(faults);
      next();
    };
}

const formats = {
  timestamp: true, // the handler reads it, once
  binary: true, // a stream stands there
  // Not a pattern: over a long text of surrogate pairs one overflows the stack.
  text: { type: "string", validate: (text: string) => !text.includes("\0") && text.isWellFormed() },
} as const;

/** What is wrong with a value. Its `detail` says what of, only if it is the contract's own words. */
export interface Fault extends ProblemField {
  inWords: boolean;
}

/**
 * Holds a value to a schema of the contract, and fills in its defaults. The schema is that of a request, by its operationId, or one that a
 * JSON pointer below `#/components/schemas/` names. Gives what is wrong, most likely nothing, with pointers that begin at the value.
 */
export type Check = (schema: string, value: unknown) => Fault[];

const mostFaults = 100;

export function checker(document: Document, { allErrors = false } = {}): Check {
  const contract = { ...document, components: { ...document.components, schemas: schemasOf(document) } };
  const ajv = new Ajv2020({
    strict: false,
    strictNumbers: true, // what no double holds is no number
    useDefaults: true,
    validateSchema: false,
    allErrors,
    formats,
  });
  // Of the contract only what schemas are in, which redocly lint has validated: to go through all of it takes longer than all else here.
  ajv.addSchema({ components: { schemas: contract.components.schemas } }, "contract");
  const compiled = new Map<string, ValidateFunction>();
  return (name, value) => {
    const $ref = `#/components/schemas/${name}`;
    const validate = compiled.get(name) ?? ajv.compile({ $ref: `contract${$ref}` });
    compiled.set(name, validate);
    if (validate(value)) return [];
    const faults = new Map<string, Fault>();
    for (const error of validate.errors ?? []) {
      const pointer = pointerOf(error);
      if (error.keyword === "if") continue; // what a condition asks for has told what is wrong
      if (faults.has(pointer)) continue; // of the wrong type and so none of an enumeration, for one
      faults.set(pointer, faultOf(contract, { $ref }, error));
      if (faults.size === mostFaults) break;
    }
    return [...faults.values()];
  };
}

/** The schemas of the contract, and those of requests under the names of their operations. */
function schemasOf(document: Document): Record<string, Schema> {
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) => [name, schema.discriminator ? conditionsOf(schema) : schema] as const,
  );
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  const requests = operations.map((operation) => [operation.operationId, requestOf(document, operation)] as const);
  return Object.fromEntries([...schemas, ...requests]);
}

/** The schema of what a request brings. Forms and items may be anything here: they are held to the contract as they are read. */
function requestOf(document: Document, operation: Operation): Schema {
  const parameters = (place: Parameter["in"]): Schema => {
    const all = parametersIn(document, operation, place);
    return {
      properties: Object.fromEntries(all.map(({ name, schema }) => [name, schema])),
      required: all.filter(({ required }) => required).map(({ name }) => name),
    };
  };
  return {
    properties: {
      query: parameters("query"),
      headers: parameters("header"),
      path: parameters("path"),
      body: bodyOf(document, operation),
    },
  };
}

function bodyOf(document: Document, operation: Operation): Schema {
  const json = operation.requestBody?.content["application/json"]?.schema ?? {};
  const items = itemsOf(document, operation);
  if (!items) return json;
  const { properties, ...schema } = resolve(document, json);
  return { ...schema, properties: { ...properties, [items.property]: { ...items.list, items: {} } } };
}

/**
 * A schema of several that a property tells apart, as conditions on that property: of `oneOf` alone Ajv would tell the faults of every option,
 * and of a discriminator none of a value that is no object.
 */
function conditionsOf({ oneOf: _, discriminator, ...schema }: Schema): Schema {
  const { propertyName = "", mapping = {} } = discriminator ?? {};
  const conditions = {
    required: [propertyName],
    properties: { [propertyName]: { type: "string", enum: Object.keys(mapping) } },
    allOf: Object.entries(mapping).map(([value, $ref]) => ({
      if: { required: [propertyName], properties: { [propertyName]: { const: value } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { $ref },
    })),
  };
  return { ...schema, ...conditions };
}

function pointerOf({ instancePath, keyword, params }: ErrorObject): string {
  return keyword === "required" ? `${instancePath}/${params.missingProperty}` : instancePath;
}

function faultOf(document: Document, schema: Schema, error: ErrorObject): Fault {
  const { keyword: code, message = code, params } = error;
  const pointer = pointerOf(error);
  const words = wordsFor(document, schema, pointer, code);
  const detail = words ?? (code === "enum" ? `${message}: ${params.allowedValues.join(", ")}` : message);
  return { pointer, detail, code, inWords: words !== undefined };
}

/** The 422 that the faults of a request are. */
function refusal(faults: Fault[]): Problem {
  const errors = faults.map(({ pointer, detail, code, inWords }) => ({
    pointer,
    detail: inWords ? detail : `${pointer} ${detail}`,
    code,
  }));
  return new Problem("invalid_request", [...new Set(errors.map(({ detail }) => detail))].join("; "), { errors });
}

/** What `x-refusal` speaks of: that something is not there, or is not what it is. */
const refusedByKind = new Set(["required", "type", "minLength", "pattern"]);

/** The contract's own words for a value that is missing or of another kind: the innermost on the way to it. */
function wordsFor(document: Document, root: Schema, pointer: string, code: string): string | undefined {
  if (!refusedByKind.has(code)) return undefined;
  let schema: Schema | undefined = resolve(document, root);
  let words = pointer === "" ? schema["x-refusal"] : undefined;
  for (const key of pointer.split("/").slice(1)) {
    const next: Schema | undefined = schema?.properties?.[key] ?? schema?.items;
    schema = next && resolve(document, next);
    words = (code === "required" ? schema?.["x-refusal-missing"] : undefined) ?? schema?.["x-refusal"] ?? words;
  }
  return words;
}
