import type { components } from "@assay/spec/received";
import type { Kysely, Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { GroupCommit } from "../db/group-commit.ts";
import { type SendBoth, sendBoth, sendBothAlone } from "../db/transaction.ts";
import { takingIds } from "../experiments/counters.ts";
import type { Sliced } from "../operation.ts";
import { invalid } from "../problem.ts";
import { timestamp } from "../timestamp.ts";
import { type NewEvaluation, upsertingEvaluations } from "./queries.ts";

/** An evaluation to record, of a run that is yet to get its id. */
export type NewRunEvaluation = Omit<NewEvaluation, "experiment_run_id">;

/** What became of an evaluation to record: it has this id; undefined if there is no such run. */
export type RecordedEvaluation = { outcome: "created" | "replaced"; id: number } | undefined;

/** Records evaluations, those of one experiment together. */
export function evaluationRecorder(db: Kysely<DB>): GroupCommit<NewEvaluation, RecordedEvaluation> {
  return new GroupCommit<NewEvaluation, RecordedEvaluation>({
    write: (experimentId, evaluations) => recordEvaluations(db, sendBothAlone, experimentId, evaluations),
    keyOf,
    sizeOf: sizeOfEvaluation,
  });
}

export const sizeOfEvaluation = ({ explanation, error, metadata }: NewRunEvaluation) =>
  metadata.length + (explanation?.length ?? 0) + (error?.length ?? 0);

/**
 * The evaluation that a body, or a part of one, describes.
 * @throws a Problem (422) if what it says fits the contract and means nothing. `pointer` is where it stands.
 */
export function evaluationFrom(
  body: Sliced<components["schemas"]["RunEvaluation"]>,
  pointer: string,
): NewRunEvaluation {
  if (body.result == null && body.error == null) {
    throw invalid(`${pointer}/result`, "Either 'result' or 'error' must be provided", "required");
  }
  return {
    name: body.name,
    annotator_kind: body.annotator_kind,
    label: body.result?.label ?? null,
    score: scoreOf(body.result?.score ?? null, `${pointer}/result/score`),
    explanation: body.result?.explanation ?? null,
    error: body.error ?? null,
    metadata: body.metadata?.text ?? "{}",
    trace_id: body.trace_id ?? null,
    start_time: timestamp(body.start_time, `${pointer}/start_time`),
    end_time: timestamp(body.end_time, `${pointer}/end_time`),
  };
}

/** A score as Phoenix takes it: Python's evaluators answer `True`, too. */
function scoreOf(score: number | boolean | string | null, pointer: string): number | null {
  if (score === null) return null;
  const number = typeof score === "string" && score.trim() === "" ? Number.NaN : Number(score);
  if (Number.isFinite(number)) return number;
  throw invalid(pointer, `${pointer} must be a finite number`, "type");
}

const keyOf = ({ experiment_run_id, name }: Pick<NewEvaluation, "experiment_run_id" | "name">) =>
  `${experiment_run_id}:${name}`;

/** Records evaluations of runs of one experiment. Of those of one run and name the last is written, as if it came after the others. */
async function recordEvaluations(
  db: Kysely<DB>,
  send: SendBoth,
  experimentId: number,
  evaluations: NewEvaluation[],
): Promise<RecordedEvaluation[]> {
  const last = [...new Map(evaluations.map((evaluation) => [keyOf(evaluation), evaluation])).values()];
  const taking = takingIds(db, experimentId, { runs: 0, evaluations: last.length });
  const [[first], rows] = await send(db, taking, upsertingEvaluations(db, experimentId, last));
  if (!first) return evaluations.map(() => undefined);
  const written = new Map(rows.map((row) => [keyOf(row), row.id]));
  const seen = new Set<string>();
  return evaluations.map((evaluation) => {
    const key = keyOf(evaluation);
    const id = written.get(key);
    if (id === undefined) return undefined;
    const isNew = id >= first.evaluations && !seen.has(key);
    seen.add(key);
    return { outcome: isNew ? "created" : "replaced", id };
  });
}

/**
 * Records evaluations by experiment, of those that are seen: one after the other, in the order of their keys, so that two who do so do not
 * deadlock.
 */
export async function recordEvaluationsOfMany<Evaluation extends NewEvaluation>(
  trx: Transaction<DB>,
  byExperiment: Map<number, Evaluation[]>,
  seen: Set<number>,
): Promise<Map<Evaluation, RecordedEvaluation>> {
  const recorded = new Map<Evaluation, RecordedEvaluation>();
  for (const [experimentId, evaluations] of [...byExperiment].sort(([a], [b]) => a - b)) {
    if (!seen.has(experimentId)) continue;
    const results = await recordEvaluations(trx, sendBoth, experimentId, evaluations);
    for (const [index, each] of evaluations.entries()) recorded.set(each, results[index]);
  }
  return recorded;
}
