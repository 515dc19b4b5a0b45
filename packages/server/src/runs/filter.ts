import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { type FilterByEvaluation, hasEvaluation } from "../evaluations/of-runs.ts";

/** Which runs of an experiment are asked for: those that fit all that is given. */
export interface RunFilter {
  /** Whether it has an error. */
  failed?: boolean | undefined;
  exampleId?: number | undefined;
  repetitionNumber?: number | undefined;
  evaluation?: FilterByEvaluation | undefined;
}

/** Holds for the runs of an experiment that fit. */
export function runFits(eb: ExpressionBuilder<DB, "experiment_runs">, experimentId: number, filter: RunFilter) {
  const { failed, exampleId, repetitionNumber, evaluation } = filter;
  const conditions: Expression<SqlBool>[] = [];
  if (failed !== undefined) conditions.push(eb("experiment_runs.error", failed ? "is not" : "is", null));
  if (exampleId !== undefined) conditions.push(eb("experiment_runs.example_id", "=", exampleId));
  if (repetitionNumber !== undefined) {
    const beyond = 2 ** 31; // the first that no run can have, for all that are so large that a bigint has none of them
    conditions.push(sql`experiment_runs.repetition_number = ${Math.min(repetitionNumber, beyond)}::bigint`);
  }
  if (evaluation) conditions.push(hasEvaluation(eb, experimentId, evaluation));
  return eb.and(conditions);
}
