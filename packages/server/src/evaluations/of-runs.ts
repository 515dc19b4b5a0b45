/** The evaluations of an experiment's runs, where the runs are what is read. */
import type { ExpressionBuilder, SqlBool } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { jsonArrayOf, jsonObject, wireId, wireTime } from "../db/wire.ts";
import { type EvaluationFilter, evaluationFits } from "./filter.ts";

/** An evaluation as the contract has it. */
export function evaluationAsJson({ ref }: ExpressionBuilder<DB, "evaluations">) {
  return jsonObject({
    id: wireId("ExperimentEvaluation", ref("evaluations.id")),
    experiment_run_id: wireId("ExperimentRun", ref("evaluations.experiment_run_id")),
    name: ref("evaluations.name"),
    annotator_kind: ref("evaluations.annotator_kind"),
    label: ref("evaluations.label"),
    score: ref("evaluations.score"),
    explanation: ref("evaluations.explanation"),
    error: ref("evaluations.error"),
    metadata: ref("evaluations.metadata"),
    trace_id: ref("evaluations.trace_id"),
    start_time: wireTime(ref("evaluations.start_time")),
    end_time: wireTime(ref("evaluations.end_time")),
  });
}

/** All evaluations of a run, the first recorded first. */
export function evaluationsOfRun({ selectFrom }: ExpressionBuilder<DB, "experiment_runs">, experimentId: number) {
  return selectFrom("evaluations")
    .where("evaluations.experiment_id", "=", experimentId)
    .whereRef("evaluations.experiment_run_id", "=", "experiment_runs.id")
    .select((eb) => jsonArrayOf(evaluationAsJson(eb), eb.ref("evaluations.id")).as("evaluations"))
    .$asScalar();
}

/** Which runs are asked for by an evaluation: those that have one of this name, if it fits. */
export interface FilterByEvaluation extends EvaluationFilter {
  name: string;
}

/**
 * Holds for runs that have such an evaluation. Of a name they have at most one, which is looked up by its key: of an `exists` the planner
 * might make a join, and read all evaluations of the experiment for a page of runs.
 */
export function hasEvaluation(
  { selectFrom }: ExpressionBuilder<DB, "experiment_runs">,
  experimentId: number,
  { name, ...filter }: FilterByEvaluation,
) {
  return selectFrom("evaluations")
    .where("evaluations.experiment_id", "=", experimentId)
    .whereRef("evaluations.experiment_run_id", "=", "experiment_runs.id")
    .where("evaluations.name", "=", name)
    .select((eb) => evaluationFits(eb, filter).as("fits"))
    .$castTo<{ fits: SqlBool }>()
    .$asScalar();
}
