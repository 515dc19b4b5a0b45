/** Pages of the examples of a comparison. */
import type { components } from "@assay/spec";
import type { Kysely } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { type Page, pageCharacters, rowsToRead } from "../db/wire.ts";
import { encodeId } from "../id.ts";
import { type JsonText, jsonFields, jsonJoined, jsonOf } from "../json.ts";
import { invalid } from "../problem.ts";
import { type ExampleTable, standings, type TabulatedSide } from "./example-table.ts";
import { readExamplesOfSide } from "./queries.ts";
import type { Meaning } from "./sides.ts";
import { noQuantity, quantity } from "./statistics/answer.ts";

type ComparedExample = components["schemas"]["ComparedExample"];
type Change = ComparedExample["change"];

/** Which examples to list, in which order. */
export interface Listing {
  change: Change | undefined;
  sort: "id" | "difference" | "-difference";
  direction: Meaning["direction"];
  /** The example to begin with. */
  from: number | undefined;
}

/**
 * The places in a table of the next `size` examples to list, and of one more, with which the next page begins.
 * @throws a Problem (422) if the example to begin with is not in the table, which says where others stand.
 */
export function placesOf(table: ExampleTable, { change, sort, direction, from }: Listing, size: number): number[] {
  const order = orderOf(table, sort, direction);
  const first = from === undefined ? 0 : order.indexOf(placeOf(table, from));
  const places: number[] = [];
  for (const place of order.subarray(first)) {
    if (change !== undefined && !hasChange(table, place, change, direction)) continue;
    places.push(place);
    if (places.length > size) break;
  }
  return places;
}

function placeOf({ ids }: ExampleTable, id: number): number {
  const place = ids.indexOf(id);
  if (place !== -1) return place;
  throw invalid(
    "/query/cursor",
    `Invalid cursor: ${encodeId("DatasetExample", id)} is in neither experiment`,
    "cursor",
  );
}

/** All places. Those with a difference begin with the largest regression, or improvement if it is the other way round. */
function orderOf(
  { ids, differences, byDifference }: ExampleTable,
  sort: Listing["sort"],
  direction: Listing["direction"],
) {
  if (sort === "id") return Int32Array.from(ids.keys());
  if ((sort === "difference") === (direction !== "minimize")) return byDifference;
  const end = byDifference.findIndex((place) => Number.isNaN(differences[place]));
  const paired = end === -1 ? byDifference.length : end;
  const order = byDifference.slice();
  order.subarray(0, paired).reverse();
  return order;
}

function hasChange(table: ExampleTable, place: number, change: Change, direction: Listing["direction"]): boolean {
  return change === "changed" ? table.contentChanged[place] === 1 : changeOf(table, place, direction) === change;
}

function changeOf({ standing, differences }: ExampleTable, place: number, direction: Listing["direction"]): Change {
  const stands = standings[standing[place] ?? 0] ?? "paired";
  if (stands === "left_out") return "changed";
  if (stands !== "paired") return stands;
  const difference = differences[place];
  if (difference === 0 || difference === undefined) return "unchanged";
  if (direction === null) return null;
  return difference > 0 === (direction === "maximize") ? "improved" : "regressed";
}

/** What to read of a comparison. */
export interface ComparedPage {
  table: ExampleTable;
  evaluation: string | null;
  direction: Listing["direction"];
  baseline: number;
  experiment: number;
}

/** The examples at these places, as the contract has them; fewer if they are very large. */
export async function readComparedExamples(
  db: Kysely<DB>,
  compared: ComparedPage,
  places: number[],
  size: number,
): Promise<Page<ComparedExample>> {
  const items: JsonText<ComparedExample>[] = [];
  let characters = 0;
  for (let rows = rowsToRead(); items.length < Math.min(size, places.length); ) {
    const read = await readRows(db, compared, places.slice(items.length, Math.min(items.length + rows, size)));
    for (const item of read) {
      characters += item.text.length;
      if (characters > pageCharacters && items.length > 0)
        return { items, next: compared.table.ids[places[items.length] ?? 0] };
      items.push(item);
    }
    rows = rowsToRead({ rows: items.length, characters });
  }
  return { items, next: compared.table.ids[places[size] ?? -1] };
}

async function readRows(db: Kysely<DB>, compared: ComparedPage, places: number[]) {
  const ids = places.map((place) => compared.table.ids[place] ?? 0);
  const [before, after] = await Promise.all([
    readSide(db, compared, "baseline", ids),
    readSide(db, compared, "experiment", ids),
  ]);
  return places.map((place) => rowAsJson(compared, place, before(place), after(place)));
}

/** Gives the function that gives the side of an example, by its place; null where the experiment does not have it. */
async function readSide(db: Kysely<DB>, compared: ComparedPage, which: "baseline" | "experiment", ids: number[]) {
  const rows = await readExamplesOfSide(db, compared[which], ids, compared.evaluation);
  const byId = new Map(rows.map((row) => [row.example_id, row]));
  const { table } = compared;
  return (place: number) => {
    const row = byId.get(table.ids[place] ?? 0);
    return row ? jsonJoined(jsonJoined(row.content, jsonOf(figuresAt(table[which], place))), row.runs) : null;
  };
}

function figuresAt({ values, spreads, scores, flaky, runs }: TabulatedSide, place: number) {
  const value = values[place] ?? Number.NaN;
  const count = scores[place] ?? 0;
  return {
    value: Number.isNaN(value) ? null : value,
    spread: count > 1 ? quantity(spreads[place] ?? Number.NaN) : noQuantity(count === 1 ? "too_few" : "no_values"),
    flaky: flaky[place] === 1,
    run_count: runs[place] ?? 0,
  };
}

function rowAsJson<Side>(
  { table, evaluation, direction }: ComparedPage,
  place: number,
  baseline: JsonText<Side> | null,
  experiment: JsonText<Side> | null,
) {
  const difference = table.differences[place] ?? Number.NaN;
  const figures = jsonOf({
    example_id: encodeId("DatasetExample", table.ids[place] ?? 0),
    evaluation,
    change: changeOf(table, place, direction),
    content_changed: table.contentChanged[place] === 1,
    difference: Number.isFinite(difference) ? difference : null,
  });
  return jsonJoined(figures, jsonFields({ baseline, experiment }));
}
