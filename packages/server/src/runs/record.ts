import type { components } from "@assay/spec/received";
import type { Kysely, Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { GroupCommit } from "../db/group-commit.ts";
import { inTransaction } from "../db/transaction.ts";
import { upsertEvaluationsOfRuns } from "../evaluations/queries.ts";
import { evaluationFrom, type NewRunEvaluation, sizeOfEvaluation } from "../evaluations/record.ts";
import { canonical } from "../examples/content-hash.ts";
import { takeIds } from "../experiments/counters.ts";
import type { Sliced } from "../operation.ts";
import { timestamp } from "../timestamp.ts";
import { findRuns, insertRuns, type NewRun } from "./queries.ts";

/** A run to record, with what evaluators said of it, once under each name. */
export interface RunToRecord extends NewRun {
  evaluations: NewRunEvaluation[];
}

/**
 * What became of a run to record: it has this id, or one like it has it, or one that succeeded differently, or there is no such experiment, or
 * no such example in it.
 */
export type RecordedRun =
  | { outcome: "created" | "replaced" | "exists" | "differs"; id: number }
  | { outcome: "no_experiment" | "no_example"; id?: undefined };

/** Records runs, those of one experiment together. */
export function runRecorder(db: Kysely<DB>): GroupCommit<RunToRecord, RecordedRun> {
  return new GroupCommit<RunToRecord, RecordedRun>({
    write: (experimentId, runs) => inTransaction(db, (trx) => recordRuns(trx, experimentId, runs)),
    keyOf,
    sizeOf: sizeOfRun,
  });
}

export const sizeOfRun = ({ output, error, evaluations }: RunToRecord) =>
  evaluations.reduce((sum, evaluation) => sum + sizeOfEvaluation(evaluation), output.length + (error?.length ?? 0));

/**
 * The run that a body, or an item of one, describes.
 * @throws a Problem (422) if what it says fits the contract and means nothing. `pointer` is where it stands.
 */
export function runFrom(
  body: Sliced<components["schemas"]["ExperimentRunWithEvaluations"]>,
  exampleId: number,
  pointer: string,
): RunToRecord {
  const evaluations = (body.evaluations ?? []).map((each, index) =>
    evaluationFrom(each, `${pointer}/evaluations/${index}`),
  );
  return {
    example_id: exampleId,
    repetition_number: body.repetition_number,
    output: body.output?.text ?? "null",
    error: body.error ?? null,
    trace_id: body.trace_id ?? null,
    start_time: timestamp(body.start_time, `${pointer}/start_time`),
    end_time: timestamp(body.end_time, `${pointer}/end_time`),
    evaluations: [...new Map(evaluations.map((evaluation) => [evaluation.name, evaluation])).values()],
  };
}

const keyOf = ({ example_id, repetition_number }: Pick<NewRun, "example_id" | "repetition_number">) =>
  `${example_id}:${repetition_number}`;

/** Records runs of which some may be of one example and repetition: each as if those before it had been recorded by a request of their own. */
export async function recordRunsInTurn(
  trx: Transaction<DB>,
  experimentId: number,
  runs: RunToRecord[],
): Promise<RecordedRun[]> {
  const results: RecordedRun[] = [];
  for (let left = [...runs.entries()]; left.length > 0; ) {
    const turn = new Map<string, (typeof left)[number]>();
    const later: typeof left = [];
    for (const entry of left) {
      const key = keyOf(entry[1]);
      if (turn.has(key)) later.push(entry);
      else turn.set(key, entry);
    }
    const entries = [...turn.values()];
    const recorded = await recordRuns(
      trx,
      experimentId,
      entries.map(([, run]) => run),
    );
    for (const [index, result] of recorded.entries()) results[entries[index]?.[0] ?? 0] = result;
    left = later;
  }
  return results;
}

/** Records runs of an experiment, no two of one example and repetition, each that is accepted with its evaluations. */
async function recordRuns(trx: Transaction<DB>, experimentId: number, runs: RunToRecord[]): Promise<RecordedRun[]> {
  const numbers = { runs: runs.length, evaluations: runs.reduce((sum, run) => sum + run.evaluations.length, 0) };
  const [first, notNew] = await Promise.all([takeIds(trx, experimentId, numbers), insertRuns(trx, experimentId, runs)]);
  if (first === undefined) return runs.map(() => ({ outcome: "no_experiment" }));
  const left = runs.filter((_, place) => notNew.get(place) === null);
  const existing = left.length > 0 ? byKey(await findRuns(trx, experimentId, left)) : new Map<string, never>();
  const recorded = runs.map((run, place): RecordedRun => {
    const replaced = notNew.get(place);
    if (replaced === undefined) return { outcome: "created", id: first.runs + place };
    if (replaced !== null) return { outcome: "replaced", id: replaced };
    const found = existing.get(keyOf(run));
    return found ? { outcome: isLike(run, found) ? "exists" : "differs", id: found.id } : { outcome: "no_example" };
  });
  const evaluations = runs.flatMap((run, index) => {
    const { outcome, id } = recorded[index] ?? {};
    if (id === undefined || outcome === "differs") return [];
    return run.evaluations.map((evaluation) => ({ ...evaluation, experiment_run_id: id }));
  });
  if (evaluations.length > 0) await upsertEvaluationsOfRuns(trx, experimentId, first.evaluations, evaluations);
  return recorded;
}

const byKey = <Row extends { example_id: number; repetition_number: number }>(rows: Row[]) =>
  new Map(rows.map((row) => [keyOf(row), row]));

/** Whether a run says what the one says that is there: of outputs that are spelled differently the meaning counts, as of examples. */
function isLike(run: NewRun, found: Awaited<ReturnType<typeof findRuns>>[number]): boolean {
  if (run.error !== found.error) return false;
  return found.other_output === null || canonical(run.output) === canonical(found.other_output.text);
}
