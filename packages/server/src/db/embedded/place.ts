import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, mkdir, mkdtemp, readdir, readlink, realpath, rename, rm, stat, symlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Account } from "./account.ts";

const run = promisify(execFile);

/** What the service keeps in a directory. */
const ours = /^(postgres|postgres(\.previous)?\.log|service\.(lock|pid)|binaries-.+|.+\.new-.{6})$/;

/** Where data goes that cannot be in the directory asked for. */
const elsewhere = "/var/lib/assay";

/** Where the data of a directory asked for is kept. */
export interface Place {
  /** The real path of the directory that holds the data. */
  home: string;
  /** The directory asked for, while it is not yet a link to `home`: see `vacate`. */
  vacate?: string;
  /** What the user should know. */
  note?: string;
}

/**
 * The data is kept in the directory asked for; or, if the account that Postgres runs under may not enter that, in one under
 * `/var/lib/assay` whose name depends on the path alone, so that the data is found again when the link to it was lost.
 */
export async function findPlace(asked: string, account: Account | undefined): Promise<Place> {
  const directory = resolve(asked);
  const target = await readlink(directory).catch(() => undefined);
  if (target !== undefined) return await followLink(directory, resolve(dirname(directory), target), account);
  await makeDirectory(directory, account);
  if (await mayEnter(account, directory)) return { home: await realpath(directory) };
  const others = (await readdir(directory)).filter((name) => !ours.test(name));
  if (others.length > 0) {
    throw new Error(
      `Postgres does not run as root, and the account that it runs under may not enter ${directory}; nor can the directory ` +
        `become a link to one under ${elsewhere}, because it holds other files (${others.join(", ")}).`,
    );
  }
  const home = join(elsewhere, createHash("sha256").update(directory).digest("hex").slice(0, 16));
  await makeDirectory(elsewhere, account);
  await makeDirectory(home, account);
  return { home, vacate: directory, note: noteOf(directory, home) };
}

async function followLink(link: string, target: string, account: Account | undefined): Promise<Place> {
  const linkedByUs = dirname(target) === elsewhere;
  const lost = (await stat(target).catch(() => undefined)) === undefined;
  if (lost && !linkedByUs) {
    throw new Error(
      `${link} is a link to ${target}, which is not there. Bring it back, or remove the link to start empty.`,
    );
  }
  if (lost) {
    await makeDirectory(elsewhere, account);
    await makeDirectory(target, account);
  }
  const home = await realpath(target);
  if (!(await mayEnter(account, home))) {
    throw new Error(
      `${link} is a link to ${home}, which the account that Postgres runs under (${account?.uid}) may not enter.`,
    );
  }
  if (!linkedByUs) return { home };
  return { home, note: noteOf(link, home) + (lost ? " What was there before is gone: it starts empty." : "") };
}

function noteOf(directory: string, home: string): string {
  return (
    "Postgres does not run as root, and the account that it runs under may not enter the directory: " +
    `the data is in ${home}, and ${directory} is a link to it.`
  );
}

/** Where Postgres has an account of its own, that must be able to enter, whatever the umask. */
async function makeDirectory(path: string, account: Account | undefined): Promise<void> {
  const made = await mkdir(path, { recursive: true });
  if (made !== undefined && account) await chmod(path, 0o755);
}

/** Tried, not computed: access lists and mounts have a say too. */
async function mayEnter(account: Account | undefined, directory: string): Promise<boolean> {
  if (!account) return true;
  return await run("/bin/sh", ["-c", 'cd "$0"', directory], { ...account, cwd: "/" }).then(
    () => true,
    () => false,
  );
}

/** Moves a cluster from the directory asked for to `home`, and makes the directory a link to it. The caller has locked both. */
export async function vacate(directory: string, home: string): Promise<void> {
  const [from, to] = [join(directory, "postgres"), join(home, "postgres")];
  if (await stat(from).catch(() => undefined)) {
    if (await stat(to).catch(() => undefined)) {
      throw new Error(`There is data in ${directory} and in ${home}, which is to replace it. Remove one of the two.`);
    }
    await move(from, to);
  }
  await rm(directory, { recursive: true });
  await symlink(home, directory);
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EXDEV")) throw error;
    const unfinished = await mkdtemp(`${to}.new-`);
    await run("cp", ["-a", `${from}/.`, unfinished]);
    await run("sync"); // the original goes next
    await rename(unfinished, to);
  }
}
