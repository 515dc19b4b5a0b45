import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { promisify } from "node:util";

/** An account of the operating system, for the options of a spawn. */
export interface Account {
  uid: number;
  gid: number;
}

const run = promisify(execFile);

/** In order of preference; `_postgres` is macOS's. */
const candidates = ["postgres", "assay", "_postgres", "nobody"];

/**
 * The account that Postgres runs under where this process is root, as whom it refuses to run: whoever owns the cluster, or else an
 * unprivileged account. Undefined where this process is not root: Postgres then runs as it does.
 * @throws Error if there is no such account and none can be made, or this process may not become it.
 */
export async function accountFor(cluster: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const account = (await ownerOf(cluster)) ?? (await existing()) ?? (await create("assay"));
  try {
    await run("/bin/sh", ["-c", ":"], { ...account, cwd: "/" });
  } catch (cause) {
    throw new Error(
      `Postgres does not run as root, and this process may not start it under another account (${String(cause)}). ` +
        "Start the service as another user, or set DATABASE_URL.",
      { cause },
    );
  }
  return account;
}

async function ownerOf(cluster: string): Promise<Account | undefined> {
  const owner = await stat(cluster).catch(() => undefined);
  return owner === undefined || owner.uid === 0 ? undefined : { uid: owner.uid, gid: owner.gid };
}

async function existing(): Promise<Account | undefined> {
  for (const name of candidates) {
    const account = await find(name).catch(() => undefined);
    if (account) return account;
  }
  return undefined;
}

async function find(name: string): Promise<Account> {
  const [user, group] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
  return { uid: Number(user.stdout), gid: Number(group.stdout) };
}

async function create(name: string): Promise<Account> {
  try {
    const shadow = ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false", name];
    await run("useradd", shadow).catch(() => run("adduser", ["-S", "-D", "-H", name])); // busybox has only adduser
    return await find(name);
  } catch (cause) {
    throw new Error(
      `Postgres does not run as root, and no account could be made for it (${String(cause)}). ` +
        `Make one by the name of ${name}, start the service as another user, or set DATABASE_URL.`,
      { cause },
    );
  }
}
