/** What an upload changes: its staged examples, compared with those of its dataset. */
import { sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";

export type ChangeKind = DB["staged_changes"]["kind"];

/**
 * Compares an upload with the examples that its dataset has. A staged example with a node id is the live example of that id; one with an id
 * of the user's is the example of that id, live or deleted; one without an id is the first live example of the same content that is not yet
 * taken. Whatever has an id is matched before what has none, in the order of the upload. Those that are new are given the ids that they
 * will have.
 */
export async function insertChanges(
  trx: Transaction<DB>,
  uploadId: string,
  datasetId: number,
  { deletesRest }: { deletesRest: boolean },
): Promise<void> {
  await sql`
    insert into staged_changes (upload_id, n, example_id, kind)
    with given as materialized (
      select n, given_id, node_rowid, content_hash from staged_examples where upload_id = ${uploadId}
    ),
    -- Each example that the dataset has or had; of one that is deleted the hash is null.
    existing as materialized (
      select example_id, content_hash from example_revisions where dataset_id = ${datasetId} and superseded_by is null
    ),
    named as materialized (
      select n, example_id, existing.content_hash from given join existing on example_id = node_rowid
      where existing.content_hash is not null
      union all
      select n, example_id, existing.content_hash from given
        join examples on examples.dataset_id = ${datasetId} and examples.external_id = given_id
        join existing on existing.example_id = examples.id
      where node_rowid is null
    ),
    alike as (
      select n, example_id, content_hash from (
        select n, content_hash, row_number() over (partition by content_hash order by n) as place
        from given where given_id is null
      ) as unnamed
      join (
        select example_id, content_hash, row_number() over (partition by content_hash order by example_id) as place
        from existing where content_hash is not null and not exists (select from named where named.example_id = existing.example_id)
      ) as free using (content_hash, place)
    ),
    matched as materialized (select * from named union all select * from alike)
    select ${uploadId}::uuid, n, coalesce(example_id, nextval(pg_get_serial_sequence('examples', 'id'))), kind from (
      select n, example_id, case
        when example_id is null then case when node_rowid is null then 'create' else 'unknown' end
        when matched.content_hash is null then 'revive'
        when matched.content_hash = given.content_hash then 'keep'
        else 'patch' end as kind
      from given left join matched using (n)
      order by n
    ) as in_order -- new ids ascend with the upload
    union all
    select ${uploadId}::uuid, null, example_id, 'delete' from existing
    where ${deletesRest} and content_hash is not null and not exists (select from matched where matched.example_id = existing.example_id)
  `.execute(trx);
}

/** How many examples an upload changes, and how. */
export async function countChanges(trx: Transaction<DB>, uploadId: string): Promise<Record<ChangeKind, number>> {
  const counts = await trx
    .selectFrom("staged_changes")
    .where("upload_id", "=", uploadId)
    .groupBy("kind")
    .select(({ fn }) => ["kind", fn.countAll<number>().as("count")])
    .execute();
  const none = { create: 0, revive: 0, patch: 0, keep: 0, delete: 0, unknown: 0 };
  return { ...none, ...Object.fromEntries(counts.map(({ kind, count }) => [kind, count])) };
}

/** Node ids that name no live example of the dataset, in the order of the upload. */
export async function readUnknownIds(trx: Transaction<DB>, uploadId: string, most: number): Promise<string[]> {
  const { rows } = await sql<{ given_id: string }>`
    select given_id from staged_changes join staged_examples using (upload_id, n)
    where upload_id = ${uploadId} and kind = 'unknown' order by n limit ${most}
  `.execute(trx);
  return rows.map(({ given_id }) => given_id);
}

/** The first id of an example that another id of the upload names as well, and the place where it is given. */
export async function findSecondName(
  trx: Transaction<DB>,
  uploadId: string,
): Promise<{ id: string; n: number } | undefined> {
  const { rows } = await sql<{ id: string; n: number }>`
    select given_id as id, n from staged_examples where upload_id = ${uploadId} and n = (
      select min(second) from (
        select (array_agg(n order by n))[2] as second from staged_changes
        where upload_id = ${uploadId} and n is not null group by example_id having count(*) > 1
      ) as named_twice
    )
  `.execute(trx);
  return rows[0];
}
