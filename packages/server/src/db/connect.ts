import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { DB } from "../../generated/schema.d.ts";
import { JsonText } from "../json.ts";
import { copying } from "./copying.ts";
import { pipelining } from "./pipelining.ts";
import { preparing } from "./prepared.ts";

export interface ConnectOptions {
  /** Where the database is: a URL, or the parts of one, and what makes clients of it. */
  connection: pg.PoolConfig | string;
  /** The most connections that are open at a time. */
  poolSize: number;
  /** Milliseconds after which Postgres gives up on a statement. */
  statementTimeout: number;
  /** Whether connections keep statements prepared. Not through a pgbouncer that gives each transaction another connection. */
  prepare?: boolean;
  /** Told of connections that break while idle; the pool opens others. */
  onError?: (error: Error) => void;
}

/** A pool of connections, through which values leave the database in the types of the schema: `bigint` as number, `json` as its text. */
export function connect({
  connection,
  poolSize,
  statementTimeout,
  prepare = true,
  onError = () => {},
}: ConnectOptions): Kysely<DB> {
  const config = typeof connection === "string" ? { connectionString: connection } : connection;
  const { Client = pg.Client } = config as { Client?: typeof pg.Client }; // the pool's types know less of it
  const pool = new pg.Pool({
    ...config,
    Client: pipelining(copying(prepare ? preparing(Client) : Client)),
    max: poolSize,
    connectionTimeoutMillis: Math.max(statementTimeout, 10_000), // to wait for a connection is no reason to fail: one refused evaluation ends a Phoenix client
    // Not `statement_timeout` as a start-up parameter: pgbouncer refuses those it does not know.
    onConnect: async (client) => {
      await client.query(`set statement_timeout = ${Number(statementTimeout)}`);
    },
    types: { getTypeParser },
  });
  pool.on("error", onError);
  pool.on("connect", (client) => client.on("error", onError)); // the pool looks after idle ones alone: unheard, an error ends the process
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
}

const { INT8, JSON: JSON_TYPE } = pg.types.builtins;
/** The OID of `bigint[]`, which the driver does not name. */
const INT8_ARRAY = 1016;

const getTypeParser: typeof pg.types.getTypeParser = (type: number, format?: "text" | "binary") => {
  if (type === INT8) return Number; // row ids and counts are below 2^53
  if (type === JSON_TYPE) return (text: string) => new JsonText(text);
  const parse = pg.types.getTypeParser(type, format === "binary" ? "text" : format);
  return type === INT8_ARRAY ? (text: string) => parse(text).map(Number) : parse;
};
