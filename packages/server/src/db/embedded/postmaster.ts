import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type { Account } from "./account.ts";
import type { Connection } from "./connection.ts";
import { readPidFile, removePidFiles } from "./pidfile.ts";

/** Postgres' main process. */
export interface Postmaster {
  child: ChildProcess;
  /** How it ended, once it has. */
  ended: Promise<string>;
}

export interface PostmasterOptions {
  postgres: string;
  cluster: string;
  connection: Connection;
  account: Account | undefined;
  /** Postgres appends its log to this file. */
  logFile: string;
}

/**
 * Starts Postgres, in a session of its own: Ctrl-C in the terminal does not reach it, so the service can finish before it. The caller knows
 * that none runs on this cluster.
 */
export function startPostmaster({ postgres, cluster, connection, account, logFile }: PostmasterOptions): Postmaster {
  removePidFiles(cluster, connection);
  const log = openSync(logFile, "a", 0o600);
  const child = spawn(postgres, ["-D", cluster, ...settings(connection)], {
    ...account,
    cwd: cluster,
    env: { LC_ALL: "C" },
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  return { child, ended };
}

function settings({ host, port }: Connection): string[] {
  const values = {
    listen_addresses: "",
    unix_socket_directories: `"${host.replaceAll('"', '""')}"`,
    port,
    max_connections: 100,
    shared_buffers: "64MB",
    timezone: "UTC",
    log_timezone: "UTC",
    // The service is told of the errors of its statements. Logged here too, they would fill the disk, and quote what users have stored.
    log_min_messages: "log",
    log_checkpoints: "off",
  };
  return Object.entries(values).map(([name, value]) => `--${name}=${value}`);
}

/** Waits until Postgres takes connections, however long its recovery takes. @returns how it ended, if it did so instead. */
export async function untilReady({ child, ended }: Postmaster, cluster: string): Promise<string | undefined> {
  let end: string | undefined;
  void ended.then((how) => {
    end = how;
  });
  while (end === undefined) {
    const found = await readPidFile(cluster);
    if (found?.pid === child.pid && found?.status === "ready") return undefined;
    await setTimeout(5);
  }
  return end;
}

/** Stops Postgres: connections are closed and all is written; if that takes too long, the next start recovers it from its log. */
export async function stopPostmaster({ child, ended }: Postmaster): Promise<void> {
  const steps = [
    ["SIGINT", 10_000],
    ["SIGQUIT", 5000],
    ["SIGKILL", 5000],
  ] as const;
  for (const [signal, patience] of steps) {
    child.kill(signal);
    if ((await Promise.race([ended, setTimeout(patience, undefined, { ref: false })])) !== undefined) return;
  }
}
