import { isUtf8 } from "node:buffer";
import { Readable } from "node:stream";
import { Dicer } from "@fastify/busboy";
import { parse } from "content-disposition";
import { problem } from "./problem.ts";

/** A part of a multipart body. The next one comes when its bytes have been read to their end, or skipped. */
export interface Part {
  name: string;
  filename: string | undefined;
  contentType: string | undefined;
  contentEncoding: string | undefined;
  bytes: AsyncIterable<Uint8Array>;
  skip: () => void;
}

const mostParts = 10_000;

/** The part of Busboy that most do not see: Busboy itself keeps a part's headers, and one of them says that Phoenix's client compresses. */
const dicerOptions = { maxHeaderPairs: 20, maxHeaderSize: 16 * 1024, autoDestroy: false };

/**
 * The parts of a multipart body, as they arrive; those without a name are left out.
 * @throws a Problem: 400 if it is malformed or cut off, 413 if it has too many parts. Reading the bytes of a part may throw it as well.
 */
export async function* readParts(body: Readable, contentType: string): AsyncGenerator<Part> {
  const dicer = new Dicer({ boundary: boundaryIn(contentType), ...dicerOptions });
  const parts = new Readable({ objectMode: true, read() {} });
  let latest: Readable | undefined;
  let failure: Error | undefined;
  let count = 0;
  const fail = (error: Error) => {
    failure ??= error;
    latest?.destroy(failure);
    parts.destroy(failure);
  };
  async function* bytesOf(content: Readable): AsyncGenerator<Uint8Array> {
    try {
      yield* content;
    } catch (error) {
      throw failure ?? error; // Dicer has words of its own for a part that is cut off
    }
  }
  dicer.on("part", (content) => {
    latest = content;
    content.on("error", () => {}); // it is thrown to whoever reads
    content.once("header", (header: Record<string, string[]>) => {
      if (++count > mostParts) return fail(problem("body_too_large", `A form may have ${mostParts} parts at most.`));
      const head = headOf(header);
      const skip = () => content.resume();
      if (head) parts.push({ ...head, bytes: bytesOf(content), skip } satisfies Part);
      else skip();
    });
  });
  dicer.once("error", () => fail(problem("bad_request", "The form is malformed, or ends before its last boundary.")));
  dicer.once("finish", () => parts.push(null));
  body.once("error", fail);
  body.pipe(dicer);
  try {
    yield* parts;
  } finally {
    body.destroy();
  }
}

function boundaryIn(contentType: string): string {
  const [, quoted, token] = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType) ?? [];
  const boundary = quoted ?? token;
  if (boundary === undefined) throw problem("bad_request", "Missing boundary in multipart.");
  return boundary;
}

function headOf(header: Record<string, string[]>): Omit<Part, "bytes" | "skip"> | undefined {
  const { type, parameters } = parseDisposition(header["content-disposition"]?.[0]);
  if (type !== "form-data" || parameters.name === undefined) return undefined;
  return {
    name: utf8(parameters.name),
    filename: parameters.filename === undefined ? undefined : utf8(parameters.filename),
    contentType: header["content-type"]?.[0],
    contentEncoding: header["content-encoding"]?.[0],
  };
}

function parseDisposition(text = "") {
  try {
    return parse(text);
  } catch {
    return { type: "", parameters: {} as Record<string, string> }; // as of a part that does not say what it is
  }
}

/** Headers come as Latin-1, and are UTF-8 mostly; a `filename*` has been decoded. */
function utf8(text: string): string {
  const bytes = Buffer.from(text, "latin1");
  return isUtf8(bytes) && bytes.toString("latin1") === text ? bytes.toString() : text;
}
