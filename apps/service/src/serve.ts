import { type Config, createFirstKey } from "@assay/server";
import { pino } from "pino";
import { answer } from "./answer.ts";
import { openDatabase } from "./database.ts";
import { answerInWorkers } from "./workers.ts";

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
  try {
    const { db, connection, data, note } = database;
    const needsKey = config.auth.enabled && config.auth.adminSecret === undefined;
    const firstKey = needsKey ? await createFirstKey(db) : undefined;
    const answering =
      config.workers === 1 ? await answer(config, db, log) : await answerInWorkers(config, connection, log);
    return {
      url: urlOf(config.host, answering.port),
      data,
      note,
      firstKey,
      stop: async () => {
        await answering.stop();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function urlOf(host: string, port: number): string {
  const everywhere = ["127.0.0.1", "0.0.0.0", "::1", "::"].includes(host);
  const name = everywhere ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
