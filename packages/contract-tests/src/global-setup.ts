import { chmod, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, migrate, readContract } from "@assay/server";
import type { TestProject } from "vitest/node";
import { checkStatements } from "./check-statements.ts";
import { coverageOf } from "./coverage.ts";
import { adminQuery } from "./database.ts";
import { startPostgres } from "./postgres.ts";

/**
 * Starts a Postgres, or takes the one that DATABASE_URL names, and migrates a template in it. After the last test, says which operations and
 * which (operation, status) pairs of the contract were exercised, and how Postgres would do the statements that services sent, and fails if any
 * pair was not or any statement is not done as it should be.
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

  const seen = join(scratch, "seen");
  await mkdir(join(seen, "answers"), { recursive: true });
  await mkdir(join(seen, "statements"));
  project.provide("postgres", connection);
  project.provide("template", template);
  project.provide("seen", seen);

  return async () => {
    const isWholeSuite = process.argv.slice(2).join() === "run"; // and not some of its files or tests
    if (isWholeSuite) {
      const coverage = coverageOf((await readContract()).document, await readAll(join(seen, "answers")));
      const check = await checkStatements(connection, template, await readAll(join(seen, "statements")));
      console.log(`${coverage.summary}\n${check.summary}`);
      const wrong = [...coverage.missing.map((pair) => `Not exercised: ${pair}`), ...check.wrong];
      if (wrong.length > 0) process.exitCode = 1;
      for (const each of wrong) console.error(each);
    }
    await adminQuery(connection, `drop database ${template}`);
    await stop();
    await rm(scratch, { recursive: true, force: true });
  };
}

/** The lines of all files in a folder. */
async function readAll(folder: string): Promise<string[]> {
  const texts = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), "utf8")));
  return texts.join("").split("\n");
}
