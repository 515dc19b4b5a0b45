import { type ExpressionBuilder, type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { keep } from "../db/lock.ts";
import { jsonObject, readPage, wireId, wireTime } from "../db/wire.ts";
import { type Datasets, hasMembers } from "../scope.ts";

/** The splits of these ids or names, each once; of those that have members in the datasets, if some are given. */
export function findSplits(db: Kysely<DB>, ids: number[], names: string[], within?: Datasets) {
  return db
    .selectFrom("splits")
    .where(sql<boolean>`id = any(${ids}::bigint[]) or name = any(${names}::text[])`)
    .$if(within !== undefined, (query) => query.where(hasMembers(sql`splits.id`, within ?? [])))
    .orderBy("id")
    .select(["id", "name"])
    .execute();
}

/** Makes the splits of these names that do not exist. */
export async function insertSplits(trx: Transaction<DB>, names: string[]): Promise<void> {
  // In one order everywhere, so that two uploads never wait for each other.
  await sql`insert into splits (name) select name from unnest(${names.toSorted()}::text[]) as name on conflict (name) do nothing`.execute(
    trx,
  );
}

/** An example's being in a split. */
export interface Membership {
  example_id: number;
  split_id: number;
}

const columns = (memberships: Membership[]) =>
  sql`unnest(${memberships.map(({ example_id }) => example_id)}::bigint[], ${memberships.map(({ split_id }) => split_id)}::bigint[]) as given (example_id, split_id)`;

// Who changes memberships has locked the dataset of the examples, and keeps splits (`db/lock.ts`).

export async function insertMemberships(
  trx: Transaction<DB>,
  datasetId: number,
  memberships: Membership[],
): Promise<void> {
  await insertCounted(trx, datasetId, sql`select example_id, split_id from ${columns(memberships)}`);
}

/** Adds the memberships of a query as far as they are new. */
export async function insertCounted(
  trx: Transaction<DB>,
  datasetId: number,
  memberships: RawBuilder<unknown>,
): Promise<void> {
  await sql`
    with added as (
      insert into split_examples (example_id, split_id) ${memberships} on conflict do nothing returning split_id
    )
    insert into split_counts (dataset_id, split_id, examples) select ${datasetId}, split_id, count(*) from added group by split_id
    on conflict (dataset_id, split_id) do update set examples = split_counts.examples + excluded.examples
  `.execute(trx);
}

export async function deleteMemberships(
  trx: Transaction<DB>,
  datasetId: number,
  memberships: Membership[],
): Promise<void> {
  await deleteCounted(
    trx,
    datasetId,
    sql`using ${columns(memberships)} where split_examples.example_id = given.example_id and split_examples.split_id = given.split_id`,
  );
}

/** Takes examples out of every split. */
export async function deleteMembershipsOf(
  trx: Transaction<DB>,
  datasetId: number,
  exampleIds: number[],
): Promise<void> {
  if (exampleIds.length === 0) return;
  await keep(trx, "splits");
  await deleteCounted(trx, datasetId, sql`where example_id = any(${exampleIds}::bigint[])`);
}

/** Removes the memberships that are in \`which\`, the end of a statement that deletes. */
export async function deleteCounted(
  trx: Transaction<DB>,
  datasetId: number,
  which: RawBuilder<unknown>,
): Promise<void> {
  await sql`
    with removed as (delete from split_examples ${which} returning split_examples.split_id),
    counted as (select split_id, count(*) as examples from removed group by split_id),
    emptied as (
      delete from split_counts using counted where split_counts.dataset_id = ${datasetId}
        and split_counts.split_id = counted.split_id and split_counts.examples = counted.examples
    )
    update split_counts set examples = split_counts.examples - counted.examples from counted
    where split_counts.dataset_id = ${datasetId} and split_counts.split_id = counted.split_id
      and split_counts.examples > counted.examples
  `.execute(trx);
}

/** Those of these ids that are not the dataset's: of live examples for `live`, also of deleted ones for `any`. */
export async function findForeignExamples(
  trx: Transaction<DB>,
  datasetId: number,
  { live, any }: { live: number[]; any: number[] },
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from unnest(${live}::bigint[]) as given (id) where ( -- each by its key: for a "not exists" all that the dataset has may be read again and again
      select count(*) from example_revisions
      where dataset_id = ${datasetId} and example_id = given.id and superseded_by is null and kind <> 'DELETE'
    ) = 0
    union
    select id from unnest(${any}::bigint[]) as given (id)
    where not exists (select from examples where dataset_id = ${datasetId} and examples.id = given.id)
    order by id
  `.execute(trx);
  return rows.map(({ id }) => id);
}

/** A split as the contract has it, with what `split_counts` says of a dataset. */
function splitAsJson({ ref }: ExpressionBuilder<DB, "splits">) {
  return jsonObject({
    id: wireId("DatasetSplit", ref("splits.id")),
    name: ref("splits.name"),
    description: ref("splits.description"),
    color: ref("splits.color"),
    metadata: ref("splits.metadata"),
    example_count: sql<number>`coalesce(split_counts.examples, 0)`,
    created_at: wireTime(ref("splits.created_at")),
    updated_at: wireTime(ref("splits.updated_at")),
  });
}

/** The splits that examples of a dataset are in, newest first. */
export function readSplitsOf(db: Kysely<DB>, datasetId: number, from: number | undefined, size: number) {
  const query = db
    .selectFrom("split_counts")
    .innerJoin("splits", "splits.id", "split_counts.split_id")
    .where("split_counts.dataset_id", "=", datasetId)
    .$if(from !== undefined, (query) => query.where("split_counts.split_id", "<=", from ?? 0))
    .orderBy("split_counts.split_id", "desc")
    .select((expression) => ["split_counts.split_id as rowid", splitAsJson(expression).as("json")]);
  return readPage(query, size);
}

/** A split, with the number of its examples in a dataset; undefined if there is none. */
export async function readSplit(db: Kysely<DB>, id: number, datasetId: number) {
  const row = await db
    .selectFrom("splits")
    .leftJoin("split_counts", (join) =>
      join.onRef("split_counts.split_id", "=", "splits.id").on("split_counts.dataset_id", "=", datasetId),
    )
    .where("splits.id", "=", id)
    .select((expression) => splitAsJson(expression).as("json"))
    .executeTakeFirst();
  return row?.json;
}

/** What a split has of its own. Metadata is JSON text. */
export interface SplitColumns {
  name: string;
  description: string | null;
  color: string;
  metadata: string;
}

/** Makes a split; undefined if the name is taken, also by a transaction that ends while this one waits for it. */
export async function insertSplit(trx: Transaction<DB>, columns: SplitColumns): Promise<number | undefined> {
  const row = await trx
    .insertInto("splits")
    .values({ ...columns, metadata: sql`${columns.metadata}::json` })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

/** Changes columns of a split, if one of them differs. Metadata differ if their texts do: nothing looks inside. */
export async function updateSplit(trx: Transaction<DB>, id: number, changes: Partial<SplitColumns>): Promise<void> {
  const { metadata, ...texts } = changes;
  const before = [...Object.keys(texts).map((column) => sql.ref(column)), ...(metadata ? [sql`metadata::text`] : [])];
  const after = [...Object.values(texts), ...(metadata ? [metadata] : [])];
  if (after.length === 0) return;
  await trx
    .updateTable("splits")
    .set({ ...texts, ...(metadata && { metadata: sql`${metadata}::json` }), updated_at: sql`now()` })
    .where("id", "=", id)
    .where(sql<boolean>`(${sql.join(before)}) is distinct from (${sql.join(after)})`)
    .execute();
}

/** Deletes a split and who is in it. False if there is none. */
export async function deleteSplit(trx: Transaction<DB>, id: number): Promise<boolean> {
  const { numDeletedRows } = await trx.deleteFrom("splits").where("id", "=", id).executeTakeFirst();
  return numDeletedRows > 0n;
}
