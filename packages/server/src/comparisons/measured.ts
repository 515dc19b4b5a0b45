/** What is computed of an experiment once, and everything else from it. All of it may be sent to a worker and back. */
import type { Quantity } from "./statistics/answer.ts";
import type { Distribution } from "./statistics/distribution.ts";
import type { ExampleValues } from "./statistics/examples.ts";
import type { Labels } from "./statistics/labels.ts";

/** An answer has no more names of evaluations than this. */
export const mostNames = 100;

/** A number that runs have. */
export interface Metric {
  values: ExampleValues;
  /** Over runs; null if none has it. */
  distribution: Distribution | null;
  total: Quantity;
  /** Only evaluations have some. */
  labels: Labels;
}

export interface EvaluationMetric extends Metric {
  name: string;
  evaluations: number;
  errors: number;
}

/** The runs and evaluations of an experiment, as they were at some moment. */
export interface Measured {
  examples: MeasuredExamples;
  /** In the order of names. */
  evaluations: EvaluationMetric[];
  /** Of successful runs, in milliseconds. */
  latency: Metric;
  /** 1 for each run that failed, 0 for others. */
  errors: Metric;
}

/** The examples of an experiment, as columns in ascending order of their ids. */
export interface MeasuredExamples {
  ids: Float64Array;
  /** How many runs each has. */
  runs: Float64Array;
  /** How many it should have. */
  repetitions: number;
}

/** The tokens of an experiment's runs, as far as spans say and the caller may see them. */
export interface MeasuredTokens {
  prompt: Metric;
  completion: Metric;
}

const none = new Float64Array();
export const noLabels: Labels = { examples: none, labels: new Int32Array(), texts: [] };

/** What an experiment has of an evaluation that it does not have. */
export const noMetric: Metric = {
  values: { ids: none, means: none, repetitions: none, spreads: none, passFail: false },
  distribution: null,
  total: { value: 0, reason: null },
  labels: noLabels,
};

/**
 * How many runs an example counts for: as many as there should be, or as there are, if more. A run that is missing counts as one without
 * a score, as one that failed does.
 */
export function runsOfExample({ runs, repetitions }: MeasuredExamples, index: number): number {
  return Math.max(repetitions, runs[index] ?? 0);
}
