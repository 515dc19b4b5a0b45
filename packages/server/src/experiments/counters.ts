/** An experiment's row of counters. Whoever writes to the experiment takes it first, so writers wait for one another here. */
import { sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { rowidWithin } from "../id.ts";

/** Numbers that an experiment gives out: how many of each kind are taken, or the row id of the first of them. */
export interface Numbers {
  runs: number;
  evaluations: number;
}

/**
 * Takes numbers for runs and evaluations of an experiment. The counters are locked from here to the end of the transaction. Gives the row ids
 * of the first ones, or undefined if there is no such experiment.
 */
export async function takeIds(
  trx: Transaction<DB>,
  experimentId: number,
  { runs, evaluations }: Numbers,
): Promise<Numbers | undefined> {
  const row = await trx
    .updateTable("experiment_counters")
    .set(({ eb }) => ({
      last_run: eb("last_run", "+", runs),
      last_evaluation: eb("last_evaluation", "+", evaluations),
    }))
    .where("experiment_id", "=", experimentId)
    .returning(["last_run", "last_evaluation"])
    .executeTakeFirst();
  return (
    row && {
      runs: rowidWithin(experimentId, row.last_run - runs + 1),
      evaluations: rowidWithin(experimentId, row.last_evaluation - evaluations + 1),
    }
  );
}

/**
 * The row id, `id`, of the first of so many numbers that the transaction has taken last, for a statement that is sent before it is known. Nothing if
 * there is no such experiment.
 */
export function firstTaken(experimentId: number, last: "last_run" | "last_evaluation", count: number) {
  return sql`(
    select (experiment_id << 27) + ${sql.ref(last)} + 1 - ${count}::integer as id from experiment_counters where experiment_id = ${experimentId}
  )`;
}

/** Waits for those who write to these experiments, and keeps others from it until the transaction ends. */
export async function lockExperiments(trx: Transaction<DB>, ids: number[]): Promise<void> {
  await sql`select from experiment_counters where experiment_id = any(${ids}::bigint[]) order by experiment_id for update`.execute(
    trx,
  );
}

/** Waits for those who write to these experiments, and lets nobody else, unless the transaction fails. */
export async function deleteCounters(trx: Transaction<DB>, ids: number[]): Promise<void> {
  await lockExperiments(trx, ids);
  await sql`delete from experiment_counters where experiment_id = any(${ids}::bigint[])`.execute(trx);
}
