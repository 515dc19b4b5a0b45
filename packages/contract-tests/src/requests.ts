import type { Contract } from "@assay/server";
import type { components } from "@assay/spec";

export type KeyKind = components["schemas"]["KeyKind"];
type Document = Contract["document"];

interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  /** The type of the id that stands here. */
  "x-id"?: string;
  /** The same, where a name may stand in its place. */
  "x-id-or-name"?: string;
  example?: string;
  schema: Schema;
}

export interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  oneOf?: Schema[];
  discriminator?: { mapping: Record<string, string> };
  examples?: unknown[];
  minLength?: number;
  "x-user-content"?: boolean;
  /** The type of the id that stands here. */
  "x-id"?: string;
}

/** An operation of the contract, with its references resolved, and how to call it. */
export interface Callable {
  operationId: string;
  method: string;
  /** Its path with `{…}` in it. */
  template: string;
  parameters: Parameter[];
  /** Whether it asks for a key. */
  isProtected: boolean;
  /** The kind of key that it asks for, and whether that must see every dataset. */
  access: KeyKind;
  isForUnlimitedKeys: boolean;
  /** The media type of its body and, if that is JSON, the contract's example of it and the forms that it may have. */
  body: { mediaType: string; example: unknown; forms: Form[] } | undefined;
  statuses: string[];
}

/** An object that a body may be. A body has one form, or one for each value of the property that tells them apart. */
export interface Form {
  name: string;
  schema: Schema;
  example: unknown;
}

/** Every operation of the contract. A law is a loop over them. */
export function callables(document: Document): Callable[] {
  return Object.entries(document.paths).flatMap(([template, path]) =>
    Object.entries(path).map(([method, operation]) => {
      const content = Object.entries(operation.requestBody?.content ?? {}) as [
        string,
        { schema: Schema; example?: unknown },
      ][]; // as the document has it
      const [mediaType, media] = content.find(([type]) => type === "application/json") ?? content[0] ?? [];
      return {
        operationId: operation.operationId,
        method: method.toUpperCase(),
        template,
        parameters: (operation.parameters ?? []).map((parameter) => follow<Parameter>(document, parameter)),
        isProtected: operation.security?.length !== 0,
        access: operation["x-access"] ?? (method === "get" ? "read" : "write"),
        isForUnlimitedKeys: operation["x-unlimited-key"] ?? false,
        body: mediaType && media ? { mediaType, example: media.example, forms: formsOf(document, media) } : undefined,
        statuses: Object.keys(operation.responses),
      };
    }),
  );
}

function formsOf(document: Document, media: { schema: Schema; example?: unknown }): Form[] {
  const schema = follow<Schema>(document, media.schema);
  if (schema.discriminator)
    return Object.entries(schema.discriminator.mapping).map(([name, $ref]) => {
      const form = follow<Schema>(document, { $ref });
      return { name, schema: form, example: form.examples?.[0] };
    });
  return schema.properties ? [{ name: "", schema, example: media.example }] : [];
}

/** What a `$ref` names, with the siblings that add to it; what was given if it is none. */
export function follow<T>(document: Document, node: object): T {
  if (!("$ref" in node)) return node as T; // the caller knows what stands here
  const { $ref, ...siblings } = node;
  const target = String($ref)
    .split("/")
    .slice(1)
    .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document); // the linter has resolved it
  return { ...follow<object>(document, target as object), ...siblings } as T; // as above
}

/** The type of the id that a parameter is, or may be. */
const idTypeOf = (parameter: Parameter) => parameter["x-id"] ?? parameter["x-id-or-name"];

/** The public id of a row. */
export const idOf = (type: string, rowid: number | string) => Buffer.from(`${type}:${rowid}`).toString("base64");

/** Ids of this row for every parameter of an operation's path, each of the type that stands there. */
export const idsOf = ({ parameters }: Callable, rowid: number | string): Record<string, string> =>
  Object.fromEntries(
    parameters.flatMap((parameter) => {
      const type = idTypeOf(parameter);
      return type ? [[parameter.name, idOf(type, rowid)]] : [];
    }),
  );

/** The path of an operation, with ids that name nothing unless others are given. */
export function pathOf(operation: Callable, ids: Record<string, string> = {}): string {
  const { operationId, template } = operation;
  const all = { ...idsOf(operation, 999_999_999), ...ids };
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(all[name] ?? ""));
  // What an operation cannot do without.
  return operationId === "getIncompleteExperimentEvaluations" ? `${path}?evaluation_name=accuracy` : path;
}

/** The path of an operation with a query added to whatever it has. */
export const withQuery = (path: string, query: string) => `${path}${path.includes("?") ? "&" : "?"}${query}`;

/** A request that the contract accepts: its own example, on ids that name nothing unless others are given. */
export function exampleRequest(
  operation: Callable,
  ids?: Record<string, string>,
): [path: string, init: RequestInit & { method: string }] {
  const { method, body } = operation;
  const path = pathOf(operation, ids);
  if (!body) return [path, { method }];
  return [path, { method, headers: { "content-type": body.mediaType }, body: JSON.stringify(body.example ?? {}) }];
}

/** The example with a field, or an item of a list, replaced. `undefined` leaves a field out. */
export function replaced(example: unknown, path: string[], value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (Array.isArray(example)) return example.with(Number(name), replaced(example[Number(name)], rest, value));
  const object = typeof example === "object" && example !== null ? example : {};
  return { ...object, [name]: replaced(Object.getOwnPropertyDescriptor(object, name)?.value, rest, value) };
}

/** A place in a request where the contract says that an id of some type stands. */
export interface Place {
  in: "path" | "query" | "body";
  /** The name of a parameter, or the way to a field, by way of the first of a list. */
  path: string[];
  type: string;
}

/** The places for ids that an operation has, and where one stands in the place of a name; of a list, the first item. */
export function placesOf(document: Document, { parameters, body }: Callable): Place[] {
  const below = (unresolved: Schema, path: string[]): Place[] => {
    const schema = follow<Schema>(document, unresolved);
    if (schema["x-id"]) return [{ in: "body", path, type: schema["x-id"] }];
    if (schema.items) return below(schema.items, [...path, "0"]);
    return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => below(property, [...path, name]));
  };
  const named = parameters.flatMap((parameter): Place[] => {
    const { name, in: place } = parameter;
    const type = idTypeOf(parameter);
    return type && place !== "header" ? [{ in: place, path: [name], type }] : [];
  });
  return [...named, ...(body?.forms ?? []).flatMap(({ schema }) => below(schema, []))];
}

/** The example of a request with other ids in its places. */
export function requestOn(operation: Callable, ids: [Place, string][]): ReturnType<typeof exampleRequest> {
  const inPlace = (place: Place["in"]) => ids.filter(([each]) => each.in === place);
  const pathIds = inPlace("path").map(([{ path }, id]) => [path.join(), id]);
  const [path, init] = exampleRequest(operation, Object.fromEntries(pathIds));
  const query = inPlace("query").map(([{ path }, id]) => `${path.join()}=${encodeURIComponent(id)}`);
  const body = inPlace("body").reduce<unknown>(
    (body, [{ path }, id]) => replaced(body, path, id),
    operation.body?.example,
  );
  return [query.reduce(withQuery, path), operation.body ? { ...init, body: JSON.stringify(body ?? {}) } : init];
}

/** What became of a request: to create what the request before it has created is a 409, and as good as a success. */
export const outcome = ({ status }: Response) => (status === 409 || status === 201 ? 200 : status);
