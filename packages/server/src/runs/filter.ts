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
  // As a double: what no integer holds is a number that no run has.
  if (repetitionNumber !== undefined)
    conditions.push(sql`experiment_runs.repetition_number = ${repetitionNumber}::double precision`);
  if (evaluation) conditions.push(hasEvaluation(eb, experimentId, evaluation));
  return eb.and(conditions);
}
