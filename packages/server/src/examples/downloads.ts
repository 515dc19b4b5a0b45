/** The examples of a dataset as its downloads have them: in the order of their ids, a page at a time, with their splits. */
import { type Kysely, sql } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { jsonObject, pages, wireId } from "../db/wire.ts";
import { type JsonText, linesOf } from "../json.ts";
import { liveAt } from "./queries.ts";

/** What is downloaded: what a dataset has in a version. */
export interface Downloaded {
  datasetId: number;
  versionId: number;
}

/** The next `size` examples after one. Whoever downloads them adds what to select. */
function examplesAfter(db: Kysely<DB>, { datasetId, versionId }: Downloaded, after: number | undefined, size: number) {
  return db
    .selectFrom("example_revisions")
    .innerJoin("examples", "examples.id", "example_revisions.example_id")
    .where(liveAt(datasetId, versionId))
    .$if(after !== undefined, (query) => query.where("example_revisions.example_id", ">", after ?? 0))
    .orderBy("example_revisions.example_id")
    .limit(size)
    .select("example_revisions.example_id as rowid");
}

const nodeId = wireId("DatasetExample", sql.ref<number>("example_revisions.example_id"));

/** Not an empty one: uploaded again it would be none. */
const id = sql<string>`coalesce(nullif(examples.external_id, ''), ${nodeId})`;

/** The names of the splits that an example is in, in one order wherever it runs. */
const splits = sql<JsonText<string[]>>`array_to_json(array(
  select splits.name from split_examples join splits on splits.id = split_examples.split_id
  where split_examples.example_id = example_revisions.example_id order by splits.name collate "C"
))`;

/** Each example as a line of JSON. */
export async function* examplesAsLines(db: Kysely<DB>, downloaded: Downloaded): AsyncGenerator<string> {
  const read = (after: { rowid: number } | undefined, size: number) =>
    examplesAfter(db, downloaded, after?.rowid, size)
      .select(({ ref }) =>
        jsonObject({
          id,
          node_id: nodeId,
          input: ref("example_revisions.input"),
          output: ref("example_revisions.output"),
          metadata: ref("example_revisions.metadata"),
          splits,
        }).as("json"),
      )
      .execute();
  for await (const rows of pages(read, ({ json }) => json.text.length)) yield linesOf(rows.map(({ json }) => json));
}

/** Pages of examples, apart in what they consist of. */
export function examplesInParts(db: Kysely<DB>, downloaded: Downloaded) {
  const read = (after: { rowid: number } | undefined, size: number) =>
    examplesAfter(db, downloaded, after?.rowid, size)
      .select([
        id.as("id"),
        nodeId.as("node_id"),
        "example_revisions.input",
        "example_revisions.output",
        "example_revisions.metadata",
        splits.as("splits"),
      ])
      .execute();
  return pages(read, ({ input, output, metadata }) => input.text.length + output.text.length + metadata.text.length);
}
