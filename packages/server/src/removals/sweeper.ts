import { setTimeout as pause } from "node:timers/promises";
import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { DB } from "../../generated/schema.d.ts";
import { inTransaction } from "../db/transaction.ts";
import { type Progress, readRemovals, removeNext } from "./queries.ts";

/** Removes in the background what deletes have left behind. */
export interface Sweeper {
  /** Tells that there is something to remove. */
  wake: () => void;
  /** Ends it, once the batch that is under way is done. */
  stop: () => Promise<void>;
}

/** Milliseconds after which it looks without being told: something failed, or a process that was at it is no more. */
const patience = 10_000;

/**
 * Starts to remove what is there to remove, and goes on whenever it is told of more. It takes one connection at a time, for a batch. Any
 * number of processes do so on one database: what one is at, others pass over.
 */
export function startSweeper(db: Kysely<DB>, log: Logger): Sweeper {
  const stopping = new AbortController();
  let bell = Promise.withResolvers<void>();
  const work = async () => {
    while (!stopping.signal.aborted) {
      bell = Promise.withResolvers(); // before it looks: of what comes from now on it may not see anything
      await sweep(db, log, stopping.signal);
      const timer = setTimeout(bell.resolve, patience);
      await bell.promise;
      clearTimeout(timer);
    }
  };
  const working = work();
  return {
    wake: () => bell.resolve(),
    stop: async () => {
      stopping.abort();
      bell.resolve();
      await working;
    },
  };
}

/** Removes all there is. What fails is left for another time, and so is what another process is at. */
async function sweep(db: Kysely<DB>, log: Logger, signal: AbortSignal): Promise<void> {
  let id: number | undefined;
  const leave = (error: unknown) =>
    log.warn(
      { error: error instanceof Error ? error.message : String(error), id },
      "what was deleted is yet to be removed",
    );
  const ids = await readRemovals(db).catch((error) => {
    leave(error);
    return [];
  });
  for (id of ids) await removeAll(db, id, signal).catch(leave);
}

async function removeAll(db: Kysely<DB>, id: number, signal: AbortSignal): Promise<void> {
  let progress: Progress | undefined;
  do {
    if (signal.aborted) return;
    const started = performance.now();
    const from = progress;
    progress = await inTransaction(db, (trx) => removeNext(trx, id, from));
    // As long as that took, so that at least half of the time is for others.
    await pause(performance.now() - started, undefined, { signal }).catch(() => {});
  } while (progress);
}
