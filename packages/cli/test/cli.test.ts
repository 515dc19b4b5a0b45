import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import { connect, type EmbeddedDatabase, startEmbedded } from "@assay/server";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const program = ["--conditions=@assay/source", fileURLToPath(new URL("../src/main.ts", import.meta.url))];
let scratch: string;
let postgres: EmbeddedDatabase;
let databaseUrl: string;

/** Runs the command in an environment that has these variables alone. */
function assay(args: string[], env: NodeJS.ProcessEnv = {}): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [...program, ...args], { env, cwd: scratch }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "assay-test-"));
  await chmod(scratch, 0o755); // for the account that Postgres runs under, where this is root
  postgres = await startEmbedded({ directory: join(scratch, ".assay"), log: pino({ level: "warn" }) });
  const { user, host, database } = postgres.connection;
  databaseUrl = `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`;
});

afterAll(async () => {
  await postgres.stop();
  await rm(scratch, { recursive: true });
});

test("--help names the commands", async () => {
  const { code, stdout } = await assay(["--help"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}serve .*\n {2}migrate /m);
});

test("--version is that of the package", async () => {
  const { version } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
  expect(await assay(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test("an unknown command fails and names the one that was meant", async () => {
  const { code, stderr } = await assay(["server"]);
  expect(code).toBe(1);
  expect(stderr).toContain("Did you mean serve?");
});

describe("migrate", () => {
  test("brings the database up to date, and again does nothing", async () => {
    const done = { code: 0, stdout: "The database is up to date.\n", stderr: "" };
    expect(await assay(["migrate"], { DATABASE_URL: databaseUrl })).toEqual(done);
    expect(await assay(["migrate"], { DATABASE_URL: databaseUrl })).toEqual(done);
    const db = connect({ connection: databaseUrl, poolSize: 1, statementTimeout: 1000 });
    expect(await db.selectFrom("datasets").select("id").execute()).toEqual([]);
    await db.destroy();
  });

  test("fails without a DATABASE_URL", async () => {
    const { code, stderr } = await assay(["migrate"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^DATABASE_URL is not set; it must name the Postgres to migrate\./);
  });

  test("fails where there is no Postgres, and says why", async () => {
    const { code, stderr } = await assay(["migrate"], { DATABASE_URL: "postgres://localhost:1/assay" });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The database could not be migrated: .*ECONNREFUSED/);
  });
});

describe("serve", () => {
  test("runs the service until SIGTERM", async () => {
    const env = { DATABASE_URL: databaseUrl, PORT: "0", ASSAY_LOG_LEVEL: "silent" };
    const child = spawn(process.execPath, [...program, "serve"], { env, stdio: ["ignore", "pipe", "inherit"] });
    const exit = once(child, "exit");
    let url: string | undefined;
    for await (const line of createInterface(child.stdout)) {
      url = /http:\S+/.exec(line)?.[0];
      if (url !== undefined) break;
    }
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    child.kill("SIGTERM");
    expect(await exit).toEqual([0, null]);
  });

  test("fails on a bad setting, and says what is accepted", async () => {
    const { code, stderr } = await assay(["serve"], { PORT: "http" });
    expect(code).toBe(1);
    expect(stderr).toBe('PORT is "http"; it must be a whole number from 0 to 65535.\n');
  });
});
