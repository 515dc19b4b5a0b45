import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { DB } from "../../generated/schema.d.ts";

/** What an evaluation says: one fits if it fits all that is given, and of a list any value. */
export interface EvaluationFilter {
  annotatorKinds?: DB["evaluations"]["annotator_kind"][] | undefined;
  labels?: string[] | undefined;
  minScore?: number | undefined;
  maxScore?: number | undefined;
  /** Whether it has an error. */
  failed?: boolean | undefined;
}

/** Holds for the evaluations that fit. One without a score is in no range. */
export function evaluationFits(eb: ExpressionBuilder<DB, "evaluations">, filter: EvaluationFilter) {
  const { annotatorKinds, labels, minScore, maxScore, failed } = filter;
  const conditions: Expression<SqlBool>[] = [];
  if (annotatorKinds?.length) conditions.push(sql`evaluations.annotator_kind = any(${annotatorKinds}::text[])`);
  if (labels?.length) conditions.push(sql`evaluations.label = any(${labels}::text[])`);
  if (minScore !== undefined) conditions.push(eb("evaluations.score", ">=", minScore));
  if (maxScore !== undefined) conditions.push(eb("evaluations.score", "<=", maxScore));
  if (failed !== undefined) conditions.push(eb("evaluations.error", failed ? "is not" : "is", null));
  return eb.and(conditions);
}
