import { randomUUID } from "node:crypto";
import { open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline, Readable } from "node:stream";
import { createGunzip, createInflate } from "node:zlib";
import { decodeUtf8, isOfZlib, limiter, tooLarge } from "./body.ts";
import { type Document, resolve, type Schema } from "./contract.ts";
import { type Part, readParts } from "./multipart.ts";
import type { FormBody } from "./operation.ts";
import { invalid, Problem } from "./problem.ts";
import type { Check } from "./validation.ts";

/** What the contract says of a form: text fields, some of them repeated, and a `file`. */
export interface FormPlan {
  /** The name of its schema, one of the components. */
  schema: string;
  fields: Map<string, "text" | "list">;
  required: string[];
}

export function formPlanOf(document: Document, form: Schema): FormPlan {
  const { properties = {}, required = [] } = resolve(document, form);
  const fields = Object.entries(properties).filter(([name]) => name !== "file");
  return {
    schema: form.$ref?.split("/").at(-1) ?? "",
    fields: new Map(fields.map(([name, { type }]) => [name, type === "array" ? "list" : "text"])),
    required: required.filter((name) => name !== "file"),
  };
}

type Form = FormBody<{ file: Blob }>;
type Fields = Record<string, string | string[]>;

interface FormOptions {
  body: Readable;
  contentType: string;
  plan: FormPlan;
  check: Check;
  /** The most bytes that the file may have, uncompressed. */
  limit: number;
  /** Aborted when the request is over. */
  signal: AbortSignal;
}

/** The fields of a form have so many bytes at most, all together. */
const fieldBytes = 8 * 1024 * 1024;

/**
 * Reads a form up to its file, whose bytes come as they are asked for. A file that precedes the fields that say how to read it is put on disk
 * until all of the form is there. Fields that the contract does not have are ignored.
 * @throws a Problem: 422 if the fields are not the contract's, 400 if the form is malformed, 413 if there is too much of it.
 */
export async function readForm({ body, contentType, plan, check, limit, signal }: FormOptions): Promise<Form> {
  const parts = readParts(body, contentType);
  const fields: Fields = {};
  let left = fieldBytes;
  let file: Form["file"] | undefined;
  for (let next = await parts.next(); !next.done; next = await parts.next()) {
    const part = next.value;
    const kind = plan.fields.get(part.name);
    if (part.name === "file") {
      if (file) throw secondFile();
      if (saysHowToRead(fields, plan)) {
        file = fileOf(part, limit);
        file.bytes = throughTheEnd(file.bytes, parts, plan);
        break;
      }
      file = fileOf({ ...part, bytes: await spool(part.bytes, signal) }, limit);
    } else if (kind === undefined) part.skip();
    else {
      const bytes = await readField(part, left);
      left -= bytes.length;
      add(fields, part.name, kind, decodeUtf8(bytes));
    }
  }
  return checked(fields, file, plan, check);
}

/** Of a text that is given again the last counts. */
function add(fields: Fields, name: string, kind: "text" | "list", text: string): void {
  const list = fields[name];
  if (kind === "text") fields[name] = text;
  else if (Array.isArray(list)) list.push(text);
  else fields[name] = [text];
}

/** Whether what comes after the fields so far is hardly another: all that is required is there, and of the lists, which come together, one. */
function saysHowToRead(fields: Fields, { required }: FormPlan): boolean {
  return required.every((name) => name in fields) && Object.values(fields).some(Array.isArray);
}

async function readField({ bytes }: Part, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > most) throw tooLarge("form, but for its file,", fieldBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function checked(fields: Fields, file: Form["file"] | undefined, { schema }: FormPlan, check: Check): Form {
  const form = { ...fields, ...(file && { file: "" }) };
  const errors = check(schema, form).map(({ pointer, detail, code, inWords }) => {
    const at = `/body${pointer}`;
    return { pointer: at, detail: inWords ? detail : `${at} ${detail}`, code };
  });
  if (errors.length > 0 || !file)
    throw new Problem("invalid_request", errors.map(({ detail }) => detail).join("; "), { errors });
  const { file: _, ...filledIn } = form;
  return { mediaType: "multipart/form-data", fields: filledIn, file };
}

function fileOf(part: Part, limit: number): Form["file"] {
  const { filename: name, contentType = "none", contentEncoding } = part;
  if (!name) throw invalid("/body/file", "Malformed file in form data.", "filename");
  return { name, contentType, bytes: uncompressed(part.bytes, encodingOf(contentEncoding), limit) };
}

const decompressors = { gzip: createGunzip, deflate: createInflate };
type Encoding = keyof typeof decompressors;

/** The encoding that a part's header tells; undefined if it tells none. */
function encodingOf(header = ""): Encoding | undefined {
  const encoding = header.trim().toLowerCase();
  if (encoding === "gzip" || encoding === "deflate") return encoding;
  if (["", "none", "identity"].includes(encoding)) return undefined;
  throw invalid("/body/file", `Invalid file content encoding: ${header}`, "encoding");
}

/** The encoding that the first bytes tell: those of gzip and zlib, as far as they cannot be text (`x^` could). */
function encodingIn([first, second, third = 0]: Uint8Array): Encoding | undefined {
  if (first === 0x1f && second === 0x8b) return "gzip";
  const isZlib = first === 0x78 && (second === 0x01 || second === 0x9c || (second === 0xda && third >> 6 !== 0b10));
  return isZlib ? "deflate" : undefined;
}

async function* uncompressed(
  bytes: AsyncIterable<Uint8Array>,
  told: Encoding | undefined,
  limit: number,
): AsyncGenerator<Uint8Array> {
  const { head, whole } = await peek(bytes, 3);
  const encoding = told ?? encodingIn(head);
  const counted = limiter("file", limit);
  pipeline([Readable.from(whole), ...(encoding ? [decompressors[encoding]()] : []), counted], () => {}); // told to whoever reads the last
  try {
    yield* counted;
  } catch (error) {
    throw isOfZlib(error) ? invalid("/body/file", `The file is not valid ${encoding}.`, "encoding") : error;
  }
}

/** The first bytes, and all of them. */
async function peek(bytes: AsyncIterable<Uint8Array>, length: number) {
  const rest = bytes[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < length) {
    const { done, value } = await rest.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  async function* whole() {
    if (head.length > 0) yield head;
    yield* { [Symbol.asyncIterator]: () => rest };
  }
  return { head, whole: whole() };
}

/** The file, and then what is left of the form, of which nothing may have been needed to read the file. */
async function* throughTheEnd(
  bytes: AsyncIterable<Uint8Array>,
  parts: AsyncIterable<Part>,
  plan: FormPlan,
): AsyncGenerator<Uint8Array> {
  yield* bytes;
  for await (const { name, skip } of parts) {
    if (name === "file") throw secondFile();
    if (plan.fields.has(name))
      throw invalid(
        `/body/${name}`,
        `${name} comes after a file that was read without it: send the file last.`,
        "order",
      );
    skip();
  }
}

const secondFile = () => invalid("/body/file", "There is more than one file.", "unique");

/** Puts bytes on disk. They take up room there for as long as the file is open, and it has no name: nothing is ever left. */
async function spool(bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<Readable> {
  const path = join(tmpdir(), `assay-${randomUUID()}`);
  const file = await open(path, "wx+", 0o600);
  try {
    await unlink(path);
    for await (const chunk of bytes) await file.appendFile(chunk);
    signal.throwIfAborted();
  } catch (error) {
    await file.close();
    throw error;
  }
  const spooled = file.createReadStream({ start: 0 });
  signal.addEventListener("abort", () => spooled.destroy());
  return spooled;
}
