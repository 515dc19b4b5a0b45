/** The examples of uploads, from their arrival until they are compared with their dataset's. */
import { type Kysely, sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { jsonLines } from "../db/json-lines.ts";
import { decodeId } from "../id.ts";

/** An example of an upload. Content is JSON text. */
export interface StagedExample {
  input: string;
  output: string;
  metadata: string;
  hash: Buffer;
  /** The user's own id of the example, or the node id of one that exists. */
  id: string | undefined;
  /** The OpenTelemetry id of the span that it was made from. */
  spanId: string | undefined;
  /** The names of its splits, each once. */
  splits: string[];
}

/** Notes that an upload begins. Gives its id, and those of uploads that have had their day. */
export function insertUpload(db: Kysely<DB>): Promise<{ id: string; expired: string[] }> {
  const expired = sql<string[]>`array(select id from uploads where started_at < now() - interval '1 day')`;
  return db
    .insertInto("uploads")
    .defaultValues()
    .returning(["id", expired.as("expired")])
    .executeTakeFirstOrThrow();
}

/** Forgets uploads and whatever they have staged. */
export async function deleteUploads(db: Kysely<DB>, ids: string[]): Promise<void> {
  await sql`
    with gone as (delete from uploads where id = any(${ids}::uuid[])),
      examples as (delete from staged_examples where upload_id = any(${ids}::uuid[]))
    delete from staged_changes where upload_id = any(${ids}::uuid[])
  `.execute(db);
}

/** Stages examples, of which the first is the upload's `first`. They are dropped if the upload is no longer known. */
export async function insertStagedExamples(
  db: Kysely<DB>,
  uploadId: string,
  first: number,
  examples: StagedExample[],
): Promise<void> {
  await sql`
    insert into staged_examples (upload_id, n, given_id, node_rowid, span_id, content_hash, splits, input, output, metadata)
    select ${uploadId}::uuid, ${first} + place - 1, given_id, node_rowid, span_id, content_hash,
      splits::json, input::json, output::json, metadata::json
    from rows from (
      unnest(
        ${examples.map(({ id }) => id ?? null)}::text[], ${examples.map(({ id }) => rowidIn(id))}::bigint[],
        ${examples.map(({ spanId }) => spanId ?? null)}::text[], ${examples.map(({ hash }) => hash)}::bytea[]
      ),
      ${jsonLines(examples.map(({ splits }) => JSON.stringify(splits)))}, ${jsonLines(examples.map(({ input }) => input))},
      ${jsonLines(examples.map(({ output }) => output))}, ${jsonLines(examples.map(({ metadata }) => metadata))}
    ) with ordinality as staged (given_id, node_rowid, span_id, content_hash, splits, input, output, metadata, place)
    where exists (select from uploads where id = ${uploadId}::uuid)
  `.execute(db);
}

/** The row id in the node id of an example; null if it is none. */
function rowidIn(id: string | undefined): number | null {
  const decoded = id === undefined ? undefined : decodeId(id);
  return decoded?.type === "DatasetExample" ? (decoded.rowid ?? null) : null;
}

/** Keeps an upload, and what it has staged, until the transaction ends. False if the database no longer has it. */
export async function lockUpload(trx: Transaction<DB>, id: string): Promise<boolean> {
  return (
    (await trx.selectFrom("uploads").where("id", "=", id).select("id").forUpdate().executeTakeFirst()) !== undefined
  );
}

/**
 * Has the statements of a transaction planned for any number of staged rows. Nothing is known of them when a statement is planned, and rows that
 * are taken for few are compared each with each. Up to Postgres 17 what is put off in this way counts as costly, and would be compiled.
 */
export async function planForMany(trx: Transaction<DB>): Promise<void> {
  await sql`select set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true)`.execute(trx);
}

/** The first id that an upload gives a second time, and the place of the example that it gives it to. */
export async function findRepeatedId(db: Kysely<DB>, uploadId: string): Promise<{ id: string; n: number } | undefined> {
  const { rows } = await sql<{ id: string; n: number }>`
    select given_id as id, (array_agg(n order by n))[2] as n from staged_examples
    where upload_id = ${uploadId} and given_id is not null
    group by given_id having count(*) > 1 order by n limit 1
  `.execute(db);
  return rows[0];
}
