import { hash } from "node:crypto";

/**
 * A hash of what an example says, 16 bytes: the first of the SHA-256 of its canonical JSON (in the manner of RFC 8785), so that the order of
 * keys and the spelling of numbers (`1`, `1.0`, `10e-1`) do not count. Numbers that differ have different hashes, also where a double
 * cannot tell them apart.
 */
export function contentHash({ input, output, metadata }: { input: string; output: string; metadata: string }): Buffer {
  const text = [input, metadata, output].map((part) => `${canonical(part)}\n`).join("");
  return hash("sha256", text, "buffer").subarray(0, 16);
}

/** Sixteen digits or an exponent may be more than a double holds: what has neither is exact as parsed. */
const mayExceedDouble = /[\d.]{16}|\d[eE]/;

/** A number with its digits as they were written. */
class Decimal {
  readonly text: string;
  constructor(source: string) {
    this.text = decimal(source);
  }
}

/** One spelling for all JSON texts of the same meaning: keys in order, numbers by their value. */
export function canonical(json: string): string {
  const value = mayExceedDouble.test(json) ? JSON.parse(json, exactNumbers) : JSON.parse(json);
  const parts: string[] = [];
  write(value, parts);
  return parts.join("");
}

function exactNumbers(_key: string, value: unknown, { source }: { source?: string } = {}): unknown {
  return typeof value === "number" && source !== undefined ? new Decimal(source) : value;
}

function write(value: unknown, parts: string[]): void {
  if (typeof value === "number") parts.push(decimal(String(value)));
  else if (value instanceof Decimal) parts.push(value.text);
  else if (Array.isArray(value)) {
    parts.push("[");
    for (const item of value) {
      write(item, parts);
      parts.push(",");
    }
    parts.push("]");
  } else if (typeof value === "object" && value !== null) {
    parts.push("{");
    for (const [name, member] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
      parts.push(JSON.stringify(name), ":");
      write(member, parts);
      parts.push(",");
    }
    parts.push("}");
  } else parts.push(JSON.stringify(value));
}

/**
 * A number as its sign, its significant digits and the power of ten of the last: one spelling for each value. It takes a time in proportion
 * to the text, however long the number is: no pattern that backtracks, no arithmetic on big integers.
 */
function decimal(source: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source) ?? [];
  const digits = `${whole}${fraction}`;
  let start = 0;
  while (digits[start] === "0") start++;
  if (start === digits.length) return "0";
  let end = digits.length;
  while (digits[end - 1] === "0") end--;
  return `${sign}${digits.slice(start, end)}e${powerOf(exponent, digits.length - end - fraction.length)}`;
}

/** The sum of an exponent and a small number. Of an exponent beyond every use the parts stay as they are: still no two values alike. */
function powerOf(exponent: string, shift: number): string {
  const [, sign = "", digits = ""] = /^([+-]?)0*(\d+)$/.exec(exponent) ?? [];
  return digits.length < 16 ? String(Number(`${sign}${digits}`) + shift) : `${sign}${digits}+${shift}`;
}
