import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import { type Interval, interval, noInterval } from "./answer.ts";
import { turningPoint } from "./bisect.ts";
import { normalCritical } from "./proportion.ts";

/** Pairs of a pass or a failure on each side: `rose` failed at the baseline and passes now, `fell` the other way round. */
export interface PairedPasses {
  pairs: number;
  rose: number;
  fell: number;
}

/**
 * The chance that as many fair coins as pairs differ fall at least as unevenly: the exact two-sided p-value of McNemar's test (1947), and of
 * the sign-flip test where all differences are of one size.
 */
export function mcnemarP({ rose, fell }: Pick<PairedPasses, "rose" | "fell">): number {
  return Math.min(1, 2 * binomialCdf(Math.min(rose, fell), rose + fell, 0.5));
}

/**
 * The score interval of the difference of two paired shares of passes (Tango 1998): the differences that the score test does not reject. Its
 * ends lie within −1 and 1, and apart from each other even where no pair differs.
 */
export function tangoInterval({ pairs, rose, fell }: PairedPasses, level: number): Interval {
  if (pairs < 2) return noInterval(pairs === 0 ? "no_values" : "too_few");
  const critical = normalCritical(1 - level);
  const upperEnd = (rose: number, fell: number) =>
    turningPoint((difference) => tangoScore({ pairs, rose, fell }, difference) < -critical, (rose - fell) / pairs, 1);
  return interval(-upperEnd(fell, rose), upperEnd(rose, fell));
}

/** How far, in standard errors under that true difference, the observed one is above it. */
function tangoScore({ pairs, rose, fell }: PairedPasses, difference: number): number {
  // The most likely share that falls, given the difference, is the larger root of a x² + b x + c.
  const a = 2 * pairs;
  const b = (2 * pairs - rose + fell) * difference - rose - fell;
  const c = -fell * difference * (1 - difference);
  const root = Math.sqrt(Math.max(0, b ** 2 - 4 * a * c));
  const falling = b > 0 ? (-2 * c) / (b + root) : (root - b) / (2 * a); // the same, without the difference of near numbers
  const variance = pairs * (2 * falling + difference * (1 - difference));
  return (rose - fell - pairs * difference) / Math.sqrt(variance);
}
