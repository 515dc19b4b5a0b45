/** Changes of one example at a time, each as an upload that changes nothing else: in a version of its own. The dataset is locked by then. */
import type { Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { updateExampleCount } from "../datasets/queries.ts";
import { encodeId } from "../id.ts";
import { problem } from "../problem.ts";
import type { Datasets } from "../scope.ts";
import { addToNamedSplits } from "../splits/members.ts";
import { deleteMembershipsOf } from "../splits/queries.ts";
import { insertVersion } from "../versions/queries.ts";
import { contentHash } from "./content-hash.ts";
import {
  type Content,
  type CurrentExample,
  findByExternalId,
  insertExample,
  insertRevision,
  type NewExample,
  type Revision,
} from "./single.ts";

interface LockedDataset {
  id: number;
  example_count: number;
}

/**
 * Adds an example, in the splits of these names. Under the user's id of a deleted one it is that example again.
 * @throws a Problem (409) if a live example has the id.
 */
export async function addExample(
  trx: Transaction<DB>,
  dataset: LockedDataset,
  example: NewExample,
  splits: string[],
  within: Datasets,
): Promise<{ id: number; versionId: number }> {
  const id = (await insertExample(trx, dataset.id, example, within)) ?? (await findDeleted(trx, dataset.id, example));
  const versionId = await revise(trx, dataset, { exampleId: id, kind: "CREATE", content: example.content });
  if (splits.length > 0) await addToNamedSplits(trx, { datasetId: dataset.id, exampleId: id }, splits);
  return { id, versionId };
}

async function findDeleted(trx: Transaction<DB>, datasetId: number, { externalId }: NewExample): Promise<number> {
  const { id, isLive } = await findByExternalId(trx, datasetId, externalId);
  if (!isLive) return id;
  const nodeId = encodeId("DatasetExample", id);
  throw problem("example_exists", `The dataset has an example with the id '${externalId}', ${nodeId}.`);
}

/** What to put in place of parts of an example; what is undefined stays. */
type Patch = { [Part in keyof Content]: string | undefined };

/** Replaces parts of an example. Gives the version that this made; undefined if the example says already what it is to say. */
export async function patchExample(
  trx: Transaction<DB>,
  dataset: LockedDataset,
  current: CurrentExample,
  patch: Patch,
): Promise<number | undefined> {
  const content = {
    input: patch.input ?? current.input.text,
    output: patch.output ?? current.output.text,
    metadata: patch.metadata ?? current.metadata.text,
  };
  const hash = contentHash(content);
  if (current.hash?.equals(hash)) return undefined;
  return await revise(trx, dataset, { exampleId: current.id, kind: "PATCH", content: { ...content, hash } });
}

/** Deletes an example and takes it out of its splits. Gives the version that this made. */
export async function removeExample(trx: Transaction<DB>, dataset: LockedDataset, id: number): Promise<number> {
  await deleteMembershipsOf(trx, dataset.id, [id]);
  return await revise(trx, dataset, { exampleId: id, kind: "DELETE", content: undefined });
}

const countedAs = { CREATE: 1, PATCH: 0, DELETE: -1 };

/** Makes a version in which this is all that changes. */
async function revise(trx: Transaction<DB>, dataset: LockedDataset, revision: Omit<Revision, "versionId">) {
  const versionId = await insertVersion(trx, dataset.id);
  await insertRevision(trx, dataset.id, { ...revision, versionId });
  await updateExampleCount(trx, dataset.id, dataset.example_count + countedAs[revision.kind]);
  return versionId;
}
