/** Where the contract takes a dataset by its id or its name: the row id, or a Problem (404) if the caller sees no such dataset. */
import type { Kysely, Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { resolveIdentifier } from "../identifier.ts";
import type { Datasets } from "../scope.ts";
import { findDatasetBy, lockDatasetBy } from "./queries.ts";

export async function resolveDataset(db: Kysely<DB>, identifier: string, within: Datasets): Promise<number> {
  const { id } = await resolveIdentifier("Dataset", identifier, (by) => findDatasetBy(db, by, within));
  return id;
}

/** Also keeps the dataset, with what it has of splits and labels, from others until the transaction ends. */
export async function resolveAndLockDataset(trx: Transaction<DB>, identifier: string, within: Datasets) {
  const { id } = await resolveIdentifier("Dataset", identifier, (by) => lockDatasetBy(trx, by, within));
  return id;
}
