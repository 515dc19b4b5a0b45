/** The runs of an experiment as its downloads have them: in the order of examples and repetitions, a page at a time. */
import { type ExpressionBuilder, type Kysely, sql } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { jsonArrayOf, jsonObject, pages, wireId, wireTime } from "../db/wire.ts";
import { jsonJoined, jsonOf, linesOf } from "../json.ts";
import { latency, runsWithExamples } from "../runs/queries.ts";
import type { Datasets } from "../scope.ts";
import { withTokenCounts } from "../spans/token-counts.ts";

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
  const read = (after: Position | undefined, size: number) =>
    runsAfter(db, experimentId, after, size)
      .select(({ ref, selectFrom }) => [
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
        jsonObject({
          annotations: selectFrom("evaluations")
            .where("evaluations.experiment_id", "=", experimentId)
            .whereRef("evaluations.experiment_run_id", "=", "experiment_runs.id")
            .select((eb) => jsonArrayOf(exportedEvaluation(eb), eb.ref("evaluations.id")).as("annotations"))
            .$asScalar(),
        }).as("evaluations"),
      ])
      .execute();
  const charactersOf = ({ run, evaluations }: Awaited<ReturnType<typeof read>>[number]) =>
    run.text.length + evaluations.text.length;
  for await (const rows of pages(read, charactersOf)) {
    yield (await withTokenCounts(db, rows, within)).map(
      ({ run, evaluations, prompt_token_count, completion_token_count }) =>
        jsonJoined(jsonJoined(run, jsonOf({ prompt_token_count, completion_token_count })), evaluations),
    );
  }
}

/** The same, a line each. */
export async function* exportedLines(db: Kysely<DB>, experimentId: number, within: Datasets): AsyncGenerator<string> {
  for await (const runs of exportedRuns(db, experimentId, within)) yield linesOf(runs);
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
