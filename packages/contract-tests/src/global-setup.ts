import { chmod, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, migrate, readContract } from "@assay/server";
import type { TestProject } from "vitest/node";
import { coverageOf } from "./coverage.ts";
import { adminQuery } from "./database.ts";
import { startPostgres } from "./postgres.ts";

/**
 * Starts a Postgres, or takes the one that DATABASE_URL names, and migrates a template in it. After the last test, says which operations and
 * which (operation, status) pairs of the contract were exercised, and fails if any was not.
 */
export default async function setup(project: TestProject) {
  const scratch = await mkdtemp(join(tmpdir(), "assay-test-"));
  await chmod(scratch, 0o755); // or, as root, the data goes to /var/lib/assay, and stays there
  const { connection, stop } = await startPostgres(scratch);
  const template = `assay_test_template_${process.pid}`;
  await adminQuery(connection, `create database ${template}`);
  const db = connect({ connection: { ...connection, database: template }, poolSize: 1, statementTimeout: 60_000 });
  await migrate(db);
  await db.destroy();

  const seen = await mkdtemp(join(scratch, "seen-"));
  project.provide("postgres", connection);
  project.provide("template", template);
  project.provide("seen", seen);

  return async () => {
    await adminQuery(connection, `drop database ${template}`);
    await stop();
    const pairs = await Promise.all((await readdir(seen)).map((file) => readFile(join(seen, file), "utf8")));
    await rm(scratch, { recursive: true, force: true });
    const isWholeSuite = process.argv.slice(2).join() === "run"; // and not some of its files or tests
    const { summary, missing } = coverageOf((await readContract()).document, pairs.join("\n").split("\n"));
    if (!isWholeSuite) return;
    console.log(summary);
    if (missing.length === 0) return;
    console.error(`Not exercised: ${missing.join(", ")}`);
    process.exitCode = 1;
  };
}
