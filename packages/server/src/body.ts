import type { IncomingMessage, ServerResponse } from "node:http";
import { finished, type Readable, Transform } from "node:stream";
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
  const source = begin(request, response, limit);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of source.iterator({ destroyOnReturn: false })) {
      length += chunk.length;
      if (length > limit) throw tooLarge("body", limit);
      chunks.push(chunk);
    }
  } catch (error) {
    discardRest(request);
    throw isOfZlib(error) ? notDecompressed(request) : error;
  }
  return Buffer.concat(chunks, length);
}

/** The same as it arrives, and within the same limit. What is left of it when it is closed is discarded. */
export function openBody(request: IncomingMessage, response: ServerResponse, limit: number): Readable {
  const source = begin(request, response, limit);
  const body = limiter("body", limit).on("error", () => {}); // it is thrown to whoever reads
  finished(
    source,
    { writable: false },
    (error) => error && body.destroy(isOfZlib(error) ? notDecompressed(request) : error),
  );
  body.once("close", () => discardRest(request));
  source.pipe(body);
  return body;
}

/** Tells the client to send its body, if it asks, and decompresses it. */
function begin(request: IncomingMessage, response: ServerResponse, limit: number): Readable {
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge("body", limit);
  const source = decompressed(request);
  if (request.headers.expect?.toLowerCase() === "100-continue") response.writeContinue();
  return source;
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
  finished(request, { writable: false }, (error) => error && decompressor.destroy(error));
  return request.pipe(decompressor);
}

/** Takes what is left of a request from its client, which may look for an answer only when it has sent everything. */
function discardRest(request: IncomingMessage): void {
  request.unpipe().resume();
}

/** An error of what does not decompress. */
export const isOfZlib = (error: unknown) =>
  error instanceof Error && "code" in error && String(error.code).startsWith("Z_");

const notDecompressed = (request: IncomingMessage) =>
  problem("bad_request", `The body is not valid ${request.headers["content-encoding"]}.`);

export const tooLarge = (noun: string, limit: number) =>
  problem("body_too_large", `The ${noun} may have ${limit} bytes at most.`);

/** Lets through so many bytes, and fails with a Problem (413) if there are more. */
export function limiter(noun: string, limit: number): Transform {
  let length = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.length;
      if (length > limit) done(tooLarge(noun, limit));
      else done(null, chunk);
    },
  });
}

/**
 * The text in bytes of UTF-8.
 * @throws a Problem (400) if they are not valid UTF-8: nothing is replaced by U+FFFD.
 */
export function decodeUtf8(bytes: Uint8Array, noun = "body"): string {
  return utf8Decoder(noun)(bytes);
}

/** Does the same for many texts. */
export function utf8Decoder(noun: string): (bytes: Uint8Array) => string {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  return (bytes) => {
    try {
      return decoder.decode(bytes);
    } catch {
      throw notUtf8(noun);
    }
  };
}

/** Text in bytes of UTF-8 as they arrive, without a byte order mark. It fails as `decodeUtf8` does. */
export async function* decodeUtf8Chunks(chunks: AsyncIterable<Uint8Array>, noun: string): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (chunk?: Uint8Array) => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw notUtf8(noun);
    }
  };
  for await (const chunk of chunks) yield decode(chunk);
  yield decode();
}

const notUtf8 = (noun: string) =>
  problem("bad_request", `There was an error parsing the ${noun}: it is not valid UTF-8.`);

/** A body as its operation wants it, if that is no form: JSON with its user content sliced out, or the bytes if the contract calls a form of it binary. */
export function decodeBody(bytes: Uint8Array, mediaType: string, plan: Plan | undefined): unknown {
  if (plan === undefined) return { mediaType, bytes } satisfies RawBody<string>;
  return readJson(decodeUtf8(bytes), plan);
}
