/** Answers of the service, made up. */
import { type Client, type ComparedMetric, type ComparedSide, type Comparison, createClient } from "@assay/client";

/** What a metric says that a test cares for; the rest is of 40 examples in three repetitions, all of them scored. */
export interface MadeMetric extends Partial<ComparedMetric> {
  /** The means of the pairs, before and after; none if nothing is scored. */
  means?: [number, number];
  /** The 95 % interval of their difference, and the wider one. */
  ends?: [number, number];
  strictEnds?: [number, number];
  unscored?: [number, number];
}

export function metricOf(name: string, made: MadeMetric = {}): ComparedMetric {
  const { means, ends, strictEnds = ends, unscored = [0, 0], ...rest } = made;
  const [before, after] = means ?? [null, null];
  const quantity = (value: number | null) => ({ value, reason: value === null ? ("no_values" as const) : null });
  const interval = (level: number, among: [number, number] | undefined) =>
    among
      ? { level, low: among[0], high: among[1], reason: null }
      : { level, low: null, high: null, reason: "no_values" as const };
  const side = (mean: number | null, missing: number): ComparedSide => ({
    mean: quantity(mean),
    interval: interval(0.95, undefined),
    mean_all: quantity(mean),
    scored_example_count: means ? 40 : 0,
    run_count: 120,
    unscored_run_count: missing,
    unscored_share: missing / 120,
    unscored_examples: { count: 0, example_ids: [] },
    labels: [],
  });
  return {
    name,
    optimization_direction: "MAXIMIZE",
    verdict: means ? "no_evidence" : null,
    verdict_reason: means ? null : "no_scores",
    pair_count: means ? 40 : 0,
    baseline: side(before, unscored[0]),
    experiment: side(after, unscored[1]),
    difference: quantity(before === null || after === null ? null : after - before),
    interval: interval(0.95, ends),
    strict_interval: interval(0.95, strictEnds),
    p_value: quantity(null),
    adjusted_p_value: quantity(null),
    method: null,
    standard_deviation: quantity(null),
    standard_error: quantity(null),
    d_z: quantity(null),
    detectable_difference: quantity(null),
    improved_count: 0,
    regressed_count: 0,
    unchanged_count: 0,
    unevenly_scored: unscored[0] !== unscored[1],
    pass_fail: false,
    range: 1,
    label_transitions: [],
    ...rest,
  };
}

export function comparisonOf(evaluations: ComparedMetric[], rest: Partial<Comparison> = {}): Comparison {
  const none = { count: 0, example_ids: [] };
  const side = { dataset_version_id: "RGF0YXNldFZlcnNpb246MQ==", repetitions: 3, example_count: 40 };
  const measure = (name: string, made?: MadeMetric) =>
    metricOf(name, { optimization_direction: "MINIMIZE", range: null, ...made });
  return {
    experiment: { id: "RXhwZXJpbWVudDoy", name: "shorter prompt", ...side },
    baseline: { id: "RXhwZXJpbWVudDox", name: "long prompt", ...side },
    margin: null,
    include_changed: false,
    compared_example_count: 40,
    only_experiment: none,
    only_baseline: none,
    changed: none,
    evaluations,
    more_evaluations: false,
    latency_ms: measure("latency_ms", { means: [840.5, 851.25], ends: [-38.5, 60] }),
    error_rate: measure("error_rate", { means: [0, 0.025], ends: [-0.01, 0.06] }),
    prompt_tokens: measure("prompt_tokens"),
    completion_tokens: measure("completion_tokens"),
    ...rest,
  };
}

/** A client whose service always answers with this comparison and, asked for power, with these numbers; what it is asked goes into `urls`. */
export function clientThatSays(
  comparison: Comparison,
  needed: { examples: number | null; repetitions: number | null },
  urls: string[] = [],
): Client {
  const quantity = (value: number | null) => ({ value, reason: value === null ? "unreachable" : null });
  const plan = {
    examples_needed: quantity(needed.examples),
    repetitions_needed: quantity(needed.repetitions),
  };
  const fetch = async ({ url }: Request) => {
    urls.push(url);
    return Response.json({ data: url.includes("/power?") ? { evaluations: [plan] } : comparison });
  };
  return createClient({ fetch });
}
