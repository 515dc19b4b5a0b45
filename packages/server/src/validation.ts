import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import type { RequestHandler } from "express";
import { middleware } from "express-openapi-validator";
import { type Document, itemsOf, type Operation, resolve, type Schema } from "./contract.ts";
import { Problem, type ProblemField } from "./problem.ts";

/** A body up to this length, in bytes, is told all that is wrong with it; a longer one the first thing, as it may be a million. */
const toldAll = 64 * 1024;

/**
 * Checks parameters and body of an operation against the contract, and fills in its defaults. What is wrong with a request comes as a
 * Problem (422).
 */
export function validator(document: Document): (operation: Operation) => RequestHandler {
  const all = eov(document, { allErrors: true });
  let first: Step[] | undefined; // made when the first long body comes: it takes time and memory, and many a service sees none
  return (operation) => {
    const tellAll = forOneOperation(all, operation.operationId);
    let tellFirst: Step | undefined;
    const validateLong: Step = (request, response, next) => {
      first ??= eov(document, { allErrors: false });
      tellFirst ??= forOneOperation(first, operation.operationId);
      return tellFirst(request, response, next);
    };
    return (request, response, next) => {
      const validate = Number(request.headers["content-length"] ?? 0) <= toldAll ? tellAll : validateLong;
      validate(request, response, (error?: unknown) =>
        next(isValidationError(error) ? refusal(document, operation, error) : error),
      );
    };
  };
}

type Step = ReturnType<typeof middleware>[number];

/**
 * The steps of express-openapi-validator as one. It looks the operation up anew at each request, among all of the contract's; Express has
 * found it by then, so what the first look-up gave is kept, and only the last step, which validates, is taken again.
 */
function forOneOperation(steps: Step[], operationId: string): Step {
  const lookUp = steps.slice(0, -1);
  const validate: Step = steps.at(-1) ?? ((_request, _response, next) => next());
  let found: Parameters<Step>[0]["openapi"];
  return (request, response, next) => {
    if (found) {
      const pathParams = { ...request.params } as Record<string, string>; // lists come of wildcards, which no path has
      request.openapi = { ...found, pathParams };
      return validate(request, response, next);
    }
    const take = (index: number): unknown => {
      const step = lookUp[index];
      if (step) return step(request, response, (error?: unknown) => (error ? next(error) : take(index + 1)));
      if (request.openapi && "schema" in request.openapi && request.openapi.schema.operationId === operationId)
        found = request.openapi;
      return validate(request, response, next);
    };
    return take(0);
  };
}

const formats = {
  timestamp: true, // the handler reads it, once
  binary: true, // a stream stands there
  // Not a pattern: over a long text of surrogate pairs one overflows the stack.
  text: { type: "string", validate: (text: string) => !text.includes("\0") && text.isWellFormed() },
} as const;

function eov(document: Document, { allErrors }: { allErrors: boolean }): Step[] {
  return middleware({
    apiSpec: forEov(document) as never, // our view of the document is narrower than the one of EOV's types
    validateApiSpec: false, // redocly lint has
    validateRequests: { allowUnknownQueryParameters: true, allErrors },
    validateResponses: false,
    validateSecurity: false,
    fileUploader: false,
    formats,
  });
}

/**
 * A schema of several that a property tells apart, as conditions on that property. Of a discriminator express-openapi-validator makes errors
 * that do not say where they are, and a TypeError of a body that is null; of `oneOf` alone Ajv would tell the faults of every option.
 */
function conditionsOf({ oneOf: _, discriminator, ...schema }: Schema): object {
  const { propertyName = "", mapping = {} } = discriminator ?? {};
  return {
    ...schema,
    required: [propertyName],
    properties: { [propertyName]: { type: "string", enum: Object.keys(mapping) } },
    allOf: Object.entries(mapping).map(([value, $ref]) => ({
      if: { required: [propertyName], properties: { [propertyName]: { const: value } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { $ref },
    })),
  };
}

/**
 * A copy of what the document says of requests, because express-openapi-validator rewrites the one that it is given, and prepares all that is
 * in it. It lets forms and items pass: they are held to the contract as they are read.
 */
function forEov(document: Document): Document {
  const copy: Document = JSON.parse(JSON.stringify(document), (key, value) =>
    key === "multipart/form-data" ? { schema: {} } : value?.discriminator ? conditionsOf(value) : value,
  );
  for (const operation of Object.values(copy.paths).flatMap((path) => Object.values(path))) {
    operation.responses = {};
    const items = itemsOf(copy, operation);
    if (!items) continue;
    items.lines.schema = {};
    items.list.items = {};
  }
  const { parameters } = copy.components;
  copy.components = { parameters, schemas: schemasFor(copy) };
  return copy;
}

/** The schemas that requests are made of. */
function schemasFor({ paths, components: { schemas, parameters } }: Document): Document["components"]["schemas"] {
  const found = new Set<string>();
  const follow = (part: unknown) => {
    for (const [, name = ""] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (found.has(name)) continue;
      found.add(name);
      follow(schemas[name]);
    }
  };
  follow([paths, parameters]);
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => found.has(name)));
}

/** What is wrong with a value. Its `detail` says what of, only if it is the contract's own words. */
export interface Fault extends ProblemField {
  inWords: boolean;
}

/**
 * Holds a value that is not the whole of a body to a schema of the contract, which a JSON pointer below `#/components/schemas/` names, and
 * fills in its defaults. Gives what is wrong, most likely nothing, with pointers that begin at the value.
 */
export type Check = (schema: string, value: unknown) => Fault[];

export function checker(document: Document): Check {
  // Of the contract only what schemas are in, which redocly lint has validated: to go through all of it takes longer than all else here.
  const { components } = document;
  const ajv = new Ajv2020({ strict: false, useDefaults: true, validateSchema: false, formats });
  ajv.addSchema({ components: { schemas: components.schemas } }, "contract");
  const compiled = new Map<string, ValidateFunction>();
  return (name, value) => {
    const schema = `#/components/schemas/${name}`;
    const validate = compiled.get(name) ?? ajv.compile({ $ref: `contract${schema}` });
    compiled.set(name, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => fieldOf(document, resolve(document, { $ref: schema }), error));
  };
}

function fieldOf(document: Document, schema: Schema, { instancePath, keyword, message, params }: ErrorObject): Fault {
  const pointer = keyword === "required" ? `${instancePath}/${params.missingProperty}` : instancePath;
  const words = wordsFor(document, schema, pointer, keyword);
  return { pointer, detail: words ?? message ?? keyword, code: keyword, inWords: words !== undefined };
}

/** An error of express-openapi-validator, as far as it is used. */
interface ValidationError {
  errors: { path: string; message: string; errorCode?: string }[];
}

function isValidationError(error: unknown): error is ValidationError {
  return (
    error instanceof Error &&
    "errors" in error &&
    Array.isArray(error.errors) &&
    "status" in error &&
    error.status === 400
  );
}

const mostFields = 100;

/** The 422 that a validation error is, with the contract's own words for a field that has some (`x-refusal`). */
function refusal(document: Document, operation: Operation, { errors }: ValidationError): Problem {
  const fields = new Map<string, ProblemField>();
  for (const { path, message, errorCode } of errors) {
    const pointer = path.replace(/^\/params\//, "/path/");
    const code = errorCode?.split(".")[0] ?? "invalid";
    if (code === "if") continue; // what a condition asks for has told what is wrong
    if (fields.has(pointer)) continue; // of the wrong type and so none of an enumeration, for one
    fields.set(pointer, {
      pointer,
      detail: wordsInBody(document, operation, pointer, code) ?? `${pointer} ${message}`,
      code,
    });
    if (fields.size === mostFields) break;
  }
  const details = [...fields.values()].map(({ detail }) => detail);
  return new Problem("invalid_request", [...new Set(details)].join("; "), { errors: [...fields.values()] });
}

/** What `x-refusal` speaks of: that something is not there, or is not what it is. */
const refusedByKind = new Set(["required", "type", "minLength", "pattern"]);

function wordsInBody(document: Document, operation: Operation, pointer: string, code: string): string | undefined {
  const body = operation.requestBody?.content["application/json"]?.schema;
  return body && pointer.startsWith("/body")
    ? wordsFor(document, body, pointer.slice("/body".length), code)
    : undefined;
}

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
