/** One of several processes that answer on one port; `workers.ts` starts it. */
import { pino } from "pino";
import { answer } from "./answer.ts";
import { openPool } from "./database.ts";
import type { FromWorker, ToWorker } from "./workers.ts";

// Ctrl-C, and what else is sent to all of a session, is for the one that started it: that tells when to stop, or is gone.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});
process.once("disconnect", () => process.exit(1));

const tell = (said: FromWorker) => new Promise((sent) => process.send?.(said, undefined, {}, sent));
let stop = async () => {};

process.on("message", async (told: ToWorker) => {
  if (told === "stop") {
    await stop();
    process.exit(0);
  }
  const { config, connection } = told;
  const log = pino({ level: config.logLevel });
  const pool = openPool(connection, config, log);
  try {
    const answering = await answer(config, pool.db, log);
    stop = async () => {
      await answering.stop();
      await pool.close();
    };
    await tell({ port: answering.port });
  } catch (error) {
    await tell({ failure: error instanceof Error ? error.message : String(error) });
    process.exit(1);
  }
});
