/** The plans that Postgres makes for the statements that a suite of tests has sent. */
import type { Client, QueryResult } from "pg";
import type { Statement } from "./watched-client.ts";

/** A node of a plan, as far as it is used. */
export interface PlanNode {
  "Node Type": string;
  "Parent Relationship"?: string;
  "Relation Name"?: string;
  "Index Name"?: string;
  Alias?: string;
  "Index Cond"?: string;
  Filter?: string;
  "Join Filter"?: string;
  "Subplans Removed"?: number;
  Plans?: PlanNode[];
}

/** A statement with the parameters that it had in some tests, those that say most first. */
export interface Sampled extends Omit<Statement, "values"> {
  samples: Statement["values"][];
}

const mostSamples = 5;

/** The statements that have a plan, each once. `lines` are what connections have noted. */
export function statementsIn(lines: string[]): Sampled[] {
  const bySql = new Map<string, Sampled>();
  for (const line of lines.filter((line) => line !== "")) {
    const { values, ...statement } = selectionOf(JSON.parse(line));
    if (!/^\s*(with|select|insert|update|delete|merge|values)\b/i.test(statement.sql)) continue;
    const key = JSON.stringify(statement);
    const sampled = bySql.get(key) ?? { ...statement, samples: [] };
    sampled.samples.push(values);
    bySql.set(key, sampled);
  }
  return Array.from(bySql.values(), ({ samples, ...statement }) => ({
    ...statement,
    samples: samples.sort((a, b) => emptyValues(a) - emptyValues(b)).slice(0, mostSamples),
  }));
}

/** What a `copy` selects, with the experiments that stand in its text, as it takes no parameters, as one. */
function selectionOf({ sql, values, ...others }: Statement): Statement {
  const [, selection] = /^copy \((.*)\) to stdout/s.exec(sql) ?? [];
  if (selection === undefined) return { sql, values, ...others };
  const [list, ids = ""] = /experiment_id in \(([\d, ]+)\)/.exec(selection) ?? [""];
  return { sql: selection.replace(list, "experiment_id = any($1::bigint[])"), values: [`{${ids}}`], ...others };
}

const emptyValues = (values: Statement["values"]) => values.filter((value) => value === null || value === "{}").length;

/**
 * The plans of a statement: the one for any parameters, which a prepared statement gets that is used often, and the one for these. It is not
 * executed.
 */
export async function plansOf(client: Client, { sql, values, settings }: Statement): Promise<PlanNode[]> {
  const literals = values.map((value) => (value === null ? "null" : `'${value.replaceAll("'", "''")}'`));
  const explain = `explain (format json, verbose) execute sample ${literals.length > 0 ? `(${literals.join()})` : ""}`;
  const results = (await client.query(`
    begin; ${settings ?? ""};
    prepare sample as ${sql}
    ;
    set local plan_cache_mode = force_generic_plan; ${explain};
    set local plan_cache_mode = force_custom_plan; ${explain};
    deallocate sample; rollback`)) as unknown as QueryResult[]; // one for each statement
  return results.filter(({ command }) => command === "EXPLAIN").map(({ rows }) => rows[0]["QUERY PLAN"][0].Plan);
}

/** A node and those below it, each with those above it, the nearest first. */
export function* nodesOf(node: PlanNode, above: PlanNode[] = []): Generator<{ node: PlanNode; above: PlanNode[] }> {
  yield { node, above };
  for (const child of node.Plans ?? []) yield* nodesOf(child, [node, ...above]);
}
