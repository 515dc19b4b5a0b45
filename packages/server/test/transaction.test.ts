/** Statements that are sent at once. */
import { type Kysely, sql } from "kysely";
import { afterAll, describe, expect, inject, test } from "vitest";
import type { DB } from "../generated/schema.d.ts";
import { connect } from "../src/db/connect.ts";
import { inTransaction, sendBoth, sendBothAlone } from "../src/db/transaction.ts";

const pools: Kysely<DB>[] = [];
afterAll(async () => {
  await Promise.all(pools.map((db) => db.destroy()));
});

/** A database of one connection, which has a table of its own. */
async function withTable(): Promise<Kysely<DB>> {
  const db = connect({ connection: inject("postgres"), poolSize: 1, statementTimeout: 60_000 });
  pools.push(db);
  await sql`create temporary table numbers (number integer, transaction text default pg_current_xact_id()::text)`.execute(
    db,
  );
  return db;
}

const insert = (db: Kysely<DB>, number: number) =>
  sql<{ transaction: string }>`insert into numbers values (${number}) returning transaction`.compile(db);
const divide = (db: Kysely<DB>, by: number) => sql<{ ratio: number }>`select 6 / ${by}::integer as ratio`.compile(db);
const numbersIn = async (db: Kysely<DB>) =>
  (await sql<{ number: number }>`select number from numbers`.execute(db)).rows.map(({ number }) => number);

describe("sendBothAlone", () => {
  test("does both in one transaction and gives the rows of each", async () => {
    const db = await withTable();
    const [[one], [other]] = await sendBothAlone(db, insert(db, 1), insert(db, 2));
    expect(other?.transaction).toBe(one?.transaction);
    expect(await numbersIn(db)).toEqual([1, 2]);
  });

  test.each(["first", "second"])("undoes both if the %s fails, for its own reason", async (which) => {
    const db = await withTable();
    const [one, other] = [insert(db, 1), divide(db, 0)];
    const sent = which === "first" ? sendBothAlone(db, other, one) : sendBothAlone(db, one, other);
    await expect(sent).rejects.toThrow("division by zero");
    expect(await numbersIn(db)).toEqual([]);
  });

  test("undoes the first if the second breaks the connection, which is not used again", async () => {
    const db = await withTable();
    await sql`create table kept_numbers (number integer)`.execute(db); // a temporary one would go with the connection
    const insertKept = sql`insert into kept_numbers values (${1})`.compile(db);
    const breaking = sql`select pg_terminate_backend(pg_backend_pid()), ${1}::integer`.compile(db);
    await expect(sendBothAlone(db, insertKept, breaking)).rejects.toThrow();
    expect((await sql`select * from kept_numbers`.execute(db)).rows).toEqual([]);
    await sql`drop table kept_numbers`.execute(db);
  });

  test("does both again if the database undid them because others were in their way", async () => {
    const db = await withTable();
    await sql`create temporary sequence attempts`.execute(db);
    await sql`
      create function pg_temp.fail_once() returns bigint language plpgsql as $$
      begin
        if nextval('attempts') = 1 then raise exception 'in the way' using errcode = '40001'; end if;
        return currval('attempts');
      end $$`.execute(db);
    const failing = sql<{ attempt: number }>`select pg_temp.fail_once() as attempt, ${1}::integer`.compile(db);
    const [, [row]] = await sendBothAlone(db, insert(db, 1), failing);
    expect(row?.attempt).toBe(2);
    expect(await numbersIn(db)).toEqual([1]);
  });
});

describe("sendBoth", () => {
  test("is part of the transaction that it is sent in", async () => {
    const db = await withTable();
    const undone = inTransaction(db, async (trx) => {
      const [[one], [other]] = await sendBoth(trx, insert(trx, 1), divide(trx, 2));
      expect([typeof one?.transaction, other?.ratio]).toEqual(["string", 3]);
      throw new Error("undo it");
    });
    await expect(undone).rejects.toThrow("undo it");
    expect(await numbersIn(db)).toEqual([]);
  });
});
