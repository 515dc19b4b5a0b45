/**
 * Runs a command with PHOENIX_ENDPOINT naming a service over an empty database, and ends as the command does: `on-service.ts COMMAND…`. The
 * service has the settings that the environment gives it. If they name a Postgres, the database is one of our own there.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "@assay/server";
import { serve } from "@assay/service";
import { adminQuery } from "./database.ts";

const [, , ...command] = process.argv;
const scratch = await mkdtemp(join(tmpdir(), "assay-on-service-"));
await chmod(scratch, 0o755); // for the account that Postgres runs under, where this is root
const config = readConfig();
const { databaseUrl, drop } = await createEmpty(config.databaseUrl);
const settings = { port: 0, logLevel: "warn", dataDirectory: join(scratch, ".assay"), databaseUrl } as const;
const service = await serve({ ...config, ...settings });
const child = spawn("env", [`PHOENIX_ENDPOINT=${service.url}`, ...command], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
const [code] = await once(child, "exit");
await service.stop();
await drop();
await rm(scratch, { recursive: true });
process.exitCode = code ?? 1;

/** A database that is named as those of the tests are, in the Postgres of this URL. */
async function createEmpty(postgres: string | undefined) {
  if (postgres === undefined) return { databaseUrl: undefined, drop: async () => {} };
  const name = `assay_test_${randomBytes(6).toString("hex")}`;
  const query = (statement: string) => adminQuery({ connectionString: postgres }, statement);
  await query(`create database ${name}`);
  const url = new URL(postgres);
  url.pathname = name;
  return { databaseUrl: String(url), drop: () => query(`drop database ${name} with (force)`) };
}
