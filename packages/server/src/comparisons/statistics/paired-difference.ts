import { type Interval, noQuantity, type Quantity, quantity } from "./answer.ts";
import { type ExampleValues, isPassFail, sharedExamples } from "./examples.ts";
import { mcnemarP, tangoInterval } from "./mcnemar.ts";
import { type MeanOfExamples, meanOfExamples } from "./mean-of-examples.ts";
import { largestOf, type Moments, momentsOf, rounding, type Scaled, safeFactor } from "./moments.ts";
import type { Noise } from "./power.ts";
import { signFlipTest } from "./sign-flip.ts";
import { meanInterval, studentP } from "./student.ts";

/** From so many pairs on, p comes from Student's t. */
const enoughForStudent = 30;

/** The test that a p-value comes from. */
export type Method = "student_t" | "exact_permutation" | "monte_carlo_permutation" | "exact_mcnemar";

/** One evaluation, compared over the examples that have a score on both sides. Differences are the experiment's value minus the baseline's. */
export interface PairedComparison {
  pairs: number;
  /** Whether each example is a single pass or failure on each side: McNemar's test, and Tango's interval. */
  pass_fail: boolean;
  /** How far scores can be apart: as given, or 1 where all are 0 or 1. */
  range: number | null;
  baseline: MeanOfExamples;
  experiment: MeanOfExamples;
  difference: Quantity;
  standard_deviation: Quantity;
  standard_error: Quantity;
  /** The mean difference in standard deviations of differences (Cohen 1988). */
  d_z: Quantity;
  /** Of 95 %; `differenceInterval` gives any other. */
  interval: Interval;
  p_value: Quantity;
  method: Method | null;
  /** How many examples have a higher value than at the baseline, a lower one, and the same but for rounding. */
  rose: number;
  fell: number;
  unchanged: number;
}

/** What a comparison takes beside the scores. */
export interface Pairing {
  /** Of the two experiments, in any order: they decide on the permutations where there are too many to look at all of them. */
  ids: readonly [string, string];
  /** How far scores can be apart, null where that is not known. */
  range: number | null;
  /** Examples that do not count, such as those whose content differs between the two sides. */
  leftOut?: ReadonlySet<number>;
}

/**
 * Compares the values of the examples that both sides have: Student's t on their differences (Miller 2024, arXiv 2411.00640), with p from a
 * sign-flip permutation test below 30 pairs; single passes and failures by McNemar's exact test and Tango's interval. 50 ms for 15,000 pairs: work for
 * a worker thread, to which all that goes in and comes out may be sent.
 */
export function compareExamples(one: ExampleValues, other: ExampleValues, pairing: Pairing): PairedComparison {
  const [baseline, experiment] = sharedExamples(one, other, pairing.leftOut);
  const passFail = [baseline, experiment].every((side) => isPassFail(side, pairing.range));
  const range = pairing.range ?? (baseline.passFail && experiment.passFail ? 1 : null);
  const differences = differencesOf(baseline.means, experiment.means);
  const moments = momentsOf(differences);
  const { count, mean, deviation, ratio } = moments;
  const rose = differences.values.filter((difference) => difference > 0).length;
  const fell = differences.values.filter((difference) => difference < 0).length;
  const { p, method } = testOf(differences, moments, { passFail, rose, fell, ids: pairing.ids });
  const comparison = {
    pairs: count,
    pass_fail: passFail,
    range,
    baseline: meanOfExamples(baseline, range),
    experiment: meanOfExamples(experiment, range),
    difference: mean,
    standard_deviation: deviation,
    standard_error: deviation.reason === null ? quantity(deviation.value / Math.sqrt(count)) : deviation,
    d_z: ratio,
    p_value: p,
    method,
    rose,
    fell,
    unchanged: count - rose - fell,
  };
  return { ...comparison, interval: differenceInterval(comparison, 0.95) };
}

/** The interval of the mean difference at any level: 0.9 for equivalence, `familyLevel` for a gate. Cheap: it takes no pairs. */
export function differenceInterval(comparison: Omit<PairedComparison, "interval">, level: number): Interval {
  const { pairs, pass_fail, rose, fell, difference, standard_deviation, range } = comparison;
  return pass_fail
    ? tangoInterval({ pairs, rose, fell }, level)
    : meanInterval({ count: pairs, mean: difference, deviation: standard_deviation }, level, range);
}

/** What hid a difference in this comparison, from which `detectableDifference` gets the smallest one that it would have found. */
export function noiseOfComparison({ pairs, pass_fail, rose, fell, standard_deviation }: PairedComparison): Noise {
  if (!pass_fail) return { deviation: standard_deviation, passFail: false };
  if (pairs < 2) return { deviation: noQuantity(pairs === 0 ? "no_values" : "too_few"), passFail: true };
  return { deviation: quantity(Math.sqrt((rose + fell) / pairs - ((rose - fell) / pairs) ** 2)), passFail: true };
}

/** Values that are equal but for rounding differ by 0. */
function differencesOf(baseline: Float64Array, experiment: Float64Array): Scaled {
  const largest = largestOf(baseline, largestOf(experiment));
  const factor = safeFactor(largest);
  const values = experiment.map((value, index) => {
    const before = baseline[index] ?? Number.NaN;
    return isUnchanged(before, value) ? 0 : value * factor - before * factor;
  });
  return { values, factor, largest: largest * factor };
}

/** Whether two values of an example are equal but for rounding. */
export function isUnchanged(before: number, after: number): boolean {
  return Math.abs(after - before) <= rounding * Math.max(Math.abs(after), Math.abs(before));
}

/** How likely a mean at least as far from 0 is, if neither side is better. */
function testOf(
  { values }: Scaled,
  { count, ratio }: Moments,
  { passFail, rose, fell, ids }: { passFail: boolean; rose: number; fell: number; ids: readonly string[] },
): { p: Quantity; method: Method | null } {
  if (count < 2) return { p: ratio, method: null };
  if (passFail) return { p: quantity(mcnemarP({ rose, fell })), method: "exact_mcnemar" };
  if (count < enoughForStudent) return signFlipTest(values, ids);
  // Without variance Student has no answer; all differences are then of one size.
  if (ratio.reason !== null) return { p: quantity(mcnemarP({ rose, fell })), method: "exact_permutation" };
  return { p: quantity(studentP(ratio.value * Math.sqrt(count), count - 1)), method: "student_t" };
}
