import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { type Config, createApp, readContract, startSweeper } from "@assay/server";
import type { Logger } from "pino";
import type { Database } from "./database.ts";
import { listen } from "./listen.ts";

/** Whoever answers requests: this process, or several. */
export interface Answering {
  port: number;
  /** Finishes the requests in flight, for as long as the configuration says. */
  stop: () => Promise<void>;
}

/** Answers requests in this process. */
export async function answer(config: Config, db: Database["db"], log: Logger): Promise<Answering> {
  const contract = await readContract();
  const sweeper = config.readOnly ? undefined : startSweeper(db, log);
  let accepting = true;
  const app = createApp({
    db,
    contract,
    config,
    log,
    accepting: () => accepting,
    sweeper,
    docs: dirname(fileURLToPath(import.meta.resolve("@assay/docs/index.html"))),
  });
  try {
    const { port, close } = await listen(app, config);
    return {
      port,
      stop: async () => {
        accepting = false;
        await close(config.shutdownTimeout);
        await sweeper?.stop();
      },
    };
  } catch (error) {
    await sweeper?.stop();
    throw error;
  }
}
