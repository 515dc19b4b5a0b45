import { type EvaluationMetric, type Measured, type MeasuredTokens, type Metric, noLabels } from "./measured.ts";
import { quantity } from "./statistics/answer.ts";
import { distributionOf } from "./statistics/distribution.ts";
import { valuesByExample } from "./statistics/examples.ts";
import type { Labels } from "./statistics/labels.ts";
import { scale, sum } from "./statistics/moments.ts";

/** The rows of an experiment as Postgres gives them: columns, each the text of a JSON array. Runs go by their numbers within it. */
export interface ExperimentColumns {
  repetitions: number;
  examples: string;
  /** The latency of a failed run is null. */
  runs: { numbers: string; examples: string; latencies: string };
  evaluations: EvaluationColumns[];
}

/** The evaluations of one name: scores and labels, each with the runs that have one. */
export interface EvaluationColumns {
  name: string;
  evaluations: number;
  errors: number;
  scored_runs: string;
  scores: string;
  labelled_runs: string;
  labels: string;
}

/** Runs whose traces say something of tokens, as columns. */
export interface TokenColumns {
  examples: number[];
  prompt: (number | null)[];
  completion: (number | null)[];
}

/** Groups what an experiment's rows say by example. 0.5 s for 45,000 runs with three evaluations each. */
export function measure(columns: ExperimentColumns): Measured {
  const runs = runsInOrder(columns.runs);
  const ids = Float64Array.from<number>(JSON.parse(columns.examples)).sort();
  const counts = new Map<number, number>();
  for (const id of runs.examples) counts.set(id, (counts.get(id) ?? 0) + 1);
  return {
    examples: { ids, runs: ids.map((id) => counts.get(id) ?? 0), repetitions: columns.repetitions },
    evaluations: columns.evaluations.map((evaluation) => measureEvaluation(evaluation, runs)),
    latency: amountOf(runs.examples, runs.latencies),
    errors: metricOf(
      runs.examples,
      runs.latencies.map((latency) => Number(latency === null)),
    ),
  };
}

export function measureTokens({ examples, prompt, completion }: TokenColumns): MeasuredTokens {
  return { prompt: amountOf(examples, prompt), completion: amountOf(examples, completion) };
}

/** Runs in the order of examples and of their own numbers, however they were read: so that the same rows always give the same figures. */
interface Runs {
  examples: number[];
  latencies: (number | null)[];
  /** Where a run stands in these columns. */
  placeOf: Map<number, number>;
}

function runsInOrder(columns: ExperimentColumns["runs"]): Runs {
  const numbers: number[] = JSON.parse(columns.numbers);
  const examples: number[] = JSON.parse(columns.examples);
  const latencies: (number | null)[] = JSON.parse(columns.latencies);
  const order = [...numbers.keys()].sort(
    (a, b) => (examples[a] ?? 0) - (examples[b] ?? 0) || (numbers[a] ?? 0) - (numbers[b] ?? 0),
  );
  return {
    examples: order.map((index) => examples[index] ?? 0),
    latencies: order.map((index) => latencies[index] ?? null),
    placeOf: new Map(order.map((index, place) => [numbers[index] ?? 0, place])),
  };
}

function measureEvaluation(columns: EvaluationColumns, runs: Runs): EvaluationMetric {
  const { name, evaluations, errors } = columns;
  const scores = byRun<number>(columns.scored_runs, columns.scores, runs);
  const labels = byRun<string>(columns.labelled_runs, columns.labels, runs);
  return { name, evaluations, errors, ...metricOf(runs.examples, scores), labels: labelsOf(runs.examples, labels) };
}

/** What each run has, in the order of runs; null where it has nothing. */
function byRun<Value>(numbers: string, values: string, { examples, placeOf }: Runs): (Value | null)[] {
  const all = examples.map((): Value | null => null);
  const given: Value[] = JSON.parse(values);
  for (const [index, number] of (JSON.parse(numbers) as number[]).entries()) {
    // as `ExperimentColumns` says
    const place = placeOf.get(number);
    if (place !== undefined) all[place] = given[index] ?? null;
  }
  return all;
}

/** The metric of runs, which stand as columns of their examples and of what they have, null for nothing. */
function metricOf(examples: number[], values: (number | null)[]): Metric {
  const has = (_: unknown, index: number) => values[index] !== null;
  const given = Float64Array.from(values.filter((value) => value !== null));
  const { values: scaled, factor } = scale(given);
  return {
    values: valuesByExample({ examples: examples.filter(has), scores: given }),
    distribution: distributionOf(given),
    total: quantity(sum(scaled, (value) => value) / factor),
    labels: noLabels,
  };
}

/** Likewise, of what is an amount: 0 and 1 are no failure and no pass. */
function amountOf(examples: number[], values: (number | null)[]): Metric {
  const metric = metricOf(examples, values);
  return { ...metric, values: { ...metric.values, passFail: false } };
}

function labelsOf(examples: number[], labels: (string | null)[]): Labels {
  const given = labels.filter((label) => label !== null);
  const texts = [...new Set(given)].sort();
  const places = new Map(texts.map((text, place) => [text, place]));
  return {
    examples: Float64Array.from(examples.filter((_, index) => labels[index] !== null)),
    labels: Int32Array.from(given, (label) => places.get(label) ?? 0),
    texts,
  };
}
