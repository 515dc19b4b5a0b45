/** What statements read of a database: what they cost, on any machine. */
import { randomBytes } from "node:crypto";
import type { Kysely, Selectable } from "kysely";
import { Client, type QueryConfig } from "pg";
import { afterAll, beforeAll, expect, inject } from "vitest";
import type { DB } from "../generated/schema.d.ts";
import { connect } from "../src/db/connect.ts";
import { type Progress, removeNext } from "../src/removals/queries.ts";

/** A node of a plan that was run, as far as it is used. */
interface PlanNode {
  "Node Type": string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Relation Name"?: string;
  Plans?: PlanNode[];
}

interface Filled {
  client: Client;
  /** What the service would have of it, from the first test on. */
  db(): Kysely<DB>;
  /** How many rows of tables the statements read that `act` executes, those included that they only look at. */
  rowsRead(act: (db: Kysely<DB>) => Promise<unknown>): Promise<number>;
  /** The same of the next step of a removal, which is not done. */
  rowsToRemove(removal: Pick<Selectable<DB["removals"]>, "kind" | "rowid">, progress: Progress): Promise<number>;
}

/** Makes a database with the tables in it before the tests of a file, fills it by these statements, and drops it after them. */
export function useFilled(fill: string): Filled {
  const postgres = inject("postgres");
  const database = `assay_test_${randomBytes(6).toString("hex")}`;
  const admin = new Client(postgres);
  const client = new Client({ ...postgres, database });
  let db: Kysely<DB>;
  let sent: QueryConfig[] = [];
  class Watched extends Client {
    // biome-ignore lint/suspicious/noExplicitAny: the driver takes a statement in a dozen forms, which are passed on as they are
    override query(given: any, values?: any, callback?: any): any {
      sent.push(typeof given === "string" ? { text: given, values } : given);
      return super.query(given, values, callback);
    }
  }

  beforeAll(async () => {
    await admin.connect();
    await admin.query(`create database ${database} template ${inject("template")}`);
    await client.connect();
    await client.query(fill);
    db = connect({ connection: { ...postgres, database, Client: Watched }, poolSize: 1, statementTimeout: 60_000 });
  });
  afterAll(async () => {
    await db.destroy();
    await client.end();
    await admin.query(`drop database ${database}`);
    await admin.end();
  });

  const rowsRead: Filled["rowsRead"] = async (act) => {
    sent = [];
    await act(db);
    const statements = sent.filter(({ text }) => /^\s*(with|select|insert|update|delete)\b/i.test(text));
    let read = 0;
    await client.query("begin");
    for (const { text, values } of statements) {
      const { rows } = await client.query(`explain (analyze, format json) ${text}`, values);
      read += countRows(rows[0]["QUERY PLAN"][0].Plan);
    }
    await client.query("rollback");
    return read;
  };
  const rowsToRemove: Filled["rowsToRemove"] = async ({ kind, rowid }, progress) => {
    const { rows } = await client.query(
      "insert into removals (kind, rowid) values ($1, $2) on conflict (kind, rowid) do update set kind = excluded.kind returning id",
      [kind, rowid],
    );
    const undone = new Error("undone");
    const removing = (db: Kysely<DB>) =>
      db.transaction().execute(async (trx) => {
        await removeNext(trx, rows[0].id, progress);
        throw undone;
      });
    return await rowsRead((db) => removing(db).catch((error) => expect(error).toBe(undone)));
  };
  return { client, db: () => db, rowsRead, rowsToRemove };
}

function countRows(node: PlanNode): number {
  const isOfTable = node["Relation Name"] !== undefined && node["Node Type"].includes("Scan");
  const own = isOfTable ? (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"] : 0;
  return own + (node.Plans ?? []).reduce((sum, each) => sum + countRows(each), 0);
}
