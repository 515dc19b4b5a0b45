import { recordBatch } from "../batch.ts";
import { pageSize, rowidOfCursor } from "../cursor.ts";
import { jsonPage, readAll } from "../db/wire.ts";
import { findExperiment } from "../experiments/queries.ts";
import { encodeId, type IdWords, rowidOf } from "../id.ts";
import { JsonStream, jsonData } from "../json.ts";
import type { Handler, Input } from "../operation.ts";
import { invalid, Problem, problem } from "../problem.ts";
import type { Scope } from "../scope.ts";
import type { RunFilter } from "./filter.ts";
import { readIncompleteRuns, readRun, readRuns } from "./queries.ts";
import { type RecordedRun, recordRunsAtOnce, recordRunsInTurn, runFrom, sizeOfRunToRecord } from "./record.ts";

const experimentWords = { noun: "experiment", pointer: "/path/experiment_id" };
const exampleWords = (pointer: string) => ({ noun: "dataset example", pointer: `${pointer}/dataset_example_id` });
const filterWords: IdWords = { ...exampleWords("/query"), otherType: "invalid_request" };

export const listExperimentRuns: Handler<"listExperimentRuns"> = async ({ path, query }, { db, scope }) => {
  const experimentId = await scope.rowidOf("Experiment", path.experiment_id, experimentWords);
  const from = rowidOfCursor("ExperimentRun", query.cursor);
  const wanted = {
    experimentId,
    filter: await filterIn(query, scope),
    withEvaluations: includes(query, "evaluations"),
    withTokens: includes(query, "token_counts"),
    within: scope.datasets,
  };
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
  const withEvaluations = includes(query, "evaluations");
  const run = await readRun(db, { experimentId, id, withEvaluations, within: scope.datasets });
  if (!run)
    throw problem("not_found", `ExperimentRun with ID ${path.run_id} is not a run of experiment ${path.experiment_id}`);
  return jsonData(run);
};

const includes = <Part extends string>({ include }: { include?: Part[] }, part: Part) =>
  include?.includes(part) ?? false;

export const createExperimentRun: Handler<"createExperimentRun"> = async ({ path, body }, { recordRun, scope }) => {
  const experimentId = await scope.rowidOf("Experiment", path.experiment_id, experimentWords);
  const exampleId = await scope.rowidOf("DatasetExample", body.dataset_example_id, exampleWords("/body"));
  const run = runFrom(body, exampleId, "/body");
  const recorded = await recordRun.add(experimentId, run);
  const ids = { experiment: path.experiment_id, example: body.dataset_example_id };
  // Phoenix's clients take this refusal for what it is also where the run is the same.
  if (recorded.outcome === "exists" && run.error === null) throw runExists(recorded.id);
  const { id } = orThrow(outcomeOf(recorded, ids));
  return { data: { id } };
};

/** What became of a run, for who asked to record it. `ids` are those that were asked for. */
function outcomeOf(recorded: RecordedRun, ids: { experiment: string; example: string }) {
  switch (recorded.outcome) {
    case "created":
    case "replaced":
    case "exists":
      return { outcome: recorded.outcome, id: encodeId("ExperimentRun", recorded.id) };
    case "differs":
      return runExists(recorded.id);
    case "no_experiment":
      return problem("not_found", `Experiment with ID ${ids.experiment} does not exist`);
    case "no_example":
      return problem(
        "not_found",
        `DatasetExample with ID ${ids.example} is not an example of experiment ${ids.experiment}`,
      );
  }
}

const runExists = (id: number) =>
  problem(
    "run_exists",
    `Experiment run ${encodeId("ExperimentRun", id)} already exists with a successful result and cannot be updated`,
  );

function orThrow<Value>(value: Value | Problem): Value {
  if (value instanceof Problem) throw value;
  return value;
}

export const createExperimentRuns: Handler<"createExperimentRuns"> = async ({ path, query, body }, { db, scope }) => {
  const experimentId = await scope.rowidOf("Experiment", path.experiment_id, experimentWords);
  if (!(await findExperiment(db, experimentId)))
    throw problem("not_found", `Experiment with ID ${path.experiment_id} does not exist`);
  const outcomesOf = (recorded: RecordedRun[], runs: { givenId: string }[]) =>
    recorded.map((each, index) =>
      outcomeOf(each, { experiment: path.experiment_id, example: runs[index]?.givenId ?? "" }),
    );
  return await recordBatch(body, {
    db,
    atomic: query.atomic,
    outcomes: ["created", "replaced", "exists"],
    read: (item, pointer) => {
      // Not by the scope: an example that is not one of the experiment, which the caller sees, is not told from one that never was.
      const exampleId = rowidOf("DatasetExample", item.dataset_example_id, exampleWords(pointer));
      return { givenId: item.dataset_example_id, ...runFrom(item, exampleId, pointer) };
    },
    sizeOf: sizeOfRunToRecord,
    write: async (trx, runs) => outcomesOf(await recordRunsInTurn(trx, experimentId, runs), runs),
    writeAtOnce: async (runs) => outcomesOf(await recordRunsAtOnce(db, experimentId, runs), runs),
  });
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
