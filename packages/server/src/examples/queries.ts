import { type ExpressionBuilder, type Kysely, type RawBuilder, sql } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { isDataset } from "../datasets/queries.ts";
import { jsonObject, readPage, wireId, wireTime } from "../db/wire.ts";
import { type Datasets, isSeenProject } from "../scope.ts";

/** Holds for the revisions that make up a dataset that is there at a version: of each example the one that held then, unless that deleted it. */
export function liveAt(datasetId: number, versionId: number): RawBuilder<boolean> {
  return sql`example_revisions.dataset_id = ${datasetId} and ${isDataset(datasetId)} and example_revisions.version_id <= ${versionId}
    and (example_revisions.superseded_by is null or example_revisions.superseded_by > ${versionId}) and example_revisions.kind <> 'DELETE'`;
}

/** An example as the snapshot of an experiment has it. Its id is its node id, whatever the user calls it: so Phoenix answers here. */
export function exampleOfSnapshot({ ref }: ExpressionBuilder<DB, "example_revisions">) {
  const nodeId = wireId("DatasetExample", ref("example_revisions.example_id"));
  return jsonObject({
    id: nodeId,
    node_id: nodeId,
    input: ref("example_revisions.input"),
    output: ref("example_revisions.output"),
    metadata: ref("example_revisions.metadata"),
    updated_at: wireTime(ref("example_revisions.created_at")),
    source: sql<null>`null::json`,
  });
}

interface ExamplesAt {
  datasetId: number;
  versionId: number;
  /** The datasets that the caller sees: spans of other experiments' projects are not told. */
  within: Datasets;
}

/** The examples of a dataset at a version, in the order of their ids. */
function examplesAt(db: Kysely<DB>, { datasetId, versionId, within }: ExamplesAt) {
  return db
    .selectFrom("example_revisions")
    .innerJoin("examples", "examples.id", "example_revisions.example_id")
    .leftJoin("spans", (join) =>
      join.onRef("spans.id", "=", "examples.span_rowid").on(isSeenProject(sql`spans.project_id`, within)),
    )
    .where(liveAt(datasetId, versionId))
    .orderBy("example_revisions.example_id")
    .select("example_revisions.example_id as rowid");
}

/** An example as the contract has it. */
function exampleAsJson({ ref }: ExpressionBuilder<DB, "example_revisions" | "examples">) {
  const nodeId = wireId("DatasetExample", ref("example_revisions.example_id"));
  const source = jsonObject({
    span_id: sql<string>`spans.span_id`,
    span_node_id: wireId("Span", sql<number>`spans.id`),
  });
  return jsonObject({
    id: sql<string>`coalesce(${ref("examples.external_id")}, ${nodeId})`,
    node_id: nodeId,
    input: ref("example_revisions.input"),
    output: ref("example_revisions.output"),
    metadata: ref("example_revisions.metadata"),
    updated_at: wireTime(ref("example_revisions.created_at")),
    source: sql<{
      span_id: string;
      span_node_id: string;
    } | null>`case when spans.id is not null then ${source} end`,
  });
}

/** The examples, of these splits only if some are given. */
export function readExamples(
  db: Kysely<DB>,
  at: ExamplesAt,
  splitIds: number[] | undefined,
  from: number | undefined,
  size: number,
) {
  const query = examplesAt(db, at)
    .select((eb) => exampleAsJson(eb).as("json"))
    .$if(from !== undefined, (query) => query.where("example_revisions.example_id", ">=", from ?? 0))
    .$if(splitIds !== undefined, (query) =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom("split_examples")
            .whereRef("split_examples.example_id", "=", "example_revisions.example_id")
            .where(sql<boolean>`split_examples.split_id = any(${splitIds})`),
        ),
      ),
    );
  return readPage(query, size);
}

/** An example as it is at a version, with the id of that version or of another; undefined if it is not there. */
export async function readExample(db: Kysely<DB>, at: ExamplesAt, id: number, namedVersion = at.versionId) {
  const row = await examplesAt(db, at)
    .where("example_revisions.example_id", "=", id)
    .select((eb) =>
      jsonObject({
        dataset_id: wireId("Dataset", eb.ref("example_revisions.dataset_id")),
        version_id: wireId("DatasetVersion", sql<number>`${namedVersion}::bigint`),
        example: exampleAsJson(eb),
      }).as("json"),
    )
    .executeTakeFirst();
  return row?.json;
}
