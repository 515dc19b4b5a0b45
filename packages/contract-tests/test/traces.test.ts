import { gzipSync } from "node:zlib";
import { JsonTraceSerializer, ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { useService } from "../src/service.ts";

const service = useService();

type Serializer = typeof ProtobufTraceSerializer | typeof JsonTraceSerializer;
type SdkSpan = Parameters<typeof ProtobufTraceSerializer.serializeRequest>[0][number];

const protobuf = "application/x-protobuf";
const json = "application/json";

/** OpenTelemetry's own writers of both media types: what they write was not made by us. */
const writers = [
  { mediaType: protobuf, serializer: ProtobufTraceSerializer },
  { mediaType: json, serializer: JsonTraceSerializer },
];

/** A trace and span id that no test has used. */
function newContext() {
  const hex = (bytes: number) => Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString("hex");
  return { traceId: hex(16), spanId: hex(8), traceFlags: 1 };
}

/** A span as OpenTelemetry's SDK hands it to its exporters. */
function sdkSpan(span: Partial<SdkSpan> = {}, resource: SdkSpan["attributes"] = {}): SdkSpan {
  const context = newContext();
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

function send(mediaType: string, body: Uint8Array | string, headers: Record<string, string> = {}): Promise<Response> {
  return service.fetch("/v1/traces", { method: "POST", body, headers: { "content-type": mediaType, ...headers } });
}

function written(serializer: Serializer, spans: SdkSpan[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(serializer.serializeRequest(spans) ?? []);
}

async function storedSpan(spanId: string) {
  const { rows } = await service.database.query(
    `select projects.name as project, trace_id, span_id, parent_id, spans.name, span_kind, status_code, status_message,
       start_time at time zone 'UTC' || '' as start_time, end_time at time zone 'UTC' || '' as end_time,
       attributes::text, events::text, links::text
     from spans join projects on projects.id = project_id where span_id = $1`,
    [spanId],
  );
  return rows[0];
}

/** What is stored of a span that the SDK exports. */
async function stored(serializer: Serializer, span: SdkSpan, headers?: Record<string, string>) {
  const mediaType = serializer === JsonTraceSerializer ? json : protobuf;
  expect((await send(mediaType, written(serializer, [span]), headers)).status).toBe(200);
  return storedSpan(span.spanContext().spanId);
}

/** A JSON export of one span with these fields, and what is stored of it. */
async function storedJson(fields: string) {
  const { traceId, spanId } = newContext();
  const span = `{"traceId":"${traceId}","spanId":"${spanId}",${fields}}`;
  const response = await send(json, `{"resourceSpans":[{"scopeSpans":[{"spans":[${span}]}]}]}`);
  return { status: response.status, span: await storedSpan(spanId) };
}

/** A field of protobuf that has a length. */
function field(number: number, ...content: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.concat(content);
  const length: number[] = [];
  for (let rest = bytes.length; length.length === 0 || rest > 0; rest >>>= 7) {
    length.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
  }
  return Uint8Array.from([(number << 3) | 2, ...length, ...bytes]);
}

/** A protobuf export of one span with these fields, and what is stored of it. */
async function storedProtobuf(...fields: Uint8Array[]) {
  const { traceId, spanId } = newContext();
  const ids = [field(1, Buffer.from(traceId, "hex")), field(2, Buffer.from(spanId, "hex"))];
  const response = await send(protobuf, field(1, field(2, field(2, ...ids, ...fields))));
  return { status: response.status, span: await storedSpan(spanId) };
}

/** The attribute `k` of a span. */
const jsonAttribute = (value: string) => `"attributes":[{"key":"k","value":${value}}]`;
const protobufAttribute = (...value: Uint8Array[]) => field(9, field(1, Buffer.from("k")), field(2, ...value));

describe.each(writers)("exportTraces, $mediaType", ({ mediaType, serializer }) => {
  test("200: a span with everything that is stored of it", async () => {
    const context = newContext();
    const span = sdkSpan({
      spanContext: () => context,
      parentSpanContext: { ...context, spanId: "00f067aa0ba902b7" },
      status: { code: 2, message: "no" },
      attributes: { "openinference.span.kind": "CHAIN", "input.value": "{}" },
      events: [{ name: "retry", time: [1_795_339_862, 500_000_000], attributes: { n: 2 } }],
      links: [{ context, attributes: { why: "batch" } }],
    });
    expect(await stored(serializer, span)).toEqual({
      project: "default",
      trace_id: context.traceId,
      span_id: context.spanId,
      parent_id: "00f067aa0ba902b7",
      name: "Task: answer",
      span_kind: "CHAIN",
      start_time: "2026-11-22 09:31:02.123456",
      end_time: "2026-11-22 09:31:02.8125",
      status_code: "ERROR",
      status_message: "no",
      attributes: '{"openinference.span.kind":"CHAIN","input.value":"{}"}',
      events: '[{"name":"retry","timestamp":"2026-11-22T09:31:02.500000+00:00","attributes":{"n":2}}]',
      links: `[{"trace_id":"${context.traceId}","span_id":"${context.spanId}","attributes":{"why":"batch"}}]`,
    });
  });

  test("200: a span that says nothing of itself", async () => {
    expect(await stored(serializer, sdkSpan({ name: "", status: { code: 0 } }))).toMatchObject({
      parent_id: null,
      name: "",
      span_kind: "UNKNOWN",
      status_code: "UNSET",
      status_message: "",
      attributes: "{}",
      events: "[]",
      links: "[]",
    });
  });

  test("200: attributes keep type, value and order", async () => {
    const attributes = {
      text: '"\0\u2028😀\n',
      bool: false,
      int: -7,
      double: 0.1,
      bytes: new Uint8Array([0xfb, 0xff]),
      list: ["a", null, 1],
      map: { z: { a: [] }, none: null },
      a: "",
    };
    expect((await stored(serializer, sdkSpan({ attributes })))?.attributes).toBe(
      '{"text":"\\"\\u0000\u2028😀\\n","bool":false,"int":-7,"double":0.1,"bytes":"+/8=","list":["a",null,1],' +
        '"map":{"z":{"a":[]},"none":null},"a":""}',
    );
  });

  test("200: the project is the header's, else the resource's, else default", async () => {
    const named = () => sdkSpan({}, { "openinference.project.name": "evaluators" });
    expect((await stored(serializer, named(), { "x-project-name": "mine" }))?.project).toBe("mine");
    expect((await stored(serializer, named(), { "x-project-name": "" }))?.project).toBe("evaluators");
    expect((await stored(serializer, named()))?.project).toBe("evaluators");
    expect((await stored(serializer, sdkSpan({}, { "openinference.project.name": 5 })))?.project).toBe("default");
  });

  test("200: what no text column can hold is replaced, and a long project name cut", async () => {
    const span = sdkSpan(
      { name: "a\0b\ud800", status: { code: 2, message: "\0" }, attributes: { "openinference.span.kind": "\0" } },
      { "openinference.project.name": "😀".repeat(251) },
    );
    expect(await stored(serializer, span)).toMatchObject({
      project: "😀".repeat(250),
      name: "a\ufffdb\ufffd",
      status_message: "\ufffd",
      span_kind: "\ufffd",
    });
  });

  test("200: a span that ends before it starts takes no time", async () => {
    const span = sdkSpan({ endTime: [0, 0] });
    expect((await stored(serializer, span))?.end_time).toBe("2026-11-22 09:31:02.123456");
  });

  test("200: the last moment that OTLP can say", async () => {
    const span = sdkSpan({ endTime: [18_446_744_073, 709_551_615] });
    expect((await stored(serializer, span))?.end_time).toBe("2554-07-21 23:34:33.709551");
  });

  test("200: spans without valid ids are dropped, which the response says", async () => {
    const context = newContext();
    const contexts = [
      context,
      { ...context, traceId: "0".repeat(32) },
      { ...context, spanId: "0".repeat(16) },
      { ...context, spanId: "b7" },
    ];
    const spans = contexts.map((context) => sdkSpan({ spanContext: () => context }));
    const response = await send(mediaType, written(serializer, spans));
    const { partialSuccess } = serializer.deserializeResponse(await response.bytes());
    expect(Number(partialSuccess?.rejectedSpans)).toBe(3);
    expect(partialSuccess?.errorMessage).toContain("valid trace id and span id");
    expect(await storedSpan(context.spanId)).toBeDefined();
  });

  test("200: compressed; the response is empty, in the media type of the request", async () => {
    const bytes = gzipSync(written(serializer, [sdkSpan()]));
    const response = await send(mediaType, bytes, { "content-encoding": "gzip" });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(mediaType);
    expect(await response.text()).toBe(mediaType === json ? "{}" : "");
  });

  test("200: more spans than go in one statement", async () => {
    const project = { "openinference.project.name": `many, ${mediaType}` };
    const spans = Array.from({ length: 2500 }, () => sdkSpan({}, project));
    expect((await send(mediaType, written(serializer, spans))).status).toBe(200);
    const { rows } = await service.database.query(
      "select count(*)::int from spans join projects on projects.id = project_id where projects.name = $1",
      [`many, ${mediaType}`],
    );
    expect(rows).toEqual([{ count: 2500 }]);
  });

  test("200: no spans at all", async () => {
    expect((await send(mediaType, written(serializer, []))).status).toBe(200);
  });

  test("200: a span that was stored before stays as it is", async () => {
    const { spanContext } = sdkSpan();
    await stored(serializer, sdkSpan({ spanContext, name: "first" }));
    const again = sdkSpan({ spanContext, name: "second" }, { "openinference.project.name": "another" });
    expect(await stored(serializer, again)).toMatchObject({ name: "first", project: "default" });
  });
});

describe("exportTraces, many at once", () => {
  const inProject = (name: string) => sdkSpan({}, { "openinference.project.name": name });

  const statuses = async (exports: SdkSpan[][]) => {
    const sent = exports.map((spans) => send(protobuf, written(ProtobufTraceSerializer, spans)));
    return (await Promise.all(sent)).map(({ status }) => status);
  };

  test("200: the same spans in new projects are stored once", async () => {
    const spans = Array.from({ length: 100 }, (_, n) => inProject(`at once ${n % 10}`));
    const shuffled = () => spans.toSorted(() => Math.random() - 0.5);
    expect(new Set(await statuses(Array.from({ length: 30 }, shuffled)))).toEqual(new Set([200]));
    const { rows } = await service.database.query(
      "select count(*)::int as spans, count(distinct project_id)::int as projects from spans join projects on projects.id = project_id where projects.name like 'at once %'",
    );
    expect(rows).toEqual([{ spans: 100, projects: 10 }]);
  });

  /** Exports three spans in both orders, both stopped at the one in the middle, which another transaction has until then. */
  const crossing = async ([first, middle, last]: [SdkSpan, SdkSpan, SdkSpan], hold: string, values: string[]) => {
    const holder = await service.database.connect();
    await holder.query("begin");
    await holder.query(hold, values);
    const sent = statuses([
      [first, middle, last],
      [last, middle, first],
    ]);
    const waiting =
      "select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    await expect.poll(async () => (await service.database.query(waiting)).rows[0]?.count).toBe(2);
    await holder.query("rollback");
    holder.release();
    return sent;
  };

  test("200: new projects in opposite orders do not deadlock", async () => {
    const spans = [inProject("crossing a"), inProject("crossing b"), inProject("crossing c")] as const;
    const hold = "insert into projects (name) values ($1)";
    expect(await crossing([...spans], hold, ["crossing b"])).toEqual([200, 200]);
  });

  test("200: the same spans in opposite orders do not deadlock", async () => {
    const { traceId } = newContext();
    const span = (spanId: string) => sdkSpan({ spanContext: () => ({ traceId, spanId, traceFlags: 1 }) });
    await stored(ProtobufTraceSerializer, sdkSpan()); // the project is there
    const spans = [span("000000000000000a"), span("000000000000000b"), span("000000000000000c")] as const;
    const hold = `
      insert into spans (project_id, trace_id, span_id, name, span_kind, start_time, end_time, status_code, status_message, attributes, events, links)
      select id, $1, $2, '', '', now(), now(), '', '', '{}', '[]', '[]' from projects where name = 'default'`;
    expect(await crossing([...spans], hold, [traceId, "000000000000000b"])).toEqual([200, 200]);
  });
});

describe("exportTraces, a value", () => {
  test.each([
    ["9223372036854775807", [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]],
    ["-9223372036854775808", [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]],
    ["9007199254740993", [0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10]],
    ["0", [0]],
  ])("200: int64 %s is exact", async (digits, varint) => {
    const attributes = `{"k":${digits}}`;
    const bytes = protobufAttribute(Uint8Array.of(0x18, ...varint));
    expect((await storedProtobuf(bytes)).span?.attributes).toBe(attributes);
    expect((await storedJson(jsonAttribute(`{"intValue":"${digits}"}`))).span?.attributes).toBe(attributes);
    expect((await storedJson(jsonAttribute(`{"intValue" : ${digits}}`))).span?.attributes).toBe(attributes);
  });

  test("200: an integer that JSON has with an exponent is written out", async () => {
    const { span } = await storedJson(jsonAttribute('{"intValue":1e+21}'));
    expect(span?.attributes).toBe('{"k":1000000000000000000000}');
  });

  test("200: text that looks like an integer stays text", async () => {
    const text = '\\"intValue\\":12345678901234567890';
    const { span } = await storedJson(jsonAttribute(`{"stringValue":"${text}"}`));
    expect(span?.attributes).toBe(`{"k":"${text}"}`);
  });

  test.each([
    [Number.NaN, '"NaN"'],
    [Number.POSITIVE_INFINITY, '"Infinity"'],
    [Number.NEGATIVE_INFINITY, '"-Infinity"'],
    [-0, "-0.0"],
    [1, "1.0"],
    [1e21, "1e+21"],
    [5e-324, "5e-324"],
  ])("200: double %s is %s", async (number, text) => {
    const bytes = Buffer.alloc(9, 0x21);
    bytes.writeDoubleLE(number, 1);
    expect((await storedProtobuf(protobufAttribute(bytes))).span?.attributes).toBe(`{"k":${text}}`);
    expect((await storedJson(jsonAttribute(`{"doubleValue":${text}}`))).span?.attributes).toBe(`{"k":${text}}`);
  });

  test("200: a lone surrogate that JSON escapes stays one", async () => {
    const { span } = await storedJson(jsonAttribute('{"stringValue":"\\ud800"}'));
    expect(span?.attributes).toBe('{"k":"\\ud800"}');
  });

  test("200: a string of protobuf that is not UTF-8 costs nothing else", async () => {
    const { span } = await storedProtobuf(protobufAttribute(field(1, Buffer.from([0x61, 0xed, 0xa0, 0x80]))));
    expect(span?.attributes).toMatch(/^\{"k":"a\ufffd+"\}$/);
  });

  test("lists are nested 45 deep (200), but not 50 or 20,000 (422)", async () => {
    const bytes = (depth: number) => {
      let value = new Uint8Array();
      for (let n = 0; n < depth; n++) value = field(5, field(1, value));
      return protobufAttribute(value);
    };
    const text = (depth: number) =>
      jsonAttribute(`${'{"arrayValue":{"values":['.repeat(depth)}{}${"]}}".repeat(depth)}`);
    const attributes = `{"k":${"[".repeat(45)}null${"]".repeat(45)}}`;
    expect((await storedProtobuf(bytes(45))).span?.attributes).toBe(attributes);
    expect((await storedJson(text(45))).span?.attributes).toBe(attributes);
    expect((await storedProtobuf(bytes(50))).status).toBe(422);
    expect((await storedJson(text(50))).status).toBe(422);
    expect((await storedJson(text(20_000))).status).toBe(422);
  });

  test("200: fields that are unknown, or not of their type on the wire, are passed over", async () => {
    const name = field(5, Buffer.from("named"));
    const unknown = [field(99), Uint8Array.of(0x28, 0x01), Uint8Array.of(0x2b, 0x08, 0x01, 0x2c)];
    expect((await storedProtobuf(...unknown, name)).span?.name).toBe("named");
    expect((await storedJson('"name":"named","kind":"SPAN_KIND_INTERNAL","later":[{}]')).span?.name).toBe("named");
    expect((await storedJson('"name":null')).span?.name).toBe("");
  });
});

describe("exportTraces, what is no export", () => {
  const spanWith = (fields: string) => `{"resourceSpans":[{"scopeSpans":[{"spans":[{${fields}}]}]}]}`;

  test.each([
    "",
    "{",
    "null",
    "[]",
    '{"resourceSpans":{}}',
    '{"resourceSpans":[null]}',
    spanWith('"name":1'),
    spanWith('"startTimeUnixNano":"-1"'),
    spanWith('"endTimeUnixNano":18446744073709551616'),
    spanWith(jsonAttribute('{"intValue":1.5}')),
    spanWith(jsonAttribute('{"doubleValue":""}')),
    spanWith(jsonAttribute('{"boolValue":0}')),
  ])("422: %s", async (text) => {
    const response = await send(json, text);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ detail: "Request body is invalid ExportTraceServiceRequest" });
  });

  test("422: protobuf that is cut short, anywhere", async () => {
    const bytes = written(ProtobufTraceSerializer, [sdkSpan({ attributes: { map: { list: [1.5, "text"] } } })]);
    const cuts = Array.from({ length: bytes.length - 1 }, (_, end) => send(protobuf, bytes.slice(0, end + 1)));
    expect(new Set((await Promise.all(cuts)).map(({ status }) => status))).toEqual(new Set([422]));
  });

  test("400: JSON that is not UTF-8", async () => {
    expect((await send(json, Uint8Array.of(0x22, 0xff, 0x22))).status).toBe(400);
  });

  test("413: more fields than memory should hold", async () => {
    const bytes = gzipSync(Buffer.alloc(10_000_002, "\n\0"));
    expect((await send(protobuf, bytes, { "content-encoding": "gzip" })).status).toBe(413);
  });

  test("200 or 422, whatever the bytes", async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(fc.uint8Array({ maxLength: 20 })).map((fields) => field(1, field(2, field(2, ...fields)))),
      fc.json().map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom(json, protobuf), async (bytes, mediaType) => {
        const { status } = await send(mediaType, Uint8Array.from(bytes));
        expect(mediaType === json ? [200, 400, 422] : [200, 422]).toContain(status);
      }),
    );
  });
});
