/** What is read of one state, on two connections or one. */
import { type Kysely, sql, type Transaction } from "kysely";
import { afterAll, describe, expect, inject, test } from "vitest";
import type { DB } from "../generated/schema.d.ts";
import { connect } from "../src/db/connect.ts";
import { inOneState, readTogether } from "../src/db/together.ts";

const pools: Kysely<DB>[] = [];
afterAll(async () => {
  await Promise.all(pools.map((db) => db.destroy()));
});

function ofSize(poolSize: number): Kysely<DB> {
  const db = connect({ connection: inject("postgres"), poolSize, statementTimeout: 60_000 });
  pools.push(db);
  return db;
}

async function placeOf(trx: Transaction<DB>) {
  const place = sql<{ connection: number; state: string }>`
    select pg_backend_pid() as connection, pg_current_snapshot()::text as state`;
  return (await place.execute(trx)).rows[0];
}

describe("readTogether", () => {
  test("reads both at a time, of one state, whatever is written meanwhile", async () => {
    const [db, writer] = [ofSize(2), ofSize(1)];
    const begun = Promise.withResolvers<void>();
    const [one, other] = await inOneState(db).execute((trx) =>
      readTogether(
        db,
        trx,
        async (own) => {
          await sql`select pg_current_xact_id()`.execute(writer);
          await begun.promise;
          return await placeOf(own);
        },
        async (own) => {
          begun.resolve();
          return await placeOf(own);
        },
      ),
    );
    expect(other?.connection).not.toBe(one?.connection);
    expect(other?.state).toBe(one?.state);
  });

  test("reads one after the other where there is no second connection", async () => {
    const db = ofSize(1);
    const [one, other] = await inOneState(db).execute((trx) => readTogether(db, trx, placeOf, placeOf));
    expect(other).toEqual(one);
  });

  test("fails as what it reads does, and leaves all connections as they were", async () => {
    const db = ofSize(2);
    const failing = (trx: Transaction<DB>) => sql`select 1 / 0`.execute(trx);
    await expect(inOneState(db).execute((trx) => readTogether(db, trx, placeOf, failing))).rejects.toThrow("division");
    await expect(inOneState(db).execute((trx) => readTogether(db, trx, failing, placeOf))).rejects.toThrow("division");
    const [one, other] = await inOneState(db).execute((trx) => readTogether(db, trx, placeOf, placeOf));
    expect(other?.state).toBe(one?.state);
  });
});
