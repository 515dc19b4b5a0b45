import { pipeline, Readable } from "node:stream";
import { CsvError, type Parser, parse } from "csv-parse";
import { decodeUtf8Chunks } from "../../body.ts";
import { deepestContent, readContent } from "../../content.ts";
import { Problem, problem } from "../../problem.ts";
import { type Columns, columnsRead, refuseHeader } from "./columns.ts";
import { refusedInFile, refusedRow } from "./refuse.ts";
import { type Row, rowBytes } from "./rows.ts";

/**
 * The rows of a CSV, as they arrive. A cell is the JSON text of a string, or of what is written in it where that is asked for; blank ones are
 * left out.
 * @throws a Problem: 422 if it has no header or lacks a column that is asked for, 400 if it is not UTF-8, 413 if a row is too large.
 */
export async function* readCsv(bytes: AsyncIterable<Uint8Array>, columns: Columns): AsyncGenerator<Row> {
  let header: string[] | undefined;
  let cells: Cells = [];
  for await (const record of recordsOf(bytes)) {
    if (header) {
      yield rowOf(record, cells, columns);
      continue;
    }
    header = record;
    refuseHeader(columns, header);
    const read = columnsRead(columns);
    cells = [...header.entries()].flatMap(([place, column]) => (read.has(column) ? [[column, place]] : []));
  }
  if (!header) throw refusedInFile(noHeader, "header");
}

async function* recordsOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const parser = parse({
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  pipeline(Readable.from(textFor(parser, bytes)), parser, () => {}); // what fails is thrown to whoever reads the records
  try {
    yield* parser;
  } catch (error) {
    if (!(error instanceof CsvError && error.code === "CSV_QUOTE_NOT_CLOSED")) throw error;
    // By the parser's count: rows that it had read by then may not have come so far.
    throw refusedInFile("A quote is not closed", "csv", Number(error.records) || undefined);
  }
}

/** The text of a CSV for a parser, which by itself would take a row of any size. */
async function* textFor(parser: Parser, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let given = 0;
  for await (const text of decodeUtf8Chunks(bytes, "file")) {
    if (given === 0 && /^[\r\n]/.test(text)) throw refusedInFile(`${noHeader}: ${blankLine}`, "header");
    given += Buffer.byteLength(text);
    yield text;
    if (given - parser.info.bytes_records > rowBytes)
      throw problem("body_too_large", `A row may have ${rowBytes} bytes at most.`);
  }
}

const noHeader = "Missing CSV column header";
const blankLine = "not enough values to unpack (expected at least 1, got 0)"; // Phoenix's words, which are Python's

type Cells = [column: string, place: number][];

function rowOf(record: string[], cells: Cells, { flattened, arePaths, deepest }: Columns): Row {
  const row = new Map<string, string>();
  for (const [column, place] of cells) {
    const cell = record[place];
    if (cell === undefined) continue;
    if (flattened.has(column)) row.set(column, objectIn(cell, column));
    else if (cell.trim() !== "") row.set(column, (arePaths && jsonIn(cell, deepest(column))) || JSON.stringify(cell));
  }
  return row;
}

function objectIn(cell: string, column: string): string {
  const text = jsonIn(cell, deepestContent);
  if (!text?.startsWith("{")) throw refusedRow(`Cannot flatten '${column}': expected object values`, "type");
  return text;
}

/** The list or object that is written in a cell, exactly, but for white space; undefined if there is none. */
function jsonIn(cell: string, deepest: number): string | undefined {
  if (!/^\s*[[{]/.test(cell)) return undefined;
  try {
    return readContent(cell, "row", deepest);
  } catch (error) {
    if (error instanceof Problem && error.errors?.[0]?.code === "json") return undefined;
    throw error;
  }
}
