/** The runs of an experiment as its downloads have them: in the order of examples and repetitions, a page at a time. */
import { type ExpressionBuilder, type Kysely, sql } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { completed, jsonArrayOf, jsonObject, pages, wireId, wireTime } from "../db/wire.ts";
import { jsonFields, jsonJoined, jsonList, jsonOf, linesOf } from "../json.ts";
import { latency, runsWithExamples } from "../runs/queries.ts";
import type { Datasets } from "../scope.ts";
import { withTokenCounts } from "../spans/token-counts.ts";
import { findExperiment } from "./queries.ts";

/** Where a run stands in a download. */
export interface Position {
  example_id: number;
  repetition_number: number;
}

/** The next `size` runs after a position, each with its example. Whoever downloads them adds what to select. */
export function runsAfter(db: Kysely<DB>, experimentId: number, after: Position | undefined, size: number) {
  return runsWithExamples(db, experimentId)
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(experiment_runs.example_id, experiment_runs.repetition_number) > (${after?.example_id}, ${after?.repetition_number})`,
      ),
    )
    .orderBy("experiment_runs.example_id")
    .orderBy("experiment_runs.repetition_number")
    .limit(size)
    .select(["experiment_runs.example_id", "experiment_runs.repetition_number"]);
}

/** Each run with its example and its evaluations, as `ExportedRun`. */
export async function* exportedRuns(db: Kysely<DB>, experimentId: number, within: Datasets) {
  let annotationsOfRun = unknownCharacters;
  const read = (after: Position | undefined, size: number) =>
    runsAfter(db, experimentId, after, size)
      .select(({ ref }) => [
        "experiment_runs.id",
        "experiment_runs.trace_id",
        jsonObject({
          example_id: wireId("DatasetExample", ref("experiment_runs.example_id")),
          repetition_number: ref("experiment_runs.repetition_number"),
          input: ref("example_revisions.input"),
          reference_output: ref("example_revisions.output"),
          output: ref("experiment_runs.output"),
          error: ref("experiment_runs.error"),
          latency_ms: latency,
          start_time: wireTime(ref("experiment_runs.start_time")),
          end_time: wireTime(ref("experiment_runs.end_time")),
          trace_id: ref("experiment_runs.trace_id"),
        }).as("run"),
      ])
      .execute();
  const complete = async (rows: Awaited<ReturnType<typeof read>>) => {
    const annotations = await annotationsOf(db, experimentId, rows);
    annotationsOfRun = [...annotations.values()].reduce((sum, { text }) => sum + text.length, 0) / rows.length;
    return (await withTokenCounts(db, rows, within)).map(({ id, run, prompt_token_count, completion_token_count }) => {
      const counts = jsonOf({ prompt_token_count, completion_token_count });
      return jsonJoined(jsonJoined(run, counts), annotations.get(id) ?? noAnnotations);
    });
  };
  const charactersOf = ({ run }: Awaited<ReturnType<typeof read>>[number]) => run.text.length + annotationsOfRun;
  yield* completed(pages(read, charactersOf), complete, () => isThere(db, experimentId));
}

/** The same, a line each. */
export async function* exportedLines(db: Kysely<DB>, experimentId: number, within: Datasets): AsyncGenerator<string> {
  for await (const runs of exportedRuns(db, experimentId, within)) yield linesOf(runs);
}

export const isThere = async (db: Kysely<DB>, experimentId: number) =>
  (await findExperiment(db, experimentId)) !== undefined;

/** What a run's evaluations are taken to have until some have been read: more than nearly all, so that a page is not too large. */
export const unknownCharacters = 10_000;

/** The evaluations of a page of runs. Read for all of them together they take Postgres two thirds of what they take run by run. */
export function evaluationsOf(db: Kysely<DB>, experimentId: number, runs: { id: number }[]) {
  return db
    .selectFrom("evaluations")
    .where("evaluations.experiment_id", "=", experimentId)
    .where(sql<boolean>`evaluations.experiment_run_id = any(${runs.map(({ id }) => id)}::bigint[])`);
}

const noAnnotations = jsonFields({ annotations: jsonList<never>([]) });

/** The same as JSON, by run, the first recorded first. */
async function annotationsOf(db: Kysely<DB>, experimentId: number, runs: { id: number }[]) {
  const rows = await evaluationsOf(db, experimentId, runs)
    .groupBy("evaluations.experiment_run_id")
    .select((eb) => [
      "evaluations.experiment_run_id",
      jsonArrayOf(exportedEvaluation(eb), eb.ref("evaluations.id")).as("annotations"),
    ])
    .execute();
  return new Map(rows.map(({ experiment_run_id, annotations }) => [experiment_run_id, jsonFields({ annotations })]));
}

function exportedEvaluation({ ref }: ExpressionBuilder<DB, "evaluations">) {
  return jsonObject({
    name: ref("evaluations.name"),
    annotator_kind: ref("evaluations.annotator_kind"),
    label: ref("evaluations.label"),
    score: ref("evaluations.score"),
    explanation: ref("evaluations.explanation"),
    trace_id: ref("evaluations.trace_id"),
    error: ref("evaluations.error"),
    metadata: ref("evaluations.metadata"),
    start_time: wireTime(ref("evaluations.start_time")),
    end_time: wireTime(ref("evaluations.end_time")),
  });
}
