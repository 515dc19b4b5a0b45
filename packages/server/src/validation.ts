import type { RequestHandler } from "express";
import { middleware } from "express-openapi-validator";
import { type Document, type Operation, resolve, type Schema } from "./contract.ts";
import { Problem, type ProblemField } from "./problem.ts";

/** Checks parameters and body against the contract, and fills in its defaults. What it throws, `refusal` makes a problem of. */
export function validator(document: Document): RequestHandler[] {
  return middleware({
    // It rewrites the document that it is given.
    apiSpec: structuredClone(document) as never, // our view of the document is narrower than the one of EOV's types
    validateApiSpec: false, // redocly lint has
    validateRequests: { allowUnknownQueryParameters: true },
    validateResponses: false,
    validateSecurity: false,
    fileUploader: false,
    formats: { timestamp: true }, // the handler reads it, once
  });
}

/** An error of express-openapi-validator, as far as it is used. */
interface ValidationError {
  errors: { path: string; message: string; errorCode?: string }[];
}

export function isValidationError(error: unknown): error is ValidationError {
  return (
    error instanceof Error &&
    "errors" in error &&
    Array.isArray(error.errors) &&
    "status" in error &&
    error.status === 400
  );
}

/** The 422 that a validation error is, with the contract's own words for a field that has some (`x-refusal`). */
export function refusal(document: Document, operation: Operation, { errors }: ValidationError): Problem {
  const fields = errors.map(({ path, message, errorCode }): ProblemField => {
    const pointer = path.replace(/^\/params\//, "/path/");
    const words = wordsFor(document, operation, pointer);
    return { pointer, detail: words ?? `${pointer} ${message}`, code: errorCode?.split(".")[0] ?? "invalid" };
  });
  return new Problem("invalid_request", [...new Set(fields.map(({ detail }) => detail))].join("; "), {
    errors: fields,
  });
}

/** The innermost `x-refusal` on the way to a field of the body. */
function wordsFor(document: Document, operation: Operation, pointer: string): string | undefined {
  const [, place, ...keys] = pointer.split("/");
  const body = operation.requestBody?.content["application/json"]?.schema;
  if (place !== "body" || body === undefined) return undefined;
  let schema: Schema | undefined = resolve(document, body);
  let words: string | undefined;
  for (const key of keys) {
    const next: Schema | undefined = schema?.properties?.[key] ?? schema?.items;
    schema = next && resolve(document, next);
    words = schema?.["x-refusal"] ?? words;
  }
  return words;
}
