/** What an upload writes of examples, in sets: its changes, made to the dataset. Content goes from table to table inside Postgres. */
import { sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { type Datasets, isSeenProject } from "../scope.ts";

/** An upload whose changes are known, and the dataset and the version that they go to. */
export interface Target {
  uploadId: string;
  datasetId: number;
  versionId: number;
}

/**
 * Makes the examples that are new, linked to the spans that they were made from, as far as those are stored and the caller sees them. None is
 * deleted meanwhile.
 */
export async function insertExamples(
  trx: Transaction<DB>,
  { uploadId, datasetId }: Target,
  within: Datasets,
): Promise<void> {
  const isSeen = isSeenProject(sql`spans.project_id`, within);
  await sql`
    with stored as (
      select id, span_id from spans
      where span_id = any(array(select span_id from staged_examples where upload_id = ${uploadId} and span_id is not null)) and ${isSeen}
      for key share
    )
    insert into examples (id, dataset_id, external_id, span_rowid)
    select example_id, ${datasetId}, given_id, first.id
    from staged_changes join staged_examples using (upload_id, n)
    left join (select span_id, min(id) as id from stored group by span_id) as first using (span_id)
    where upload_id = ${uploadId} and kind = 'create'
    order by example_id
  `.execute(trx);
}

/** Ends the revisions that held until now of the examples that change. */
export async function supersedeRevisions(
  trx: Transaction<DB>,
  { uploadId, datasetId, versionId }: Target,
): Promise<void> {
  await sql`
    update example_revisions set superseded_by = ${versionId}
    where dataset_id = ${datasetId} and superseded_by is null and example_id = any(array(
      select example_id from staged_changes where upload_id = ${uploadId} and kind in ('revive', 'patch', 'delete')
    ))
  `.execute(trx);
}

/** How many revisions a statement writes, so that none of them takes as long as a statement may. */
const revisionsAtATime = 20_000;

/** Writes what examples are from the version on. `count` is how many the upload has staged. */
export async function insertRevisions(
  trx: Transaction<DB>,
  { uploadId, datasetId, versionId }: Target,
  count: number,
): Promise<void> {
  for (let first = 0; first < count; first += revisionsAtATime) {
    await sql`
      insert into example_revisions (dataset_id, example_id, version_id, kind, input, output, metadata, content_hash)
      select ${datasetId}, example_id, ${versionId}, case kind when 'patch' then 'PATCH' else 'CREATE' end,
        input, output, metadata, content_hash
      from staged_changes join staged_examples using (upload_id, n)
      where upload_id = ${uploadId} and n >= ${first} and n < ${first + revisionsAtATime} and kind in ('create', 'revive', 'patch')
      order by n
    `.execute(trx);
  }
  await sql`
    insert into example_revisions (dataset_id, example_id, version_id, kind, input, output, metadata)
    select ${datasetId}, example_id, ${versionId}, 'DELETE', '{}', '{}', '{}' from staged_changes
    where upload_id = ${uploadId} and kind = 'delete'
  `.execute(trx);
}
