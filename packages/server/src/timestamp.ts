import { invalid } from "./problem.ts";

const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt _](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*([Zz]|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** As nearly all clients write it, on a day that every year has: Postgres reads it as it is, and to write it anew takes ten times as long. */
const usual =
  /^(?!0000)\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?(?:Z|\+00:00)$/;

/** Above this, a number of seconds is taken for milliseconds, as Phoenix does. */
const secondsAtMost = 2e10;

/**
 * A moment as clients write it, as a text that Postgres reads as it is: UTC, microseconds kept, no offset meaning UTC.
 * @throws a Problem (422) naming the field if it is no moment between the years 1 and 9999.
 */
export function timestamp(value: string | number, pointer: string): string {
  const moment = parse(value);
  if (moment === undefined) {
    throw invalid(
      pointer,
      `${pointer} must be a timestamp between the years 1 and 9999, such as 2026-11-22T09:30:00Z`,
      "format",
    );
  }
  return moment;
}

function parse(value: string | number): string | undefined {
  if (typeof value === "number") return fromUnix(value);
  if (usual.test(value)) return value;
  const parts = iso.exec(value);
  if (parts) return fromIso(parts);
  return /^\s*[+-]?\d+(\.\d*)?\s*$/.test(value) ? fromUnix(Number(value)) : undefined;
}

function fromUnix(number: number): string | undefined {
  const milliseconds = Math.abs(number) > secondsAtMost ? number : number * 1000;
  const whole = Math.floor(milliseconds);
  return write(whole, Math.round((milliseconds - whole) * 1000));
}

function fromIso([, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", offset = "Z"]: string[]):
  | string
  | undefined {
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]; // six digits groups
  if (y === 0 || h > 23 || mi > 59 || s > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(y, mo - 1, d);
  if (date.getUTCMonth() !== mo - 1 || date.getUTCDate() !== d) return undefined;
  date.setUTCHours(h, mi, s);
  const shift = offsetMinutes(offset);
  if (shift === undefined) return undefined;
  const microseconds = Number(fraction.slice(0, 6).padEnd(6, "0"));
  return write(date.getTime() - shift * 60_000 + Math.floor(microseconds / 1000), microseconds % 1000);
}

function offsetMinutes(offset: string): number | undefined {
  const [, sign, hours, minutes = "0"] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? [];
  if (sign === undefined) return 0;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** Microseconds are those beyond the millisecond. */
function write(milliseconds: number, microseconds: number): string | undefined {
  const date = new Date(milliseconds + Math.floor(microseconds / 1000));
  if (Number.isNaN(date.getTime())) return undefined;
  const year = date.getUTCFullYear();
  if (year < 1 || year > 9999) return undefined;
  return date.toISOString().replace("Z", `${String(microseconds % 1000).padStart(3, "0")}Z`);
}
