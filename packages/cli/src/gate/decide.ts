import type { Client, ComparedMetric, Comparison } from "@assay/client";
import { type Compared, comparisonQuery } from "../compared.ts";
import { type Chosen, chooseMetrics, findMetric, isThere, type LeftOut, namesBeyond, type Wanted } from "./choose.ts";
import { type Needed, neededFor } from "./needed.ts";
import { type Finding, gateLevel, gateMetric, gateOutcome, type Outcome } from "./rule.ts";

export const exitCodes: Record<Outcome, number> = { pass: 0, fail: 1, not_enough_evidence: 2 };

export interface GateRequest extends Compared, Wanted {
  experiment: string;
  /** By how much the share of runs without a score may exceed the baseline's, from 0 to 1. */
  maxMissing: number;
}

export interface GatedMetric extends Chosen {
  metric: ComparedMetric;
  outcome: Outcome;
  finding: Finding;
  /** The shares of runs without a score. The experiment's has those, too, of the baseline's examples that are not compared. */
  unscored: { baseline: number; experiment: number };
  /** What it would take to decide, where `finding` is `undecided` and that is known. */
  needed: Needed | undefined;
}

export interface Gate {
  outcome: Outcome;
  /** The level of the intervals that fail it. */
  level: number;
  maxMissing: number;
  metrics: GatedMetric[];
  leftOut: LeftOut[];
  /** Of the gated evaluations alone, if any are. */
  comparison: Comparison;
}

/**
 * Compares two experiments and decides.
 * @throws Error in a sentence for the user if it cannot be done as asked; ApiError; ConnectionError.
 */
export async function decide(client: Client, request: GateRequest): Promise<Gate> {
  const { experiment, maxMissing } = request;
  const query = comparisonQuery(request);
  const everything = await compareAll(client, request); // the level depends on what there is
  if (everything.experiment.id === everything.baseline.id)
    throw new Error("The experiment is its own baseline, so there is nothing to compare it with.");
  const { chosen, leftOut } = chooseMetrics(everything, request);
  const level = gateLevel(Math.max(1, chosen.length));
  const names = chosen.filter(({ isEvaluation }) => isEvaluation).map(({ name }) => name);
  const evaluation = names.length === everything.evaluations.length ? [] : names; // a URL has an end
  const comparison = await client.comparisons.getComparison(experiment, { ...query, level, evaluation });

  const metrics = await Promise.all(
    chosen.map(async (each): Promise<GatedMetric> => {
      const metric = findMetric(comparison, each);
      if (!metric)
        throw new Error(`A comparison has at most ${comparison.evaluations.length} evaluations: gate fewer.`);
      const unscored = unscoredShares(comparison, metric);
      const { interval, strict_interval: strictInterval } = metric;
      const decided = gateMetric({ ...each, interval, strictInterval, unscored, maxMissing });
      const isPlanned = decided.finding === "undecided" && each.isEvaluation;
      const needed = isPlanned ? await neededFor(client, comparison, { ...each, pairs: metric.pair_count }) : undefined;
      return { ...each, ...decided, metric, unscored, needed };
    }),
  );
  return { outcome: gateOutcome(metrics), level, maxMissing, metrics, leftOut, comparison };
}

/** A comparison of all evaluations, or of as many as one has, and of those that the request names. */
async function compareAll(client: Client, request: GateRequest): Promise<Comparison> {
  const query = comparisonQuery(request);
  const all = await client.comparisons.getComparison(request.experiment, query);
  const evaluation = namesBeyond(all, request.allowedDrops.keys());
  if (evaluation.length === 0) return all;
  const named = await client.comparisons.getComparison(request.experiment, { ...query, evaluation });
  return { ...all, evaluations: [...all.evaluations, ...named.evaluations.filter(isThere)] };
}

/**
 * An example of the baseline's that is not compared, because the experiment does not have it or has another of its id, is as good as one without
 * a score: else a candidate could pass by running over the easy examples alone.
 */
function unscoredShares({ baseline, only_baseline, changed, include_changed }: Comparison, metric: ComparedMetric) {
  const missing = only_baseline.count + (include_changed ? 0 : changed.count);
  const share = baseline.example_count === 0 ? 0 : missing / baseline.example_count;
  return {
    baseline: metric.baseline.unscored_share,
    experiment: 1 - (1 - share) * (1 - metric.experiment.unscored_share),
  };
}
