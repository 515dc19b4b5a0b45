import type { components } from "@assay/spec";
import { type MeasuredTokens, type Metric, noMetric } from "./measured.ts";
import {
  atLevel,
  type Meaning,
  type MetricToCompare,
  type Overlap,
  overlapOf,
  type PairedMetric,
  type Sides,
  sampleOf,
  sidesOf,
  usualLevel,
} from "./sides.ts";
import { adjustByHolm, familyLevel } from "./statistics/holm.ts";
import {
  compareExamples,
  differenceInterval,
  noiseOfComparison,
  type PairedComparison,
} from "./statistics/paired-difference.ts";
import { detectableDifference } from "./statistics/power.ts";
import { changesOf, type Direction, verdictOf } from "./statistics/verdict.ts";

type Schemas = components["schemas"];
type ComparedMetric = Schemas["ComparedMetric"];
export type ComparedEvaluations = Pick<
  Schemas["Comparison"],
  "compared_example_count" | "only_experiment" | "only_baseline" | "changed" | "evaluations" | "more_evaluations"
>;
export type ComparedRunMetrics = Pick<
  Schemas["Comparison"],
  "latency_ms" | "error_rate" | "prompt_tokens" | "completion_tokens"
>;

/** How to compare them. */
export interface Terms {
  /** The public ids of the two experiments. */
  ids: readonly [string, string];
  /** Of strict intervals; undefined for that of the family. */
  level: number | undefined;
  margin: number | null;
}

/** Compares the evaluations of these names, which are one family. `more`: whether there are others. */
export function compareEvaluations({
  meanings,
  more,
  sides,
  terms,
}: {
  meanings: ReadonlyMap<string, Meaning>;
  more: boolean;
  sides: Sides;
  terms: Terms;
}): ComparedEvaluations {
  const overlap = overlapOf(sides);
  const [before, after] = [sides.baseline, sides.experiment].map(
    ({ evaluations }) => new Map(evaluations.map((evaluation) => [evaluation.name, evaluation])),
  );
  const pairs = [...meanings].map(([name, meaning]) =>
    pairUp(
      { name, ...meaning, baseline: before?.get(name) ?? noMetric, experiment: after?.get(name) ?? noMetric },
      overlap,
      terms,
    ),
  );
  const judge = judgeOf(pairs, sides, overlap, terms);
  return {
    compared_example_count: overlap.compared.size,
    only_experiment: sampleOf(overlap.onlyExperiment),
    only_baseline: sampleOf(overlap.onlyBaseline),
    changed: sampleOf([...sides.changed]),
    evaluations: pairs.map(judge),
    more_evaluations: more,
  };
}

/** Compares what runs have beside evaluations: a family of its own, of which lower is better. */
export function compareRunMetrics({
  tokens,
  sides,
  terms,
}: {
  tokens: { baseline: MeasuredTokens; experiment: MeasuredTokens };
  sides: Sides;
  terms: Omit<Terms, "margin">;
}): ComparedRunMetrics {
  const overlap = overlapOf(sides);
  const { baseline, experiment } = sides;
  const pair = (name: string, before: Metric, after: Metric, range: number | null = null) =>
    pairUp({ name, direction: "minimize", range, baseline: before, experiment: after }, overlap, terms);
  const latency = pair("latency_ms", baseline.latency, experiment.latency);
  const errors = pair("error_rate", baseline.errors, experiment.errors, 1);
  const prompt = pair("prompt_tokens", tokens.baseline.prompt, tokens.experiment.prompt);
  const completion = pair("completion_tokens", tokens.baseline.completion, tokens.experiment.completion);
  const judge = judgeOf([latency, errors, prompt, completion], sides, overlap, { ...terms, margin: null });
  return {
    latency_ms: judge(latency),
    error_rate: judge(errors),
    prompt_tokens: judge(prompt),
    completion_tokens: judge(completion),
  };
}

function pairUp(metric: MetricToCompare, { leftOut }: Overlap, { ids }: Pick<Terms, "ids">): PairedMetric {
  const { baseline, experiment, range } = metric;
  return { ...metric, comparison: compareExamples(baseline.values, experiment.values, { ids, range, leftOut }) };
}

/** Says what to make of each metric of a family. */
function judgeOf(family: PairedMetric[], sides: Sides, overlap: Overlap, { level, margin }: Omit<Terms, "ids">) {
  const adjusted = adjustByHolm(family.map(({ comparison }) => comparison.p_value.value));
  const adjustedOf = new Map(family.map((metric, index) => [metric, adjusted[index] ?? null]));
  return (metric: PairedMetric): ComparedMetric => {
    const { name, direction, comparison } = metric;
    const adjustedP = adjustedOf.get(metric) ?? null;
    const both = sidesOf(metric, sides, overlap);
    return {
      name,
      optimization_direction: direction === null ? "NONE" : direction === "minimize" ? "MINIMIZE" : "MAXIMIZE",
      ...verdictIn(metric, { adjustedP, margin }),
      pair_count: comparison.pairs,
      baseline: both.baseline,
      experiment: both.experiment,
      difference: comparison.difference,
      interval: atLevel(usualLevel, comparison.interval),
      strict_interval: strictInterval(comparison, level ?? familyLevel(family.length)),
      p_value: comparison.p_value,
      adjusted_p_value: adjustedP === null ? comparison.p_value : { value: adjustedP, reason: null },
      method: comparison.method,
      standard_deviation: comparison.standard_deviation,
      standard_error: comparison.standard_error,
      d_z: comparison.d_z,
      detectable_difference: detectableDifference(noiseOfComparison(comparison), { examples: comparison.pairs }),
      ...changesIn(comparison, direction),
      unevenly_scored: both.areUneven,
      pass_fail: comparison.pass_fail,
      range: comparison.range,
      label_transitions: both.transitions,
    };
  };
}

const strictInterval = (comparison: PairedComparison, level: number) =>
  atLevel(level, differenceInterval(comparison, level));

function verdictIn(
  { direction, comparison, baseline, experiment }: PairedMetric,
  { adjustedP, margin }: { adjustedP: number | null; margin: number | null },
): Pick<ComparedMetric, "verdict" | "verdict_reason"> {
  if (baseline.values.ids.length + experiment.values.ids.length === 0)
    return { verdict: null, verdict_reason: "no_scores" };
  const verdict = verdictOf(comparison, { adjustedP, direction: direction ?? "maximize", margin });
  const takesSides = verdict === "better" || verdict === "worse";
  if (direction === null && takesSides) return { verdict: null, verdict_reason: "no_direction" };
  return { verdict, verdict_reason: null };
}

function changesIn(comparison: PairedComparison, direction: Direction | null) {
  const { improved, regressed, unchanged } = changesOf(comparison, direction ?? "maximize");
  return {
    improved_count: direction === null ? null : improved,
    regressed_count: direction === null ? null : regressed,
    unchanged_count: unchanged,
  };
}
