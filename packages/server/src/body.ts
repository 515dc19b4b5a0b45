import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { type Plan, readJson } from "./content.ts";
import type { Operation } from "./contract.ts";
import type { RawBody } from "./operation.ts";
import { invalid, problem } from "./problem.ts";

const decompressors = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

function hasBody(request: IncomingMessage): boolean {
  return request.headers["transfer-encoding"] !== undefined || Number(request.headers["content-length"] ?? 0) > 0;
}

/**
 * The media type of the contract that the request's body is in.
 * @throws a Problem if it is in none of them.
 */
export function mediaTypeOf(request: IncomingMessage, operation: Operation): string {
  const accepted = Object.keys(operation.requestBody?.content ?? {});
  const header = request.headers["content-type"];
  if (header === undefined && operation["x-missing-media-type"] === 400) {
    throw problem("bad_request", "Missing content-type header"); // Phoenix's answer, where a body may be JSON or a form
  }
  if (header === undefined && !hasBody(request) && accepted.length === 1)
    throw invalid("/body", "A body is required.", "required");
  const mediaType = (header ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const found = accepted.find(
    (type) => type === mediaType || (type === "application/json" && /^application\/.+\+json$/.test(mediaType)),
  );
  if (found === undefined) {
    throw problem(
      "unsupported_media_type",
      `Send ${accepted.join(" or ")}, not ${header ?? "a body without a media type"}.`,
    );
  }
  return found;
}

/**
 * The body of the request, whole and uncompressed. It may have `limit` bytes, counted after decompression, and is not read at all if its
 * length says that it has more.
 * @throws a Problem: 413 over the limit, 415 for an unknown encoding, 400 if it does not decompress.
 */
export async function readBytes(request: IncomingMessage, response: ServerResponse, limit: number): Promise<Buffer> {
  const tooLarge = () => problem("body_too_large", `The body may have ${limit} bytes at most.`);
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  const source = decompressed(request);
  if (request.headers.expect?.toLowerCase() === "100-continue") response.writeContinue();
  try {
    for await (const chunk of source) {
      length += chunk.length;
      if (length > limit) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_")) {
      throw problem("bad_request", `The body is not valid ${request.headers["content-encoding"]}.`);
    }
    throw error;
  }
  return Buffer.concat(chunks, length);
}

function decompressed(request: IncomingMessage): Readable {
  const encoding = request.headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  if (encoding === "identity") return request;
  if (!Object.hasOwn(decompressors, encoding)) {
    throw problem(
      "unsupported_media_type",
      `The content encoding ${encoding} is not supported; send ${Object.keys(decompressors).join(", ")}, or none.`,
    );
  }
  const decompressor = decompressors[encoding as keyof typeof decompressors](); // hasOwn has just said so
  request.on("error", (error) => decompressor.destroy(error));
  return request.pipe(decompressor);
}

/**
 * The text in bytes of UTF-8.
 * @throws a Problem (400) if they are not valid UTF-8: nothing is replaced by U+FFFD.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw problem("bad_request", "There was an error parsing the body: it is not valid UTF-8.");
  }
}

/** A body as its operation wants it: JSON with its user content sliced out, or the bytes if the contract calls a form of it binary. */
export function decodeBody(bytes: Uint8Array, mediaType: string, plan: Plan | undefined): unknown {
  if (plan === undefined) return { mediaType, bytes } satisfies RawBody<string>;
  return readJson(decodeUtf8(bytes), plan);
}
