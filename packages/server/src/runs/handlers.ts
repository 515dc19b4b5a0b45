import { pageSize, rowidOfCursor } from "../cursor.ts";
import { jsonPage, readAll } from "../db/wire.ts";
import { findExperiment } from "../experiments/queries.ts";
import { encodeId, rowidOf } from "../id.ts";
import { JsonStream, joinRows } from "../json.ts";
import type { Handler } from "../operation.ts";
import { problem } from "../problem.ts";
import { timestamp } from "../timestamp.ts";
import { findRun, insertRuns, type NewRun, readIncompleteRuns, readRuns, takeRunIds } from "./queries.ts";

const experimentWords = { noun: "experiment", pointer: "/path/experiment_id" };

export const listExperimentRuns: Handler<"listExperimentRuns"> = async ({ path, query }, { db }) => {
  const experimentId = rowidOf("Experiment", path.experiment_id, experimentWords);
  const from = rowidOfCursor("ExperimentRun", query.cursor);
  if (query.limit !== undefined)
    return jsonPage(await readRuns(db, experimentId, from, pageSize(query.limit)), "ExperimentRun");
  const all = readAll((next, size) => readRuns(db, experimentId, next, size), from);
  return new JsonStream(joinRows(all, { before: '{"data":[', after: '],"next_cursor":null}' }));
};

export const createExperimentRun: Handler<"createExperimentRun"> = async ({ path, body }, { db }) => {
  const experimentId = rowidOf("Experiment", path.experiment_id, experimentWords);
  const run: NewRun = {
    example_id: rowidOf("DatasetExample", body.dataset_example_id, {
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
  const id = await db.transaction().execute(async (trx) => {
    const firstId = await takeRunIds(trx, experimentId, 1);
    if (firstId === undefined) throw problem("not_found", `Experiment with ID ${path.experiment_id} does not exist`);
    const [written] = await insertRuns(trx, experimentId, firstId, [run]);
    if (written) return written.id;
    const existing = await findRun(trx, experimentId, run);
    if (!existing) {
      throw problem(
        "not_found",
        `DatasetExample with ID ${body.dataset_example_id} is not an example of experiment ${path.experiment_id}`,
      );
    }
    const existingId = encodeId("ExperimentRun", existing.id);
    throw problem(
      "run_exists",
      `Experiment run ${existingId} already exists with a successful result and cannot be updated`,
    );
  });
  return { data: { id: encodeId("ExperimentRun", id) } };
};

export const getIncompleteExperimentRuns: Handler<"getIncompleteExperimentRuns"> = async ({ path, query }, { db }) => {
  const experimentId = rowidOf("Experiment", path.experiment_id, experimentWords);
  const from = rowidOfCursor("DatasetExample", query.cursor);
  const experiment = await findExperiment(db, experimentId);
  if (!experiment) throw problem("not_found", `Experiment with ID ${path.experiment_id} does not exist`);
  return jsonPage(await readIncompleteRuns(db, experiment, from, pageSize(query.limit)), "DatasetExample");
};
