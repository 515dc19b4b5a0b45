/** What statements read of a database: what they cost, on any machine. */
import { randomBytes } from "node:crypto";
import type { CompiledQuery, Kysely } from "kysely";
import { Client } from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import type { DB } from "../generated/schema.d.ts";
import { connect } from "../src/db/connect.ts";

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
  /** How many rows of tables the statements read that `act` executes, those included that they only look at. */
  rowsRead(act: (db: Kysely<DB>) => Promise<unknown>): Promise<number>;
}

/** Makes a database with the tables in it before the tests of a file, fills it by these statements, and drops it after them. */
export function useFilled(fill: string): Filled {
  const postgres = inject("postgres");
  const database = `assay_test_${randomBytes(6).toString("hex")}`;
  const admin = new Client(postgres);
  const client = new Client({ ...postgres, database });
  let db: Kysely<DB>;

  beforeAll(async () => {
    await admin.connect();
    await admin.query(`create database ${database} template ${inject("template")}`);
    await client.connect();
    await client.query(fill);
    db = connect({ connection: { ...postgres, database }, poolSize: 1, statementTimeout: 60_000 });
  });
  afterAll(async () => {
    await db.destroy();
    await client.end();
    await admin.query(`drop database ${database}`);
    await admin.end();
  });

  const rowsRead: Filled["rowsRead"] = async (act) => {
    const statements: CompiledQuery[] = [];
    const watched = db.withPlugin({
      transformQuery: ({ node, queryId }) => {
        statements.push(db.getExecutor().compileQuery(node, queryId));
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    await act(watched);
    let read = 0;
    await client.query("begin");
    for (const { sql, parameters } of statements) {
      const { rows } = await client.query(`explain (analyze, format json) ${sql}`, [...parameters]);
      read += countRows(rows[0]["QUERY PLAN"][0].Plan);
    }
    await client.query("rollback");
    return read;
  };
  return { client, rowsRead };
}

function countRows(node: PlanNode): number {
  const isOfTable = node["Relation Name"] !== undefined && node["Node Type"].includes("Scan");
  const own = isOfTable ? (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"] : 0;
  return own + (node.Plans ?? []).reduce((sum, each) => sum + countRows(each), 0);
}
