import { rowidWithin } from "../id.ts";
import { doublesIn, newDoubles, newIntegers } from "./columns.ts";
import { type EvaluationMetric, type Measured, type MeasuredTokens, type Metric, noLabels } from "./measured.ts";
import { quantity } from "./statistics/answer.ts";
import { distributionOf } from "./statistics/distribution.ts";
import { valuesByExample } from "./statistics/examples.ts";
import type { Labels } from "./statistics/labels.ts";
import { scale, sum } from "./statistics/moments.ts";

/** The runs of an experiment, as bytes that Postgres sends. */
export interface RunColumns {
  id: number;
  repetitions: number;
  /** The examples of the experiment: `float8`. */
  snapshot: Uint8Array;
  /** Of each run its id, its example, and its seconds, which are not a number if it failed: three `float8`. */
  rows: Uint8Array;
  /** How many have a trace. */
  traced: number;
}

/** The evaluations of an experiment that have one name. */
export interface EvaluationColumns {
  experiment: number;
  name: string;
  errors: number;
  /** Of each the id of its run, negative if there is no label, and its score, which is not a number if there is none: two `float8`. */
  rows: Uint8Array;
  /** A JSON array of those that there are; nothing if there are none at all. */
  labels: Uint8Array;
}

/** Runs in the order of examples and of their own numbers, however they were read: so that the same rows always give the same figures. */
export interface RunOrder {
  examples: Float64Array;
  /** Where the run of a number stands among them, from 1; 0 if there is none. */
  placeOf: Int32Array;
}

export interface MeasuredRuns extends Pick<RunColumns, "id" | "traced"> {
  measured: Omit<Measured, "evaluations">;
  order: RunOrder;
}

/** Runs whose traces say something of tokens, as columns. */
export interface TokenColumns {
  examples: number[];
  prompt: (number | null)[];
  completion: (number | null)[];
}

/** Groups what an experiment's runs say by example. 0.4 s for a million. */
export function measureRuns(columns: RunColumns): MeasuredRuns {
  const ids = doublesIn(columns.snapshot).sort();
  const { order, latencies, counts } = runsInOrder(columns, ids);
  const failures = latencies.map((latency) => Number(Number.isNaN(latency)));
  const measured = {
    examples: { ids, runs: counts, repetitions: columns.repetitions },
    latency: amountOf(order.examples, latencies),
    errors: metricOf(order.examples, failures),
  };
  return { id: columns.id, traced: columns.traced, measured, order };
}

/** Likewise, its evaluations of one name. */
export function measureEvaluation({
  columns,
  order,
}: {
  columns: EvaluationColumns;
  order: RunOrder;
}): EvaluationMetric {
  const { experiment, name, errors } = columns;
  const rows = doublesIn(columns.rows);
  const before = rowidWithin(experiment, 0);
  const scores = new Float64Array(order.examples.length).fill(nothing);
  const labelled = new Int32Array(columns.labels.length === 0 ? 0 : rows.length / 2); // places of runs, from 0
  let labels = 0;
  for (let at = 0; at < rows.length; at += 2) {
    const run = rows[at] ?? 0;
    const place = (order.placeOf[Math.abs(run) - before] ?? 0) - 1;
    scores[place] = rows[at + 1] ?? nothing;
    if (run > 0) labelled[labels++] = place;
  }
  return {
    name,
    evaluations: rows.length / 2,
    errors,
    ...metricOf(order.examples, scores),
    labels: labels === 0 ? noLabels : labelsOf(columns.labels, labelled, order.examples),
  };
}

export function measureTokens({ examples, prompt, completion }: TokenColumns): MeasuredTokens {
  const ids = Float64Array.from(examples);
  const amounts = (counts: (number | null)[]) =>
    amountOf(
      ids,
      Float64Array.from(counts, (count) => count ?? nothing),
    );
  return { prompt: amounts(prompt), completion: amounts(completion) };
}

/** What stands in a column for a run that has nothing there: no score is that. */
const nothing = Number.NaN;

function runsInOrder(columns: RunColumns, ids: Float64Array) {
  const rows = doublesIn(columns.rows);
  const count = rows.length / 3;
  const before = rowidWithin(columns.id, 0);
  let last = 0;
  for (let row = 0; row < count; row++) last = Math.max(last, (rows[3 * row] ?? 0) - before);
  const rowOf = new Int32Array(last + 1); // from 1, by number
  const ranks = new Int32Array(count);
  const counts = newDoubles(ids.length);
  for (let row = 0, rank = 0; row < count; row++) {
    rank = rankOf(rows[3 * row + 1] ?? 0, ids, rank);
    ranks[row] = rank;
    counts[rank] = (counts[rank] ?? 0) + 1;
    rowOf[(rows[3 * row] ?? 0) - before] = row + 1;
  }
  const next = new Int32Array(ids.length); // the place of the next run of each example
  for (let rank = 1; rank < ids.length; rank++) next[rank] = (next[rank - 1] ?? 0) + (counts[rank - 1] ?? 0);
  const order = { examples: newDoubles(count), placeOf: newIntegers(rowOf.length) };
  const latencies = new Float64Array(count); // in milliseconds, with three digits of fraction
  for (let number = 0; number < rowOf.length; number++) {
    const row = (rowOf[number] ?? 0) - 1;
    if (row < 0) continue;
    const rank = ranks[row] ?? 0;
    const place = next[rank] ?? 0;
    next[rank] = place + 1;
    order.placeOf[number] = place + 1;
    order.examples[place] = ids[rank] ?? 0;
    latencies[place] = Math.round((rows[3 * row + 2] ?? 0) * 1e6) / 1e3;
  }
  return { order, latencies, counts };
}

/** Where an example stands among those of the experiment, which has the examples of all of its runs. Mostly it is the one before, or the next. */
function rankOf(example: number, ids: Float64Array, before: number): number {
  if (ids[before] === example) return before;
  if (ids[before + 1] === example) return before + 1;
  let [low, high] = [0, ids.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] ?? 0) < example) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The metric of runs, which stand as columns of their examples and of what they have. */
function metricOf(examples: Float64Array, values: Float64Array): Metric {
  const given = withValues(examples, values);
  const { values: scaled, factor } = scale(given.scores);
  return {
    values: valuesByExample(given),
    distribution: distributionOf(given.scores),
    total: quantity(sum(scaled, (value) => value) / factor),
    labels: noLabels,
  };
}

/** Without the runs that have nothing. */
function withValues(examples: Float64Array, values: Float64Array) {
  let count = 0;
  for (let place = 0; place < values.length; place++) if (!Number.isNaN(values[place])) count++;
  if (count === values.length) return { examples, scores: values };
  const given = { examples: new Float64Array(count), scores: new Float64Array(count) };
  for (let place = 0, at = 0; place < values.length; place++) {
    const value = values[place] ?? nothing;
    if (Number.isNaN(value)) continue;
    given.examples[at] = examples[place] ?? 0;
    given.scores[at++] = value;
  }
  return given;
}

/** Likewise, of what is an amount: 0 and 1 are no failure and no pass. */
function amountOf(examples: Float64Array, values: Float64Array): Metric {
  const metric = metricOf(examples, values);
  return { ...metric, values: { ...metric.values, passFail: false } };
}

/** The labels of runs, given with the places where the runs stand. */
function labelsOf(json: Uint8Array, places: Int32Array, examples: Float64Array): Labels {
  const given: string[] = JSON.parse(Buffer.from(json.buffer).toString());
  const texts = [...new Set(given)].sort();
  const codes = new Map(texts.map((text, code) => [text, code + 1]));
  const byPlace = new Int32Array(examples.length); // from 1; 0 if there is none
  for (let at = 0; at < given.length; at++) byPlace[places[at] ?? 0] = codes.get(given[at] ?? "") ?? 0;
  const labelled = { examples: newDoubles(given.length), labels: newIntegers(given.length) };
  for (let place = 0, at = 0; place < byPlace.length; place++) {
    const code = byPlace[place] ?? 0;
    if (code === 0) continue;
    labelled.examples[at] = examples[place] ?? 0;
    labelled.labels[at++] = code - 1;
  }
  return { ...labelled, texts };
}
