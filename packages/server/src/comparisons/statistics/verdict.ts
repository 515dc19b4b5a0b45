import type { Interval } from "./answer.ts";
import { differenceInterval, type PairedComparison } from "./paired-difference.ts";

/** Which scores are better: higher ones, or lower ones. */
export type Direction = "maximize" | "minimize";

export type Verdict = "equivalent" | "better" | "worse" | "no_evidence";

/**
 * What a comparison says of the experiment. `equivalent` if a margin is given and the 90 % interval lies within ± margin: two one-sided tests at
 * 5 % (Schuirmann 1987). Otherwise `better` or `worse` if p, adjusted for the family of evaluations, is below 0.05 and the 95 % interval does not
 * hold 0. Otherwise, and where there is no interval, there is no evidence.
 */
export function verdictOf(
  comparison: PairedComparison,
  { adjustedP, direction, margin }: { adjustedP: number | null; direction: Direction; margin: number | null },
): Verdict {
  if (margin !== null) {
    const { low, high, reason } = differenceInterval(comparison, 0.9);
    if (reason === null && -margin < low && high < margin) return "equivalent";
  }
  const { low, high, reason } = orient(comparison.interval, direction);
  if (reason !== null || adjustedP === null || adjustedP >= 0.05) return "no_evidence";
  if (low > 0) return "better";
  return high < 0 ? "worse" : "no_evidence";
}

/** The interval of a difference, turned so that what is positive is better. */
export function orient(interval: Interval, direction: Direction): Interval {
  const { low, high, reason } = interval;
  return reason !== null || direction === "maximize" ? interval : { low: -high, high: -low, reason };
}

/** How many examples became better and worse. */
export function changesOf({ rose, fell, unchanged }: PairedComparison, direction: Direction) {
  const [improved, regressed] = direction === "maximize" ? [rose, fell] : [fell, rose];
  return { improved, regressed, unchanged };
}
