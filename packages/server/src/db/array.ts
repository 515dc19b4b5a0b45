/**
 * Arrays as Postgres reads them in a text, for statements that take thousands of values: the driver makes the same of a list, but by two regular
 * expressions for each of its values. A cast says of what type they are.
 */

export function numberArray(values: (number | null)[]): string {
  return `{${values.map((value) => value ?? "NULL").join()}}`;
}

export function textArray(values: (string | null)[]): string {
  return `{${values.map((value) => (value === null ? "NULL" : quoted(value))).join()}}`;
}

/** What needs no quotes: no word that means null, and nothing in it that has a meaning. */
const plain = /^(?!null$)[\w:.+-]+$/i;
const special = /["\\]/;

function quoted(value: string): string {
  if (plain.test(value)) return value;
  return `"${special.test(value) ? value.replaceAll(/["\\]/g, "\\$&") : value}"`;
}
