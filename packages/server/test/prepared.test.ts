/** Statements that connections keep prepared. */
import { randomBytes } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { afterAll, expect, inject, test } from "vitest";
import type { DB } from "../generated/schema.d.ts";
import { connect } from "../src/db/connect.ts";

const pools: Kysely<DB>[] = [];
afterAll(async () => {
  await Promise.all(pools.map((db) => db.destroy()));
});

function oneConnection(prepare: boolean): Kysely<DB> {
  const connection = { ...inject("postgres"), database: inject("template") };
  const db = connect({ connection, poolSize: 1, statementTimeout: 60_000, prepare });
  pools.push(db);
  return db;
}

const prepared = async (db: Kysely<DB>) =>
  (await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db)).rows.map(
    ({ statement }) => statement,
  );

const findDataset = (db: Kysely<DB>, id: number) => db.selectFrom("datasets").select("id").where("id", "=", id);

test("a connection keeps a statement prepared, once for all values", async () => {
  const db = oneConnection(true);
  for (const id of [1, 2, 3]) await findDataset(db, id).execute();
  expect(await prepared(db)).toEqual([findDataset(db, 1).compile().sql]);
});

test("it keeps none if told not to", async () => {
  const db = oneConnection(false);
  await findDataset(db, 1).execute();
  expect(await prepared(db)).toEqual([]);
});

test("it keeps a thousand at most, and answers the rest all the same", async () => {
  const db = oneConnection(true);
  for (let n = 0; n < 1010; n++) {
    const { rows } = await sql<{ sum: number }>`select ${n}::integer + ${sql.lit(n)} as sum`.execute(db);
    expect(rows).toEqual([{ sum: 2 * n }]);
  }
  expect(await prepared(db)).toHaveLength(1000);
});

test("a statement that fails is not in the way of the next", async () => {
  const db = oneConnection(true);
  const name = `none_${randomBytes(4).toString("hex")}`;
  const query = () => sql`select ${1}::integer from ${sql.table(name)}`.execute(db);
  await expect(query()).rejects.toThrow("does not exist");
  await expect(query()).rejects.toThrow("does not exist");
  expect(await findDataset(db, 1).execute()).toEqual([]);
});
