/**
 * The messages of OTLP's trace export, as protobuf and as JSON. One table describes them for both, down to the fields that are stored.
 * Sources: opentelemetry-proto, `trace/v1/trace.proto`; https://opentelemetry.io/docs/specs/otlp/ on JSON.
 */
import { Reader, Writer } from "protobufjs/minimal.js";
import { decodeUtf8 } from "../body.ts";
import type { Input, RawBody } from "../operation.ts";
import { invalid, Problem, problem } from "../problem.ts";

interface Scalar<Value> {
  /** The wire type in protobuf: 0 varint, 1 eight bytes, 2 bytes after their length. */
  wire: number;
  fromProtobuf: (reader: Reader) => Value;
  fromJson: (json: unknown) => Value;
}

/** Not `stringVerify`: one string that is not UTF-8 gets U+FFFD, because refusing it would cost the client hundreds of spans. */
const string: Scalar<string> = { wire: 2, fromProtobuf: (reader) => reader.string(), fromJson: toText };

const bool: Scalar<boolean> = { wire: 0, fromProtobuf: (reader) => reader.bool(), fromJson: toBoolean };

/** Its digits: a number of JavaScript would be rounded. */
const int64: Scalar<string> = {
  wire: 0,
  fromProtobuf: (reader) => reader.int64().toString(),
  fromJson: (json) => toInteger(json).toString(),
};

const fixed64: Scalar<bigint> = {
  wire: 1,
  fromProtobuf: (reader) => BigInt(reader.fixed64().toString()),
  fromJson: toUnsigned,
};

const double: Scalar<number> = { wire: 1, fromProtobuf: (reader) => reader.double(), fromJson: toNumber };

const enumeration: Scalar<number> = {
  wire: 0,
  fromProtobuf: (reader) => reader.int32(),
  fromJson: (json) => Number(toInteger(json)),
};

/** Base64. */
const bytes: Scalar<string> = {
  wire: 2,
  fromProtobuf: (reader) => Buffer.from(reader.bytes()).toString("base64"),
  fromJson: (json) => Buffer.from(toText(json), "base64").toString("base64"),
};

/** Lower-case hexadecimal, which JSON has too. */
const id: Scalar<string> = {
  wire: 2,
  fromProtobuf: (reader) => Buffer.from(reader.bytes()).toString("hex"),
  fromJson: (json) => toText(json).toLowerCase(),
};

/** Per message: field number, name, and a scalar or the name of a message. */
const messages = {
  ExportTraceServiceRequest: { 1: ["resourceSpans", "ResourceSpans", "repeated"] },
  ResourceSpans: { 1: ["resource", "Resource"], 2: ["scopeSpans", "ScopeSpans", "repeated"] },
  Resource: { 1: ["attributes", "KeyValue", "repeated"] },
  ScopeSpans: { 2: ["spans", "Span", "repeated"] },
  Span: {
    1: ["traceId", id],
    2: ["spanId", id],
    4: ["parentSpanId", id],
    5: ["name", string],
    7: ["startTimeUnixNano", fixed64],
    8: ["endTimeUnixNano", fixed64],
    9: ["attributes", "KeyValue", "repeated"],
    11: ["events", "Event", "repeated"],
    13: ["links", "Link", "repeated"],
    15: ["status", "Status"],
  },
  Event: { 1: ["timeUnixNano", fixed64], 2: ["name", string], 3: ["attributes", "KeyValue", "repeated"] },
  Link: { 1: ["traceId", id], 2: ["spanId", id], 4: ["attributes", "KeyValue", "repeated"] },
  Status: { 2: ["message", string], 3: ["code", enumeration] },
  KeyValue: { 1: ["key", string], 2: ["value", "AnyValue"] },
  AnyValue: {
    1: ["stringValue", string],
    2: ["boolValue", bool],
    3: ["intValue", int64],
    4: ["doubleValue", double],
    5: ["arrayValue", "ArrayValue"],
    6: ["kvlistValue", "KeyValueList"],
    7: ["bytesValue", bytes],
  },
  ArrayValue: { 1: ["values", "AnyValue", "repeated"] },
  KeyValueList: { 1: ["values", "KeyValue", "repeated"] },
} as const satisfies Record<string, Fields>;

type Messages = typeof messages;
type Field = readonly [name: string, kind: Scalar<unknown> | string, repeated?: "repeated"];
type Fields = Record<number, Field>;
type Value<Kind> = Kind extends Scalar<infer Scalar> ? Scalar : Kind extends keyof Messages ? Message<Kind> : never;

type FieldOf<Name extends keyof Messages> = Extract<Messages[Name][keyof Messages[Name]], Field>;

/** A message as it is read. What was not sent is not there. */
export type Message<Name extends keyof Messages> = {
  [F in FieldOf<Name> as F[0]]?: F[2] extends "repeated" ? Value<F[1]>[] : Value<F[1]>;
};

type ExportRequest = Message<"ExportTraceServiceRequest">;

/** Messages are nested no deeper, as in protobuf's own readers: a list in a list takes two levels, a map in a map three. */
const deepest = 100;

/** A body has no more fields that are read: each becomes an object in memory. */
const mostFields = 5_000_000;

/**
 * The export in a body.
 * @throws a Problem: 422 if the body is none, 413 if it has too many fields.
 */
export function decodeExport({ mediaType, bytes }: Input<"exportTraces">["body"]): ExportRequest {
  try {
    return mediaType === "application/json" ? readJson(decodeUtf8(bytes)) : readProtobuf(bytes);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw invalid("/body", "Request body is invalid ExportTraceServiceRequest", "otlp");
  }
}

/** Puts values into the messages of one body, and counts them. */
function createPut() {
  let fields = 0;
  return (message: Record<string, unknown>, [name, , repeated]: Field, value: unknown) => {
    if (++fields > mostFields) throw problem("body_too_large", `The body may have ${mostFields} fields at most.`);
    const list = message[name];
    if (Array.isArray(list)) list.push(value);
    else message[name] = repeated ? [value] : value;
  };
}

function fieldsOf(message: string, depth: number): Fields {
  if (depth > deepest) throw new RangeError(`messages are nested more than ${deepest} levels deep`);
  return messages[message as keyof Messages]; // the table names no message that is not in it
}

const wireOf = ([, kind]: Field) => (typeof kind === "string" ? 2 : kind.wire);

function readProtobuf(body: Uint8Array): ExportRequest {
  const reader = Reader.create(body);
  const put = createPut();
  const read = (name: string, end: number, depth: number): Record<string, unknown> => {
    const fields = fieldsOf(name, depth);
    const message = {};
    while (reader.pos < end) {
      const tag = reader.tag();
      const field = fields[tag >>> 3];
      if (field === undefined || wireOf(field) !== (tag & 7)) {
        reader.skipType(tag & 7, depth, tag >>> 3);
        continue;
      }
      const [, kind] = field;
      const isMessage = typeof kind === "string";
      put(message, field, isMessage ? read(kind, reader.uint32() + reader.pos, depth + 1) : kind.fromProtobuf(reader));
    }
    if (reader.pos !== end) throw new RangeError(`${name} ends inside a field`);
    return message;
  };
  return read("ExportTraceServiceRequest", reader.len, 0);
}

function readJson(text: string): ExportRequest {
  const put = createPut();
  const read = (name: string, json: unknown, depth: number): Record<string, unknown> => {
    const fields = fieldsOf(name, depth);
    if (typeof json !== "object" || json === null || Array.isArray(json)) throw new TypeError(`${name} is no object`);
    const message = {};
    for (const field of Object.values(fields)) {
      const [property, kind, repeated] = field;
      const value: unknown = Reflect.get(json, property) ?? undefined; // null is absent
      if (value === undefined) continue;
      for (const item of repeated ? toArray(value) : [value]) {
        put(message, field, typeof kind === "string" ? read(kind, item, depth + 1) : kind.fromJson(item));
      }
    }
    return message;
  };
  return read("ExportTraceServiceRequest", JSON.parse(quoteIntegers(text)), 0);
}

/**
 * Puts quotes, as OTLP asks for anyway, around integers that JavaScript would round. What matches is a key, never a part of a text: there the
 * quote would follow a backslash. (A reviver could do it too, at several times the memory.)
 */
function quoteIntegers(text: string): string {
  return text.replaceAll(/(intValue"|UnixNano")(\s*:\s*)(-?\d{16,})(?![\d.eE])/g, '$1$2"$3"');
}

function toArray(json: unknown): unknown[] {
  if (!Array.isArray(json)) throw new TypeError("not an array");
  return json;
}

function toText(json: unknown): string {
  if (typeof json !== "string") throw new TypeError("not a string");
  return json;
}

function toBoolean(json: unknown): boolean {
  if (typeof json !== "boolean") throw new TypeError("not a boolean");
  return json;
}

function toNumber(json: unknown): number {
  if (typeof json === "number") return json;
  if (!/^(NaN|-?(Infinity|\d+(\.\d+)?([eE][+-]?\d+)?))$/.test(toText(json))) throw new TypeError("not a number");
  return Number(json);
}

function toInteger(json: unknown): bigint {
  // What is longer is written with an exponent, or out of range: then it has the precision of a double anyway.
  return BigInt(typeof json === "string" && /^-?\d{1,20}$/.test(json) ? json : toNumber(json));
}

function toUnsigned(json: unknown): bigint {
  const integer = toInteger(json);
  if (integer !== BigInt.asUintN(64, integer)) throw new RangeError("not an unsigned integer of 64 bits");
  return integer;
}

/** An `ExportTraceServiceResponse`, which says so if spans were rejected. */
export function encodeResponse<MediaType extends string>(
  mediaType: MediaType,
  rejectedSpans: number,
): RawBody<MediaType> {
  const errorMessage = `Spans that were dropped because they have no valid trace id and span id: ${rejectedSpans}`;
  if (mediaType === "application/json") {
    const partialSuccess = { rejectedSpans: String(rejectedSpans), errorMessage };
    return { mediaType, bytes: Buffer.from(JSON.stringify(rejectedSpans > 0 ? { partialSuccess } : {})) };
  }
  const writer = Writer.create();
  if (rejectedSpans > 0) {
    // Tags: 1 partial_success { 1 rejected_spans, 2 error_message }.
    writer.uint32(0x0a).fork().uint32(0x08).int64(rejectedSpans).uint32(0x12).string(errorMessage).ldelim();
  }
  return { mediaType, bytes: writer.finish() };
}
