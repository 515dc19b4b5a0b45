/** An experiment's row of counters. Whoever writes to the experiment takes it first, so writers wait for one another here. */
import { sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { rowidWithin } from "../id.ts";

/**
 * Takes numbers for `count` runs or evaluations of an experiment. The counters are locked from here to the end of the transaction. Gives the
 * row id of the first, or undefined if there is no such experiment.
 */
export async function takeIds(
  trx: Transaction<DB>,
  experimentId: number,
  counter: "last_run" | "last_evaluation",
  count: number,
): Promise<number | undefined> {
  const row = await trx
    .updateTable("experiment_counters")
    .set(counter, ({ eb }) => eb(counter, "+", count))
    .where("experiment_id", "=", experimentId)
    .returning(`${counter} as last`)
    .executeTakeFirst();
  return row && rowidWithin(experimentId, row.last - count + 1);
}

/** Waits for those who write to these experiments, and keeps others from it until the transaction ends. */
export async function lockExperiments(trx: Transaction<DB>, ids: number[]): Promise<void> {
  await sql`select from experiment_counters where experiment_id = any(${ids}::bigint[]) order by experiment_id for update`.execute(
    trx,
  );
}
