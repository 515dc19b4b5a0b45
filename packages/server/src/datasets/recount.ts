/** What is kept of a dataset, counted anew in its rows. */
import { sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { keep } from "../db/lock.ts";
import type { WrongCount } from "../recount.ts";
import { lockDatasetBy } from "./queries.ts";

/** Mends the counts of a dataset, and says which were wrong. */
export async function recountDataset(trx: Transaction<DB>, id: number): Promise<WrongCount[]> {
  await lockDatasetBy(trx, { column: "id", value: id }, undefined);
  await keep(trx, "splits");
  return [...(await recountExamples(trx, id)), ...(await recountSplits(trx, id))];
}

async function recountExamples(trx: Transaction<DB>, id: number): Promise<WrongCount[]> {
  const { rows } = await sql<WrongCount>`
    with counted as (
      select count(*) as examples from example_revisions where dataset_id = ${id} and superseded_by is null and kind <> 'DELETE'
    ), wrong as (
      select 'example_count' as name, example_count as kept, counted.examples as counted from datasets, counted
      where datasets.id = ${id} and example_count <> counted.examples
    ), mended as (
      update datasets set example_count = wrong.counted from wrong where datasets.id = ${id}
    )
    table wrong
  `.execute(trx);
  return rows;
}

async function recountSplits(trx: Transaction<DB>, id: number): Promise<WrongCount[]> {
  const { rows } = await sql<WrongCount>`
    with kept as (
      select split_id, examples from split_counts where dataset_id = ${id}
    ), counted as (
      select split_id, count(*) as examples from examples join split_examples on split_examples.example_id = examples.id
      where dataset_id = ${id} group by split_id
    ), wrong as (
      select split_id, coalesce(kept.examples, 0) as kept, coalesce(counted.examples, 0) as counted from kept full join counted using (split_id)
      where kept.examples is distinct from counted.examples
    ), emptied as (
      delete from split_counts using wrong where dataset_id = ${id} and split_counts.split_id = wrong.split_id and wrong.counted = 0
    ), mended as (
      insert into split_counts (dataset_id, split_id, examples) select ${id}, split_id, counted from wrong where counted > 0
      on conflict (dataset_id, split_id) do update set examples = excluded.examples
    )
    select 'examples in split ' || splits.name as name, kept, counted from wrong join splits on splits.id = split_id order by split_id
  `.execute(trx);
  return rows;
}
