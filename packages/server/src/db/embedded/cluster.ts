import { execFile } from "node:child_process";
import { chown, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { promisify } from "node:util";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { superuser } from "./connection.ts";

const run = promisify(execFile);

/**
 * Makes the cluster if there is none, and gives it to the account that Postgres runs under. It appears complete or not at all.
 * @throws Error with what initdb said.
 */
export async function ensureCluster(cluster: string, binaries: Binaries, account: Account | undefined): Promise<void> {
  const found = await stat(cluster).catch(() => undefined);
  if (!found) await createCluster(cluster, binaries, account);
  // A copy, or of another account's time: Postgres insists on owning its files.
  else if (account && found.uid !== account.uid) await run("chown", ["-R", `${account.uid}:${account.gid}`, cluster]);
}

async function createCluster(
  cluster: string,
  { initdb, major }: Binaries,
  account: Account | undefined,
): Promise<void> {
  // By a new name each time: initdb outlives a service that is killed.
  const unfinished = await mkdtemp(`${cluster}.new-`);
  if (account) await chown(unfinished, account.uid, account.gid);
  // Nothing depends on the machine's locales. The built-in provider also knows the case of letters outside ASCII.
  const locale = major < 17 ? [] : ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const options = [
    "--encoding=UTF8",
    "--locale=C",
    ...locale,
    `--username=${superuser}`,
    "--auth=trust",
    "--no-instructions",
  ];
  try {
    await run(initdb, [`--pgdata=${unfinished}`, ...options], { ...account, cwd: unfinished, env: { LC_ALL: "C" } });
    await rename(unfinished, cluster);
  } catch (cause) {
    await rm(unfinished, { recursive: true, force: true });
    const said = cause instanceof Error && "stderr" in cause && cause.stderr;
    throw new Error(`The database could not be created in ${cluster}: ${String(said || cause).trim()}`, { cause });
  }
}
