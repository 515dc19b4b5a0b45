import { pageSize, rowidOfCursor } from "../cursor.ts";
import { resolveAndLockDataset, resolveDataset } from "../datasets/resolve.ts";
import { haveAlone, keep } from "../db/lock.ts";
import { inTransaction } from "../db/transaction.ts";
import { jsonPage } from "../db/wire.ts";
import { encodeId } from "../id.ts";
import { jsonData } from "../json.ts";
import type { Handler } from "../operation.ts";
import { ifTaken, problem } from "../problem.ts";
import type { Scope } from "../scope.ts";
import { changeMembers, exampleIdsIn } from "./members.ts";
import { deleteSplit, insertSplit, readSplit, readSplitsOf, updateSplit } from "./queries.ts";

export const listDatasetSplits: Handler<"listDatasetSplits"> = async ({ path, query }, { db, scope }) => {
  const from = rowidOfCursor("DatasetSplit", query.cursor);
  const datasetId = await resolveDataset(db, path.dataset_identifier, scope.datasets);
  return jsonPage(await readSplitsOf(db, datasetId, from, pageSize(query.limit)), "DatasetSplit");
};

export const createDatasetSplit: Handler<"createDatasetSplit"> = async ({ path, body }, { scope, transaction }) => {
  const added = exampleIdsIn(body.example_ids, "/body/example_ids");
  const columns = {
    name: body.name.trim(),
    description: unlessBlank(body.description),
    color: body.color ?? "#33c5e8",
    metadata: body.metadata?.text ?? "{}",
  };
  return await transaction(async (trx) => {
    const resolve = added.length > 0 ? resolveAndLockDataset : resolveDataset;
    const datasetId = await resolve(trx, path.dataset_identifier, scope.datasets);
    await keep(trx, "splits");
    const splitId = await insertSplit(trx, columns);
    if (splitId === undefined) throw problem("split_exists", `A dataset split named '${columns.name}' already exists`);
    await changeMembers(trx, { datasetId, splitId }, { added, removed: [] });
    return await existing(readSplit(trx, splitId, datasetId), encodeId("DatasetSplit", splitId));
  });
};

export const getDatasetSplit: Handler<"getDatasetSplit"> = async ({ path }, { db, scope }) => {
  const id = await splitIdOf(scope, path);
  const datasetId = await resolveDataset(db, path.dataset_identifier, scope.datasets);
  return await existing(readSplit(db, id, datasetId), path.split_id);
};

export const updateDatasetSplit: Handler<"updateDatasetSplit"> = async ({ path, body }, { db, scope }) => {
  const splitId = await splitIdOf(scope, path);
  const added = exampleIdsIn(body.add_example_ids, "/body/add_example_ids");
  const removed = exampleIdsIn(body.remove_example_ids, "/body/remove_example_ids");
  const columns = {
    ...(body.name !== undefined && { name: body.name.trim() }),
    ...(body.description !== undefined && { description: unlessBlank(body.description) }),
    ...(body.color !== undefined && { color: body.color }),
    ...(body.metadata && { metadata: body.metadata.text }),
  };
  if (scope.datasets && Object.keys(columns).length > 0)
    throw problem(
      "forbidden",
      "A key that is limited to datasets may change which examples are in a split, and nothing else.",
    );
  return await inTransaction(db, async (trx) => {
    const resolve = added.length + removed.length > 0 ? resolveAndLockDataset : resolveDataset;
    const datasetId = await resolve(trx, path.dataset_identifier, scope.datasets);
    await (columns.name === undefined ? keep : haveAlone)(trx, "splits");
    await existing(readSplit(trx, splitId, datasetId), path.split_id);
    const taken = problem("split_exists", "A dataset split with this name already exists");
    await updateSplit(trx, splitId, columns).catch(ifTaken(taken));
    await changeMembers(trx, { datasetId, splitId }, { added, removed });
    return await existing(readSplit(trx, splitId, datasetId), path.split_id);
  });
};

export const deleteDatasetSplit: Handler<"deleteDatasetSplit"> = async ({ path }, { db, scope }) => {
  const id = await splitIdOf(scope, path);
  await inTransaction(db, async (trx) => {
    await resolveDataset(trx, path.dataset_identifier, scope.datasets);
    await haveAlone(trx, "splits");
    if (!(await deleteSplit(trx, id))) throw notFound(path.split_id);
  });
};

const splitIdOf = (scope: Scope, { split_id }: { split_id: string }) =>
  scope.rowidOf("DatasetSplit", split_id, {
    noun: "dataset split",
    pointer: "/path/split_id",
    otherType: "as_malformed",
  });

const notFound = (splitId: string) => problem("not_found", `Dataset split with ID ${splitId} not found`);

async function existing(split: ReturnType<typeof readSplit>, splitId: string) {
  const found = await split;
  if (!found) throw notFound(splitId);
  return jsonData(found);
}

const unlessBlank = (text: string | null | undefined) => (text?.trim() ? text : null);
