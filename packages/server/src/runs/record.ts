import type { Kysely } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { GroupCommit } from "../db/group-commit.ts";
import { takeIds } from "../experiments/counters.ts";
import { findRuns, insertRuns, type NewRun } from "./queries.ts";

/** What became of a run to record: it has this id, or one that succeeded has it, or there is no such experiment, or no such example in it. */
export type RecordedRun =
  | { outcome: "written" | "exists"; id: number }
  | { outcome: "no_experiment" | "no_example"; id?: undefined };

/** Records runs, those of one experiment together. */
export function runRecorder(db: Kysely<DB>): GroupCommit<NewRun, RecordedRun> {
  return new GroupCommit<NewRun, RecordedRun>({
    write: (experimentId, runs) => recordRuns(db, experimentId, runs),
    keyOf,
    sizeOf: ({ output, error }) => output.length + (error?.length ?? 0),
  });
}

const keyOf = ({ example_id, repetition_number }: Pick<NewRun, "example_id" | "repetition_number">) =>
  `${example_id}:${repetition_number}`;

async function recordRuns(db: Kysely<DB>, experimentId: number, runs: NewRun[]): Promise<RecordedRun[]> {
  return await db.transaction().execute(async (trx) => {
    const firstId = await takeIds(trx, experimentId, "last_run", runs.length);
    if (firstId === undefined) return runs.map(() => ({ outcome: "no_experiment" }));
    const written = idsByKey(await insertRuns(trx, experimentId, firstId, runs));
    const left = runs.filter((run) => !written.has(keyOf(run)));
    const existing = left.length > 0 ? idsByKey(await findRuns(trx, experimentId, left)) : new Map<string, number>();
    return runs.map((run): RecordedRun => {
      const id = written.get(keyOf(run));
      if (id !== undefined) return { outcome: "written", id };
      const existingId = existing.get(keyOf(run));
      return existingId === undefined ? { outcome: "no_example" } : { outcome: "exists", id: existingId };
    });
  });
}

const idsByKey = (rows: { id: number; example_id: number; repetition_number: number }[]) =>
  new Map(rows.map((row) => [keyOf(row), row.id]));
