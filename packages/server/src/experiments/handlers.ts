import { randomBytes } from "node:crypto";
import type { components } from "@assay/spec";
import { attachment } from "../attachment.ts";
import type { Figures } from "../comparisons/figures.ts";
import type { Context } from "../context.ts";
import { pageSize, rowidOfCursor } from "../cursor.ts";
import { findDataset, readDatasetExists } from "../datasets/queries.ts";
import { inTransaction } from "../db/transaction.ts";
import { jsonPage } from "../db/wire.ts";
import { JsonStream, type JsonText, jsonData, jsonFields, jsonJoined, TextStream } from "../json.ts";
import { type Handler, reply } from "../operation.ts";
import { invalid, problem } from "../problem.ts";
import { deleteProjectBy } from "../projects/queries.ts";
import type { Scope } from "../scope.ts";
import { resolveSplits } from "../splits/resolve.ts";
import { findVersion } from "../versions/queries.ts";
import { exportedCsv } from "./csv.ts";
import { exportedLines, exportedRuns } from "./exports.ts";
import {
  deleteExperimentRow,
  experimentIdsOf,
  findExperiment,
  insertExperiment,
  readExperiments,
  updateExperimentRow,
} from "./queries.ts";

const datasetWords = { noun: "dataset", pointer: "/path/dataset_id" };
const experimentWords = { noun: "experiment", pointer: "/path/experiment_id" };

export const listExperiments: Handler<"listExperiments"> = async ({ path, query }, { db, scope, figures }) => {
  const datasetId = await scope.rowidOf("Dataset", path.dataset_id, datasetWords);
  const from = rowidOfCursor("Experiment", query.cursor);
  const size = pageSize(query.limit);
  const ids = await experimentIdsOf(db, datasetId, { tag: query.tag || undefined, from }, size + 1);
  if (ids.length === 0 && !(await readDatasetExists(db, datasetId))) {
    throw problem("not_found", `Dataset with ID ${path.dataset_id} does not exist`);
  }
  const summaries = await summariesIf(query.include, ids.slice(0, size), figures, scope);
  // With summaries a page ends where more could not be measured at once.
  const shown = ids.slice(0, summaries?.size ?? size);
  const items = (await readExperiments(db, shown)).map((experiment) => withSummary(experiment, summaries));
  return jsonPage({ items, next: ids[shown.length] }, "Experiment");
};

export const createExperiment: Handler<"createExperiment"> = async ({ path, body }, { scope, transaction }) => {
  const datasetId = await scope.rowidOf("Dataset", path.dataset_id, datasetWords);
  const wanted =
    body.version_id == null
      ? undefined
      : await scope.rowidOf("DatasetVersion", body.version_id, {
          noun: "dataset version",
          pointer: "/body/version_id",
        });
  return await transaction(async (trx) => {
    const dataset = await findDataset(trx, datasetId);
    if (!dataset) throw problem("not_found", `Dataset with ID ${path.dataset_id} does not exist`);
    const versionId = await findVersion(trx, datasetId, wanted);
    if (versionId === undefined) {
      throw problem(
        "not_found",
        body.version_id
          ? `DatasetVersion with ID ${body.version_id} does not exist`
          : `Dataset ${path.dataset_id} does not have any versions`,
      );
    }
    const splits = body.splits?.length
      ? await resolveSplits(trx, body.splits, scope.datasets, "/body/splits")
      : undefined;
    const experiment = {
      dataset_id: datasetId,
      dataset_version_id: versionId,
      name: body.name || nameAfter(dataset.name),
      description: body.description ?? null,
      repetitions: body.repetitions,
      metadata: body.metadata?.text ?? "{}",
      project_name: `Experiment-${randomBytes(12).toString("hex")}`,
    };
    const id = await insertExperiment(trx, experiment, splits);
    return await existing(trx, id, path.dataset_id);
  });
};

/** Eight characters of the dataset's name, as code points: half a surrogate pair could not be stored. */
function nameAfter(dataset: string): string {
  const start = [...dataset.slice(0, 16)].slice(0, 8).join("");
  return `${start.replaceAll(" ", "-")}-${randomBytes(4).toString("hex")}`;
}

export const getExperiment: Handler<"getExperiment"> = async ({ path, query }, { db, scope, figures }) => {
  const id = await scope.rowidOf("Experiment", path.experiment_id, experimentWords);
  return await existing(db, id, path.experiment_id, await summariesIf(query.include, [id], figures, scope));
};

type ExperimentSummary = components["schemas"]["ExperimentSummary"];
type Summaries = Awaited<ReturnType<Figures["summaries"]>>;

async function summariesIf(include: string[] | undefined, ids: number[], figures: Figures, { datasets }: Scope) {
  return include?.includes("summary") ? await figures.summaries(ids, datasets) : undefined;
}

function withSummary<Experiment extends object>(
  { id, json }: { id: number; json: JsonText<Experiment> },
  summaries: Summaries | undefined,
): JsonText<Experiment & { summary?: ExperimentSummary | null }> {
  return summaries ? jsonJoined(json, jsonFields({ summary: summaries.get(id) ?? null })) : json;
}

export const getExperimentSummary: Handler<"getExperimentSummary"> = async ({ path }, { scope, figures }) => {
  const id = await scope.rowidOf("Experiment", path.experiment_id, experimentWords);
  return jsonData(await figures.summary(id, scope.datasets));
};

export const updateExperiment: Handler<"updateExperiment"> = async ({ path, body }, { db, scope }) => {
  const id = await scope.rowidOf("Experiment", path.experiment_id, experimentWords);
  if (Object.keys(body).length === 0) throw invalid("/body", "No fields to update", "minProperties");
  await updateExperimentRow(db, id, { ...body, metadata: body.metadata?.text });
  return await existing(db, id, path.experiment_id);
};

async function existing(db: Context["db"], id: number, publicId: string, summaries?: Summaries) {
  const [experiment] = await readExperiments(db, [id]);
  if (!experiment) throw problem("not_found", `Experiment with ID ${publicId} does not exist`);
  return jsonData(withSummary(experiment, summaries));
}

export const deleteExperiment: Handler<"deleteExperiment"> = async (
  { path, query },
  { db, scope, sweeper, figures },
) => {
  const id = await scope.rowidOf("Experiment", path.experiment_id, experimentWords);
  await inTransaction(db, async (trx) => {
    const deleted = await deleteExperimentRow(trx, id);
    if (!deleted) throw problem("not_found", "Experiment does not exist");
    if (query.delete_project && deleted.project_name !== null)
      await deleteProjectBy(trx, { column: "name", value: deleted.project_name });
  });
  figures.forget([id]);
  sweeper.wake();
};

export const getExperimentJSON: Handler<"getExperimentJSON"> = async ({ path }, { db, scope }) => {
  const experiment = await findForExport(path.experiment_id, db, scope);
  const runs = JsonStream.array(orNoRuns(exportedRuns(db, experiment.id, scope.datasets)), ",\n");
  return reply(runs, { "Content-Disposition": attachment(experiment.name, "json") });
};

export const getExperimentJSONL: Handler<"getExperimentJSONL"> = async ({ path }, { db, scope }) => {
  const experiment = await findForExport(path.experiment_id, db, scope);
  const lines = exportedLines(db, experiment.id, scope.datasets);
  return reply(new TextStream(orNoRuns(lines)), { "Content-Disposition": attachment(experiment.name, "jsonl") });
};

export const getExperimentCSV: Handler<"getExperimentCSV"> = async ({ path, query }, { db, scope }) => {
  const experiment = await findForExport(path.experiment_id, db, scope);
  const rows = orNoRuns(exportedCsv(db, experiment.id, scope.datasets, query));
  return reply(new TextStream(rows), { "Content-Disposition": attachment(experiment.name, "csv") });
};

async function findForExport(experimentId: string, db: Context["db"], scope: Scope) {
  const experiment = await findExperiment(
    db,
    await scope.rowidOf("Experiment", experimentId, { ...experimentWords, otherType: "invalid_request" }),
  );
  if (!experiment) throw problem("not_found", "Experiment not found");
  return experiment;
}

/** Phoenix's clients take this 404 to mean that there are no runs yet. */
async function* orNoRuns<Piece>(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece> {
  let any = false;
  for await (const piece of pieces) {
    any = true;
    yield piece;
  }
  if (!any) throw problem("experiment_has_no_runs", "Experiment has no runs");
}
