import type { Kysely } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { pageSize, rowidOfCursor } from "../cursor.ts";
import { resolveAndLockDataset, resolveDataset } from "../datasets/resolve.ts";
import { haveAlone, keep } from "../db/lock.ts";
import { inTransaction } from "../db/transaction.ts";
import { jsonPage, readAll } from "../db/wire.ts";
import { JsonStream, type JsonText, jsonData } from "../json.ts";
import type { Handler } from "../operation.ts";
import { ifTaken, invalid, problem } from "../problem.ts";
import type { Scope } from "../scope.ts";
import {
  deleteLabel,
  deleteLabelOf,
  insertLabel,
  insertLabelOf,
  readLabel,
  readLabels,
  readLabelsOf,
  replaceLabels,
  updateLabel,
} from "./queries.ts";

export const listDatasetLabels: Handler<"listDatasetLabels"> = async ({ query }, { db }) => {
  const from = rowidOfCursor("DatasetLabel", query.cursor);
  return jsonPage(await readLabels(db, from, pageSize(query.limit)), "DatasetLabel");
};

export const createDatasetLabel: Handler<"createDatasetLabel"> = async ({ body }, { transaction }) => {
  const { name, color, description = null } = body;
  return await transaction(async (trx) => {
    const label = await insertLabel(trx, { name, color, description });
    if (!label) throw taken(name);
    return jsonData(label);
  });
};

export const getDatasetLabel: Handler<"getDatasetLabel"> = async ({ path }, { db, scope }) =>
  existing(await readLabel(db, await labelIdOf(scope, path)));

export const updateDatasetLabel: Handler<"updateDatasetLabel"> = async ({ path, body }, { db, scope }) => {
  const id = await labelIdOf(scope, path);
  const { name, color, description } = body;
  const changes = {
    ...(name != null && { name }),
    ...(color != null && { color }),
    ...(description !== undefined && { description }),
  };
  if (Object.keys(changes).length === 0) throw invalid("/body", "No fields to update", "required");
  return await inTransaction(db, async (trx) => {
    if (name != null) await haveAlone(trx, "labels");
    return existing(await updateLabel(trx, id, changes).catch(ifTaken(taken(name))));
  });
};

export const deleteDatasetLabel: Handler<"deleteDatasetLabel"> = async ({ path }, { db, scope }) => {
  const id = await labelIdOf(scope, path);
  await inTransaction(db, async (trx) => {
    await haveAlone(trx, "labels");
    if (!(await deleteLabel(trx, id))) throw notFound();
  });
};

export const listDatasetLabelsForDataset: Handler<"listDatasetLabelsForDataset"> = async ({ path }, { db, scope }) =>
  labelsOf(db, await resolveDataset(db, path.dataset_identifier, scope.datasets));

export const setDatasetLabelsForDataset: Handler<"setDatasetLabelsForDataset"> = async (
  { path, body },
  { db, scope },
) => {
  const given = body.dataset_label_ids.map((id, index) => labelIn(scope, id, `/body/dataset_label_ids/${index}`));
  const ids = new Set(await Promise.all(given));
  const datasetId = await inTransaction(db, async (trx) => {
    const datasetId = await resolveAndLockDataset(trx, path.dataset_identifier, scope.datasets);
    await keep(trx, "labels");
    const found = await replaceLabels(trx, datasetId, [...ids]);
    if (found < ids.size) throw problem("not_found", "One or more dataset labels not found");
    return datasetId;
  });
  return labelsOf(db, datasetId);
};

export const addDatasetLabelToDataset: Handler<"addDatasetLabelToDataset"> = async ({ path }, { db, scope }) => {
  const id = await labelIdOf(scope, path);
  return await inTransaction(db, async (trx) => {
    const datasetId = await resolveAndLockDataset(trx, path.dataset_identifier, scope.datasets);
    await keep(trx, "labels");
    await insertLabelOf(trx, datasetId, id);
    return existing(await readLabel(trx, id));
  });
};

export const removeDatasetLabelFromDataset: Handler<"removeDatasetLabelFromDataset"> = async (
  { path },
  { db, scope },
) => {
  const id = await labelIdOf(scope, path);
  await deleteLabelOf(db, await resolveDataset(db, path.dataset_identifier, scope.datasets), id);
};

const labelIn = (scope: Scope, id: string, pointer: string) =>
  scope.rowidOf("DatasetLabel", id, { noun: "dataset label", pointer, otherType: "as_malformed" });

const labelIdOf = (scope: Scope, { label_id }: { label_id: string }) => labelIn(scope, label_id, "/path/label_id");

const notFound = () => problem("not_found", "Dataset label not found");

const taken = (name: string | null | undefined) =>
  problem("label_exists", `A dataset label named '${name}' already exists`);

function existing<Label>(label: JsonText<Label> | undefined) {
  if (!label) throw notFound();
  return jsonData(label);
}

/** All labels of a dataset: Phoenix has no pages here. */
function labelsOf(db: Kysely<DB>, datasetId: number) {
  const labels = readAll((from, size) => readLabelsOf(db, datasetId, from, size));
  return JsonStream.array(labels).within({}, "data", {});
}
