/** What a deletion takes along is found by statements that nobody wrote: for each foreign key, those of the rows that refer to what goes. */
import { Client } from "pg";
import { expect, inject, test } from "vitest";

test("each foreign key has an index that begins with its columns", async () => {
  const client = new Client({ ...inject("postgres"), database: inject("template") });
  await client.connect();
  const { rows } = await client.query(`
    select conrelid::regclass::text || ' ' || pg_get_constraintdef(oid) as foreign_key, exists (
      select from pg_index where indrelid = conrelid and (indkey::smallint[])[0:cardinality(conkey) - 1] @> conkey
        and (indpred is null or pg_get_expr(indpred, indrelid) ~ '^\\(\\w+ IS NOT NULL\\)$')
    ) as has_index
    from pg_constraint where contype = 'f' order by 1`);
  await client.end();
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.filter(({ has_index }) => !has_index)).toEqual([]);
});
