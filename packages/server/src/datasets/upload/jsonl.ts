import { decodeUtf8Chunks } from "../../body.ts";
import { readMembers } from "../../content.ts";
import { problem } from "../../problem.ts";
import { type Columns, columnsRead } from "./columns.ts";
import { type Row, rowBytes } from "./rows.ts";

/**
 * The rows of JSON Lines, as they arrive: of each object the members that are asked for, as they are written.
 * @throws a Problem: 422 if a line is no object, 400 if the file is not UTF-8, 413 if a line is too long.
 */
export async function* readJsonl(bytes: AsyncIterable<Uint8Array>, columns: Columns): AsyncGenerator<Row> {
  const read = columnsRead(columns);
  for await (const line of linesOf(bytes)) {
    if (line.trim() === "") continue;
    const row = new Map<string, string>();
    for (const [name, { value }] of readMembers(line, "row", columns.deepest)) {
      if (read.has(name)) row.set(name, value);
    }
    yield row;
  }
}

/** Lines end at `\n` alone: U+2028 and its like may stand in a string of JSON. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let begun: string[] = []; // of a line that comes in many pieces
  let length = 0;
  for await (const text of decodeUtf8Chunks(bytes, "file")) {
    const lines = text.split("\n");
    const rest = lines.pop() ?? "";
    for (const line of lines) {
      yield [...begun, line].join("");
      begun = [];
      length = 0;
    }
    begun.push(rest);
    length += rest.length;
    if (length > rowBytes) throw problem("body_too_large", `A row may have ${rowBytes} bytes at most.`);
  }
  yield begun.join("");
}
