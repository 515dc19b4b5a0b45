import { readdir } from "node:fs/promises";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { connect } from "../src/db/connect.ts";
import { migrate } from "../src/db/migrate.ts";

const postgres = inject("postgres");
const database = `assay_test_migrate_${process.pid}`;
const admin = new Client(postgres);

beforeAll(async () => {
  await admin.connect();
  await admin.query(`create database ${database}`);
});
afterAll(async () => {
  await admin.query(`drop database ${database}`);
  await admin.end();
});

describe("migrate", () => {
  test("runs each migration once when several processes start together, and nothing when they start again", async () => {
    const processes = Array.from({ length: 4 }, () =>
      connect({ connection: { ...postgres, database }, poolSize: 1, statementTimeout: 60_000 }),
    );
    await Promise.all(processes.map((db) => migrate(db)));
    await Promise.all(processes.map((db) => migrate(db)));
    await Promise.all(processes.map((db) => db.destroy()));
    const client = new Client({ ...postgres, database });
    await client.connect();
    const { rows } = await client.query("select name from kysely_migration order by name");
    await client.end();
    const files = await readdir(new URL("../migrations/", import.meta.url));
    expect(rows.map(({ name }) => `${name}.sql`)).toEqual(files.sort());
  });
});
