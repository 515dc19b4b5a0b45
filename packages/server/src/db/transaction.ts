import { setTimeout } from "node:timers/promises";
import { CompiledQuery, type DatabaseConnection, type Kysely, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";

const mostAttempts = 5;

/**
 * Does something in a transaction. If the database undoes it because others were in its way, it is done again, so `act` may run more than once:
 * it must consume nothing and change nothing outside the transaction.
 */
export function inTransaction<Result>(db: Kysely<DB>, act: (trx: Transaction<DB>) => Promise<Result>): Promise<Result> {
  return untilNobodyIsInTheWay(() => db.transaction().execute(act));
}

/** Sends two statements of which the second does not need what the first gives, one after the other and at once. Gives the rows of both. */
export type SendBoth = <One, Other>(
  db: Kysely<DB>,
  one: CompiledQuery<One>,
  other: CompiledQuery<Other>,
) => Promise<[One[], Other[]]>;

/** Within a transaction. */
export const sendBoth: SendBoth = (trx, one, other) =>
  trx.getExecutor().provideConnection((connection) => sendBothOn(connection, one, other));

/**
 * As a transaction of their own, with its beginning and its end: what they lock is locked for as long as the database takes, and not until this
 * process, which may be busy, has seen each answer. After one that fails Postgres does nothing of what is behind it, and undoes what was before.
 */
export const sendBothAlone: SendBoth = (db, one, other) =>
  untilNobodyIsInTheWay(() =>
    db.getExecutor().provideConnection(async (connection) => {
      const begun = connection.executeQuery(begin);
      const done = sendBothOn(connection, one, other);
      const ended = connection.executeQuery(commit);
      await Promise.allSettled([begun, done, ended]); // before that nobody else may have the connection
      const [, rows] = await Promise.all([begun, done, ended]);
      return rows;
    }),
  );

async function sendBothOn<One, Other>(
  connection: DatabaseConnection,
  one: CompiledQuery<One>,
  other: CompiledQuery<Other>,
): Promise<[One[], Other[]]> {
  const sent = [connection.executeQuery<One>(one), connection.executeQuery<Other>(other)] as const;
  const [{ rows }, { rows: others }] = await Promise.all(sent);
  return [rows, others];
}

const [begin, commit] = [CompiledQuery.raw("begin"), CompiledQuery.raw("commit")];

async function untilNobodyIsInTheWay<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt();
    } catch (error) {
      if (attempts === mostAttempts || !wasInTheWay(error)) throw error;
      await setTimeout(Math.random() * 10 * 2 ** attempts); // those who were in each other's way come back one after the other
    }
  }
}

/** SQLSTATE's codes of a serialization failure and a deadlock: nothing of the transaction has been done. */
const wasInTheWay = (error: unknown) =>
  error instanceof Error && "code" in error && (error.code === "40001" || error.code === "40P01");
