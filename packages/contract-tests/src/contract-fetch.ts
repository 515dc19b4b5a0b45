import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { Contract } from "@assay/server";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { expect, inject } from "vitest";

type Document = Contract["document"];

/** A `fetch` that holds every response to the contract. */
export type ContractFetch = typeof fetch;

/**
 * Makes a `fetch` that checks every response against the operation and the status that it came with (declared status, media type, body
 * without fields that the contract does not have), remembers the pair, and hands the response on.
 */
export function createContractFetch(document: Document): ContractFetch {
  const validators = new Validators(document);
  const seen = join(inject("seen"), "answers", `${process.pid}-${Math.random().toString(36).slice(2)}`);
  return async (target, init) => {
    const request = new Request(target, init);
    const response = await fetch(target, init);
    const found = findOperation(document, request.method, new URL(request.url).pathname);
    if (found) {
      const { operationId } = found;
      const status = String(response.status);
      appendFileSync(seen, `${operationId} ${status}\n`);
      const body = Buffer.from(await response.clone().arrayBuffer());
      validators.check(operationId, status, response.headers.get("content-type"), body);
    }
    return response;
  };
}

/** The operation that a request is for: literal parts of a path count before parameters. */
export function findOperation(document: Document, method: string, path: string): { operationId: string } | undefined {
  const templates = Object.keys(document.paths).sort((a, b) => a.split("{").length - b.split("{").length);
  const template = templates.find((template) => new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path));
  return template === undefined ? undefined : document.paths[template]?.[method.toLowerCase()];
}

interface Responses {
  [status: string]: { content?: Record<string, { schema: object }> };
}

/** Compiles the schemas of responses as they are met. */
class Validators {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  readonly #compiled = new Map<string, ValidateFunction>();
  readonly #operations: Map<string, Responses>;

  constructor(document: Document) {
    const closed = closeObjects(document);
    this.#ajv.addSchema(closed, "contract");
    const paths = Object.entries(closed.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, operation]) => [operation.operationId, pointerTo(path, method, operation)] as const,
      ),
    );
    this.#operations = new Map(paths);
  }

  check(operationId: string, status: string, contentType: string | null, body: Buffer): void {
    const responses = this.#operations.get(operationId) ?? {};
    const declared = Number(status) >= 500 ? responses.default : responses[status];
    expect(
      declared,
      `${operationId} does not declare the status ${status}: ${body.toString().slice(0, 500)}`,
    ).toBeDefined();
    const content = declared?.content;
    if (content === undefined) {
      expect(body.length, `${operationId} ${status} has no body in the contract`).toBe(0);
      return;
    }
    const mediaType = Object.keys(content).find((type) => type === contentType?.split(";")[0]);
    expect(mediaType, `${operationId} ${status} declares ${Object.keys(content)}, not ${contentType}`).toBeDefined();
    const schema = content[mediaType ?? ""]?.schema;
    if (mediaType === undefined || schema === undefined || !/\bjson$/.test(mediaType)) return;
    const key = `${operationId} ${status}`;
    const validate = this.#compiled.get(key) ?? this.#ajv.compile(schema);
    this.#compiled.set(key, validate);
    validate(JSON.parse(body.toString()));
    expect(validate.errors ?? [], `${key} does not fit the contract`).toEqual([]);
  }
}

/** The responses of an operation with each schema replaced by a reference to where it stands in the document. */
function pointerTo(path: string, method: string, operation: { responses: Record<string, unknown> }): Responses {
  const pointerKey = (key: string) => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));
  return Object.fromEntries(
    Object.entries(operation.responses as Responses & Record<string, { $ref?: string }>).map(([status, response]) => {
      const at = response.$ref ?? `#/paths/${pointerKey(path)}/${method}/responses/${status}`;
      const types = response.$ref ? ["application/problem+json"] : Object.keys(response.content ?? {});
      if (types.length === 0) return [status, {}];
      return [
        status,
        {
          content: Object.fromEntries(
            types.map((type) => [type, { schema: { $ref: `contract${at}/content/${pointerKey(type)}/schema` } }]),
          ),
        },
      ];
    }),
  );
}

/** The document with every described object closed, so that a field too many is an error. */
function closeObjects(document: Document): Document {
  return JSON.parse(JSON.stringify(document), (_key, value) => {
    const isOpen = value?.["x-user-content"] || value?.oneOf || value?.allOf;
    return value?.properties && !isOpen ? { additionalProperties: false, ...value } : value;
  });
}
