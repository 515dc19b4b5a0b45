import type { Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { keep } from "../db/lock.ts";
import { encodeId, rowidOf } from "../id.ts";
import { problem } from "../problem.ts";
import { deleteMemberships, findForeignExamples, findSplits, insertMemberships, insertSplits } from "./queries.ts";

/**
 * The row ids of the examples that a request names, each once. They may be thousands, so no scope is asked of each: `changeMembers` takes
 * none but those of the dataset, which the caller sees.
 * @throws a Problem (422) if one is not the id of an example.
 */
export function exampleIdsIn(ids: string[] | null | undefined, pointer: string): number[] {
  const words = { noun: "dataset example", otherType: "as_malformed" } as const;
  const rowids = ids?.map((id, index) => rowidOf("DatasetExample", id, { ...words, pointer: `${pointer}/${index}` }));
  return [...new Set(rowids)];
}

/** An answer names no more of them. */
const mostNamed = 100;

/**
 * Puts examples of a dataset into a split and takes others out, whether they were in it or not. An example that is named for both is out.
 * The dataset is locked.
 * @throws a Problem (404) naming examples that the dataset does not have, or, to be taken out, never had.
 */
export async function changeMembers(
  trx: Transaction<DB>,
  { datasetId, splitId }: { datasetId: number; splitId: number },
  { added, removed }: { added: number[]; removed: number[] },
): Promise<void> {
  const out = new Set(removed);
  const into = added.filter((id) => !out.has(id));
  const foreign = await findForeignExamples(trx, datasetId, { live: into, any: removed });
  if (foreign.length > 0) {
    const named = foreign.slice(0, mostNamed).map((id) => encodeId("DatasetExample", id));
    throw problem("not_found", `Dataset examples not found in this dataset: ${named.join(", ")}`);
  }
  const ofSplit = (ids: number[]) => ids.map((example_id) => ({ example_id, split_id: splitId }));
  if (removed.length > 0) await deleteMemberships(trx, datasetId, ofSplit(removed));
  if (into.length > 0) await insertMemberships(trx, datasetId, ofSplit(into));
}

/** Puts an example into the splits of these names, and makes those that do not exist. The dataset is locked. */
export async function addToNamedSplits(
  trx: Transaction<DB>,
  { datasetId, exampleId }: { datasetId: number; exampleId: number },
  names: string[],
): Promise<void> {
  await keep(trx, "splits");
  await insertSplits(trx, names);
  const splits = await findSplits(trx, [], names);
  await insertMemberships(
    trx,
    datasetId,
    splits.map(({ id }) => ({ example_id: exampleId, split_id: id })),
  );
}
