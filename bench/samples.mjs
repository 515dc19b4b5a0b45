/** What requests say, and experiments made by requests that any server of the API answers. */
import { randomUUID } from "node:crypto";
import { forEach, get, post } from "./requests.mjs";
import { names } from "./seed.mjs";

const times = { start_time: "2026-11-22T09:31:02Z", end_time: "2026-11-22T09:31:02.8125Z" };

export function runOn(dataset_example_id, repetition_number, n) {
  const output = { answer: String(n * 7), reasoning: "Six times seven is forty-two. ".repeat(20) };
  return { dataset_example_id, repetition_number, output, ...times };
}

export function evaluation(name, n) {
  const result = { score: (n % 10) / 10, label: n % 2 ? "good" : "bad", explanation: "It says what was asked for." };
  return { name, annotator_kind: "CODE", result, ...times };
}

export function evaluationOf(experiment_run_id, name, n) {
  return { experiment_run_id, ...evaluation(name, n) };
}

/** A dataset of so many examples. Gives its id and those of the examples. */
export async function uploadDataset(server, size) {
  const { dataset_id } = await post(server, "/v1/datasets/upload?sync=true", {
    action: "create",
    name: `bench ${randomUUID()}`,
    inputs: Array.from({ length: size }, (_, n) => ({ question: `What is ${n} times seven?` })),
    outputs: Array.from({ length: size }, (_, n) => ({ answer: String(n * 7) })),
    metadata: Array.from({ length: size }, () => ({ topic: "arithmetic" })),
  });
  const { data } = await get(server, `/v1/datasets/${dataset_id}/examples`);
  return { id: dataset_id, examples: data.examples.map(({ id }) => id) };
}

export async function createExperiment(server, datasetId, repetitions = 1) {
  return (await post(server, `/v1/datasets/${datasetId}/experiments`, { name: "bench", repetitions })).id;
}

/** Gives bodies of runs, each on an example and repetition that none before it had. */
export function newRuns(examples) {
  let n = 0;
  return () => runOn(examples[n % examples.length], Math.floor(n / examples.length) + 1, n++);
}

/** Gives bodies of evaluations, each of a run and under a name that none before it had. */
export function newEvaluations(runs) {
  let n = 0;
  return () => evaluationOf(runs[n % runs.length], `score ${Math.floor(n / runs.length)}`, n++);
}

/** An experiment of three repetitions over so many examples, each run with three evaluations, made a request at a time. */
export async function recordExperiment(server, size) {
  const { id: dataset, examples } = await uploadDataset(server, size);
  const experiment = await createExperiment(server, dataset, 3);
  const next = newRuns(examples);
  let n = 0;
  await forEach(Array.from({ length: size * 3 }, next), async (run) => {
    const { id } = await post(server, `/v1/experiments/${experiment}/runs`, run);
    for (const name of names) await post(server, "/v1/experiment_evaluations", evaluationOf(id, name, n++));
  });
  return { dataset, examples, experiment };
}

export function idOf(type, rowid) {
  return Buffer.from(`${type}:${rowid}`).toString("base64");
}

export function rowidOf(id) {
  return Number(Buffer.from(id, "base64").toString().split(":")[1]);
}
