import { readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import type { Logger } from "pino";
import { type Postmaster, type PostmasterOptions, startPostmaster, stopPostmaster, untilReady } from "./postmaster.ts";

/**
 * Starts Postgres, and starts it again whenever it dies.
 * @returns what stops it.
 * @throws Error with the end of Postgres' log if it does not start.
 */
export async function supervise(options: PostmasterOptions, log: Logger): Promise<() => Promise<void>> {
  let postmaster = await start(options);
  const stopping = new AbortController();
  const keepRunning = async () => {
    for (let wait = 0; ; ) {
      const started = performance.now();
      const end = await postmaster.ended;
      if (stopping.signal.aborted) return;
      wait = performance.now() - started > 10_000 ? 0 : Math.min(Math.max(100, wait * 2), 5000);
      log.error({ end, wait, tail: await endOf(options.logFile) }, "Postgres died; starting it again");
      await setTimeout(wait, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      try {
        postmaster = startPostmaster(options);
      } catch (error) {
        log.error({ error: String(error) }, "Postgres cannot be started"); // no memory, for one
      }
    }
  };
  const done = keepRunning();
  return async () => {
    stopping.abort();
    await stopPostmaster(postmaster);
    await done;
  };
}

async function start(options: PostmasterOptions): Promise<Postmaster> {
  for (let wait = 100; ; wait *= 2) {
    const postmaster = startPostmaster(options);
    const failure = await untilReady(postmaster, options.cluster);
    if (failure === undefined) return postmaster;
    const tail = await endOf(options.logFile);
    const othersLinger = tail.includes("shared memory block"); // the last processes of a Postgres that was killed
    if (!othersLinger || wait > 2000) {
      throw new Error(`Postgres did not start (${failure}). Its log, ${options.logFile}, ends with:\n${tail}`);
    }
    await setTimeout(wait);
  }
}

async function endOf(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-10).join("\n");
}
