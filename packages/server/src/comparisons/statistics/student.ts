import studentCdf from "@stdlib/stats-base-dists-t-cdf";
import studentQuantile from "@stdlib/stats-base-dists-t-quantile";
import { type Interval, interval, noInterval } from "./answer.ts";
import type { Moments } from "./moments.ts";

/** The t beyond which, on either side together, a share of `alpha` of Student's distribution lies (Student 1908). */
export function studentCritical(alpha: number, degrees: number): number {
  return -studentQuantile(alpha / 2, degrees);
}

/** The two-sided p-value of a t. */
export function studentP(t: number, degrees: number): number {
  return 2 * studentCdf(-Math.abs(t), degrees);
}

/**
 * The interval of a mean by Student's t. Where n values are all equal, and scores are known to be at most `range` apart, it reaches
 * range × (1 − (α/2)^(1/n)) either way: a share of values that is larger would have shown one of them (Clopper & Pearson 1934).
 */
export function meanInterval(
  { count, mean, deviation }: Omit<Moments, "ratio">,
  level: number,
  range: number | null,
): Interval {
  if (mean.reason !== null) return noInterval(mean.reason);
  const alpha = 1 - level;
  if (deviation.reason === null) {
    const reach = studentCritical(alpha, count - 1) * (deviation.value / Math.sqrt(count));
    return interval(mean.value - reach, mean.value + reach);
  }
  if (deviation.reason !== "no_variance" || range === null) return noInterval(deviation.reason);
  const reach = -range * Math.expm1(Math.log(alpha / 2) / count);
  return interval(mean.value - reach, mean.value + reach);
}
