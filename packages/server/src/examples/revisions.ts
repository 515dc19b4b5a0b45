/** What an upload reads and writes of examples, in sets. */
import { sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { jsonLines } from "../db/json-lines.ts";
import { type Datasets, isProjectOf } from "../scope.ts";
import type { ExistingExample, UploadedExample } from "./diff.ts";

/** Every example that the dataset has or had, by id. */
export async function readAllExamples(trx: Transaction<DB>, datasetId: number): Promise<ExistingExample[]> {
  return await trx
    .selectFrom("examples")
    .innerJoin("example_revisions", (join) =>
      join
        .onRef("example_revisions.example_id", "=", "examples.id")
        .onRef("example_revisions.dataset_id", "=", "examples.dataset_id"),
    )
    .where("examples.dataset_id", "=", datasetId)
    .where("example_revisions.superseded_by", "is", null)
    .orderBy("examples.id")
    .select(["examples.id", "examples.external_id", "example_revisions.content_hash as hash"])
    .execute();
}

/**
 * The row ids of the spans that examples were made from, by their OpenTelemetry ids, as far as they are stored and the caller sees them. None
 * is deleted meanwhile.
 */
export async function findSpans(
  trx: Transaction<DB>,
  examples: UploadedExample[],
  within: Datasets,
): Promise<Map<string, number>> {
  const spanIds = [...new Set(examples.flatMap(({ spanId }) => spanId ?? []))];
  if (spanIds.length === 0) return new Map();
  const spans = await trx
    .selectFrom("spans")
    .where(sql<boolean>`span_id = any(${spanIds}::text[])`)
    .$if(within !== undefined, (query) => query.where(isProjectOf(sql`spans.project_id`, within ?? [])))
    .orderBy("id", "desc")
    .select(["id", "span_id"])
    .forKeyShare()
    .execute();
  return new Map(spans.map(({ id, span_id }) => [span_id, id])); // of two with one id, the older
}

/** An example and its row id. */
interface Placed {
  example: UploadedExample;
  id: number;
}

export async function insertExamples(
  trx: Transaction<DB>,
  datasetId: number,
  placed: Placed[],
  spans: Map<string, number>,
): Promise<void> {
  await sql`
    insert into examples (id, dataset_id, external_id, span_rowid)
    select id, ${datasetId}, external_id, span_rowid from unnest(
      ${placed.map(({ id }) => id)}::bigint[], ${placed.map(({ example }) => example.id ?? null)}::text[],
      ${placed.map(({ example }) => spans.get(example.spanId ?? "") ?? null)}::bigint[]
    ) as given (id, external_id, span_rowid)
  `.execute(trx);
}

/** What one statement carries at most: its parameters are in memory three times over, here and in Postgres. */
const batchCharacters = 16 * 1024 * 1024;

/** Supersedes the revisions of the examples that change, and writes those that hold from the version on. */
export async function reviseExamples(
  trx: Transaction<DB>,
  { datasetId, versionId }: { datasetId: number; versionId: number },
  { created, patched, deleted }: { created: Placed[]; patched: Placed[]; deleted: number[] },
): Promise<void> {
  const superseded = [...created, ...patched].map(({ id }) => id).concat(deleted);
  await sql`
    update example_revisions set superseded_by = ${versionId}
    where dataset_id = ${datasetId} and example_id = any(${superseded}::bigint[]) and superseded_by is null
  `.execute(trx);
  const revisions = [
    ...created.map(({ id, example }) => ({ ...example, id, kind: "CREATE" })),
    ...patched.map(({ id, example }) => ({ ...example, id, kind: "PATCH" })),
    ...deleted.map((id) => ({ id, kind: "DELETE", input: "{}", output: "{}", metadata: "{}", hash: null })),
  ];
  for (const batch of inBatches(revisions)) {
    await sql`
      insert into example_revisions (dataset_id, example_id, version_id, kind, input, output, metadata, content_hash)
      select ${datasetId}, example_id, ${versionId}, kind, input::json, output::json, metadata::json, content_hash from rows from (
        unnest(
          ${batch.map(({ id }) => id)}::bigint[], ${batch.map(({ kind }) => kind)}::text[], ${batch.map(({ hash }) => hash)}::bytea[]
        ),
        ${jsonLines(batch.map(({ input }) => input))}, ${jsonLines(batch.map(({ output }) => output))},
        ${jsonLines(batch.map(({ metadata }) => metadata))}
      ) as given (example_id, kind, content_hash, input, output, metadata)
    `.execute(trx);
  }
}

function* inBatches<Row extends { input: string; output: string; metadata: string }>(rows: Row[]): Generator<Row[]> {
  let batch: Row[] = [];
  let characters = 0;
  for (const row of rows) {
    batch.push(row);
    characters += row.input.length + row.output.length + row.metadata.length;
    if (characters < batchCharacters) continue;
    yield batch;
    batch = [];
    characters = 0;
  }
  if (batch.length > 0) yield batch;
}
