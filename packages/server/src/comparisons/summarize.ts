import type { components } from "@assay/spec";
import { type Measured, type MeasuredExamples, type MeasuredTokens, type Metric, runsOfExample } from "./measured.ts";
import { noQuantity } from "./statistics/answer.ts";
import { labelShares } from "./statistics/labels.ts";
import { meanOfExamples } from "./statistics/mean-of-examples.ts";
import { sum } from "./statistics/moments.ts";

type Schemas = components["schemas"];
export type RunsSummary = Pick<
  Schemas["ExperimentSummary"],
  "evaluations" | "more_evaluations" | "latency_ms" | "errors"
>;
export type TokensSummary = Pick<Schemas["ExperimentSummary"], "prompt_tokens" | "completion_tokens">;

/** How far the scores of evaluations can be apart, by name; null where that is not known. */
export type Ranges = ReadonlyMap<string, number | null>;

const level = 0.95;

/** The summary of an experiment, but for tokens. `more`: whether it has other evaluations than those that were measured. */
export function summarize({
  measured,
  ranges,
  more,
}: {
  measured: Measured;
  ranges: Ranges;
  more: boolean;
}): RunsSummary {
  const { examples, latency, errors } = measured;
  const runs = runsOf(examples);
  const recorded = sum(examples.runs, (count) => count);
  return {
    evaluations: measured.evaluations.map(({ name, evaluations, errors, values, distribution, labels }) => ({
      name,
      evaluation_count: evaluations,
      error_count: errors,
      scored_run_count: distribution?.count ?? 0,
      unscored_run_count: runs - (distribution?.count ?? 0),
      scored_example_count: values.ids.length,
      unscored_example_count: examples.ids.length - values.ids.length,
      ...meanAndInterval(values, ranges.get(name) ?? null),
      standard_deviation: distribution?.standard_deviation ?? noQuantity("no_values"),
      min: distribution?.min ?? null,
      p10: distribution?.p10 ?? null,
      median: distribution?.median ?? null,
      p90: distribution?.p90 ?? null,
      max: distribution?.max ?? null,
      labels: labelShares(labels),
    })),
    more_evaluations: more,
    latency_ms: summaryOf(latency, runs),
    errors: {
      run_count: recorded,
      failed_run_count: errors.total.value ?? 0,
      missing_run_count: runs - recorded,
      ...meanAndInterval(errors.values, 1),
    },
  };
}

export function summarizeTokens({
  examples,
  tokens,
}: {
  examples: MeasuredExamples;
  tokens: MeasuredTokens;
}): TokensSummary {
  const runs = runsOf(examples);
  return { prompt_tokens: summaryOf(tokens.prompt, runs), completion_tokens: summaryOf(tokens.completion, runs) };
}

function summaryOf({ values, distribution, total }: Metric, runs: number): Schemas["MeasureSummary"] {
  return {
    run_count: distribution?.count ?? 0,
    missing_run_count: runs - (distribution?.count ?? 0),
    total: distribution ? total : noQuantity("no_values"),
    ...meanAndInterval(values, null),
    p50: distribution?.median ?? null,
    p90: distribution?.p90 ?? null,
    p99: distribution?.p99 ?? null,
  };
}

function meanAndInterval(values: Metric["values"], range: number | null) {
  const { mean, interval } = meanOfExamples(values, range, level);
  return { mean, interval: { level, ...interval } };
}

/** All runs of an experiment, those included that are missing. */
function runsOf(examples: MeasuredExamples): number {
  return sum(examples.ids, (_, index) => runsOfExample(examples, index));
}
