import { type Kysely, sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { changedColumns, type DescriptionChanges } from "../db/described.ts";
import { keep } from "../db/lock.ts";
import { jsonObject, readPage, wireId, wireTime } from "../db/wire.ts";
import { deleteCounters } from "../experiments/counters.ts";
import { type Identifier, readIdentifier } from "../identifier.ts";
import { deleteProjectsOf } from "../projects/queries.ts";
import { insertRemovals } from "../removals/queries.ts";
import type { Datasets } from "../scope.ts";

/** Datasets as the contract has them, newest first. */
function datasetsAsJson(db: Kysely<DB>) {
  return db
    .selectFrom("datasets")
    .orderBy("datasets.id", "desc")
    .select(({ ref }) => [
      "datasets.id as rowid",
      jsonObject({
        id: wireId("Dataset", ref("datasets.id")),
        name: ref("name"),
        description: ref("description"),
        metadata: ref("metadata"),
        created_at: wireTime(ref("created_at")),
        updated_at: wireTime(ref("updated_at")),
        example_count: ref("example_count"),
      }).as("json"),
    ]);
}

export function readDatasets(
  db: Kysely<DB>,
  { name, from, within }: { name: string | undefined; from: number | undefined; within: Datasets },
  size: number,
) {
  const query = datasetsAsJson(db)
    .$if(within !== undefined, (query) => query.where(sql<boolean>`id = any(${within}::bigint[])`))
    .$if(name !== undefined, (query) => query.where("id", "=", idOfNamed(db, name ?? "", within)))
    .$if(from !== undefined, (query) => query.where("id", "<=", from ?? 0));
  return readPage(query, size);
}

/** The dataset of this name or, where there is none among those that are given, the id that the name is. */
function idOfNamed(db: Kysely<DB>, name: string, within: Datasets) {
  const { column, value } = readIdentifier("Dataset", name);
  const named = datasetBy(db, { column: "name", value: name }, within).clearSelect().select("id");
  return sql<number>`coalesce((${named}), ${column === "id" ? value : null}::bigint)`;
}

export async function readDataset(db: Kysely<DB>, id: number) {
  const row = await datasetsAsJson(db).where("id", "=", id).executeTakeFirst();
  return row?.json;
}

export async function readDatasetExists(db: Kysely<DB>, id: number): Promise<boolean> {
  return (await findDataset(db, id)) !== undefined;
}

export function findDataset(db: Kysely<DB>, id: number) {
  return db.selectFrom("datasets").where("id", "=", id).select(["id", "name"]).executeTakeFirst();
}

function datasetBy(db: Kysely<DB>, { column, value }: Identifier, within: Datasets) {
  return db
    .selectFrom("datasets")
    .where(column, "=", value)
    .$if(within !== undefined, (query) => query.where(sql<boolean>`id = any(${within}::bigint[])`))
    .select(["id", "example_count"]);
}

/** Finds a dataset among those that are given. */
export function findDatasetBy(db: Kysely<DB>, identifier: Identifier, within: Datasets) {
  return datasetBy(db, identifier, within).executeTakeFirst();
}

/** Also keeps it from others until the transaction ends, but not from those who only refer to it. */
export function lockDatasetBy(trx: Transaction<DB>, identifier: Identifier, within: Datasets) {
  return datasetBy(trx, identifier, within).forNoKeyUpdate().executeTakeFirst();
}

/** Makes a dataset; undefined if the name is taken, also by a transaction that ends while this one waits for it. */
export function insertDataset(trx: Transaction<DB>, name: string, description: string) {
  return trx
    .insertInto("datasets")
    .values({ name, description })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .returning(["id", "example_count"])
    .executeTakeFirst();
}

/** Finds a dataset by name, among those that are given, and keeps others from changing it until the transaction ends. */
export function lockDataset(trx: Transaction<DB>, name: string, within: Datasets) {
  return trx
    .selectFrom("datasets")
    .where("name", "=", name)
    .$if(within !== undefined, (query) => query.where(sql<boolean>`id = any(${within}::bigint[])`))
    .select(["id", "example_count"])
    .forUpdate()
    .executeTakeFirst();
}

/** @throws the database's error of a key that is not unique if the name is another dataset's. */
export async function updateDatasetRow(db: Kysely<DB>, id: number, changes: DescriptionChanges): Promise<void> {
  await db.updateTable("datasets").set(changedColumns(changes)).where("id", "=", id).execute();
}

export async function updateExampleCount(trx: Transaction<DB>, id: number, count: number): Promise<void> {
  await trx
    .updateTable("datasets")
    .set({ example_count: count, updated_at: sql`now()` })
    .where("id", "=", id)
    .execute();
}

/**
 * Deletes a dataset with its experiments and their projects, and leaves to the sweeper what there may be millions of. Gives the ids of
 * the experiments, undefined if there is no such dataset. Whoever makes an experiment of it, or writes to it, is waited for, and comes too late from then on.
 */
export async function deleteDataset(trx: Transaction<DB>, id: number): Promise<number[] | undefined> {
  const dataset = await trx.selectFrom("datasets").where("id", "=", id).select("id").forUpdate().executeTakeFirst();
  if (!dataset) return undefined;
  const experiments = await trx.selectFrom("experiments").where("dataset_id", "=", id).select("id").execute();
  await deleteCounters(trx, idsOf(experiments));
  await deleteProjectsOf(trx, id);
  // Some of them may have been deleted while their counters were waited for.
  const deleted = await trx.deleteFrom("experiments").where("dataset_id", "=", id).returning("id").execute();
  await insertRemovals(trx, "experiment", idsOf(deleted));
  await insertRemovals(trx, "dataset", [id]);
  await keep(trx, "splits", "labels"); // late, as whoever deletes or renames one waits until the end of this
  await trx.deleteFrom("datasets").where("id", "=", id).execute();
  return idsOf(deleted);
}

const idsOf = (rows: { id: number }[]) => rows.map(({ id }) => id);

/** Holds while the dataset is there. Of one that was deleted, versions and examples stay for a while: whoever reads them asks for this too. */
export const isDataset = (id: number) => sql<boolean>`exists (select from datasets where datasets.id = ${id})`;
