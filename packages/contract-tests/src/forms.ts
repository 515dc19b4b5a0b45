/** Forms made by hand: `FormData` lets nobody say how a part is encoded, or what it looks like at all. */
import { randomUUID } from "node:crypto";
import { deflateSync, gzipSync } from "node:zlib";
import type { Answer, Service } from "./service.ts";
import { resultOf, type Uploaded } from "./uploads.ts";

/** The file of a form. */
export interface File {
  /** A CSV, if nothing else is said. */
  type?: string | undefined;
  /** `examples.csv`, if nothing else is said; undefined for none. */
  filename?: string | undefined;
  content: string | Uint8Array;
  /** Compresses it, and says so in the part's header. */
  encoding?: "gzip" | "deflate";
  /** Further headers of the part. */
  headers?: Record<string, string>;
}

/** The fields of a form: those that are lists are repeated. */
export type Fields = Record<string, string | string[]>;

export const boundary = `boundary-${randomUUID()}`;

/** A part with its headers and its content, up to the next boundary. */
export function part(headers: Record<string, string>, content: string | Uint8Array): Buffer {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([
    Buffer.from(`--${boundary}\r\n${head.join("")}\r\n`),
    Buffer.from(content),
    Buffer.from("\r\n"),
  ]);
}

export const fieldPart = (name: string, value: string | Uint8Array) =>
  part({ "content-disposition": `form-data; name="${name}"` }, value);

export function filePart({ type = "text/csv", content, encoding, headers, ...rest }: File): Buffer {
  const { filename = "examples.csv" } = rest;
  const compressed = encoding === "gzip" ? gzipSync(content) : encoding === "deflate" ? deflateSync(content) : content;
  const isNamed = !("filename" in rest) || rest.filename !== undefined;
  return part(
    {
      "content-disposition": `form-data; name="file"${isNamed ? `; filename="${filename}"` : ""}`,
      "content-type": type,
      ...(encoding && { "content-encoding": encoding }),
      ...headers,
    },
    compressed,
  );
}

export const fieldParts = (fields: Fields) =>
  Object.entries(fields).flatMap(([name, values]) => [values].flat().map((value) => fieldPart(name, value)));

/** The body of a form, and the header that goes with it. */
export function formOf(parts: Buffer[]): { body: Buffer; headers: Record<string, string> } {
  return {
    body: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
  };
}

/** Sends these parts as an upload. */
export async function sendForm(service: Service, parts: Buffer[], init: RequestInit = {}): Promise<Answer> {
  const { body, headers } = formOf(parts);
  const response = await service.fetch("/v1/datasets/upload?sync=true", {
    method: "POST",
    body,
    ...init,
    headers: { ...headers, ...Object.fromEntries(new Headers(init.headers)) },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(text), text };
}

/** Uploads a file to the dataset of that name, by `update` unless `fields` say otherwise. */
export function sendFile(service: Service, name: string, file: File, fields: Fields = {}): Promise<Answer> {
  return sendForm(service, [...fieldParts({ name, action: "update", ...fields }), filePart(file)]);
}

/** The same; it must succeed. */
export async function uploadFile(service: Service, name: string, file: File, fields: Fields = {}): Promise<Uploaded> {
  return resultOf(await sendFile(service, name, file, fields));
}
