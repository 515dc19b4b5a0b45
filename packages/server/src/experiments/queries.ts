import { type Kysely, sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { changedColumns, type DescriptionChanges } from "../db/described.ts";
import { jsonObject, wireId, wireTime } from "../db/wire.ts";
import { liveAt } from "../examples/queries.ts";
import { encodeId } from "../id.ts";
import { insertRemovals } from "../removals/queries.ts";
import { deleteCounters } from "./counters.ts";

/** Holds while the experiment is there. Of one that was deleted, runs and evaluations stay for a while: whoever reads them asks for this too. */
export const isExperiment = (id: number) => sql<boolean>`exists (select from experiments where experiments.id = ${id})`;

/** Experiments, as the contract has them, with their counts; newest first. */
export async function readExperiments(db: Kysely<DB>, ids: number[]) {
  return await db
    .selectFrom("experiments")
    .innerJoin("experiment_counters", "experiment_counters.experiment_id", "experiments.id")
    .where(sql<boolean>`experiment_counters.experiment_id = any(${ids}::bigint[])`)
    .orderBy("experiments.id", "desc")
    .select(({ ref }) => [
      "experiments.id",
      jsonObject({
        id: wireId("Experiment", ref("experiments.id")),
        dataset_id: wireId("Dataset", ref("experiments.dataset_id")),
        dataset_version_id: wireId("DatasetVersion", ref("experiments.dataset_version_id")),
        name: ref("experiments.name"),
        description: ref("experiments.description"),
        repetitions: ref("experiments.repetitions"),
        metadata: ref("experiments.metadata"),
        project_name: ref("experiments.project_name"),
        created_at: wireTime(ref("experiments.created_at")),
        updated_at: wireTime(ref("experiments.updated_at")),
        example_count: ref("experiment_counters.examples"),
        successful_run_count: ref("experiment_counters.successful_runs"),
        failed_run_count: ref("experiment_counters.failed_runs"),
        missing_run_count: sql<number>`examples::bigint * repetitions - successful_runs - failed_runs`,
        splits: ref("experiments.splits"),
      }).as("json"),
    ])
    .execute();
}

/** The ids of a dataset's experiments, newest first; of the one that a tag points at, if there is a tag. */
export async function experimentIdsOf(
  db: Kysely<DB>,
  datasetId: number,
  { tag, from }: { tag: string | undefined; from: number | undefined },
  count: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom("experiments")
    .where("dataset_id", "=", datasetId)
    .$if(tag !== undefined, (query) =>
      query.where("id", "in", ({ selectFrom }) =>
        selectFrom("experiment_tags")
          .where("dataset_id", "=", datasetId)
          .where("name", "=", tag ?? "")
          .select("experiment_id"),
      ),
    )
    .$if(from !== undefined, (query) => query.where("id", "<=", from ?? 0))
    .orderBy("id", "desc")
    .limit(count)
    .select("id")
    .execute();
  return rows.map(({ id }) => id);
}

/** What exports and lists of what is missing need to know of an experiment. */
export function findExperiment(db: Kysely<DB>, id: number) {
  return db.selectFrom("experiments").where("id", "=", id).select(["id", "name", "repetitions"]).executeTakeFirst();
}

interface NewExperiment {
  dataset_id: number;
  dataset_version_id: number;
  name: string;
  description: string | null;
  repetitions: number;
  metadata: string;
  project_name: string;
}

/** Writes an experiment, its project and its counters, and copies its snapshot: the examples of its version, of these splits if given. All are incomplete. */
export async function insertExperiment(
  trx: Transaction<DB>,
  experiment: NewExperiment,
  splits: { ids: number[]; names: string[] } | undefined,
): Promise<number> {
  const { dataset_id, dataset_version_id, project_name } = experiment;
  const { id } = await trx
    .insertInto("experiments")
    .values({ ...experiment, metadata: sql`${experiment.metadata}::json`, splits: splits?.names ?? [] })
    .returning("id")
    .executeTakeFirstOrThrow();
  await trx
    .insertInto("projects")
    .values({
      name: project_name,
      experiment_id: id,
      description: `dataset_id: ${encodeId("Dataset", dataset_id)}\ndataset_version_id: ${encodeId("DatasetVersion", dataset_version_id)}`,
    })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ experiment_id: id }))
    .execute();
  await trx.insertInto("experiment_counters").values({ experiment_id: id }).execute();
  // Counted for each example by itself: of an `exists` the planner may make a join that reads a new dataset for each member of a split.
  const inSplits =
    splits &&
    sql`and (select count(*) from split_examples where example_id = example_revisions.example_id and split_id = any(${splits.ids})) > 0`;
  const { numAffectedRows } = await sql`
    insert into experiment_examples (experiment_id, example_id, revision_id)
    select ${id}, example_id, id from example_revisions where ${liveAt(dataset_id, dataset_version_id)} ${inSplits ?? sql``}
  `.execute(trx);
  await sql`
    insert into incomplete_examples (experiment_id, example_id, missing_repetitions)
    select experiment_id, example_id, ${experiment.repetitions}::integer from experiment_examples where experiment_id = ${id}
  `.execute(trx);
  await trx
    .updateTable("experiment_counters")
    .set({ examples: Number(numAffectedRows) })
    .where("experiment_id", "=", id)
    .execute();
  return id;
}

export async function updateExperimentRow(db: Kysely<DB>, id: number, changes: DescriptionChanges): Promise<void> {
  await db.updateTable("experiments").set(changedColumns(changes)).where("id", "=", id).execute();
}

/** Deletes an experiment, and leaves its runs and evaluations to the sweeper; undefined if there is none. */
export async function deleteExperimentRow(trx: Transaction<DB>, id: number) {
  await deleteCounters(trx, [id]);
  const deleted = await trx.deleteFrom("experiments").where("id", "=", id).returning("project_name").executeTakeFirst();
  if (deleted) await insertRemovals(trx, "experiment", [id]);
  return deleted;
}
