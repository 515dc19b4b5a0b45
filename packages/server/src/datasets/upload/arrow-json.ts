/** Values of Arrow as JSON, in the manner of Python: a float has a point, a time is in ISO 8601, a struct is an object. */
import type { DataType, StructRow, Vector } from "apache-arrow";

export type Arrow = typeof import("apache-arrow");

type Write = (value: unknown) => string;

/** Writes the values of a type, nulls included; undefined if JSON has none like them, or they are nested more than so many levels deep. */
export function jsonWriter(arrow: Arrow, type: DataType, levels: number): Write | undefined {
  const write: ((value: never) => string) | undefined =
    scalarWriter(arrow, type) ?? (levels > 0 ? nestedWriter(arrow, type, levels - 1) : undefined);
  return write && ((value) => (value === null ? "null" : write(value as never))); // the type says what its values are
}

function scalarWriter({ DataType: is }: Arrow, type: DataType): ((value: never) => string) | undefined {
  if (is.isUtf8(type) || is.isLargeUtf8(type) || is.isUtf8View(type)) return JSON.stringify;
  if (is.isNull(type) || is.isInt(type) || is.isBool(type)) return String;
  if (is.isFloat(type)) return floatText;
  if (is.isDecimal(type)) return (value: object) => decimalText(String(value), type.scale);
  if (is.isDate(type)) return (ms: number) => JSON.stringify(new Date(ms).toISOString().slice(0, "2026-11-22".length));
  if (is.isTimestamp(type)) return (ms: number) => JSON.stringify(timeText(ms, type.timezone ? "+00:00" : ""));
  return undefined;
}

function nestedWriter(arrow: Arrow, type: DataType, levels: number): ((value: never) => string) | undefined {
  const { DataType: is } = arrow;
  if (is.isDictionary(type)) return jsonWriter(arrow, type.dictionary, levels);
  const inside = type.children?.map(({ type }) => jsonWriter(arrow, type, levels)) ?? [];
  const writers = inside.flatMap((write) => write ?? []);
  if (writers.length < inside.length) return undefined;
  if (is.isList(type) || is.isLargeList(type) || is.isFixedSizeList(type))
    return (items: Vector) => `[${Array.from(items, (item) => writers[0]?.(item)).join()}]`;
  if (is.isStruct(type))
    return (row: StructRow) =>
      `{${Array.from(row, ([key, value], at) => `${JSON.stringify(key)}:${writers[at]?.(value)}`).join()}}`;
  return undefined;
}

function floatText(value: number): string {
  if (!Number.isFinite(value)) return "null";
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function decimalText(digits: string, scale: number): string {
  if (scale <= 0) return digits === "0" ? digits : digits + "0".repeat(-scale);
  const [, sign = "", whole = ""] = /^(-?)(\d+)$/.exec(digits) ?? [];
  const padded = whole.padStart(scale + 1, "0");
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

/** To the microsecond, of which there are six digits or none. */
function timeText(ms: number, offset: string): string {
  const microseconds = Math.round(ms * 1000);
  const [seconds = ""] = new Date(Math.floor(microseconds / 1000)).toISOString().split(".");
  const fraction = ((microseconds % 1_000_000) + 1_000_000) % 1_000_000;
  return `${seconds}${fraction === 0 ? "" : `.${String(fraction).padStart(6, "0")}`}${offset}`;
}
