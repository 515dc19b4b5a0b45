import { setTimeout } from "node:timers/promises";
import { type Config, connect, migrate, startEmbedded } from "@assay/server";
import type { Logger } from "pino";

type Connection = Parameters<typeof connect>[0]["connection"];

/** The connections of one process to a database. */
export interface Pool {
  db: ReturnType<typeof connect>;
  close: () => Promise<void>;
}

/** A database that is there and up to date. */
export interface Database extends Pool {
  connection: Connection;
  /** Where its data is, for the user to read. */
  data: string;
  /** What else the user should know of the data. */
  note: string | undefined;
}

/**
 * Starts the embedded database or finds the configured one, and brings it up to date.
 * @throws Error in sentences for the user.
 */
export async function openDatabase(config: Config, log: Logger): Promise<Database> {
  const { connection, data, note, stop } = await findPostgres(config, log);
  const { db, close: disconnect } = openPool(connection, config, log);
  const close = async () => {
    await disconnect();
    await stop();
  };
  try {
    await migrate(db);
    return { db, connection, data, note, close };
  } catch (cause) {
    await close();
    throw new Error(`The database in ${data} cannot be used: ${reasonOf(cause)}`, { cause });
  }
}

export function openPool(connection: Connection, config: Config, log: Logger): Pool {
  const db = connect({
    connection,
    poolSize: config.poolSize,
    prepare: config.prepare,
    statementTimeout: config.statementTimeout,
    onError: ({ message }) => log.warn({ error: message }, "a connection to the database broke"),
  });
  // Not for longer: a statement whose request was cut off may still hold a connection.
  const close = () => Promise.race([db.destroy(), setTimeout(1000, undefined, { ref: false })]);
  return { db, close };
}

async function findPostgres({ databaseUrl, dataDirectory }: Config, log: Logger) {
  if (databaseUrl === undefined) {
    const { connection, directory, note, stop } = await startEmbedded({ directory: dataDirectory, log });
    return { connection, data: directory, note, stop };
  }
  const { host, pathname } = new URL(databaseUrl); // and not the password
  return { connection: databaseUrl, data: host + pathname, note: undefined, stop: async () => {} };
}

/** Why a connection failed, if it was tried at several addresses too. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
