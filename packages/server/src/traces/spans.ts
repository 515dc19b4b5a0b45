import type { Insertable } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { JsonText } from "../json.ts";
import type { Message } from "./otlp.ts";

/** A span as it is stored, its project by name. */
export type ExportedSpan = Omit<Insertable<DB["spans"]>, "id" | "project_id"> & { project_name: string };

interface Export {
  spans: ExportedSpan[];
  /** How many spans have no valid trace id and span id: nothing could refer to them. */
  rejected: number;
}

/** The spans of an export. They belong to `project`, or to the project that their resource names. */
export function spansOf(
  { resourceSpans = [] }: Message<"ExportTraceServiceRequest">,
  project: string | undefined,
): Export {
  const spans = resourceSpans.flatMap(({ resource, scopeSpans = [] }) => {
    const name = project || textAttribute(resource?.attributes, "openinference.project.name") || "default";
    // Longer names do not fit the index on them.
    const project_name = storable(name.slice(0, 500));
    return scopeSpans.flatMap(({ spans = [] }) => spans.map((span) => spanOf(span, project_name)));
  });
  const valid = spans.filter((span) => span !== undefined);
  return { spans: valid, rejected: spans.length - valid.length };
}

function spanOf(span: Message<"Span">, project_name: string): ExportedSpan | undefined {
  const trace_id = traceId(span);
  const span_id = spanId(span.spanId);
  if (trace_id === null || span_id === null) return undefined;
  const { startTimeUnixNano: start = 0n, endTimeUnixNano: end = 0n, attributes, status } = span;
  const span_kind = storable(textAttribute(attributes, "openinference.span.kind") || "UNKNOWN");
  return {
    project_name,
    trace_id,
    span_id,
    parent_id: spanId(span.parentSpanId),
    name: storable(span.name ?? ""),
    span_kind,
    start_time: timeOf(start),
    // Absent, or earlier where the client's clock was set back: no span takes negative time.
    // biome-ignore lint/complexity/useMathMinMax: Math.max takes no bigint
    end_time: timeOf(end > start ? end : start),
    status_code: statusCodes[status?.code ?? 0] ?? "UNSET",
    status_message: storable(status?.message ?? ""),
    // What is no call to a model may repeat what its calls took.
    prompt_token_count: span_kind === "LLM" ? tokenCount(attributes, "llm.token_count.prompt") : null,
    completion_token_count: span_kind === "LLM" ? tokenCount(attributes, "llm.token_count.completion") : null,
    attributes: new JsonText(jsonObject(attributes)),
    events: new JsonText(jsonArray(span.events, eventText)),
    links: new JsonText(jsonArray(span.links, linkText)),
  };
}

const statusCodes = ["UNSET", "OK", "ERROR"];

const traceId = ({ traceId = "" }: Message<"Span" | "Link">) =>
  /^(?!0+$)[0-9a-f]{32}$/.test(traceId) ? traceId : null;

const spanId = (id = "") => (/^(?!0+$)[0-9a-f]{16}$/.test(id) ? id : null);

function textAttribute(attributes: Message<"KeyValue">[] | undefined, name: string): string | undefined {
  return attributes?.find(({ key }) => key === name)?.value?.stringValue;
}

const mostTokens = 2 ** 31 - 1;

/** A number of tokens, as far as it is one: some exporters write integers as doubles. */
function tokenCount(attributes: Message<"KeyValue">[] | undefined, name: string): number | null {
  const { intValue, doubleValue } = attributes?.find(({ key }) => key === name)?.value ?? {};
  const count = Number(intValue ?? doubleValue);
  return Number.isInteger(count) && count >= 0 && count <= mostTokens ? count : null;
}

/**
 * What a text column can hold: NUL and lone surrogates become U+FFFD. Elsewhere they are refused, but tracing must never fail the run that it
 * describes.
 */
function storable(text: string): string {
  return text.replaceAll("\0", "\ufffd").toWellFormed();
}

/** 64 bits of nanoseconds end in the year 2554: Postgres holds every one of them, less what is below a microsecond. */
function timeOf(unixNanoseconds: bigint): string {
  const microseconds = unixNanoseconds / 1000n;
  const milliseconds = new Date(Number(microseconds / 1000n)).toISOString().slice(0, -1);
  return `${milliseconds}${String(microseconds % 1000n).padStart(3, "0")}+00:00`;
}

function eventText({ name = "", timeUnixNano = 0n, attributes }: Message<"Event">): string {
  return `{"name":${JSON.stringify(name)},"timestamp":"${timeOf(timeUnixNano)}","attributes":${jsonObject(attributes)}}`;
}

function linkText(link: Message<"Link">): string {
  const ids = { trace_id: traceId(link), span_id: spanId(link.spanId) };
  return `{"trace_id":${JSON.stringify(ids.trace_id)},"span_id":${JSON.stringify(ids.span_id)},"attributes":${jsonObject(link.attributes)}}`;
}

function jsonObject(attributes: Message<"KeyValue">[] = []): string {
  return `{${attributes.map(({ key = "", value }) => `${JSON.stringify(key)}:${jsonValue(value)}`).join(",")}}`;
}

function jsonArray<Item>(items: Item[] = [], textOf: (item: Item) => string): string {
  return `[${items.map(textOf).join(",")}]`;
}

function jsonValue(value: Message<"AnyValue"> = {}): string {
  if (value.stringValue !== undefined) return JSON.stringify(value.stringValue);
  if (value.boolValue !== undefined) return String(value.boolValue);
  if (value.intValue !== undefined) return value.intValue;
  if (value.doubleValue !== undefined) return jsonDouble(value.doubleValue);
  if (value.bytesValue !== undefined) return `"${value.bytesValue}"`;
  if (value.arrayValue) return jsonArray(value.arrayValue.values, jsonValue);
  return value.kvlistValue ? jsonObject(value.kvlistValue.values) : "null";
}

/** A double is told from an integer by its point or exponent, and has a name where JSON has no number. */
function jsonDouble(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
