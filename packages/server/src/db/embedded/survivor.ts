import { rmdir, stat } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "pino";
import { type Connection, connectionTo } from "./connection.ts";
import { readPidFile } from "./pidfile.ts";

/**
 * Stops the Postgres that a killed service has left running on this cluster. The caller has locked the directory, so what runs here has no
 * owner. A process is signalled only after it has shown, on its socket, that it serves this cluster: its id alone proves nothing.
 */
export async function stopSurvivor(cluster: string, log: Logger): Promise<void> {
  const found = await readPidFile(cluster);
  if (!found?.socketDirectory) return;
  const served = await servedDirectory(connectionTo(found.socketDirectory, found.port));
  if (served === undefined || !(await isSame(served, cluster))) return;
  log.warn({ postgres: found.pid }, "stopping the Postgres that an earlier start left running");
  await stop(found.pid, cluster);
  await rmdir(found.socketDirectory).catch(() => {}); // unless it is the cluster, which is not empty
}

/** The data directory of the server on this socket; undefined if there is no server. One that recovers or stops is waited for. */
async function servedDirectory(connection: Connection): Promise<string | undefined> {
  const patience = performance.now() + 60_000;
  for (;;) {
    const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5000 });
    client.on("error", () => {}); // what breaks the connection fails the query too
    try {
      await client.connect();
      const { rows } = await client.query<{ data_directory: string }>("show data_directory");
      return rows[0]?.data_directory;
    } catch (error) {
      if (error instanceof Error && "syscall" in error && error.syscall === "connect") return undefined;
      const refuses = error instanceof pg.DatabaseError && !/^(57P|53)/.test(error.code ?? "");
      if (refuses || performance.now() > patience) {
        throw new Error(`The Postgres that listens in ${connection.host} does not answer: ${String(error)}`);
      }
    } finally {
      await client.end().catch(() => {});
    }
    await setTimeout(50);
  }
}

/** By inode: the server may know the directory by another path, and the pid file in a copied directory tells of the original. */
async function isSame(directory: string, other: string): Promise<boolean> {
  const [one, two] = await Promise.all([stat(directory).catch(() => undefined), stat(other)]);
  return one?.dev === two.dev && one.ino === two.ino;
}

async function stop(pid: number, cluster: string): Promise<void> {
  const steps = [
    ["SIGINT", 10_000],
    ["SIGQUIT", 5000],
  ] as const;
  for (const [signal, patience] of steps) {
    process.kill(pid, signal);
    const end = performance.now() + patience;
    while (performance.now() < end) {
      if ((await readPidFile(cluster)) === undefined) return; // the process may stay for longer, as a zombie
      await setTimeout(5);
    }
  }
  throw new Error(`The Postgres that an earlier start left running (process ${pid}) does not stop.`);
}
