/** CSV as every download writes it. */
import { setImmediate } from "node:timers/promises";

type Cell = string | number | null | undefined;

/** A piece of CSV has at most about so many cells, if a row has not more, and lets others have their turn after it. */
const cellsOfPiece = 20_000;

/** Rows as CSV, in pieces. */
export async function* csvOf<Row>(rows: Row[], columns: number, lineOf: (row: Row) => string): AsyncGenerator<string> {
  const atATime = Math.max(1, Math.floor(cellsOfPiece / columns));
  for (let start = 0; start < rows.length; start += atATime) {
    yield rows
      .slice(start, start + atATime)
      .map(lineOf)
      .join("");
    await setImmediate();
  }
}

/** A record of RFC 4180. csv-stringify took more than half of the CPU of a download for it (bench/README.md). */
export function csvLine(cells: Cell[], spreadsheet: boolean): string {
  return `${cells.map((cell) => csvCell(cell, spreadsheet)).join(",")}\n`;
}

/** A lone carriage return is quoted too: to most readers it ends a line. */
export const quoted = /[",\n\r]/;

/** The wide forms of `=`, `+`, `-` and `@` are the same to Numbers. */
export const formula = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/** Null is an empty cell, an empty text is `""`. For a spreadsheet, a `'` stands before what it would take for a formula. */
export function csvCell(cell: Cell, spreadsheet: boolean): string {
  if (typeof cell !== "string") return String(cell ?? "");
  const text = spreadsheet && formula.test(cell) ? `'${cell}` : cell;
  if (text === "") return '""';
  return quoted.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The cell for a JSON value: a string stands as it is, null is empty, any other is JSON text; so is a string that has no UTF-8. */
export function cellOf(json: string): string | null {
  if (json === "null") return null;
  const text: string = json.startsWith('"') ? JSON.parse(json) : json;
  return text.isWellFormed() ? text : json;
}
