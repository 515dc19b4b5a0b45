import { pageSize, rowidOfCursor } from "../cursor.ts";
import { inTransaction } from "../db/transaction.ts";
import { jsonPage } from "../db/wire.ts";
import { deleteUploads, insertUpload } from "../examples/staging.ts";
import { encodeId } from "../id.ts";
import { jsonData } from "../json.ts";
import type { Handler } from "../operation.ts";
import { ifTaken, invalid, problem } from "../problem.ts";
import { deleteDataset, readDataset, readDatasets, updateDatasetRow } from "./queries.ts";
import { uploadOfForm } from "./upload/form.ts";
import { uploadOfJson } from "./upload/json.ts";
import { applyUpload, stageExamples } from "./upload.ts";

export const listDatasets: Handler<"listDatasets"> = async ({ query }, { db, scope }) => {
  const from = rowidOfCursor("Dataset", query.cursor);
  const page = await readDatasets(
    db,
    { name: query.name || undefined, from, within: scope.datasets },
    pageSize(query.limit),
  );
  return jsonPage(page, "Dataset");
};

export const getDataset: Handler<"getDataset"> = async ({ path }, { db, scope }) => {
  const id = await scope.rowidOf("Dataset", path.dataset_id, {
    noun: "dataset",
    pointer: "/path/dataset_id",
    otherType: "refers_to",
  });
  const dataset = await readDataset(db, id);
  if (!dataset) throw problem("not_found", `Dataset with ID ${path.dataset_id} not found`);
  return jsonData(dataset);
};

export const updateDataset: Handler<"updateDataset"> = async ({ path, body }, { db, scope }) => {
  const id = await scope.rowidOf("Dataset", path.dataset_id, { noun: "dataset", pointer: "/path/dataset_id" });
  if (Object.keys(body).length === 0) throw invalid("/body", "No fields to update", "minProperties");
  // A name that is taken would tell of a dataset that the caller does not see.
  if (body.name !== undefined && scope.datasets)
    throw problem("forbidden", "A key that is limited to datasets does not name them.");
  const taken = problem("dataset_exists", `A dataset named "${body.name}" already exists.`);
  await updateDatasetRow(db, id, { ...body, metadata: body.metadata?.text }).catch(ifTaken(taken));
  const dataset = await readDataset(db, id);
  if (!dataset) throw problem("not_found", `Dataset with ID ${path.dataset_id} does not exist`);
  return jsonData(dataset);
};

export const deleteDatasetById: Handler<"deleteDatasetById"> = async ({ path }, { db, scope, sweeper, figures }) => {
  const id = await scope.rowidOf("Dataset", path.dataset_id, {
    noun: "dataset",
    pointer: "/path/dataset_id",
    otherType: "invalid_request",
  });
  const experiments = await inTransaction(db, (trx) => deleteDataset(trx, id));
  if (!experiments) throw problem("not_found", "Dataset does not exist");
  figures.forget(experiments);
  sweeper.wake();
};

export const uploadDataset: Handler<"uploadDataset"> = async (
  { query, body },
  { db, scope, check, log, transaction },
) => {
  const upload = body.mediaType === "application/json" ? uploadOfJson(body.json) : uploadOfForm(body, check);
  const { id, expired } = await insertUpload(db);
  try {
    const staged = await stageExamples(db, id, upload);
    return await transaction(async (trx) => {
      const applied = await applyUpload(trx, upload, staged, scope.datasets);
      if (!query.sync) return null;
      return {
        data: {
          dataset_id: encodeId("Dataset", applied.datasetId),
          version_id: encodeId("DatasetVersion", applied.versionId),
          num_created_examples: applied.created,
          num_updated_examples: applied.updated,
          num_deleted_examples: applied.deleted,
        },
      };
    });
  } finally {
    // It has served, or it has failed for a reason that the caller is to hear of; a later upload tries again.
    await deleteUploads(db, [id, ...expired]).catch(({ message }) =>
      log.warn({ error: message }, "an upload was left"),
    );
  }
};
