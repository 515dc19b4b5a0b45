/**
 * Whether statements could run where the tables of an experiment are distributed by it over the nodes of a Citus. It takes a statement to a node if
 * the text alone, parameters included, tells that all rows are there, as Postgres tells of partitions: such a statement comes down to one partition
 * of each table, and the same of each.
 */
import type { Client } from "pg";
import { nodesOf, plansOf, type Sampled } from "./plans.ts";
import type { Statement } from "./watched-client.ts";

const distributed = [
  "evaluation_counters",
  "evaluations",
  "experiment_counters",
  "experiment_examples",
  "experiment_runs",
  "incomplete_examples",
];
const shards = 8;

/** Puts partitioned tables in place of those that may be distributed. */
export async function partition(client: Client): Promise<void> {
  await client.query("set constraint_exclusion = off"); // a sample may contradict itself, and would come down to nothing
  for (const table of distributed) {
    await client.query(`alter table ${table} rename to whole_${table}`);
    await client.query(
      `create table ${table} (like whole_${table} including defaults including indexes) partition by hash (experiment_id)`,
    );
    for (let n = 0; n < shards; n++)
      await client.query(
        `create table ${table}_${n} partition of ${table} for values with (modulus ${shards}, remainder ${n})`,
      );
  }
}

/** Why a statement would not be routed. One that is about several experiments is given one. */
export async function strayingOf(client: Client, { samples, ...statement }: Sampled): Promise<string[]> {
  if (!distributed.some((table) => new RegExp(`\\b${table}\\b`).test(statement.sql))) return [];
  const faults: string[] = [];
  for (const values of samples) {
    const fault = await strays(client, { ...statement, values: aboutOne(statement.sql, values) });
    if (fault === undefined) return [];
    faults.push(fault);
  }
  return faults.slice(0, 1);
}

async function strays(client: Client, statement: Statement): Promise<string | undefined> {
  const [, plan = { "Node Type": "" }] = await plansOf(client, statement);
  const found = new Set<string>();
  for (const { node } of nodesOf(plan)) {
    const [, table = "", shard] = /^(\w+)_(\d+)$/.exec(node["Relation Name"] ?? "") ?? [];
    if (shard !== undefined && distributed.includes(table)) found.add(shard);
    if (node["Subplans Removed"]) return "tells its shard only as it runs";
  }
  if (found.size > 1) return `is in ${found.size} of ${shards} shards`;
  const isInsert = /^\s*insert into/i.test(statement.sql); // of what may come from elsewhere
  return found.size === 0 && !isInsert ? "reads nothing, with any parameters that it had" : undefined;
}

/** The parameters with one experiment in place of several. */
function aboutOne(sql: string, values: Statement["values"]): Statement["values"] {
  const one = [...values];
  for (const [, number] of sql.matchAll(/experiment_id"? = any\(\$(\d+)/g)) {
    const index = Number(number) - 1;
    one[index] = `{${/\d+/.exec(values[index] ?? "")?.[0] ?? 1}}`;
  }
  for (const [, list = ""] of sql.matchAll(/experiment_id"? in \(([^)]*)\)/g)) {
    const [first = 0, ...others] = Array.from(list.matchAll(/\$(\d+)/g), ([, number]) => Number(number) - 1);
    for (const other of others) one[other] = values[first] ?? null;
  }
  return one;
}
