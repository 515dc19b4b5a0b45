/** What deletes leave behind, and how it goes. Nobody sees these rows, and nobody adds to them. */
import { type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { keep } from "../db/lock.ts";

type Kind = DB["removals"]["kind"];

/** Notes that these are deleted and that their rows are yet to go. */
export async function insertRemovals(trx: Transaction<DB>, kind: Kind, rowids: number[]): Promise<void> {
  await sql`insert into removals (kind, rowid) select ${kind}::text, unnest(${rowids}::bigint[])`.execute(trx);
}

/** Rows of a table, found by an index: those of one owner in the order of the key. */
interface Rows {
  table: string;
  owner: string;
  key: string[];
  /** The order in the words of the index, where those are others. */
  order?: string;
  remove?: (trx: Transaction<DB>, which: RawBuilder<unknown>) => Promise<void>;
}

/** Whatever refers to rows comes before them, so that deleting them cascades to nothing. */
const rowsOf: Record<Kind, Rows[]> = {
  experiment: [
    { table: "evaluations", owner: "experiment_id", key: ["experiment_run_id", "name"] },
    { table: "experiment_runs", owner: "experiment_id", key: ["id"] },
    { table: "experiment_examples", owner: "experiment_id", key: ["example_id"] },
    { table: "incomplete_examples", owner: "experiment_id", key: ["example_id"] },
    { table: "evaluation_counters", owner: "experiment_id", key: ["name"] },
  ],
  dataset: [
    { table: "example_revisions", owner: "dataset_id", key: ["example_id", "version_id"], remove: removeExamples },
    { table: "dataset_versions", owner: "dataset_id", key: ["id"] },
  ],
  project: [{ table: "spans", owner: "project_id", key: ["id"], order: "spans.id nulls first" }],
};

/** Deletes the examples of revisions, and by cascade whatever revisions they have, and who is in splits. */
async function removeExamples(trx: Transaction<DB>, which: RawBuilder<unknown>): Promise<void> {
  await keep(trx, "splits"); // or who deletes a split would meet this in the middle of its examples
  await sql`delete from examples where id = any(array(select example_id from example_revisions where ${which}))`.execute(
    trx,
  );
}

/** What there is to remove, the first deleted first. */
export async function readRemovals(db: Kysely<DB>): Promise<number[]> {
  const rows = await db.selectFrom("removals").orderBy("id").select("id").execute();
  return rows.map(({ id }) => id);
}

/** How far a removal has come. What is gone stays in indexes for a while, and is not waded through again. */
export interface Progress {
  /** The place in `rowsOf`, and the key there of the last row that is gone. */
  step: number;
  after: unknown[] | undefined;
}

/**
 * Removes rows, or the removal itself when none are left. Gives how far that has come; undefined when it is done, or when another process is
 * at it.
 */
export async function removeNext(
  trx: Transaction<DB>,
  id: number,
  { step, after }: Progress = { step: 0, after: undefined },
): Promise<Progress | undefined> {
  const removal = await trx
    .selectFrom("removals")
    .where("id", "=", id)
    .select(["kind", "rowid"])
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!removal) return undefined;
  const rows = rowsOf[removal.kind][step];
  if (!rows) {
    await trx.deleteFrom("removals").where("id", "=", id).execute();
    return undefined;
  }
  const last = await removeRows(trx, rows, removal.rowid, after);
  return last ? { step, after: last } : { step: step + 1, after: undefined };
}

/** So many rows go at a time: tens of milliseconds, a few seconds if each is a megabyte. */
const batch = 2000;

/** Removes the next rows after a key. Gives the key of the last; undefined if no more are left. */
async function removeRows(trx: Transaction<DB>, rows: Rows, rowid: number, after: Progress["after"]) {
  const { table, owner, key, order } = rows;
  const columns = key.map((column) => sql.ref(`${table}.${column}`));
  const ofOwner = sql`${sql.ref(`${table}.${owner}`)} = ${rowid}`;
  const found = await sql<Record<string, unknown>>`
    select ${sql.join(columns)} from ${sql.table(table)}
    where ${ofOwner} ${after ? sql`and (${sql.join(columns)}) > (${sql.join(after)})` : sql``}
    order by ${order === undefined ? sql.join(columns) : sql.raw(order)} limit ${batch}
  `.execute(trx);
  const keys = found.rows.map((row) => key.map((column) => row[column]));
  const [first, last] = [keys[0], keys.at(-1)];
  if (!first || !last) return undefined;
  // In a range of the leading column the planner sees how few they are; of pairs that are compared it expects a third of the table.
  const which = sql`${ofOwner} and ${columns[0]} between ${first[0]} and ${last[0]} and (${sql.join(columns)}) <= (${sql.join(last)})`;
  if (rows.remove) await rows.remove(trx, which);
  else await sql`delete from ${sql.table(table)} where ${which}`.execute(trx);
  return keys.length < batch ? undefined : last;
}
