import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import { type Client, createClient } from "@assay/client";
import { startEmbedded } from "@assay/server";
import { pino } from "pino";
import { afterAll, beforeAll } from "vitest";

const program = ["--conditions=@assay/source", fileURLToPath(new URL("../src/main.ts", import.meta.url))];

/** A folder to run the command in, and a Postgres of its own. */
export interface Place {
  folder: string;
  databaseUrl: string;
}

/** Makes a place before the tests of a file, and removes it after them. */
export function usePlace(): Place {
  const place: Place = { folder: "", databaseUrl: "" }; // filled in before any test can look
  let stop = async () => {};
  beforeAll(async () => {
    place.folder = await mkdtemp(join(tmpdir(), "assay-test-"));
    await chmod(place.folder, 0o755); // for the account that Postgres runs under, where this is root
    const postgres = await startEmbedded({ directory: join(place.folder, ".assay"), log: pino({ level: "warn" }) });
    stop = postgres.stop;
    const { user, host, database } = postgres.connection;
    place.databaseUrl = `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`;
  });
  afterAll(async () => {
    await stop();
    await rm(place.folder, { recursive: true });
  });
  return place;
}

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command in an environment that has these variables alone. */
export function runAssay({ folder }: Place, args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [...program, ...args], { env, cwd: folder }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

/** Runs `assay serve`, and returns once it listens. */
export async function serve({ databaseUrl }: Place, settings: NodeJS.ProcessEnv = {}) {
  const env = { DATABASE_URL: databaseUrl, PORT: "0", ASSAY_LOG_LEVEL: "silent", ...settings };
  const child = spawn(process.execPath, [...program, "serve"], { env, stdio: ["ignore", "pipe", "inherit"] });
  const exit = once(child, "exit");
  let url = "";
  for await (const line of createInterface(child.stdout)) {
    url = /http:\S+/.exec(line)?.[0] ?? "";
    if (url !== "") break;
  }
  const stop = async () => {
    child.kill("SIGTERM");
    return await exit;
  };
  return { url, stop };
}

/** A service that runs while the tests of a file do. */
export interface Service {
  client: Client;
  /** Runs the command against it. */
  run: (...args: string[]) => Promise<Ran>;
}

export function useService(): Service {
  const place = usePlace();
  const service = {} as Service; // filled in before any test can look
  let stop: () => Promise<unknown> = async () => undefined;
  beforeAll(async () => {
    const { url, ...served } = await serve(place);
    stop = served.stop;
    service.client = createClient({ baseUrl: url });
    service.run = (...args) => runAssay(place, args, { ASSAY_URL: url });
  });
  afterAll(() => stop());
  return service;
}

/** What `assay gate` says as JSON, and the code that it exits with. */
export async function gateOf({ run }: Service, ...args: string[]) {
  const { code, stdout } = await run("gate", "--format", "json", ...args);
  return { code, ...JSON.parse(stdout) };
}
