/** An experiment's row of counters. Whoever writes to the experiment takes it first, so writers wait for one another here. */
import { type CompiledQuery, type Kysely, sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";

/** Numbers that an experiment gives out: how many of each kind are taken, or the row id of the first of them. */
export interface Numbers {
  runs: number;
  evaluations: number;
}

/**
 * Takes numbers for runs and evaluations of an experiment. The counters are locked from here to the end of the transaction. Gives the row ids
 * of the first ones, or nothing if there is no such experiment.
 */
export function takingIds(
  db: Kysely<DB>,
  experimentId: number,
  { runs, evaluations }: Numbers,
): CompiledQuery<Numbers> {
  return sql<Numbers>`
    update experiment_counters set last_run = last_run + ${runs}, last_evaluation = last_evaluation + ${evaluations}
    where experiment_id = ${experimentId}
    returning ${firstOf("last_run", runs)} as runs, ${firstOf("last_evaluation", evaluations)} as evaluations
  `.compile(db);
}

/**
 * The row id, `id`, of the first of so many numbers that the transaction has taken last, for a statement that is sent before it is known. Nothing if
 * there is no such experiment.
 */
export function firstTaken(experimentId: number, last: "last_run" | "last_evaluation", count: number) {
  return sql`(select ${firstOf(last, count)} as id from experiment_counters where experiment_id = ${experimentId})`;
}

/** As `rowidWithin` makes it. */
const firstOf = (last: "last_run" | "last_evaluation", count: number) =>
  sql`(experiment_id << 27) + ${sql.ref(last)} + 1 - ${count}::integer`;

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
