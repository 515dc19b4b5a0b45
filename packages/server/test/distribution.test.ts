/**
 * The tables of an experiment can be distributed by it, over the nodes of a Citus, as they are. What that asks of the tables is read off the
 * catalog: every key has `experiment_id`, every foreign key pairs it, ids come from no sequence, and there are no triggers.
 */
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";

const distributed = ["evaluations", "experiment_counters", "experiment_examples", "experiment_runs"];
const client = new Client({ ...inject("postgres"), database: inject("template") });
beforeAll(() => client.connect());
afterAll(() => client.end());

const read = async (query: string) => (await client.query(query, [distributed])).rows;

describe("the tables of an experiment", () => {
  test("are keyed by it first", async () => {
    const keys = await read(`
      select indrelid::regclass::text as "table", indexrelid::regclass::text as key, attname as first
      from pg_index join pg_attribute on attrelid = indrelid and attnum = indkey[0]
      where indrelid::regclass::text = any($1)`);
    expect(new Set(keys.map(({ table }) => table))).toEqual(new Set(distributed));
    expect(keys.filter(({ first }) => first !== "experiment_id")).toEqual([]);
  });

  test("refer to one another with it, and to nothing else: what they are of is deleted before them", async () => {
    const foreignKeys = await read(`
      select conrelid::regclass::text as "from", confrelid::regclass::text as "to",
        array(select attname::text from unnest(conkey) with ordinality as at (number, place)
          join pg_attribute on attrelid = conrelid and attnum = number order by place) as columns
      from pg_constraint where contype = 'f' and (conrelid::regclass::text = any($1) or confrelid::regclass::text = any($1))`);
    expect(foreignKeys.length).toBeGreaterThan(0);
    for (const { from, to, columns } of foreignKeys) {
      expect(distributed).toContain(from); // a table that stays whole must not refer to one that does not
      expect(distributed).toContain(to);
      expect(columns[0]).toBe("experiment_id");
    }
  });

  test("have no triggers of ours, no sequences and no identity columns", async () => {
    expect(
      await read("select tgname from pg_trigger where not tgisinternal and tgrelid::regclass::text = any($1)"),
    ).toEqual([]);
    expect(
      await read(`
        select attrelid::regclass::text as "table", attname from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
        where attrelid::regclass::text = any($1) and (attidentity <> '' or pg_get_expr(adbin, adrelid) like 'nextval%')`),
    ).toEqual([]);
  });
});
