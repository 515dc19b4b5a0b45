import { readDatasetExists } from "../datasets/queries.ts";
import { readAll } from "../db/wire.ts";
import { encodeId } from "../id.ts";
import { JsonStream } from "../json.ts";
import type { Handler } from "../operation.ts";
import { problem } from "../problem.ts";
import { resolveSplits } from "../splits/resolve.ts";
import { findVersion } from "../versions/queries.ts";
import { readExamples } from "./queries.ts";

export const getDatasetExamples: Handler<"getDatasetExamples"> = async ({ path, query }, { db, scope }) => {
  const otherType = "refers_to";
  const datasetId = await scope.rowidOf("Dataset", path.dataset_id, {
    noun: "dataset",
    pointer: "/path/dataset_id",
    otherType,
  });
  const wanted = query.version_id
    ? await scope.rowidOf("DatasetVersion", query.version_id, {
        noun: "dataset version",
        pointer: "/query/version_id",
        otherType,
      })
    : undefined;
  if (!(await readDatasetExists(db, datasetId)))
    throw problem("not_found", `No dataset with id ${path.dataset_id} can be found.`);
  const versionId = await findVersion(db, datasetId, wanted);
  if (versionId === undefined) {
    throw problem(
      "not_found",
      query.version_id ? `No dataset version with id ${query.version_id} can be found.` : "Dataset has no versions.",
    );
  }
  const splits = query.split?.length ? await resolveSplits(db, query.split, scope.datasets, "/query/split") : undefined;
  const examples = readAll((from, size) =>
    readExamples(db, { datasetId, versionId, splitIds: splits?.ids, within: scope.datasets }, from, size),
  );
  const head = {
    dataset_id: encodeId("Dataset", datasetId),
    version_id: encodeId("DatasetVersion", versionId),
    filtered_splits: splits?.names ?? [],
  };
  return JsonStream.array(examples).within(head, "examples", {}).within({}, "data", {});
};
