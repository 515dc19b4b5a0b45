/** CSV as every download writes it. */
import { setImmediate } from "node:timers/promises";
import { stringify } from "csv-stringify/sync";

interface CsvForm {
  /** How many cells a row has. */
  columns: number;
  /** Puts a `'` before what a spreadsheet would take for a formula. */
  spreadsheet: boolean;
}

/** A piece of CSV has at most about so many cells, if a row has not more, and lets others have their turn after it. */
const cellsOfPiece = 20_000;

/** Rows as CSV, in pieces. Null is an empty cell, an empty text is `""`. */
export async function* csvOf<Row>(
  rows: Row[],
  { columns, spreadsheet }: CsvForm,
  cellsOf: (row: Row) => (string | number | null | undefined)[],
): AsyncGenerator<string> {
  const atATime = Math.max(1, Math.floor(cellsOfPiece / columns));
  for (let start = 0; start < rows.length; start += atATime) {
    const records = rows.slice(start, start + atATime).map(cellsOf);
    // Cells with a lone carriage return are quoted too: to most readers it ends a line.
    yield stringify(records, { record_delimiter: "\n", quoted_match: /\r|^$/, escape_formulas: spreadsheet });
    await setImmediate();
  }
}

/** The cell for a JSON value: a string stands as it is, null is empty, any other is JSON text; so is a string that has no UTF-8. */
export function cellOf(json: string): string | null {
  if (json === "null") return null;
  const text: string = json.startsWith('"') ? JSON.parse(json) : json;
  return text.isWellFormed() ? text : json;
}
