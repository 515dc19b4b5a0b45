import { rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Connection } from "./connection.ts";

/** What a Postgres writes of itself into its data directory. */
export interface PidFile {
  pid: number;
  port: number;
  /** Empty until it listens. */
  socketDirectory: string;
  /** `ready` once it takes connections. */
  status: string;
}

/** Undefined if there is none: Postgres removes it when it has ended, unless it was killed. */
export async function readPidFile(cluster: string): Promise<PidFile | undefined> {
  const text = await readFile(join(cluster, "postmaster.pid"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const [pid, , , port, socketDirectory = "", , , status = ""] = text.split("\n");
  return { pid: Number(pid), port: Number(port), socketDirectory, status: status.trim() };
}

/**
 * Removes the pid files of a Postgres that was killed. They name a process that by now may be any other, beside which Postgres would refuse
 * to start. (It still refuses, by its shared memory, beside processes that do use the data.)
 */
export function removePidFiles(cluster: string, { host, port }: Connection): void {
  rmSync(join(cluster, "postmaster.pid"), { force: true });
  rmSync(join(host, `.s.PGSQL.${port}.lock`), { force: true });
}
