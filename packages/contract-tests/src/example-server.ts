import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { readContract } from "@assay/server";
import { Ajv2020 } from "ajv/dist/2020.js";
import { findOperation } from "./contract-fetch.ts";

/** Bodies by media type. */
interface Content {
  [mediaType: string]: {
    schema: object;
    // biome-ignore lint/suspicious/noExplicitAny: an example is whatever the contract says
    example?: any;
  };
}

/** An operation of the contract, as a caller needs to know it. */
export interface Operation {
  operationId: string;
  /** The names of parameters stand in braces. */
  path: string;
  parameters: Parameter[];
  /** What may be sent; undefined if nothing may. */
  requestBody: Content | undefined;
  /** What comes back for each status; undefined where nothing does. */
  responses: Record<string, Content | undefined>;
  needsKey: boolean;
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  schema: object;
  example?: unknown;
}

/** A request as the contract reads it: parameters in their types, the body parsed if it is JSON, or lines of it. */
export interface Received {
  operationId: string;
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  headers: IncomingHttpHeaders;
  body: unknown;
}

export interface ExampleServer {
  url: string;
  operations: Operation[];
  /** The requests that fit the contract, in the order of their arrival. */
  received: Received[];
  stop: () => void;
}

/**
 * Starts a server that knows nothing but the contract. It refuses in plain text whatever the contract does not describe, be it only a query
 * parameter too many, and answers anything else with the example of the success, or of the status that a header `Prefer: code=404` asks for
 * (Prism, the mock server, reads the same). A list has `pages` pages, each of them the example.
 */
export async function startExampleServer({ pages = 1 } = {}): Promise<ExampleServer> {
  const { document, text } = await readContract();
  const bundle = readBundle(text);
  const operations = operationsOf(bundle);
  const read = requestReader(bundle);
  const received: Received[] = [];

  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? "", "http://localhost");
    const id = findOperation(document, incoming.method ?? "", url.pathname)?.operationId;
    const operation = operations.find(({ operationId }) => operationId === id);
    const bytes = await buffer(incoming);
    try {
      if (operation === undefined) throw new Error(`there is no ${incoming.method} ${url.pathname}`);
      const request = await read(operation, url, incoming.headers, bytes);
      received.push(request);
      const { status, mediaType, example } = answerTo(operation, request, pages);
      outgoing.writeHead(status, { "x-request-id": randomUUID(), ...(mediaType && { "content-type": mediaType }) });
      outgoing.end(/\bjson$/.test(mediaType ?? "") ? JSON.stringify(example) : example);
    } catch (error) {
      outgoing.writeHead(422, { "content-type": "text/plain" }).end(String(error));
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // it listens on TCP
    operations,
    received,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Parameters and responses that are the same for many operations stand under `components`. */
type OrReference<T> = T | { $ref: string };

interface Bundle {
  paths: Record<
    string,
    Record<
      string,
      {
        operationId: string;
        parameters?: OrReference<Parameter>[];
        requestBody?: { content: Content };
        responses: Record<string, OrReference<{ content?: Content }>>;
        security?: object[];
      }
    >
  >;
  components: Record<string, Record<string, object>>;
}

/** The bundle, with references that hold in any schema that Ajv is given once it has the bundle as `contract`. */
function readBundle(text: string): Bundle {
  return JSON.parse(text, (key, value) => (key === "$ref" ? `contract${value}` : value));
}

function operationsOf({ paths, components }: Bundle): Operation[] {
  const resolve = <T extends object>(node: OrReference<T>): T => {
    if (!("$ref" in node)) return node;
    const [, , kind = "", name = ""] = node.$ref.split("/");
    return components[kind]?.[name] as T; // redocly lint has resolved every $ref
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.values(methods).map(({ operationId, parameters = [], requestBody, responses, security }) => ({
      operationId,
      path,
      parameters: parameters.map(resolve<Parameter>),
      requestBody: requestBody?.content,
      responses: Object.fromEntries(
        Object.entries(responses).map(([status, response]) => [status, resolve(response).content]),
      ),
      needsKey: security?.length !== 0,
    })),
  );
}

/** Makes the function that reads a request by the contract. It throws an Error that says what does not fit. */
function requestReader(bundle: Bundle) {
  const options = { strict: false, validateFormats: false };
  const parameters = new Ajv2020({ ...options, coerceTypes: "array" }).addSchema(bundle, "contract");
  const bodies = new Ajv2020(options).addSchema(bundle, "contract");

  const check = (ajv: Ajv2020, schema: object, value: unknown, place: string) => {
    if (!ajv.validate(schema, value)) throw new Error(ajv.errorsText(ajv.errors, { dataVar: place }));
  };

  /** Gives the values their types, in place. */
  const readParameters = (operation: Operation, place: Parameter["in"], values: Record<string, unknown>) => {
    const declared = operation.parameters.filter((parameter) => parameter.in === place);
    const schema = {
      type: "object",
      properties: Object.fromEntries(declared.map(({ name, schema }) => [name, schema])),
      required: declared.filter(({ required }) => required).map(({ name }) => name),
      additionalProperties: place === "header",
    };
    check(parameters, schema, values, place);
    return values;
  };

  const readBody = async ({ requestBody }: Operation, contentType: string, bytes: Buffer): Promise<unknown> => {
    if (requestBody === undefined && bytes.length === 0) return undefined;
    const [mediaType = ""] = contentType.split(";");
    const schema = requestBody?.[mediaType]?.schema;
    if (schema === undefined) throw new Error(`a body of ${mediaType || "no media type"} is not declared`);
    if (mediaType === "application/x-ndjson") {
      const lines: unknown[] = bytes
        .toString()
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line));
      for (const line of lines) check(bodies, schema, line, "line");
      return lines;
    }
    const isForm = mediaType === "multipart/form-data";
    if (mediaType !== "application/json" && !isForm) return bytes;
    const value: unknown = isForm ? await readForm(contentType, bytes) : JSON.parse(bytes.toString());
    check(bodies, schema, value, "body");
    return value;
  };

  return async (operation: Operation, url: URL, headers: IncomingHttpHeaders, bytes: Buffer): Promise<Received> => {
    readParameters(operation, "header", headers);
    return {
      operationId: operation.operationId,
      path: readParameters(operation, "path", pathValues(operation.path, url.pathname)),
      query: readParameters(operation, "query", queryValues(url.searchParams)),
      headers,
      body: await readBody(operation, headers["content-type"] ?? "", bytes),
    };
  };
}

/** The fields of a form: those whose names end in `[]` are lists, and files are their text. */
async function readForm(contentType: string, bytes: Buffer): Promise<Record<string, unknown>> {
  const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": contentType } }).formData();
  const values: Record<string, unknown> = {};
  for (const name of form.keys()) {
    const texts = await Promise.all(
      form.getAll(name).map((value) => (typeof value === "string" ? value : value.text())),
    );
    values[name] = name.endsWith("[]") ? texts : texts[0];
  }
  return values;
}

function pathValues(template: string, path: string): Record<string, unknown> {
  const segments = path.split("/").map(decodeURIComponent);
  const names = template.split("/").map((segment) => /^\{(.+)\}$/.exec(segment)?.[1]);
  return Object.fromEntries(names.flatMap((name, at) => (name === undefined ? [] : [[name, segments[at]]])));
}

function queryValues(search: URLSearchParams): Record<string, unknown> {
  return Object.fromEntries([...search.keys()].map((name) => [name, search.getAll(name)]));
}

function answerTo({ responses, needsKey }: Operation, { headers, query }: Received, pages: number) {
  const mayPass = !needsKey || /^Bearer \S+$/.test(headers.authorization ?? "");
  const asked = mayPass ? /code=(\d+)/.exec(String(headers.prefer))?.[1] : "401";
  const status = asked ?? Object.keys(responses).find((status) => status.startsWith("2")) ?? "";
  const content = status in responses ? responses[status] : responses.default;
  if (content === undefined) return { status: Number(status) };
  const mediaTypes = Object.keys(content);
  const mediaType = mediaTypes.find((type) => type === headers["content-type"]) ?? mediaTypes[0] ?? "";
  const example = content[mediaType]?.example;
  const page = Number(query.cursor ?? 1);
  const hasNext = example?.next_cursor !== undefined && page < pages;
  return {
    status: Number(status),
    mediaType,
    example: hasNext ? { ...example, next_cursor: String(page + 1) } : example,
  };
}
