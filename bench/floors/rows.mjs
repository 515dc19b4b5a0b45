/** The same rows by Postgres' own means, from one connection, into the service's own tables: they pay for the same indexes and constraints. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { from as copyFrom } from "pg-copy-streams";
import { rowidOf } from "../samples.mjs";

const columns = {
  experiment_runs: "experiment_id, id, example_id, repetition_number, output, error, trace_id, start_time, end_time",
  evaluations:
    "experiment_id, id, experiment_run_id, name, annotator_kind, label, score, explanation, error, metadata, trace_id, start_time, end_time",
};

/** The row of a run that a request describes. */
export function rowOfRun(experiment, n, { dataset_example_id, repetition_number, output, start_time, end_time }) {
  const example = rowidOf(dataset_example_id);
  return [
    experiment,
    idWithin(experiment, n),
    example,
    repetition_number,
    JSON.stringify(output),
    null,
    null,
    start_time,
    end_time,
  ];
}

export function rowOfEvaluation(
  experiment,
  n,
  { experiment_run_id, name, annotator_kind, result, start_time, end_time },
) {
  const { label, score, explanation } = result;
  const run = typeof experiment_run_id === "number" ? experiment_run_id : rowidOf(experiment_run_id);
  const content = [name, annotator_kind, label, score, explanation, null, "{}", null, start_time, end_time];
  return [experiment, idWithin(experiment, n), run, ...content];
}

export const idWithin = (experiment, n) => experiment * 2 ** 27 + n;

/** Rows per second of a prepared `INSERT` each, which is committed alone. */
export async function insertRows(client, table, next, seconds) {
  const places = columns[table].split(", ").map((_, index) => `$${index + 1}`);
  const text = `insert into ${table} (${columns[table]}) values (${places})`;
  const started = performance.now();
  const isOver = () => performance.now() - started > seconds * 1000;
  let count = 0;
  for (; count === 0 || !isOver(); count++) await client.query({ name: `insert ${table}`, text, values: next() });
  return (count * 1000) / (performance.now() - started);
}

/** Writes rows by `COPY`, in pieces of 64 kB. */
export async function copyRows(client, table, rows, names = columns[table]) {
  await pipeline(Readable.from(pieces(lines(rows))), client.query(copyFrom(`copy ${table} (${names}) from stdin`)));
}

function* lines(rows) {
  for (const row of rows)
    yield `${row.map((value) => (value === null ? "\\N" : String(value).replaceAll("\\", "\\\\"))).join("\t")}\n`;
}

/** Texts in pieces of 64 kB, as a client that cares for its own time sends them. */
export function* pieces(texts) {
  let piece = "";
  for (const text of texts) {
    piece += text;
    if (piece.length < 64 * 1024) continue;
    yield Buffer.from(piece);
    piece = "";
  }
  yield Buffer.from(piece);
}
