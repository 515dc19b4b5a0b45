import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Config } from "@assay/server";
import type { Logger } from "pino";
import type { Answering } from "./answer.ts";
import type { Database } from "./database.ts";

/** What a worker is told: what to answer from, and when to stop. */
export type ToWorker = { config: Config; connection: Database["connection"] } | "stop";

/** What a worker tells: where it listens, or why it does not. */
export type FromWorker = { port: number } | { failure: string };

/**
 * Answers requests in as many processes as the configuration says, which share a port. One that dies is replaced.
 * @throws Error in a sentence for the user if one of the first does not start.
 */
export async function answerInWorkers(
  config: Config,
  connection: Database["connection"],
  log: Logger,
): Promise<Answering> {
  // Each takes connections by itself. Those that this process would hand out may reach a worker that has stopped, and wait for nobody.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  const file = import.meta.url.endsWith(".ts") ? "worker.ts" : "worker.js";
  cluster.setupPrimary({ exec: fileURLToPath(new URL(file, import.meta.url)), args: [], serialization: "advanced" });
  const stopping = new AbortController();
  const running = new Set<Worker>();

  const start = async () => {
    const worker = cluster.fork();
    running.add(worker);
    worker.once("exit", () => running.delete(worker));
    tell(worker, { config, connection });
    const started = await Promise.race([once(worker, "message"), once(worker, "exit")]);
    const said: FromWorker = typeof started[0] === "object" && started[0] ? started[0] : { failure: "A worker died." };
    if ("failure" in said) throw new Error(said.failure);
    return { worker, port: said.port };
  };

  /** Starts another worker whenever this one has died, each time later if it does not live long. */
  const keepRunning = async (worker: Worker | undefined, wait = 100): Promise<void> => {
    const since = performance.now();
    if (worker?.isDead() === false) await once(worker, "exit");
    if (stopping.signal.aborted) return;
    log.error({ worker: worker?.process.pid, wait }, "a worker died; starting another");
    await setTimeout(wait, undefined, { signal: stopping.signal }).catch(() => {});
    if (stopping.signal.aborted) return;
    const next = await start().catch((error) => log.error({ error: String(error) }, "a worker cannot be started"));
    await keepRunning(next?.worker, performance.now() - since > 10_000 ? 100 : Math.min(wait * 2, 5000));
  };

  const stop = async () => {
    stopping.abort();
    const ended = [...running].map((worker) => once(worker, "exit"));
    for (const worker of running) tell(worker, "stop");
    await Promise.all(ended);
  };

  try {
    const first = await Promise.all(Array.from({ length: config.workers }, start));
    for (const { worker } of first) void keepRunning(worker);
    return { port: first[0]?.port ?? config.port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** That it died just now is found out otherwise. */
const tell = (worker: Worker, what: ToWorker) => worker.send(what, () => {});
