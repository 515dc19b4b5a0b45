import { decodeUtf8 } from "../../body.ts";
import { readMembers } from "../../content.ts";
import { readLines } from "../../ndjson.ts";
import { problem } from "../../problem.ts";
import { type Columns, columnsRead } from "./columns.ts";
import { type Row, rowBytes } from "./rows.ts";

/**
 * The rows of JSON Lines, as they arrive: of each object the members that are asked for, as they are written.
 * @throws a Problem: 422 if a line is no object, 400 if the file is not UTF-8, 413 if a line is too long.
 */
export async function* readJsonl(bytes: AsyncIterable<Uint8Array>, columns: Columns): AsyncGenerator<Row> {
  const read = columnsRead(columns);
  // A line ends at `\n` alone: U+2028 and its like may stand in a string of JSON.
  for await (const bytesOfLine of readLines(bytes, rowBytes)) {
    if (!bytesOfLine) throw problem("body_too_large", `A row may have ${rowBytes} bytes at most.`);
    const line = decodeUtf8(bytesOfLine, "file");
    if (line === "") continue; // of a byte order mark alone
    const row = new Map<string, string>();
    for (const [name, { value }] of readMembers(line, "row", columns.deepest)) {
      if (read.has(name)) row.set(name, value);
    }
    yield row;
  }
}
