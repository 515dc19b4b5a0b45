/** What an upload does to splits. Its dataset is locked. */
import { sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { keep } from "../db/lock.ts";
import { deleteCounted, insertCounted } from "./queries.ts";

interface Target {
  uploadId: string;
  datasetId: number;
}

/**
 * Puts the examples of an upload into the splits that it names for them and takes them out of all others; makes splits that do not exist.
 * @returns how many examples the upload updates: their content or their splits change, and they are not new.
 */
export async function replaceMemberships(trx: Transaction<DB>, { uploadId, datasetId }: Target): Promise<number> {
  await keep(trx, "splits");
  await insertStagedSplits(trx, uploadId);
  const wanted = sql`
    select example_id, splits.id as split_id
    from staged_changes join staged_examples using (upload_id, n),
      json_array_elements_text(splits) as named join splits on splits.name = named
    where upload_id = ${uploadId}`;
  const existing = sql`
    select example_id, split_id from split_examples
    where example_id = any(array(select example_id from staged_changes where upload_id = ${uploadId} and n is not null))`;
  const unwanted = sql`${existing} except ${wanted}`;
  const { rows } = await sql<{ updated: number }>`
    select count(*) as updated from (
      (
        select example_id from (${unwanted}) as unwanted union select example_id from (${wanted} except ${existing}) as lacking
        union select example_id from staged_changes where upload_id = ${uploadId} and kind = 'patch'
      )
      except select example_id from staged_changes where upload_id = ${uploadId} and kind in ('create', 'revive')
    ) as updated
  `.execute(trx);
  const theirs = sql`example_id = any(array(select example_id from (${unwanted}) as unwanted))`;
  await deleteCounted(trx, datasetId, sql`where ${theirs} and (example_id, split_id) in (${unwanted})`);
  await insertCounted(trx, datasetId, wanted);
  return rows[0]?.updated ?? 0;
}

/** Makes the splits that an upload names and that do not exist. */
async function insertStagedSplits(trx: Transaction<DB>, uploadId: string): Promise<void> {
  // In one order everywhere, so that two uploads never wait for each other.
  await sql`
    insert into splits (name)
    select name from staged_examples, json_array_elements_text(splits) as name
    where upload_id = ${uploadId} group by name order by name collate "C"
    on conflict (name) do nothing
  `.execute(trx);
}

/** Takes the examples that an upload deletes out of every split. */
export async function deleteMembershipsOfDeleted(trx: Transaction<DB>, { uploadId, datasetId }: Target): Promise<void> {
  await keep(trx, "splits");
  const deleted = sql`select example_id from staged_changes where upload_id = ${uploadId} and kind = 'delete'`;
  await deleteCounted(trx, datasetId, sql`where example_id = any(array(${deleted}))`);
}
