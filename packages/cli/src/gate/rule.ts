import type { Interval, OptimizationDirection } from "@assay/client";

/** What a gate says, of one metric or of all together; `assay gate` exits with 0, 1 and 2, in this order. */
export type Outcome = "pass" | "fail" | "not_enough_evidence";

/** Why: what the interval says of the drop, or what is in the way of saying anything. */
export type Finding = "within_allowed_drop" | "beyond_allowed_drop" | "undecided" | "no_interval" | "too_many_unscored";

/** Of two directions one is better. */
export type Direction = Exclude<OptimizationDirection, "NONE">;

/** What is known of one gated metric. Shares are from 0 to 1. */
export interface Measured {
  direction: Direction;
  /** Of the difference, at 95 %. */
  interval: Interval;
  /** Of the difference, at `gateLevel`. */
  strictInterval: Interval;
  /** By how much it may become worse, in scores; not negative. */
  allowedDrop: number;
  /** The share of runs without a score. */
  unscored: { baseline: number; experiment: number };
  /** By how much that share may exceed the baseline's. */
  maxMissing: number;
}

/** 0.05 − 0.03 is a little above 0.02. */
const rounding = 1e-9;

/** The level of the intervals that fail a gate: with that of 1 − 0.05 / k for each of k metrics, 5 % of harmless changes fail (Bonferroni). */
export function gateLevel(metrics: number): number {
  return 1 - 0.05 / metrics;
}

/** The drop that is allowed where none is given: 5 % of the range of scores; none where that is not known either. */
export function defaultAllowedDrop(range: number | null): number | null {
  return range === null ? null : 0.05 * range;
}

/**
 * Fails if it is sure that the drop is beyond the allowed one; passes if it is sure that it is not, unless the experiment lacks more scores than
 * the baseline does by more than is allowed, since a candidate that crashes on the hard examples looks better than it is.
 */
export function gateMetric(metric: Measured): { outcome: Outcome; finding: Finding } {
  const { direction, allowedDrop, unscored, maxMissing } = metric;
  const strict = orient(metric.strictInterval, direction);
  if (strict && strict.high < -allowedDrop) return { outcome: "fail", finding: "beyond_allowed_drop" };
  if (unscored.experiment - unscored.baseline > maxMissing + rounding)
    return { outcome: "not_enough_evidence", finding: "too_many_unscored" };
  const usual = orient(metric.interval, direction);
  if (!usual) return { outcome: "not_enough_evidence", finding: "no_interval" };
  return usual.low >= -allowedDrop
    ? { outcome: "pass", finding: "within_allowed_drop" }
    : { outcome: "not_enough_evidence", finding: "undecided" };
}

/** One failure fails the gate; otherwise it passes if there is something to pass and all of it does. */
export function gateOutcome(metrics: readonly { outcome: Outcome }[]): Outcome {
  if (metrics.some(({ outcome }) => outcome === "fail")) return "fail";
  return metrics.length > 0 && metrics.every(({ outcome }) => outcome === "pass") ? "pass" : "not_enough_evidence";
}

/** The interval of a difference, turned so that what is positive is better; undefined if there is none. */
export function orient({ low, high }: Interval, direction: Direction): { low: number; high: number } | undefined {
  if (low === null || high === null) return undefined;
  return direction === "MAXIMIZE" ? { low, high } : { low: -high, high: -low };
}
