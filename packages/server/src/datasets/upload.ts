import type { Kysely, Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { countChanges, findSecondName, insertChanges, readUnknownIds } from "../examples/compare.ts";
import { contentHash } from "../examples/content-hash.ts";
import { insertExamples, insertRevisions, supersedeRevisions } from "../examples/revisions.ts";
import {
  findRepeatedId,
  insertStagedExamples,
  lockUpload,
  planForMany,
  type StagedExample,
} from "../examples/staging.ts";
import { invalid, type Problem, problem } from "../problem.ts";
import type { Datasets } from "../scope.ts";
import { deleteMembershipsOfDeleted, replaceMemberships } from "../splits/replace.ts";
import { findVersion, insertVersion } from "../versions/queries.ts";
import { insertDataset, lockDataset, updateExampleCount } from "./queries.ts";
import { mostExamples, tooManyExamples } from "./upload/refuse.ts";

type Action = "create" | "append" | "update";

/** An example as an upload brings it. */
export type UploadedExample = Omit<StagedExample, "hash">;

/** An upload, whose examples come as they are read. */
export interface Upload {
  action: Action;
  name: string;
  description: string;
  examples: AsyncIterable<UploadedExample> | Iterable<UploadedExample>;
  /** Whether it says which splits its examples are in; otherwise it leaves splits alone. */
  namesSplits: boolean;
  /** The refusal of an id that it gives to its nth example, or of several ids. */
  refuseId: (detail: string, code: string, n?: number) => Problem;
}

/** @throws a Problem (422) if the text names no action. */
export function actionOf(text: string | null): Action {
  const action = (text || "create").toLowerCase();
  if (action === "create" || action === "append" || action === "update") return action;
  // Sic: Phoenix's clients look for these words, and try again with `create`.
  throw invalid("/body/action", `Invalid dateset action: ${text}`, "enum");
}

/** What a batch has at most: it is in memory a few times over, here and in Postgres. */
const batchExamples = 2000;
const batchCharacters = 1024 * 1024;

interface Staged {
  uploadId: string;
  count: number;
  /** Whether any of them has an id. */
  haveIds: boolean;
}

/**
 * Stages the examples of an upload as they come, while the database stores those before. It holds no connection and no lock while it waits for
 * them, and no more than two batches in memory.
 */
export async function stageExamples(db: Kysely<DB>, uploadId: string, { examples }: Upload): Promise<Staged> {
  const staged = { uploadId, count: 0, haveIds: false };
  let batch: StagedExample[] = [];
  let characters = 0;
  let writing = Promise.resolve();
  const write = async () => {
    await writing;
    writing = insertStagedExamples(db, uploadId, staged.count - batch.length, batch);
    writing.catch(() => {}); // it is awaited with the next batch, or at the end
    batch = [];
    characters = 0;
  };
  try {
    for await (const example of examples) {
      if (++staged.count > mostExamples) throw tooManyExamples();
      staged.haveIds ||= example.id !== undefined;
      batch.push({ ...example, hash: contentHash(example) });
      characters += example.input.length + example.output.length + example.metadata.length;
      if (batch.length === batchExamples || characters >= batchCharacters) await write();
    }
    if (batch.length > 0) await write();
    await writing;
  } finally {
    await writing.catch(() => {}); // or it would leave rows behind that nobody knows of
  }
  return staged;
}

interface Applied {
  datasetId: number;
  versionId: number;
  created: number;
  updated: number;
  deleted: number;
}

/**
 * Makes the dataset what the upload asks for: compares what is staged with the examples there are and writes the differences, in one version, a
 * few statements in all. The dataset is locked meanwhile, so uploads to it come one after the other.
 */
export async function applyUpload(
  trx: Transaction<DB>,
  upload: Upload,
  staged: Staged,
  within: Datasets,
): Promise<Applied> {
  const { uploadId } = staged;
  if (!(await lockUpload(trx, uploadId)))
    throw problem(
      "unavailable",
      "The database has lost what had arrived of this upload, or it took more than a day. Try again.",
    );
  await planForMany(trx);
  await refuseRepeatedIds(trx, upload, staged);
  const dataset = within ? await takeExisting(trx, upload, within) : await takeDataset(trx, upload);
  await insertChanges(trx, uploadId, dataset.id, { deletesRest: upload.action === "update" });
  const changes = await countChanges(trx, uploadId);
  if (staged.haveIds) await refuseIdsOfNothing(trx, upload, uploadId, changes.unknown);

  const created = changes.create + changes.revive;
  const isChanged = created + changes.patch + changes.delete > 0;
  const latest = await findVersion(trx, dataset.id, undefined);
  const versionId = isChanged || latest === undefined ? await insertVersion(trx, dataset.id) : latest;
  if (isChanged) {
    const target = { uploadId, datasetId: dataset.id, versionId };
    await insertExamples(trx, target, within);
    await supersedeRevisions(trx, target);
    await insertRevisions(trx, target, staged.count);
    await updateExampleCount(trx, dataset.id, dataset.example_count + created - changes.delete);
    if (changes.delete > 0) await deleteMembershipsOfDeleted(trx, target);
  }
  let updated = changes.patch;
  if (upload.namesSplits) updated = await replaceMemberships(trx, { uploadId, datasetId: dataset.id });
  return { datasetId: dataset.id, versionId, created, updated, deleted: changes.delete };
}

async function refuseRepeatedIds(trx: Transaction<DB>, { refuseId }: Upload, staged: Staged): Promise<void> {
  const repeated = staged.haveIds ? await findRepeatedId(trx, staged.uploadId) : undefined;
  if (repeated) throw refuseId(`Duplicate example_id in request: '${repeated.id}'`, "unique", repeated.n);
}

/** The most ids that a refusal lists. */
const listedIds = 1000;

/** Refuses node ids that are not of live examples of the dataset, and two ids of one example. */
async function refuseIdsOfNothing(
  trx: Transaction<DB>,
  { refuseId }: Upload,
  uploadId: string,
  unknown: number,
): Promise<void> {
  const again = await findSecondName(trx, uploadId);
  if (again) {
    const detail = `Duplicate example_id in request: '${again.id}' is an example that another id names`;
    throw refuseId(detail, "unique", again.n);
  }
  if (unknown === 0) return;
  const ids = (await readUnknownIds(trx, uploadId, listedIds)).map((id) => `'${id}'`).join(", ");
  const more = unknown > listedIds ? ` and ${unknown - listedIds} more` : "";
  throw refuseId(`No examples found in this dataset with the following IDs: ${ids}${more}`, "example");
}

/** The dataset of this name, made if there is none, and kept from others until the transaction ends. */
async function takeDataset(trx: Transaction<DB>, { action, name, description }: Upload) {
  for (;;) {
    const created = await insertDataset(trx, name, description);
    if (created) return created;
    if (action === "create") throw nameIsTaken(name);
    const existing = await lockDataset(trx, name, undefined);
    if (existing) return existing;
    // It was deleted while this waited for it, so the name may be free.
  }
}

/** The dataset of this name for a caller who sees some datasets only, and is not told whether any other has the name. */
async function takeExisting(trx: Transaction<DB>, { action, name }: Upload, within: Datasets) {
  const existing = await lockDataset(trx, name, within);
  if (!existing) throw problem("forbidden", "A key that is limited to datasets uploads to those, and creates none.");
  if (action === "create") throw nameIsTaken(name);
  return existing;
}

const nameIsTaken = (name: string) => problem("dataset_exists", `A dataset named "${name}" already exists.`);

/** The names that are given for an example's splits, each once, trimmed, without blank ones. */
export function namesOfSplits(splits: string | (string | null)[] | null): string[] {
  const names = [splits].flat().map((name) => name?.trim() ?? "");
  return [...new Set(names.filter((name) => name !== ""))];
}
