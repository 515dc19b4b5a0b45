import { recordBatch } from "../batch.ts";
import { pageSize, rowidOfCursor, rowidsOfCursor } from "../cursor.ts";
import { jsonPage } from "../db/wire.ts";
import { findExperiment } from "../experiments/queries.ts";
import { encodeId, experimentOf, rowidOf } from "../id.ts";
import type { Handler } from "../operation.ts";
import { problem } from "../problem.ts";
import { readEvaluations, readIncompleteEvaluations } from "./queries.ts";
import { evaluationFrom, recordEvaluationsOfMany, sizeOfEvaluation } from "./record.ts";

const experimentWords = { noun: "experiment", pointer: "/path/experiment_id" };

export const listExperimentEvaluations: Handler<"listExperimentEvaluations"> = async (
  { path, query },
  { db, scope },
) => {
  const experimentId = await scope.rowidOf("Experiment", path.experiment_id, experimentWords);
  const from = rowidsOfCursor("ExperimentEvaluation", query.cursor);
  const runId = query.experiment_run_id;
  const exampleId = query.dataset_example_id;
  const otherType = "invalid_request";
  const runWords = { noun: "experiment run", pointer: "/query/experiment_run_id", otherType } as const;
  const exampleWords = { noun: "dataset example", pointer: "/query/dataset_example_id", otherType } as const;
  const wanted = {
    experimentId,
    names: query.name,
    annotatorKinds: query.annotator_kind,
    labels: query.label,
    minScore: query.min_score,
    maxScore: query.max_score,
    failed: query.error,
    runId: runId === undefined ? undefined : await scope.rowidOf("ExperimentRun", runId, runWords),
    exampleId: exampleId === undefined ? undefined : await scope.rowidOf("DatasetExample", exampleId, exampleWords),
  };
  const page = await readEvaluations(db, wanted, from, pageSize(query.limit));
  if (page.items.length === 0 && !(await findExperiment(db, experimentId)))
    throw problem("not_found", `Experiment with ID ${path.experiment_id} does not exist`);
  return jsonPage(page, "ExperimentEvaluation");
};

export const upsertExperimentEvaluation: Handler<"upsertExperimentEvaluation"> = async (
  { body },
  { recordEvaluation, scope },
) => {
  const runId = await scope.rowidOf("ExperimentRun", body.experiment_run_id, {
    noun: "experiment run",
    pointer: "/body/experiment_run_id",
  });
  const evaluation = { experiment_run_id: runId, ...evaluationFrom(body, "/body") };
  const recorded = await recordEvaluation.add(experimentOf(runId), evaluation);
  if (!recorded) throw noSuchRun(body.experiment_run_id);
  return { data: { id: encodeId("ExperimentEvaluation", recorded.id) } };
};

const noSuchRun = (id: string) => problem("not_found", `ExperimentRun with ID ${id} does not exist`);

export const upsertExperimentEvaluations: Handler<"upsertExperimentEvaluations"> = async (
  { query, body },
  { db, scope },
) =>
  recordBatch(body, {
    db,
    atomic: query.atomic,
    outcomes: ["created", "replaced"],
    read: (item, pointer) => ({
      givenId: item.experiment_run_id,
      experiment_run_id: rowidOf("ExperimentRun", item.experiment_run_id, {
        noun: "experiment run",
        pointer: `${pointer}/experiment_run_id`,
      }),
      ...evaluationFrom(item, pointer),
    }),
    sizeOf: sizeOfEvaluation,
    write: async (trx, evaluations) => {
      const byExperiment = Map.groupBy(evaluations, (each) => experimentOf(each.experiment_run_id));
      const seen = await scope.experimentsAmong(trx, [...byExperiment.keys()]);
      const recorded = await recordEvaluationsOfMany(trx, byExperiment, seen);
      return evaluations.map((each) => {
        const found = recorded.get(each);
        return found ? { ...found, id: encodeId("ExperimentEvaluation", found.id) } : noSuchRun(each.givenId);
      });
    },
  });

export const getIncompleteExperimentEvaluations: Handler<"getIncompleteExperimentEvaluations"> = async (
  { path, query },
  { db, scope },
) => {
  const experimentId = await scope.rowidOf("Experiment", path.experiment_id, experimentWords);
  const from = rowidOfCursor("ExperimentRun", query.cursor);
  const names = [...new Set(query.evaluation_name.map((name) => name.trim()).filter((name) => name !== ""))];
  if (names.length === 0) throw problem("bad_request", "At least one evaluation_name must be provided");
  if (names.some((name) => name.includes("\0")))
    throw problem("bad_request", "Invalid evaluation name: null bytes are not allowed");
  if (!(await findExperiment(db, experimentId)))
    throw problem("not_found", `Experiment with ID ${path.experiment_id} does not exist`);
  return jsonPage(
    await readIncompleteEvaluations(db, experimentId, names, from, pageSize(query.limit)),
    "ExperimentRun",
  );
};
