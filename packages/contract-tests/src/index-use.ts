/** Whether statements find their rows by an index, and by as much of it as they could. */
import type { Client } from "pg";
import { nodesOf, type PlanNode, plansOf, type Sampled } from "./plans.ts";

/** What a statement scans although all joins are made row by row, and no table is scanned that has an index for it. */
export async function scansOf(client: Client, { samples, ...statement }: Sampled): Promise<string[]> {
  const plans = await plansOf(client, { ...statement, settings: undefined, values: samples[0] ?? [] });
  return plans.flatMap((plan) =>
    Array.from(nodesOf(plan))
      .filter(({ node, above }) => node["Node Type"] === "Seq Scan" || isWholeIndex(node, above))
      .map(({ node }) => `scans ${node["Relation Name"] ?? node["Index Name"]}`),
  );
}

function isWholeIndex(node: PlanNode, above: PlanNode[]): boolean {
  const isIndex = /^(Index Scan|Index Only Scan|Bitmap Index Scan)$/.test(node["Node Type"]);
  return isIndex && node["Index Cond"] === undefined && (node.Filter !== undefined || !endsEarly(node, above));
}

/** What hands rows on as they come. */
const passing = /^(Append|Group|LockRows|Merge Append|Merge Join|ProjectSet|Result|Subquery Scan|Unique)$/;

/** Whether no more of a node's rows are read than a limit says: nothing in between reads all of them, or reads them again. */
function endsEarly(node: PlanNode, above: PlanNode[]): boolean {
  let below = node;
  for (const parent of above) {
    const side = below["Parent Relationship"];
    if (side === "InitPlan" || side === "SubPlan") return false;
    if (parent["Node Type"] === "Limit") return true;
    const isOuter = side === "Outer" && /^(Nested Loop|Hash Join)$/.test(parent["Node Type"]);
    if (!isOuter && !passing.test(parent["Node Type"])) return false;
    below = parent;
  }
  return false;
}

/** Tables of which an experiment has many rows. */
const ofExperiments = ["evaluations", "experiment_examples", "experiment_runs", "incomplete_examples"];
/** And those of which a dataset has: who looks for one of them must not read them all. */
const keyed = [...ofExperiments, "examples", "example_revisions"];

interface Key {
  table: string;
  columns: string[];
}

async function readKeys(client: Client): Promise<Key[]> {
  const { rows } = await client.query(
    `select indrelid::regclass::text as "table",
       array(select attname::text from unnest(indkey) with ordinality as at (number, place)
         join pg_attribute on attrelid = indrelid and attnum = number order by place) as columns
     from pg_index where indpred is null and indexprs is null and indrelid::regclass::text = any($1)`,
    [keyed],
  );
  return rows;
}

/** Where statements read more than they have to: all experiments' rows, or all of one of which they know more. */
export async function wasteFinder(client: Client) {
  const keys = await readKeys(client);
  const { rows } = await client.query("select current_setting('server_version_num')::integer as version");
  // Up to Postgres 16 an index that looks for any of several values loses its order, and may be worth less than its first columns.
  const lists = rows[0].version >= 170_000;
  return async ({ samples, ...statement }: Sampled): Promise<string[]> => {
    const plans = await plansOf(client, { ...statement, values: samples[0] ?? [] });
    return plans.flatMap((plan) =>
      Array.from(nodesOf(plan)).flatMap(({ node, above: [parent] }) => {
        const table = node["Relation Name"] ?? "";
        if (node["Node Type"] === "Seq Scan") return ofExperiments.includes(table) ? [`scans ${table}`] : [];
        const ofTable = keys.filter((key) => key.table === table);
        return partOfKey(node, parent, ofTable, { lists }) ?? [];
      }),
    );
  };
}

/** A look-up by the first columns of a key that drops what does not fit the others. */
function partOfKey(
  node: PlanNode,
  parent: PlanNode | undefined,
  keys: Key[],
  { lists }: { lists: boolean },
): string | undefined {
  const index = node["Node Type"] === "Bitmap Heap Scan" ? node.Plans?.[0] : node;
  if (index?.["Index Name"] === undefined || keys.length === 0) return undefined;
  const alias = node.Alias ?? "";
  const conditions = equationsIn(index["Index Cond"]);
  const used = columnsIn(conditions, alias);
  const dropped = [node.Filter, parent?.["Join Filter"]]
    .flatMap(equationsIn)
    .filter(([, value]) => lists || !value?.startsWith("ANY "));
  const known = new Set([...used, ...columnsIn(dropped, alias)]);
  const prefixes = keys.map(({ columns }) =>
    columns.filter((_, n) => columns.slice(0, n + 1).every((each) => known.has(each))),
  );
  const longest = prefixes.reduce((best, each) => (each.length > best.length ? each : best));
  const isPart =
    longest.length > conditions.length && longest.slice(0, used.length).every((each) => used.includes(each));
  return isPart ? `looks into ${node["Relation Name"]} by ${used.join()} and knows ${longest.join()}` : undefined;
}

/** The sides of the equations that a condition consists of. */
function equationsIn(condition: string | undefined = ""): string[][] {
  const equations: string[][] = [];
  let depth = 0;
  let start = 0;
  // Either `(a = b)` or `((a = b) AND (c = d))`.
  const inner = condition.startsWith("((") ? 2 : 1;
  for (let at = 0; at < condition.length; at++) {
    if (condition[at] === "(" && ++depth === inner) start = at + 1;
    if (condition[at] === ")" && depth-- === inner) equations.push(condition.slice(start, at).split(" = "));
  }
  return equations.filter((sides) => sides.length === 2);
}

/** The columns of a table that stand alone on a side. */
function columnsIn(equations: string[][], alias: string): string[] {
  return equations.flat().flatMap((side) => {
    const [, of, column] = /^"?(\w+)"?\."?(\w+)"?$/.exec(side) ?? [];
    return of === alias && column !== undefined ? [column] : [];
  });
}
