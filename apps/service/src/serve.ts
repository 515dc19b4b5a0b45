import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import {
  type Config,
  connect,
  createApp,
  createFirstKey,
  migrate,
  readContract,
  startEmbedded,
  startSweeper,
} from "@assay/server";
import { type Logger, pino } from "pino";
import { listen } from "./listen.ts";

/** A running service. */
export interface Service {
  /** Where it is reached from this machine. */
  url: string;
  /** Where its data is, for the user to read. */
  data: string;
  /** What else the user should know of the data. */
  note: string | undefined;
  /** An admin key that was made because there was none; it is not to be had again. */
  firstKey: string | undefined;
  /** Finishes the requests in flight, for as long as the configuration says, and then closes the database. */
  stop: () => Promise<void>;
}

/**
 * Opens the database, embedded or not, brings it up to date, and listens. The log goes to stdout.
 * @throws Error in sentences for the user.
 */
export async function serve(config: Config): Promise<Service> {
  const log = pino({ level: config.logLevel });
  const database = await openDatabase(config, log);
  const { db } = database;
  const sweeper = config.readOnly ? undefined : startSweeper(db, log);
  const closeDatabase = async () => {
    await sweeper?.stop();
    await database.close();
  };
  try {
    const needsKey = config.auth.enabled && config.auth.adminSecret === undefined;
    const firstKey = needsKey ? await createFirstKey(db) : undefined;
    let accepting = true;
    const app = createApp({
      db,
      contract: await readContract(),
      config,
      log,
      accepting: () => accepting,
      sweeper,
      docs: dirname(fileURLToPath(import.meta.resolve("@assay/docs/index.html"))),
    });
    const listener = await listen(app, config);
    return {
      url: urlOf(config.host, listener.port),
      data: database.data,
      note: database.note,
      firstKey,
      stop: async () => {
        accepting = false;
        await listener.close(config.shutdownTimeout);
        await closeDatabase();
      },
    };
  } catch (error) {
    await closeDatabase();
    throw error;
  }
}

async function openDatabase(config: Config, log: Logger) {
  const { connection, data, note, stop } = await findPostgres(config, log);
  const db = connect({
    connection,
    poolSize: config.poolSize,
    statementTimeout: config.statementTimeout,
    onError: ({ message }) => log.warn({ error: message }, "a connection to the database broke"),
  });
  const close = async () => {
    // Not for longer: a statement whose request was cut off may still hold a connection.
    await Promise.race([db.destroy(), setTimeout(1000, undefined, { ref: false })]);
    await stop();
  };
  try {
    await migrate(db);
    return { db, data, note, close };
  } catch (cause) {
    await close();
    throw new Error(`The database in ${data} cannot be used: ${reasonOf(cause)}`, { cause });
  }
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

function urlOf(host: string, port: number): string {
  const everywhere = ["127.0.0.1", "0.0.0.0", "::1", "::"].includes(host);
  const name = everywhere ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
