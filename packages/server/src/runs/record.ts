import type { components } from "@assay/spec/received";
import type { Kysely, Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { GroupCommit } from "../db/group-commit.ts";
import { inTransaction, type SendBoth, sendBoth, sendBothAlone } from "../db/transaction.ts";
import { upsertEvaluationsOfRuns } from "../evaluations/queries.ts";
import { evaluationFrom, type NewRunEvaluation, sizeOfEvaluation } from "../evaluations/record.ts";
import { canonical } from "../examples/content-hash.ts";
import { takingIds } from "../experiments/counters.ts";
import type { Sliced } from "../operation.ts";
import { timestamp } from "../timestamp.ts";
import { insertingRuns, type NewRun, type RunNotNew } from "./queries.ts";

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
export function runRecorder(db: Kysely<DB>): GroupCommit<NewRun, RecordedRun> {
  return new GroupCommit<NewRun, RecordedRun>({
    write: (experimentId, runs) => recordRuns(db, sendBothAlone, experimentId, runs),
    keyOf,
    sizeOf: sizeOfRun,
  });
}

const sizeOfRun = ({ output, error }: NewRun) => output.length + (error?.length ?? 0);

export const sizeOfRunToRecord = (run: RunToRecord) =>
  run.evaluations.reduce((sum, evaluation) => sum + sizeOfEvaluation(evaluation), sizeOfRun(run));

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
    const recorded = await recordRunsWithEvaluations(
      trx,
      experimentId,
      entries.map(([, run]) => run),
    );
    for (const [index, result] of recorded.entries()) results[entries[index]?.[0] ?? 0] = result;
    left = later;
  }
  return results;
}

/** Likewise in a transaction of its own, which is sent at once if it can be. */
export async function recordRunsAtOnce(
  db: Kysely<DB>,
  experimentId: number,
  runs: RunToRecord[],
): Promise<RecordedRun[]> {
  const areAlone = runs.every(({ evaluations }) => evaluations.length === 0);
  if (areAlone && new Set(runs.map(keyOf)).size === runs.length)
    return await recordRuns(db, sendBothAlone, experimentId, runs);
  return await inTransaction(db, (trx) => recordRunsInTurn(trx, experimentId, runs));
}

/** Records runs of an experiment, no two of one example and repetition, each that is accepted with its evaluations. */
async function recordRunsWithEvaluations(
  trx: Transaction<DB>,
  experimentId: number,
  runs: RunToRecord[],
): Promise<RecordedRun[]> {
  const number = runs.reduce((sum, run) => sum + run.evaluations.length, 0);
  const recorded = await recordRuns(trx, sendBoth, experimentId, runs, number);
  const evaluations = runs.flatMap((run, index) => {
    const { outcome, id } = recorded[index] ?? {};
    if (id === undefined || outcome === "differs") return [];
    return run.evaluations.map((evaluation) => ({ ...evaluation, experiment_run_id: id }));
  });
  if (evaluations.length > 0) await upsertEvaluationsOfRuns(trx, experimentId, evaluations, number);
  return recorded;
}

/** Records runs, no two of one example and repetition, and takes so many ids for evaluations. */
async function recordRuns(
  db: Kysely<DB>,
  send: SendBoth,
  experimentId: number,
  runs: NewRun[],
  evaluations = 0,
): Promise<RecordedRun[]> {
  const taking = takingIds(db, experimentId, { runs: runs.length, evaluations });
  const [[first], notNew] = await send(db, taking, insertingRuns(db, experimentId, runs));
  if (!first) return runs.map(() => ({ outcome: "no_experiment" }));
  const recorded = runs.map((_, place): RecordedRun => ({ outcome: "created", id: first.runs + place }));
  for (const found of notNew) {
    const run = runs[found.place];
    if (run) recorded[found.place] = outcomeOf(run, found);
  }
  return recorded;
}

function outcomeOf(run: NewRun, found: RunNotNew): RecordedRun {
  const { id } = found;
  if (id === null) return { outcome: "no_example" };
  if (found.replaced) return { outcome: "replaced", id };
  return { outcome: isLike(run, found) ? "exists" : "differs", id };
}

/** Whether a run says what the one says that is there: of outputs that are spelled differently the meaning counts, as of examples. */
function isLike(run: NewRun, found: RunNotNew): boolean {
  if (run.error !== found.error) return false;
  return found.other_output === null || canonical(run.output) === canonical(found.other_output.text);
}
