import { type Kysely, sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";

type Read<Result> = (trx: Transaction<DB>) => Promise<Result>;

/** A transaction that sees one state of everything, and changes nothing. */
export const inOneState = (db: Kysely<DB>) =>
  db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only");

/**
 * Reads two things in the state that a transaction sees: at the same time, if a second connection is to be had and to the same server; otherwise, as
 * soon as the first is read, on the same connection. So it never waits for a connection while it holds one.
 */
export async function readTogether<One, Other>(
  db: Kysely<DB>,
  trx: Transaction<DB>,
  readOne: Read<One>,
  readOther: Read<Other>,
): Promise<[One, Other]> {
  const { rows } = await sql<{ snapshot: string }>`select pg_export_snapshot() as snapshot`.execute(trx);
  const snapshot = sql.lit(rows[0]?.snapshot ?? "");
  // What processes hand over to one another costs half as much again, and there are two connections already: neither parallel workers nor, from
  // Postgres 18 on, others that read pages. A table that is read from its start to its end is read ahead by the operating system.
  const alone = sql`select set_config('max_parallel_workers_per_gather', '0', true), set_config('effective_io_concurrency', '0', true)`;
  await alone.execute(trx);
  let other: Promise<Other> | undefined;
  inOneState(db)
    .execute(async (beside) => {
      if (other) return;
      await sql`set transaction snapshot ${snapshot}`.execute(beside);
      await alone.execute(beside);
      other ??= readOther(beside);
      await other;
    })
    .catch(() => {}); // whoever waits for the other is told; if it has not been begun, it is begun here
  const one = await readOne(trx);
  other ??= readOther(trx);
  return [one, await other];
}
