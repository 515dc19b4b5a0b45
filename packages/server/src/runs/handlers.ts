import { pageSize, rowidOfCursor } from "../cursor.ts";
import { jsonPage, readAll } from "../db/wire.ts";
import { findExperiment } from "../experiments/queries.ts";
import { encodeId, type IdWords } from "../id.ts";
import { JsonStream, jsonData } from "../json.ts";
import type { Handler, Input } from "../operation.ts";
import { invalid, problem } from "../problem.ts";
import type { Scope } from "../scope.ts";
import { timestamp } from "../timestamp.ts";
import type { RunFilter } from "./filter.ts";
import { type NewRun, readIncompleteRuns, readRun, readRuns } from "./queries.ts";

const experimentWords = { noun: "experiment", pointer: "/path/experiment_id" };
const filterWords: IdWords = {
  noun: "dataset example",
  pointer: "/query/dataset_example_id",
  otherType: "invalid_request",
};

export const listExperimentRuns: Handler<"listExperimentRuns"> = async ({ path, query }, { db, scope }) => {
  const experimentId = await scope.rowidOf("Experiment", path.experiment_id, experimentWords);
  const from = rowidOfCursor("ExperimentRun", query.cursor);
  const wanted = { experimentId, filter: await filterIn(query, scope), withEvaluations: includesEvaluations(query) };
  if (query.limit !== undefined)
    return jsonPage(await readRuns(db, wanted, from, pageSize(query.limit)), "ExperimentRun");
  const isThere = async () => (await findExperiment(db, experimentId)) !== undefined;
  const all = readAll((next, size) => readRuns(db, wanted, next, size), from, isThere);
  return JsonStream.array(all).within({}, "data", { next_cursor: null });
};

async function filterIn(query: Input<"listExperimentRuns">["query"], scope: Scope): Promise<RunFilter> {
  const { evaluation_name: name, label: labels, min_score: minScore, max_score: maxScore } = query;
  if (name === undefined && (labels ?? minScore ?? maxScore) !== undefined) {
    const detail = "label, min_score and max_score are of an evaluation: they need an evaluation_name";
    throw invalid("/query/evaluation_name", detail, "required");
  }
  const exampleId = query.dataset_example_id;
  return {
    failed: query.error,
    exampleId: exampleId === undefined ? undefined : await scope.rowidOf("DatasetExample", exampleId, filterWords),
    repetitionNumber: query.repetition_number,
    evaluation: name === undefined ? undefined : { name, labels, minScore, maxScore },
  };
}

export const getExperimentRun: Handler<"getExperimentRun"> = async ({ path, query }, { db, scope }) => {
  const experimentId = await scope.rowidOf("Experiment", path.experiment_id, experimentWords);
  const id = await scope.rowidOf("ExperimentRun", path.run_id, { noun: "experiment run", pointer: "/path/run_id" });
  const run = await readRun(db, experimentId, id, includesEvaluations(query));
  if (!run)
    throw problem("not_found", `ExperimentRun with ID ${path.run_id} is not a run of experiment ${path.experiment_id}`);
  return jsonData(run);
};

const includesEvaluations = ({ include }: Input<"getExperimentRun">["query"]) =>
  include?.includes("evaluations") ?? false;

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
