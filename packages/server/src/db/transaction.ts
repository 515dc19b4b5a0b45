import { setTimeout } from "node:timers/promises";
import type { Kysely, Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";

const mostAttempts = 5;

/**
 * Does something in a transaction. If the database undoes it because others were in its way, it is done again, so `act` may run more than once:
 * it must consume nothing and change nothing outside the transaction.
 */
export async function inTransaction<Result>(
  db: Kysely<DB>,
  act: (trx: Transaction<DB>) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(act);
    } catch (error) {
      if (attempt === mostAttempts || !wasInTheWay(error)) throw error;
      await setTimeout(Math.random() * 10 * 2 ** attempt); // those who were in each other's way come back one after the other
    }
  }
}

/** SQLSTATE's codes of a serialization failure and a deadlock: nothing of the transaction has been done. */
const wasInTheWay = (error: unknown) =>
  error instanceof Error && "code" in error && (error.code === "40001" || error.code === "40P01");
