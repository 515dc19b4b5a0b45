/** The examples of a dataset as CSV. */
import type { Kysely } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { cellOf, csvLine, csvOf } from "../csv.ts";
import { type Downloaded, examplesInParts } from "./downloads.ts";
import { ColumnCounter, leavesOf } from "./leaves.ts";

/**
 * The examples as CSV, header first; a line break if there are none. They are read twice: which columns there are is known at the end.
 * @throws a Problem (422) before anything else if there are too many columns.
 */
export async function* examplesAsCsv(
  db: Kysely<DB>,
  downloaded: Downloaded,
  { spreadsheet }: { spreadsheet: boolean },
): AsyncGenerator<string> {
  const header = await columnsOf(db, downloaded);
  if (header === undefined) return yield "\n";
  yield csvLine(header, spreadsheet);
  const places = new Map(header.map((column, place) => [column, place]));
  for await (const examples of examplesInParts(db, downloaded)) {
    yield* csvOf(examples, header.length, (example) => {
      const cells = new Array<string | null>(header.length).fill(null);
      const put = (column: string, cell: string | null) => {
        const place = places.get(column);
        if (place !== undefined) cells[place] = cell; // a split that the example came into meanwhile may have no column
      };
      put("id", example.id);
      put("node_id", example.node_id);
      for (const { column, text } of leavesOfExample(example)) put(column, cellOf(text));
      put("splits", example.splits.text);
      return csvLine(cells, spreadsheet);
    });
  }
}

type Example = ReturnType<typeof examplesInParts> extends AsyncIterable<(infer Each)[]> ? Each : never;

const leavesOfExample = ({ input, output, metadata }: Example) => [
  ...leavesOf("input", input.text),
  ...leavesOf("output", output.text),
  ...leavesOf("metadata", metadata.text),
];

/**
 * The names of the columns, in the order in which the rows first have them; undefined if there are no rows. `splits` is one of them if any
 * example is in a split, and then the first row has it too, after its content: so Phoenix orders them.
 */
async function columnsOf(db: Kysely<DB>, downloaded: Downloaded): Promise<string[] | undefined> {
  const columns = new Set(["id", "node_id"]);
  const counter = new ColumnCounter();
  for (const column of [...columns, "splits"]) counter.add(column);
  let ofFirstRow: number | undefined;
  let anySplits = false;
  for await (const examples of examplesInParts(db, downloaded)) {
    for (const example of examples) {
      for (const { column } of leavesOfExample(example)) {
        if (columns.has(column)) continue;
        counter.add(column);
        columns.add(column);
      }
      ofFirstRow ??= columns.size;
      anySplits ||= example.splits.text !== "[]";
    }
  }
  if (ofFirstRow === undefined) return undefined;
  return anySplits ? [...columns].toSpliced(ofFirstRow, 0, "splits") : [...columns];
}
