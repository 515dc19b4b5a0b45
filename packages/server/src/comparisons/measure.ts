import { type EvaluationMetric, type Measured, type MeasuredTokens, type Metric, noLabels } from "./measured.ts";
import { quantity } from "./statistics/answer.ts";
import { distributionOf } from "./statistics/distribution.ts";
import { valuesByExample } from "./statistics/examples.ts";
import type { Labels } from "./statistics/labels.ts";
import { scale, sum } from "./statistics/moments.ts";

/**
 * The rows of an experiment as Postgres gives them: columns, each the bytes of its values one after the other, as Postgres sends them. Runs go by
 * their numbers within the experiment.
 */
export interface ExperimentColumns {
  repetitions: number;
  /** `float8` */
  examples: Uint8Array;
  /** `int4`, `float8` and `float8`; the seconds of a failed run are not a number. */
  runs: { numbers: Uint8Array; examples: Uint8Array; seconds: Uint8Array };
  evaluations: EvaluationColumns[];
}

/** The evaluations of one name: scores (`float8`) and labels (a JSON array), each with the runs (`int4`) that have one. */
export interface EvaluationColumns {
  name: string;
  evaluations: number;
  errors: number;
  scored_runs: Uint8Array;
  scores: Uint8Array;
  labelled_runs: Uint8Array;
  labels: string;
}

/** Runs whose traces say something of tokens, as columns. */
export interface TokenColumns {
  examples: number[];
  prompt: (number | null)[];
  completion: (number | null)[];
}

/** Groups what an experiment's rows say by example. 2 s for a million runs with three evaluations each. */
export function measure(columns: ExperimentColumns): Measured {
  const ids = doublesIn(columns.examples).sort();
  const runs = runsInOrder(columns.runs, ids);
  return {
    examples: { ids, runs: runs.counts, repetitions: columns.repetitions },
    evaluations: columns.evaluations.map((evaluation) => measureEvaluation(evaluation, runs)),
    latency: amountOf(runs.examples, runs.latencies),
    errors: metricOf(
      runs.examples,
      runs.latencies.map((latency) => Number(Number.isNaN(latency))),
    ),
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

/** Runs in the order of examples and of their own numbers, however they were read: so that the same rows always give the same figures. */
interface Runs {
  examples: Float64Array;
  /** In milliseconds, with three digits of fraction. */
  latencies: Float64Array;
  /** Where the run of a number stands in these columns, from 1; 0 if there is none. */
  placeOf: Int32Array;
  /** How many runs each example has. */
  counts: Float64Array;
}

/** Run numbers are below this. */
const mostNumbers = 2 ** 27;

function runsInOrder(columns: ExperimentColumns["runs"], ids: Float64Array): Runs {
  const numbers = integersIn(columns.numbers);
  const examples = doublesIn(columns.examples);
  const seconds = doublesIn(columns.seconds);
  const rankOf = new Map(Array.from(ids, (id, rank) => [id, rank]));
  const counts = new Float64Array(ids.length);
  const rowOf = new Int32Array(numbers.reduce((most, number) => Math.max(most, number), 0) + 1);
  const order = new Float64Array(numbers.length); // sorts faster than places that are compared by what stands there
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row] ?? 0;
    const rank = rankOf.get(examples[row] ?? 0) ?? 0; // the experiment has the examples of all of its runs
    counts[rank] = (counts[rank] ?? 0) + 1;
    rowOf[number] = row;
    order[row] = rank * mostNumbers + number;
  }
  const inOrder = order.sort().map((key) => rowOf[key % mostNumbers] ?? 0);
  const placeOf = new Int32Array(rowOf.length);
  for (let place = 0; place < inOrder.length; place++) placeOf[numbers[inOrder[place] ?? 0] ?? 0] = place + 1;
  return {
    examples: inOrder.map((row) => examples[row] ?? 0),
    latencies: inOrder.map((row) => Math.round((seconds[row] ?? 0) * 1e6) / 1e3),
    placeOf,
    counts,
  };
}

function measureEvaluation(columns: EvaluationColumns, runs: Runs): EvaluationMetric {
  const { name, evaluations, errors } = columns;
  const scores = new Float64Array(runs.examples.length).fill(nothing);
  const given = doublesIn(columns.scores);
  placesOf(columns.scored_runs, runs).forEach((place, row) => {
    if (place > 0) scores[place - 1] = given[row] ?? nothing;
  });
  return { name, evaluations, errors, ...metricOf(runs.examples, scores), labels: labelsOf(columns, runs) };
}

const placesOf = (numbers: Uint8Array, { placeOf }: Runs) => integersIn(numbers).map((number) => placeOf[number] ?? 0);

/** The metric of runs, which stand as columns of their examples and of what they have. */
function metricOf(examples: Float64Array, values: Float64Array): Metric {
  const given = values.filter((value) => !Number.isNaN(value));
  const all = given.length === values.length;
  const { values: scaled, factor } = scale(given);
  return {
    values: valuesByExample({
      examples: all ? examples : examples.filter((_, index) => !Number.isNaN(values[index])),
      scores: given,
    }),
    distribution: distributionOf(given),
    total: quantity(sum(scaled, (value) => value) / factor),
    labels: noLabels,
  };
}

/** Likewise, of what is an amount: 0 and 1 are no failure and no pass. */
function amountOf(examples: Float64Array, values: Float64Array): Metric {
  const metric = metricOf(examples, values);
  return { ...metric, values: { ...metric.values, passFail: false } };
}

function labelsOf({ labelled_runs, labels }: EvaluationColumns, runs: Runs): Labels {
  const given: string[] = JSON.parse(labels);
  const texts = [...new Set(given)].sort();
  const codes = new Map(texts.map((text, code) => [text, code]));
  const none = -1;
  const byPlace = new Int32Array(runs.examples.length).fill(none);
  placesOf(labelled_runs, runs).forEach((place, row) => {
    if (place > 0) byPlace[place - 1] = codes.get(given[row] ?? "") ?? none;
  });
  return {
    examples: runs.examples.filter((_, place) => byPlace[place] !== none),
    labels: byPlace.filter((code) => code !== none),
    texts,
  };
}

function doublesIn(bytes: Uint8Array): Float64Array<ArrayBuffer> {
  const { buffer } = Uint8Array.from(bytes); // where an array of doubles may begin, and nobody else's
  Buffer.from(buffer).swap64(); // Postgres sends the highest byte first; the processors that Node runs on have it last
  return new Float64Array(buffer);
}

function integersIn(bytes: Uint8Array): Int32Array<ArrayBuffer> {
  const { buffer } = Uint8Array.from(bytes);
  Buffer.from(buffer).swap32();
  return new Int32Array(buffer);
}
