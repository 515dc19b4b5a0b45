import { pageSize, rowidOfCursor, rowidsOfCursor } from "../cursor.ts";
import { jsonPage } from "../db/wire.ts";
import { findExperiment } from "../experiments/queries.ts";
import { encodeId, experimentOf } from "../id.ts";
import type { Handler } from "../operation.ts";
import { invalid, problem } from "../problem.ts";
import { timestamp } from "../timestamp.ts";
import { type NewEvaluation, readEvaluations, readIncompleteEvaluations } from "./queries.ts";

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
  if (body.result == null && body.error == null) {
    throw invalid("/body/result", "Either 'result' or 'error' must be provided", "required");
  }
  const evaluation: NewEvaluation = {
    experiment_run_id: runId,
    name: body.name,
    annotator_kind: body.annotator_kind,
    label: body.result?.label ?? null,
    score: scoreOf(body.result?.score ?? null),
    explanation: body.result?.explanation ?? null,
    error: body.error ?? null,
    metadata: body.metadata?.text ?? "{}",
    trace_id: body.trace_id ?? null,
    start_time: timestamp(body.start_time, "/body/start_time"),
    end_time: timestamp(body.end_time, "/body/end_time"),
  };
  const id = await recordEvaluation.add(experimentOf(runId), evaluation);
  if (id === undefined) throw problem("not_found", `ExperimentRun with ID ${body.experiment_run_id} does not exist`);
  return { data: { id: encodeId("ExperimentEvaluation", id) } };
};

/** A score as Phoenix takes it: Python's evaluators answer `True`, too. */
function scoreOf(score: number | boolean | string | null): number | null {
  if (score === null) return null;
  const number = typeof score === "string" && score.trim() === "" ? Number.NaN : Number(score);
  if (Number.isFinite(number)) return number;
  throw invalid("/body/result/score", "/body/result/score must be a finite number", "type");
}

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
