import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { components } from "@assay/spec";

export type KeyKind = components["schemas"]["KeyKind"];

/** A JSON schema, as far as the server looks into it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  oneOf?: Schema[];
  /** The property that tells the schemas of `oneOf` apart, and which of its values means which. */
  discriminator?: { propertyName: string; mapping: Record<string, string> };
  format?: string;
  "x-user-content"?: boolean;
  "x-refusal"?: string;
  "x-refusal-missing"?: string;
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  schema: Schema;
}

interface Media {
  schema: Schema;
}

export interface Operation {
  operationId: string;
  tags: string[];
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, unknown>;
  security?: object[];
  /** What kind of key the operation takes, where that is not told by its method. */
  "x-access"?: KeyKind;
  /** Only for keys that see every dataset. */
  "x-unlimited-key"?: boolean;
  "x-body-limit"?: "upload" | "body";
  "x-rate-limit"?: "evaluations";
  "x-missing-media-type"?: 400 | 415;
}

/** The bundle of the contract, as far as the server looks into it. */
export interface Document {
  openapi: string;
  /** The version of Phoenix whose REST surface this is: its clients ask for it before they use a feature. */
  info: { "x-phoenix-version": string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; parameters: Record<string, Parameter> };
}

export interface Contract {
  document: Document;
  /** The bundle as it stands in its file, for whoever asks for it. */
  text: string;
}

/** Reads the bundle that `@assay/spec` ships. */
export async function readContract(): Promise<Contract> {
  const text = await readFile(createRequire(import.meta.url).resolve("@assay/spec/openapi.json"), "utf8");
  return { document: JSON.parse(text), text };
}

/** Where a body of many items has them: alone on its lines, or in a list of a JSON document. */
interface ItemsPlace {
  /** The name of the schema of an item. */
  schema: string;
  lines: Media;
  list: Schema;
  /** The property of the JSON document that the list is. */
  property: string;
}

/** Where an operation finds the items of its body, if it takes many: what it takes by line it takes in a list too. */
export function itemsOf(document: Document, { requestBody }: Operation): ItemsPlace | undefined {
  const { "application/x-ndjson": lines, "application/json": json } = requestBody?.content ?? {};
  if (!lines?.schema.$ref || !json) return undefined;
  for (const [property, list] of Object.entries(resolve(document, json.schema).properties ?? {})) {
    if (list.items?.$ref === lines.schema.$ref)
      return { schema: lines.schema.$ref.replace("#/components/schemas/", ""), lines, list, property };
  }
  return undefined;
}

/** The part of the document that a `$ref` names, or what was given if it is none. Siblings of a `$ref` add to what it names. */
export function resolve<T extends object>(document: Document, node: T | { $ref: string }): T {
  if (!("$ref" in node) || typeof node.$ref !== "string") return node as T; // no $ref: T by the signature
  const { $ref, ...siblings } = node;
  const target = $ref
    .slice("#/".length)
    .split("/")
    .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document); // redocly lint has resolved every $ref
  return { ...resolve(document, target as T), ...siblings };
}
