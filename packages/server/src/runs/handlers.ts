import { pageSize, rowidOfCursor } from "../cursor.ts";
import { jsonPage, readAll } from "../db/wire.ts";
import { findExperiment } from "../experiments/queries.ts";
import { encodeId } from "../id.ts";
import { JsonStream } from "../json.ts";
import type { Handler } from "../operation.ts";
import { problem } from "../problem.ts";
import { timestamp } from "../timestamp.ts";
import { type NewRun, readIncompleteRuns, readRuns } from "./queries.ts";

const experimentWords = { noun: "experiment", pointer: "/path/experiment_id" };

export const listExperimentRuns: Handler<"listExperimentRuns"> = async ({ path, query }, { db, scope }) => {
  const experimentId = await scope.rowidOf("Experiment", path.experiment_id, experimentWords);
  const from = rowidOfCursor("ExperimentRun", query.cursor);
  if (query.limit !== undefined)
    return jsonPage(await readRuns(db, experimentId, from, pageSize(query.limit)), "ExperimentRun");
  const all = readAll((next, size) => readRuns(db, experimentId, next, size), from);
  return JsonStream.array(all).within({}, "data", { next_cursor: null });
};

export const createExperimentRun: Handler<"createExperimentRun"> = async ({ path, body }, { recordRun, scope }) => {
  const experimentId = await scope.rowidOf("Experiment", path.experiment_id, experimentWords);
  const run: NewRun = {
    example_id: await scope.rowidOf("DatasetExample", body.dataset_example_id, {
      noun: "dataset example",
      pointer: "/body/dataset_example_id",
    }),
    repetition_number: body.repetition_number,
    output: body.output?.text ?? "null",
    error: body.error ?? null,
    trace_id: body.trace_id ?? null,
    start_time: timestamp(body.start_time, "/body/start_time"),
    end_time: timestamp(body.end_time, "/body/end_time"),
  };
  const { outcome, id } = await recordRun.add(experimentId, run);
  switch (outcome) {
    case "written":
      return { data: { id: encodeId("ExperimentRun", id) } };
    case "exists": {
      const existing = encodeId("ExperimentRun", id);
      throw problem(
        "run_exists",
        `Experiment run ${existing} already exists with a successful result and cannot be updated`,
      );
    }
    case "no_experiment":
      throw problem("not_found", `Experiment with ID ${path.experiment_id} does not exist`);
    case "no_example":
      throw problem(
        "not_found",
        `DatasetExample with ID ${body.dataset_example_id} is not an example of experiment ${path.experiment_id}`,
      );
  }
};

export const getIncompleteExperimentRuns: Handler<"getIncompleteExperimentRuns"> = async (
  { path, query },
  { db, scope },
) => {
  const experimentId = await scope.rowidOf("Experiment", path.experiment_id, experimentWords);
  const from = rowidOfCursor("DatasetExample", query.cursor);
  const experiment = await findExperiment(db, experimentId);
  if (!experiment) throw problem("not_found", `Experiment with ID ${path.experiment_id} does not exist`);
  return jsonPage(await readIncompleteRuns(db, experiment, from, pageSize(query.limit)), "DatasetExample");
};
