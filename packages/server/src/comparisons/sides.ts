/** The two sides of a comparison, and what they share. */
import type { components } from "@assay/spec";
import { encodeId } from "../id.ts";
import { type Measured, type MeasuredExamples, type Metric, runsOfExample } from "./measured.ts";
import type { Interval } from "./statistics/answer.ts";
import type { ExampleValues } from "./statistics/examples.ts";
import { labelledOnBoth, labelShares, labelTransitions } from "./statistics/labels.ts";
import { meanOfExamples } from "./statistics/mean-of-examples.ts";
import type { PairedComparison } from "./statistics/paired-difference.ts";
import type { Direction } from "./statistics/verdict.ts";

type Schemas = components["schemas"];

/** What evaluations of a name mean. */
export interface Meaning {
  /** Null if neither direction is better. */
  direction: Direction | null;
  /** How far scores can be apart; null where that is not known. */
  range: number | null;
}

/** Two experiments, and which of their examples to compare. */
export interface Sides {
  baseline: Measured;
  experiment: Measured;
  /** Examples whose content differs between the two. */
  changed: Float64Array;
  includeChanged: boolean;
}

/** Scores under one name, or what stands for them. */
export interface MetricToCompare extends Meaning {
  name: string;
  baseline: Metric;
  experiment: Metric;
}

export interface PairedMetric extends MetricToCompare {
  comparison: PairedComparison;
}

/** Which examples two experiments have in common. */
export interface Overlap {
  compared: ReadonlySet<number>;
  /** Examples of both that are not compared. */
  leftOut: ReadonlySet<number>;
  onlyBaseline: number[];
  onlyExperiment: number[];
}

export function overlapOf({ baseline, experiment, changed, includeChanged }: Sides): Overlap {
  const [before, after] = [new Set(baseline.examples.ids), new Set(experiment.examples.ids)];
  const leftOut = new Set(includeChanged ? [] : changed);
  return {
    compared: new Set([...before].filter((id) => after.has(id) && !leftOut.has(id))),
    leftOut,
    onlyBaseline: [...before].filter((id) => !after.has(id)),
    onlyExperiment: [...after].filter((id) => !before.has(id)),
  };
}

const mostSampled = 20;

export function sampleOf(ids: number[]): Schemas["ExampleSample"] {
  return { count: ids.length, example_ids: ids.slice(0, mostSampled).map((id) => encodeId("DatasetExample", id)) };
}

export const usualLevel = 0.95;

export const atLevel = (level: number, interval: Interval): Schemas["Interval"] => ({ level, ...interval });

/** What both sides have of a metric, and whether they lack as much of it. */
export function sidesOf(metric: PairedMetric, sides: Sides, overlap: Overlap) {
  const labels = labelsOf(metric, overlap);
  const side = (which: "baseline" | "experiment") => {
    const { values } = metric[which];
    const unscored = unscoredOf(values, sides[which].examples, overlap);
    const { mean, interval } = metric.comparison[which];
    const all = meanOfExamples(values, metric.range);
    const figures: Schemas["ComparedSide"] = {
      mean,
      interval: atLevel(usualLevel, interval),
      mean_all: all.mean,
      scored_example_count: all.examples,
      run_count: unscored.of,
      unscored_run_count: unscored.runs,
      unscored_share: unscored.runs / Math.max(unscored.of, 1),
      unscored_examples: sampleOf(unscored.examples),
      labels: labels[which],
    };
    return { figures, unscored: unscored.examples };
  };
  const [baseline, experiment] = [side("baseline"), side("experiment")];
  return {
    baseline: baseline.figures,
    experiment: experiment.figures,
    areUneven:
      baseline.figures.unscored_share !== experiment.figures.unscored_share ||
      baseline.unscored.join() !== experiment.unscored.join(),
    transitions: labels.transitions,
  };
}

/** The examples without a score, and how many of all runs have none. */
function unscoredOf({ ids, repetitions }: ExampleValues, examples: MeasuredExamples, { compared }: Overlap) {
  const unscored = { of: 0, runs: 0, examples: [] as number[] };
  let place = 0; // both are in ascending order
  for (const [index, id] of examples.ids.entries()) {
    const isScored = ids[place] === id;
    const scores = isScored ? (repetitions[place++] ?? 0) : 0;
    if (!compared.has(id)) continue;
    const runs = runsOfExample(examples, index);
    unscored.of += runs;
    unscored.runs += runs - scores;
    if (!isScored) unscored.examples.push(id);
  }
  return unscored;
}

function labelsOf({ baseline, experiment }: PairedMetric, { leftOut }: Overlap) {
  const labelled = labelledOnBoth(baseline.labels, experiment.labels, leftOut);
  return {
    baseline: labelShares(baseline.labels, labelled),
    experiment: labelShares(experiment.labels, labelled),
    transitions: labelTransitions(baseline.labels, experiment.labels, labelled),
  };
}
