import type { Field } from "apache-arrow";
import { Problem, problem } from "../../problem.ts";
import { type Arrow, jsonWriter } from "./arrow-json.ts";
import { type Columns, columnsRead, refuseHeader } from "./columns.ts";
import { mostExamples, refusedInFile, tooManyExamples } from "./refuse.ts";
import { type Row, rowBytes } from "./rows.ts";

const MiB = 2 ** 20;

/** A stream may have one batch of all rows, so it is in memory as a whole. */
const fileBytes = 256 * MiB;

/** What a stream says may be many times as much as what it has: a value that many rows share stands in it once. */
const textLength = 1024 * MiB;

/**
 * The rows of an Arrow IPC stream, which is read as a whole. Values keep their types as far as JSON has them, and nulls are kept.
 * @throws a Problem: 422 if it is none, or a column that is asked for is missing or of a type that JSON lacks, 413 if it is too large.
 */
export async function* readArrow(bytes: AsyncIterable<Uint8Array>, columns: Columns): AsyncGenerator<Row> {
  const file = await readWhole(bytes);
  const arrow = await import("apache-arrow"); // it takes a third of a second, and most services never see such a file
  let left = textLength;
  try {
    const reader = arrow.RecordBatchReader.from(file).open();
    if (!reader.schema) throw notArrow(); // there is nothing
    refuseHeader(columns, reader.schema.names.map(String));
    const read = columnsRead(columns);
    const cells = reader.schema.fields
      .filter(({ name }) => read.has(name))
      .map((field) => cellOf(arrow, field, columns.deepest(field.name)));
    let rows = 0;
    for (const batch of reader) {
      rows += batch.numRows;
      if (rows > mostExamples) throw tooManyExamples(); // said in a few bytes, if need be
      const vectors = cells.map(({ name }) => batch.getChild(name));
      for (let index = 0; index < batch.numRows; index++) {
        const row = new Map(cells.map(({ name, write }, at) => [name, write(vectors[at]?.get(index) ?? null)]));
        const length = [...row.values()].reduce((sum, text) => sum + text.length, 0);
        left -= length;
        if (length > rowBytes) throw tooMuch("A row", rowBytes);
        if (left < 0) throw tooMuch("What a pyarrow file says", textLength);
        yield row;
      }
    }
  } catch (error) {
    throw error instanceof Problem ? error : notArrow(); // the library has stumbled over it
  }
}

async function readWhole(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > fileBytes) throw tooMuch("A pyarrow file", fileBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function cellOf(arrow: Arrow, { name, type }: Field, deepest: number) {
  const write = jsonWriter(arrow, type, deepest);
  if (!write) throw refusedInFile(`The column '${name}' is of a type that JSON does not have: ${type}`, "type");
  return { name, write };
}

const notArrow = () => refusedInFile("File is not valid pyarrow", "pyarrow");
const tooMuch = (what: string, most: number) => problem("body_too_large", `${what} may have ${most} bytes at most.`);
