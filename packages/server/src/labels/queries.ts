import { type ExpressionBuilder, type Kysely, sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { jsonObject, readPage, wireId } from "../db/wire.ts";

/** A label as the contract has it. */
function labelAsJson({ ref }: ExpressionBuilder<DB, "labels">) {
  return jsonObject({
    id: wireId("DatasetLabel", ref("labels.id")),
    name: ref("labels.name"),
    description: ref("labels.description"),
    color: ref("labels.color"),
  });
}

/** All labels, newest first. */
export function readLabels(db: Kysely<DB>, from: number | undefined, size: number) {
  const query = db
    .selectFrom("labels")
    .$if(from !== undefined, (query) => query.where("id", "<=", from ?? 0))
    .orderBy("labels.id", "desc")
    .select((expression) => ["labels.id as rowid", labelAsJson(expression).as("json")]);
  return readPage(query, size);
}

/** The labels of a dataset, newest first. */
export function readLabelsOf(db: Kysely<DB>, datasetId: number, from: number | undefined, size: number) {
  const query = db
    .selectFrom("label_datasets")
    .innerJoin("labels", "labels.id", "label_datasets.label_id")
    .where("label_datasets.dataset_id", "=", datasetId)
    .$if(from !== undefined, (query) => query.where("label_datasets.label_id", "<=", from ?? 0))
    .orderBy("label_datasets.label_id", "desc")
    .select((expression) => ["label_datasets.label_id as rowid", labelAsJson(expression).as("json")]);
  return readPage(query, size);
}

/** A label; undefined if there is none. */
export async function readLabel(db: Kysely<DB>, id: number) {
  const row = await db
    .selectFrom("labels")
    .where("id", "=", id)
    .select((expression) => labelAsJson(expression).as("json"))
    .executeTakeFirst();
  return row?.json;
}

interface LabelColumns {
  name: string;
  description: string | null;
  color: string;
}

/** Makes a label; undefined if the name is taken, also by a transaction that ends while this one waits for it. */
export async function insertLabel(db: Kysely<DB>, columns: LabelColumns) {
  const row = await db
    .insertInto("labels")
    .values(columns)
    .onConflict((conflict) => conflict.column("name").doNothing())
    .returning((expression) => labelAsJson(expression).as("json"))
    .executeTakeFirst();
  return row?.json;
}

/** Changes columns of a label, at least one; undefined if there is none. */
export async function updateLabel(trx: Transaction<DB>, id: number, changes: Partial<LabelColumns>) {
  const row = await trx
    .updateTable("labels")
    .set(changes)
    .where("id", "=", id)
    .returning((expression) => labelAsJson(expression).as("json"))
    .executeTakeFirst();
  return row?.json;
}

/** Deletes a label and takes it off all datasets. False if there is none. */
export async function deleteLabel(trx: Transaction<DB>, id: number): Promise<boolean> {
  const { numDeletedRows } = await trx.deleteFrom("labels").where("id", "=", id).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Gives a dataset those of these labels that there are, and no others. Tells how many there are. */
export async function replaceLabels(trx: Transaction<DB>, datasetId: number, ids: number[]): Promise<number> {
  const { rows } = await sql<{ found: number }>`
    with wanted as (select id from labels where id = any(${ids}::bigint[])),
    removed as (delete from label_datasets where dataset_id = ${datasetId} and label_id <> all(${ids}::bigint[])),
    added as (insert into label_datasets (dataset_id, label_id) select ${datasetId}, id from wanted on conflict do nothing)
    select count(*) as found from wanted
  `.execute(trx);
  return rows[0]?.found ?? 0;
}

/** Puts a label on a dataset, if there is such a label and it is not on it. */
export async function insertLabelOf(trx: Transaction<DB>, datasetId: number, id: number): Promise<void> {
  await sql`insert into label_datasets (dataset_id, label_id) select ${datasetId}, id from labels where id = ${id} on conflict do nothing`.execute(
    trx,
  );
}

export async function deleteLabelOf(db: Kysely<DB>, datasetId: number, id: number): Promise<void> {
  await db.deleteFrom("label_datasets").where("dataset_id", "=", datasetId).where("label_id", "=", id).execute();
}
