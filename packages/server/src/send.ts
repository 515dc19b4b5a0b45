import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Response } from "express";
import { JsonPage, JsonStream, JsonText, TextStream } from "./json.ts";
import { Reply } from "./operation.ts";
import { withCursor } from "./query.ts";

/** Sends what a handler returned, in the media type of the contract. */
export async function send(
  response: Response,
  output: unknown,
  mediaType: string,
  headers: object = {},
): Promise<void> {
  if (output instanceof Reply) return send(response, output.body, mediaType, output.headers);
  if (output instanceof JsonStream || output instanceof TextStream)
    return stream(response, output.chunks, mediaType, headers);
  response.set(headers);
  if (output instanceof JsonPage) linkToNext(response, output);
  if (output === undefined) response.end();
  else if (isRaw(output)) write(response, output.mediaType, output.bytes);
  else if (output instanceof JsonText) write(response, mediaType, output.text);
  else write(response, mediaType, mediaType === "application/json" ? JSON.stringify(output) : String(output));
}

const isRaw = (output: unknown): output is { mediaType: string; bytes: Uint8Array } =>
  typeof output === "object" && output !== null && "bytes" in output && output.bytes instanceof Uint8Array;

/** A proxy that gives an answer's headers one page of memory, as nginx does, makes a failure of an answer that has more. */
const longestLink = 2000;

/** Names the next page as RFC 8288 has it, relative to the URL that was asked for: whatever a proxy puts before the path still holds. */
function linkToNext(response: Response, { nextCursor }: JsonPage): void {
  if (nextCursor === null) return;
  const next = withCursor(response.req.originalUrl, nextCursor);
  if (next.length <= longestLink) response.links({ next });
}

function write(response: Response, mediaType: string, body: string | Uint8Array): void {
  const bytes = Buffer.from(body as string); // Buffer.from takes either; its overloads do not say so together
  response.setHeader("Content-Type", mediaType);
  response.setHeader("Content-Length", bytes.length);
  response.end(bytes);
}

/**
 * Sends the pieces as the reader takes them. The first is there before the status is sent, so a failure up to then is still a problem; a
 * later one cuts the connection, never ends it as if all had been sent.
 */
async function stream(
  response: Response,
  chunks: AsyncIterable<string>,
  mediaType: string,
  headers: object,
): Promise<void> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (response.destroyed) return void (await iterator.return?.()); // the reader has left meanwhile
  // `set` would add a charset to every type: Phoenix's clients expect one here and on no other.
  response.set(headers).setHeader("Content-Type", mediaType === "text/plain" ? "text/plain; charset=utf-8" : mediaType);
  response.write(Buffer.alloc(0)); // sends the head while the length is unknown: what is empty is compressed too if the caller asks
  async function* all() {
    if (first.done) return;
    yield Buffer.from(first.value); // given a string, Node would measure it before it writes it
    for await (const piece of { [Symbol.asyncIterator]: () => iterator }) yield Buffer.from(piece);
  }
  await pipeline(Readable.from(all(), { highWaterMark: 1 }), response); // a piece is as large as a page
}
