import { setFlagsFromString } from "node:v8";
import { Piscina } from "piscina";
import { problem } from "../problem.ts";

type Jobs = typeof import("./worker.ts");
type Input<Name extends keyof Jobs> = Parameters<Jobs[Name]>[0];
type Output<Name extends keyof Jobs> = ReturnType<Jobs[Name]>;

// In each of the threads below V8 keeps so many MB, and as many again, for what is new; they come and never go. With the 16 that the service is started
// with, to which `resourceLimits` gives way, they would have 32 MB more, and a comparison is 2 % faster.
setFlagsFromString("--max-semi-space-size=8");

/** How many jobs may wait. */
const mostWaiting = 100;
/** How long a job may take, waiting included, in milliseconds. */
const patience = 60_000;

/**
 * Threads that compute figures, so that none of it holds up other requests. There are none until there is something to do, and none again once
 * there has been nothing for a minute.
 */
export class Workers {
  readonly #pool = new Piscina({
    filename: new URL(import.meta.url.endsWith(".ts") ? "worker.ts" : "worker.js", import.meta.url).href,
    minThreads: 0,
    maxThreads: 2, // more would take the processor from whoever serves requests
    idleTimeout: 60_000,
    recordTiming: false,
    execArgv: [], // not those of this process: a test runner has some that threads refuse
  });

  /**
   * Has a job done.
   * @throws a Problem (503) if too many are waiting, or it takes too long.
   */
  async run<Name extends keyof Jobs>(name: Name, input: Input<Name>): Promise<Output<Name>> {
    // Not the pool's own limit: that does not count jobs which can be cut short.
    if (this.#pool.queueSize >= mostWaiting) throw problem("unavailable", "Too much is being computed. Try again.");
    const signal = AbortSignal.timeout(patience);
    try {
      return await this.#pool.run(input, { name, signal });
    } catch (error) {
      throw signal.aborted
        ? problem("unavailable", "This takes too long to compute. Narrow it by `evaluation`.")
        : error;
    }
  }
}

/** Has work done on each of many, a few at a time: so many jobs at once would be refused. Gives what came of each, in order. */
export async function fewAtATime<Item, Result>(
  items: Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const few = 8;
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += few)
    results.push(...(await Promise.all(items.slice(start, start + few).map(work))));
  return results;
}
