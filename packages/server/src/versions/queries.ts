import { type Kysely, sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { isDataset } from "../datasets/queries.ts";
import { jsonObject, readPage, wireId, wireTime } from "../db/wire.ts";

/** The id of a version if it is the dataset's; of its latest if none is wanted. */
export async function findVersion(
  db: Kysely<DB>,
  datasetId: number,
  wanted: number | undefined,
): Promise<number | undefined> {
  const row = await db
    .selectFrom("dataset_versions")
    .where("dataset_id", "=", datasetId)
    .where(isDataset(datasetId))
    .$if(wanted !== undefined, (query) => query.where("id", "=", wanted ?? 0))
    .orderBy("id", "desc")
    .limit(1)
    .select("id")
    .executeTakeFirst();
  return row?.id;
}

/** A dataset's versions, newest first. A start that is no version of this dataset gives an empty page, as Phoenix does. */
export function readVersions(db: Kysely<DB>, datasetId: number, from: number | undefined, size: number) {
  const query = db
    .selectFrom("dataset_versions")
    .where("dataset_id", "=", datasetId)
    .where(isDataset(datasetId))
    .$if(from !== undefined, (query) =>
      query
        .where("id", "<=", from ?? 0)
        .where(
          sql<boolean>`exists (select from dataset_versions as start where start.id = ${from} and start.dataset_id = ${datasetId})`,
        ),
    )
    .orderBy("dataset_versions.id", "desc")
    .select(({ ref }) => [
      "id as rowid",
      jsonObject({
        version_id: wireId("DatasetVersion", ref("dataset_versions.id")),
        description: ref("description"),
        metadata: ref("metadata"),
        created_at: wireTime(ref("created_at")),
      }).as("json"),
    ]);
  return readPage(query, size);
}

export async function insertVersion(trx: Transaction<DB>, datasetId: number): Promise<number> {
  const { id } = await trx
    .insertInto("dataset_versions")
    .values({ dataset_id: datasetId })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}
