import { pageSize, rowidOfCursor } from "../cursor.ts";
import { readDatasetExists } from "../datasets/queries.ts";
import { jsonPage } from "../db/wire.ts";
import type { Handler } from "../operation.ts";
import { problem } from "../problem.ts";
import { readVersions } from "./queries.ts";

export const listDatasetVersionsByDatasetId: Handler<"listDatasetVersionsByDatasetId"> = async (
  { path, query },
  { db, scope },
) => {
  const datasetId = await scope.rowidOf("Dataset", path.dataset_id, {
    noun: "dataset",
    pointer: "/path/dataset_id",
    otherType: "invalid_request",
  });
  const from = rowidOfCursor("DatasetVersion", query.cursor);
  if (!(await readDatasetExists(db, datasetId)))
    throw problem("not_found", `Dataset with ID ${path.dataset_id} does not exist`);
  return jsonPage(await readVersions(db, datasetId, from, pageSize(query.limit)), "DatasetVersion");
};
