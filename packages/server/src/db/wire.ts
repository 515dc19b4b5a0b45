/** Values, rows and pages as the contract spells them, made by Postgres: stored content goes into them byte by byte. */
import { setImmediate } from "node:timers/promises";
import { type Expression, type RawBuilder, type SelectQueryBuilder, sql } from "kysely";
import { formula, quoted } from "../csv.ts";
import { encodeCursor } from "../cursor.ts";
import type { IdType } from "../id.ts";
import { JsonPage, type JsonText, jsonList } from "../json.ts";
import { problem } from "../problem.ts";

/** The public id of a row, as `encodeId` makes it. */
export function wireId(type: IdType, rowid: Expression<number>): RawBuilder<string> {
  return sql<string>`encode(convert_to(${sql.lit(`${type}:`)} || ${rowid}, 'UTF8'), 'base64')`;
}

/** A moment in UTC with no fraction or six digits of one, whatever the session's settings: Python 3.10 reads nothing else. */
export function wireTime(time: Expression<unknown>): RawBuilder<string> {
  return sql<string>`replace(to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US+00:00'), '.000000', '')`;
}

/** What a value is in JSON: stored JSON stands there as what it describes. */
type Wire<Value> = Value extends JsonText<infer Described> ? Described : Value;

type WireObject<Fields> = {
  [Name in keyof Fields]: Fields[Name] extends Expression<infer Value> ? Wire<Value> : never;
};

/** A JSON object of these fields, in this order, without white space (`json_build_object` would write some). */
export function jsonObject<Fields extends Record<string, Expression<unknown>>>(
  fields: Fields,
): RawBuilder<JsonText<WireObject<Fields>>> {
  const columns = Object.entries(fields).map(([name, value]) => sql`${value} as ${sql.id(name)}`);
  return sql`(select row_to_json(fields) from (select ${sql.join(columns)}) as fields)`;
}

/** The JSON that stands for the value of a column; each of its values has one. */
export function jsonByValue<Value extends string, Forms extends Record<Value, RawBuilder<JsonText>>>(
  column: Expression<Value>,
  forms: Forms,
): RawBuilder<JsonText<Forms[Value] extends Expression<JsonText<infer Described>> ? Described : never>> {
  const cases = Object.entries<RawBuilder<JsonText>>(forms).map(
    ([value, json]) => sql`when ${sql.lit(value)} then ${json}`,
  );
  return sql`case ${column} ${sql.join(cases, sql` `)} end`;
}

/** A JSON array of the values of a group, in order, without white space (`json_agg` would write some); empty for no rows. */
export function jsonArrayOf<Item>(
  item: Expression<Item>,
  order: Expression<unknown>,
): RawBuilder<JsonText<Wire<Item>[]>> {
  return sql`coalesce(array_to_json(array_agg(${item} order by ${order})), '[]'::json)`;
}

/** Cells of a line of CSV, joined: null is an empty one. Of texts, objects and numbers below 0 the cells are made by `csvText` and its like. */
export function csvCells(...cells: Expression<unknown>[]): RawBuilder<string> {
  const texts = cells.map((cell) => sql`coalesce((${cell})::text, '')`);
  return sql<string>`(${sql.join(texts, sql` || ',' || `)})`; // `concat` takes Postgres a tenth longer
}

/** The cell for a text, as `csvCell` writes it. */
export function csvText(text: Expression<string | null>, spreadsheet: boolean): RawBuilder<string> {
  const shown = spreadsheet
    ? sql`(case when ${text} ~ ${sql.lit(formula.source)} then '''' else '' end || ${text})`
    : text;
  return sql<string>`case when ${text} = '' then '""' when ${text} ~ ${sql.lit(quoted.source)} then ${inQuotes(shown)} else ${shown} end`;
}

/** The cell for a number: a negative one is a formula to a spreadsheet. */
export const csvNumber = (number: Expression<unknown>, spreadsheet: boolean) =>
  spreadsheet ? csvText(sql`(${number})::text`, spreadsheet) : number;

/** The cell for a JSON object. All but an empty one have quotes in them, and nothing has to look inside for how it begins or what it holds. */
export function csvObject(json: Expression<JsonText<object>>): RawBuilder<string> {
  const text = sql`${json}::text`;
  return sql<string>`case ${text} when '{}' then '{}' else ${inQuotes(text)} end`;
}

const inQuotes = (text: Expression<unknown>) => sql`'"' || replace(${text}, '"', '""') || '"'`;

/** Rows of a list, and where the next page begins. */
export interface Page<Item, Start = number> {
  items: JsonText<Item>[];
  /** The row id of the first row of the next page, or as many as it takes to find that row; undefined on the last. */
  next: Start | undefined;
}

/** A page ends early when it has as much as this: V8 has no strings of a thousand outputs of a megabyte. */
export const pageCharacters = 64 * 1024 * 1024;

/** At most `size` rows of a query that is in the order of the list, each with its row id and its JSON. */
export async function readPage<DB, Tables extends keyof DB, Item, Start = number>(
  query: SelectQueryBuilder<DB, Tables, { rowid: Start; json: JsonText<Item> }>,
  size: number,
): Promise<Page<Item, Start>> {
  return pageOf(await query.limit(size + 1).execute(), size);
}

/** A page of the rows that were read for it, of which there is one more if there is a next one. */
export function pageOf<Item, Start>(rows: { rowid: Start; json: JsonText<Item> }[], size: number): Page<Item, Start> {
  const items: JsonText<Item>[] = [];
  let characters = 0;
  for (const { json } of rows.slice(0, size)) {
    characters += json.text.length;
    if (characters > pageCharacters && items.length > 0) break;
    items.push(json);
  }
  return { items, next: rows[items.length]?.rowid };
}

/** A page as the contract has it: `{"data":[…],"next_cursor":…}`. */
export function jsonPage<Item>({ items, next }: Page<Item, number | number[]>, type: IdType): JsonPage<Item[]> {
  return new JsonPage(jsonList(items), next === undefined ? null : encodeCursor(type, next));
}

/** Ends a stream whose rows are gone: ended otherwise, it would pass for the whole. */
export const deletedMeanwhile = () => problem("conflict", "What was being read was deleted meanwhile.");

const streamedRows = 1000;
const streamedCharacters = 512 * 1024;

/** How many rows of a stream a statement reads: few at first, then as many as fill half a megabyte, going by those before. */
export function rowsToRead(before?: { rows: number; characters: number }): number {
  if (!before) return 32;
  const fitting = Math.floor((streamedCharacters * before.rows) / Math.max(before.characters, 1));
  return Math.max(1, Math.min(fitting, streamedRows));
}

/**
 * All rows of a list, a page at a time, each its own statement: no connection is held while the reader is slow, and no more than two pages are
 * in memory. Where rows may leave a list without being deleted, because they fit its filter no more, `isThere` tells whether what they
 * belong to is.
 */
export async function* readAll<Item>(
  read: (from: number | undefined, size: number) => Promise<Page<Item>>,
  from?: number,
  isThere = async () => false,
): AsyncGenerator<JsonText<Item>[]> {
  let page = await read(from, rowsToRead());
  for (let { items, next } = page; next !== undefined; { items, next } = page) {
    const size = rowsToRead({ rows: items.length, characters: items.reduce((sum, { text }) => sum + text.length, 0) });
    const reading = ahead(read(next, size));
    yield items;
    page = await reading;
    // The page before saw the first row of this one.
    if (page.items.length === 0 && !(await isThere())) throw deletedMeanwhile();
  }
  yield page.items;
}

/** All rows, in pages of about half a megabyte, each its own statement, which reads what comes after the last row of the page before. */
export function pages<Row>(
  read: (after: Row | undefined, size: number) => Promise<Row[]>,
  charactersOf: (row: Row) => number,
): AsyncGenerator<Row[]> {
  async function* all() {
    let size = rowsToRead();
    let rows = await read(undefined, size + 1); // and whether there are more
    while (rows.length > size) {
      const page = rows.slice(0, size);
      const characters = page.reduce((sum, row) => sum + charactersOf(row), 0);
      size = rowsToRead({ rows: page.length, characters });
      yield page;
      rows = await read(page.at(-1), size + 1);
      if (rows.length === 0) throw deletedMeanwhile(); // the page before saw the first row of this one
    }
    if (rows.length > 0) yield rows;
  }
  return readAhead(all());
}

/**
 * Pages with what else is read for each: while one is sent, that is read for the next, and the page after that. Of what was deleted before it was
 * read there is nothing to read: `isThere` tells, in the end, whether it was all there.
 */
export function completed<Page, Complete>(
  pages: AsyncIterable<Page>,
  complete: (page: Page) => Promise<Complete>,
  isThere: () => Promise<boolean>,
): AsyncGenerator<Complete> {
  async function* all() {
    let before: Complete | undefined;
    for await (const page of pages) {
      if (before !== undefined) yield before;
      before = await complete(page);
    }
    if (before === undefined) return;
    if (!(await isThere())) throw deletedMeanwhile();
    yield before;
  }
  return readAhead(all());
}

/** The same items; each is asked for while the one before is in use, whatever else is waited for meanwhile. */
async function* readAhead<Item>(items: AsyncGenerator<Item>): AsyncGenerator<Item> {
  try {
    let next = await items.next();
    while (!next.done) {
      const reading = ahead(items.next());
      await setImmediate(); // until that is asked for: to write out what is here takes its time
      yield next.value;
      next = await reading;
    }
  } finally {
    await items.return(undefined);
  }
}

/** What is read while what was read before is sent. If it fails, whoever waits for it is told, and nobody else. */
function ahead<Result>(reading: Promise<Result>): Promise<Result> {
  reading.catch(() => {});
  return reading;
}
