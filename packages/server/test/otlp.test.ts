import { JsonTraceSerializer, ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import fc from "fast-check";
import { Writer } from "protobufjs/minimal.js";
import { describe, expect, test } from "vitest";
import { Problem } from "../src/problem.ts";
import { decodeExport, encodeResponse } from "../src/traces/otlp.ts";
import { spansOf } from "../src/traces/spans.ts";

type SdkSpan = Parameters<typeof ProtobufTraceSerializer.serializeRequest>[0][number];

const protobuf = "application/x-protobuf";
const json = "application/json";
const encodings = [
  { mediaType: protobuf, serializer: ProtobufTraceSerializer },
  { mediaType: json, serializer: JsonTraceSerializer },
] as const;

const context = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331", traceFlags: 1 };

/** A span as OpenTelemetry's JavaScript SDK hands it to its exporters. */
function sdkSpan(span: Partial<SdkSpan> = {}, resource: SdkSpan["attributes"] = {}): SdkSpan {
  return {
    name: "Task: answer",
    kind: 0,
    spanContext: () => context,
    startTime: [1_795_339_862, 123_456_789],
    endTime: [1_795_339_862, 812_500_000],
    status: { code: 1 },
    attributes: {},
    links: [],
    events: [],
    duration: [0, 689_043_211],
    ended: true,
    resource: { attributes: resource, merge: (other) => other ?? sdkSpan().resource, getRawAttributes: () => [] },
    instrumentationScope: { name: "my-task" },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
    ...span,
  };
}

/** What is stored of a span that the SDK exports. */
function stored(serializer: (typeof encodings)[number]["serializer"], span: SdkSpan, project?: string) {
  const mediaType = serializer === JsonTraceSerializer ? json : protobuf;
  const bytes = serializer.serializeRequest([span]) ?? new Uint8Array();
  const [first] = spansOf(decodeExport({ mediaType, bytes }), project).spans;
  return first;
}

/** What is stored of a JSON export of one span with these fields, as text. */
function storedJson(fields: string) {
  const body = `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${context.traceId}","spanId":"${context.spanId}",${fields}}]}]}]}`;
  const [first] = spansOf(decodeExport({ mediaType: json, bytes: Buffer.from(body) }), undefined).spans;
  return first;
}

const attributesJson = (value: string) => storedJson(`"attributes":[{"key":"k","value":${value}}]`)?.attributes.text;

/** The bytes of a field that has a length. */
const field = (number: number, content: Uint8Array) =>
  new Writer()
    .uint32((number << 3) | 2)
    .bytes(content)
    .finish();

/** A protobuf export of one span: its ids, then these fields. */
function spanBytes(...fields: Uint8Array[]): Uint8Array {
  const ids = [field(1, Buffer.from(context.traceId, "hex")), field(2, Buffer.from(context.spanId, "hex"))];
  return field(1, field(2, field(2, Buffer.concat([...ids, ...fields]))));
}

function storedProtobuf(...fields: Uint8Array[]) {
  const [first] = spansOf(decodeExport({ mediaType: protobuf, bytes: spanBytes(...fields) }), undefined).spans;
  return first;
}

const attributeBytes = (value: Uint8Array) => field(9, Buffer.concat([field(1, Buffer.from("k")), field(2, value)]));

const refusal = expect.objectContaining({ status: 422, message: "Request body is invalid ExportTraceServiceRequest" });

describe.each(encodings)("$mediaType, as OpenTelemetry's SDK writes it", ({ mediaType, serializer }) => {
  test("a span with all that is stored of it", () => {
    const span = sdkSpan({
      parentSpanContext: { ...context, spanId: "00f067aa0ba902b7" },
      status: { code: 2, message: "no" },
      attributes: { "openinference.span.kind": "CHAIN", "input.value": "{}" },
      events: [{ name: "retry", time: [1_795_339_862, 500_000_000], attributes: { n: 2 } }],
      links: [{ context, attributes: { why: "batch" } }],
    });
    expect(stored(serializer, span)).toEqual({
      project_name: "default",
      trace_id: "0af7651916cd43dd8448eb211c80319c",
      span_id: "b7ad6b7169203331",
      parent_id: "00f067aa0ba902b7",
      name: "Task: answer",
      span_kind: "CHAIN",
      start_time: "2026-11-22T09:31:02.123456+00:00",
      end_time: "2026-11-22T09:31:02.812500+00:00",
      status_code: "ERROR",
      status_message: "no",
      attributes: { text: '{"openinference.span.kind":"CHAIN","input.value":"{}"}' },
      events: { text: '[{"name":"retry","timestamp":"2026-11-22T09:31:02.500000+00:00","attributes":{"n":2}}]' },
      links: { text: `[{"trace_id":"${context.traceId}","span_id":"${context.spanId}","attributes":{"why":"batch"}}]` },
    });
  });

  test("a span that says nothing of itself", () => {
    expect(stored(serializer, sdkSpan({ name: "", status: { code: 0 } }))).toMatchObject({
      parent_id: null,
      name: "",
      span_kind: "UNKNOWN",
      status_code: "UNSET",
      status_message: "",
      attributes: { text: "{}" },
      events: { text: "[]" },
      links: { text: "[]" },
    });
  });

  test("values of every type keep their type, value and order", () => {
    const attributes = {
      text: '"\0\u2028😀',
      bool: false,
      int: -7,
      double: 0.1,
      bytes: new Uint8Array([0xfb, 0xff]),
      list: ["a", null, 1],
      map: { z: { a: [] }, "0": true },
      none: null,
    };
    expect(stored(serializer, sdkSpan({ attributes }))?.attributes.text).toBe(
      '{"text":"\\"\\u0000\u2028😀","bool":false,"int":-7,"double":0.1,"bytes":"+/8=","list":["a",null,1],"map":{"0":true,"z":{"a":[]}},"none":null}',
    );
  });

  test("the project is the header's, else the resource's, else default", () => {
    const span = sdkSpan({}, { "openinference.project.name": "evaluators" });
    expect(stored(serializer, span, "mine")?.project_name).toBe("mine");
    expect(stored(serializer, span)?.project_name).toBe("evaluators");
    expect(stored(serializer, span, "")?.project_name).toBe("evaluators");
    expect(stored(serializer, sdkSpan({}, { "openinference.project.name": 5 }))?.project_name).toBe("default");
  });

  test("text columns get what they can hold", () => {
    const span = sdkSpan(
      { name: "a\0b\ud800", status: { code: 2, message: "\0" }, attributes: { "openinference.span.kind": "\0" } },
      { "openinference.project.name": "😀".repeat(251) },
    );
    expect(stored(serializer, span)).toMatchObject({
      name: "a\ufffdb\ufffd",
      status_message: "\ufffd",
      span_kind: "\ufffd",
    });
    expect(stored(serializer, span)?.project_name).toBe("😀".repeat(250));
    expect(stored(serializer, span, `a${"😀".repeat(250)}`)?.project_name).toBe(`a${"😀".repeat(249)}\ufffd`);
  });

  test("a span that ends before it starts takes no time", () => {
    expect(stored(serializer, sdkSpan({ endTime: [0, 0] }))?.end_time).toBe("2026-11-22T09:31:02.123456+00:00");
  });

  test("the last moment of OTLP is stored", () => {
    const endTime: [number, number] = [18_446_744_073, 709_551_615];
    expect(stored(serializer, sdkSpan({ endTime }))?.end_time).toBe("2554-07-21T23:34:33.709551+00:00");
  });

  test("spans without valid ids are dropped and counted", () => {
    const ids = [
      context,
      { ...context, traceId: "0".repeat(32) },
      { ...context, spanId: "0".repeat(16) },
      { ...context, spanId: "b7" },
    ];
    const bytes = serializer.serializeRequest(ids.map((spanContext) => sdkSpan({ spanContext: () => spanContext })));
    const { spans, rejected } = spansOf(decodeExport({ mediaType, bytes: bytes ?? new Uint8Array() }), undefined);
    expect(spans).toHaveLength(1);
    expect(rejected).toBe(3);
  });

  test("the response says that spans were dropped", () => {
    const { partialSuccess } = serializer.deserializeResponse(encodeResponse(mediaType, 3).bytes);
    expect(Number(partialSuccess?.rejectedSpans)).toBe(3);
    expect(partialSuccess?.errorMessage).toMatch(/valid trace id and span id/);
    expect(Buffer.from(encodeResponse(mediaType, 0).bytes).toString()).toBe(mediaType === json ? "{}" : "");
  });
});

describe("values of attributes", () => {
  test.each(["9223372036854775807", "-9223372036854775808", "9007199254740993", "0"])("int64 %s is exact", (digits) => {
    const value = Buffer.concat([[0x18], new Writer().int64(digits).finish()].map((part) => Buffer.from(part)));
    expect(storedProtobuf(attributeBytes(value))?.attributes.text).toBe(`{"k":${digits}}`);
    expect(attributesJson(`{"intValue":"${digits}"}`)).toBe(`{"k":${digits}}`);
    expect(attributesJson(`{"intValue":${digits}}`)).toBe(`{"k":${digits}}`);
  });

  test("an integer with an exponent is written out", () => {
    expect(attributesJson('{"intValue":1e+21}')).toBe('{"k":1000000000000000000000}');
  });

  test.each([
    [Number.NaN, '"NaN"'],
    [Number.POSITIVE_INFINITY, '"Infinity"'],
    [Number.NEGATIVE_INFINITY, '"-Infinity"'],
    [-0, "-0.0"],
    [1, "1.0"],
    [1e21, "1e+21"],
    [5e-324, "5e-324"],
  ])("double %s is %s", (number, text) => {
    const value = Buffer.concat([[0x21], new Writer().double(number).finish()].map((part) => Buffer.from(part)));
    expect(storedProtobuf(attributeBytes(value))?.attributes.text).toBe(`{"k":${text}}`);
    expect(attributesJson(`{"doubleValue":${text}}`)).toBe(`{"k":${text}}`);
  });

  test("a lone surrogate that JSON escapes stays one", () => {
    expect(attributesJson('{"stringValue":"\\ud800"}')).toBe('{"k":"\\ud800"}');
  });

  test("a string that is not UTF-8 costs nothing else", () => {
    const value = field(1, Buffer.from([0x61, 0xed, 0xa0, 0x80]));
    expect(storedProtobuf(attributeBytes(value))?.attributes.text).toMatch(/^\{"k":"a\ufffd+"\}$/);
  });

  test("lists are nested 45 deep at most", () => {
    const bytesNested = (depth: number): Uint8Array =>
      depth === 0 ? new Uint8Array() : field(5, field(1, bytesNested(depth - 1)));
    const jsonNested = (depth: number) => `${'{"arrayValue":{"values":['.repeat(depth)}{}${"]}}".repeat(depth)}`;
    const text = `{"k":${"[".repeat(45)}null${"]".repeat(45)}}`;
    expect(storedProtobuf(attributeBytes(bytesNested(45)))?.attributes.text).toBe(text);
    expect(attributesJson(jsonNested(45))).toBe(text);
    for (const depth of [50, 20_000]) {
      expect(() => attributesJson(jsonNested(depth))).toThrow(refusal);
    }
    expect(() => storedProtobuf(attributeBytes(bytesNested(50)))).toThrow(refusal);
  });
});

describe("what is not an export", () => {
  test.each([
    "",
    "null",
    "[]",
    '{"resourceSpans":{}}',
    '{"resourceSpans":[null]}',
    '{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":1}]}]}]}',
    '{"resourceSpans":[{"scopeSpans":[{"spans":[{"startTimeUnixNano":"-1"}]}]}]}',
    '{"resourceSpans":[{"scopeSpans":[{"spans":[{"endTimeUnixNano":18446744073709551616}]}]}]}',
    '{"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"value":{"intValue":1.5}}]}]}]}]}',
    '{"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"value":{"doubleValue":""}}]}]}]}]}',
    '{"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"value":{"boolValue":0}}]}]}]}]}',
  ])("422: %s", (text) => {
    expect(() => decodeExport({ mediaType: json, bytes: Buffer.from(text) })).toThrow(refusal);
  });

  test("400: JSON that is not UTF-8", () => {
    const bytes = Buffer.from([0x22, 0xff, 0x22]);
    expect(() => decodeExport({ mediaType: json, bytes })).toThrow(expect.objectContaining({ status: 400 }));
  });

  test("422: every export that is cut short", () => {
    const bytes = ProtobufTraceSerializer.serializeRequest([sdkSpan()]) ?? new Uint8Array();
    for (let end = 1; end < bytes.length; end++) {
      expect(() => decodeExport({ mediaType: protobuf, bytes: bytes.slice(0, end) })).toThrow(refusal);
    }
  });

  test("413: more fields than memory should hold", () => {
    const bytes = Buffer.alloc(10_000_002, "\n\0");
    expect(() => decodeExport({ mediaType: protobuf, bytes })).toThrow(expect.objectContaining({ status: 413 }));
  });

  test("no bytes fail otherwise than by a problem", () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(fc.uint8Array({ maxLength: 20 })).map((fields) => spanBytes(...fields)),
      fc.json().map((text) => Buffer.from(text)),
    );
    const failure = (bytes: Uint8Array, mediaType: typeof json | typeof protobuf) => {
      try {
        spansOf(decodeExport({ mediaType, bytes }), undefined);
      } catch (error) {
        return error;
      }
    };
    fc.assert(
      fc.property(anything, fc.constantFrom(json, protobuf), (bytes, mediaType) => {
        const error = failure(bytes, mediaType);
        expect(error === undefined || error instanceof Problem).toBe(true);
      }),
    );
  });

  test("fields that are unknown, or of another wire type, are passed over", () => {
    const unknown = [field(99, Buffer.from("x")), Uint8Array.of(0x28, 0x01), Uint8Array.of(0x2b, 0x08, 0x01, 0x2c)];
    expect(storedProtobuf(...unknown, field(5, Buffer.from("named")))?.name).toBe("named");
    expect(storedJson('"name":"named","kind":"SPAN_KIND_INTERNAL","later":[{}]')?.name).toBe("named");
    expect(storedJson('"name":null')?.name).toBe("");
  });
});
