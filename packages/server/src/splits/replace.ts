import type { Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { keep } from "../db/lock.ts";
import {
  deleteMemberships,
  findSplits,
  insertMemberships,
  insertSplits,
  type Membership,
  readMemberships,
} from "./queries.ts";

/**
 * Puts examples into the splits that an upload names for them and takes them out of all others; makes splits that do not exist. Other
 * examples keep theirs: those that an `update` leaves out are deleted, and in none. The dataset is locked.
 * @returns the ids of the examples whose splits changed.
 */
export async function replaceMemberships(
  trx: Transaction<DB>,
  datasetId: number,
  wanted: { exampleId: number; names: string[] }[],
): Promise<Set<number>> {
  await keep(trx, "splits");
  const names = [...new Set(wanted.flatMap((example) => example.names))];
  await insertSplits(trx, names);
  const idOf = new Map((await findSplits(trx, [], names)).map(({ id, name }) => [name, id]));
  const exampleIds = wanted.map(({ exampleId }) => exampleId);
  const before = byKey(await readMemberships(trx, exampleIds));
  const after = byKey(
    wanted.flatMap(({ exampleId, names }) =>
      names.map((name) => ({ example_id: exampleId, split_id: idOf.get(name) ?? 0 })),
    ),
  );
  const removed = [...before].filter(([key]) => !after.has(key)).map(([, membership]) => membership);
  const added = [...after].filter(([key]) => !before.has(key)).map(([, membership]) => membership);
  if (removed.length > 0) await deleteMemberships(trx, datasetId, removed);
  if (added.length > 0) await insertMemberships(trx, datasetId, added);
  return new Set([...removed, ...added].map(({ example_id }) => example_id));
}

const byKey = (memberships: Membership[]) =>
  new Map(memberships.map((membership) => [`${membership.example_id}:${membership.split_id}`, membership]));
