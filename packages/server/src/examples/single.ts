/** What a change of one example reads and writes. Its dataset is locked meanwhile. */
import { type Kysely, sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { type Datasets, isSeenProject } from "../scope.ts";

/** What an example says, as JSON text. */
export interface Content {
  input: string;
  output: string;
  metadata: string;
}

/** The same with its `contentHash`. */
export interface HashedContent extends Content {
  hash: Buffer;
}

/** An example that a caller makes. */
export interface NewExample {
  content: HashedContent;
  /** The user's own id. */
  externalId: string | null;
  /** The OpenTelemetry id of the span that it was made from. */
  spanId: string | null;
}

/** Makes an example that says nothing yet, linked to its span if the caller sees that. Undefined if the user's id is taken, by a deleted one too. */
export async function insertExample(
  trx: Transaction<DB>,
  datasetId: number,
  { externalId, spanId }: NewExample,
  within: Datasets,
): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    insert into examples (dataset_id, external_id, span_rowid) values (${datasetId}, ${externalId}, (
      select id from spans where span_id = ${spanId} and ${isSeenProject(sql`spans.project_id`, within)}
      order by id limit 1 for key share
    ))
    on conflict (dataset_id, external_id) do nothing returning id
  `.execute(trx);
  return rows[0]?.id;
}

/** The example of the dataset that has this id of the user's, and whether it is live. */
export function findByExternalId(db: Kysely<DB>, datasetId: number, externalId: string | null) {
  return db
    .selectFrom("examples")
    .where("dataset_id", "=", datasetId)
    .where("external_id", "=", externalId)
    .select([
      "id",
      // Not a join: in a new dataset, of which it expects one example, the planner may read all that it has.
      sql<boolean>`(
        select kind <> 'DELETE' from example_revisions
        where dataset_id = ${datasetId} and example_id = examples.id and superseded_by is null
      )`.as("isLive"),
    ])
    .executeTakeFirstOrThrow();
}

export type CurrentExample = NonNullable<Awaited<ReturnType<typeof findCurrent>>>;

/** A live example as the latest version has it, and the version since which it is so. */
export function findCurrent(db: Kysely<DB>, datasetId: number, id: number) {
  return db
    .selectFrom("example_revisions")
    .where("dataset_id", "=", datasetId)
    .where("example_id", "=", id)
    .where("superseded_by", "is", null)
    .where("kind", "<>", "DELETE")
    .select(["example_id as id", "version_id", "input", "output", "metadata", "content_hash as hash"])
    .executeTakeFirst();
}

/** What an example is from a version on; without content it is deleted. */
export interface Revision {
  versionId: number;
  exampleId: number;
  kind: "CREATE" | "PATCH" | "DELETE";
  content: HashedContent | undefined;
}

/** Ends the revision that held until now, and writes what is from the version on. */
export async function insertRevision(
  trx: Transaction<DB>,
  datasetId: number,
  { versionId, exampleId, kind, content }: Revision,
): Promise<void> {
  await trx
    .updateTable("example_revisions")
    .set({ superseded_by: versionId })
    .where("dataset_id", "=", datasetId)
    .where("example_id", "=", exampleId)
    .where("superseded_by", "is", null)
    .execute();
  const { input = "{}", output = "{}", metadata = "{}", hash = null } = content ?? {};
  await trx
    .insertInto("example_revisions")
    .values({
      dataset_id: datasetId,
      example_id: exampleId,
      version_id: versionId,
      kind,
      input: sql`${input}::json`,
      output: sql`${output}::json`,
      metadata: sql`${metadata}::json`,
      content_hash: hash,
    })
    .execute();
}
