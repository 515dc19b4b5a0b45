import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Interval, type Quantity, reasons } from "../../src/comparisons/statistics/answer.ts";
import {
  compareExamples,
  differenceInterval,
  noiseOfComparison,
  type PairedComparison,
} from "../../src/comparisons/statistics/paired-difference.ts";
import { detectableDifference } from "../../src/comparisons/statistics/power.ts";
import { baseline, examplesOf, experiment, singles, sleep } from "./reference.ts";

const ids = ["RXhwZXJpbWVudDox", "RXhwZXJpbWVudDoy"] as const;
const compare = (before: number[][], after: number[][], range: number | null = null) =>
  compareExamples(examplesOf(before), examplesOf(after), { ids, range });
const compareSingles = (before: number[], after: number[], range: number | null = null) =>
  compareExamples(singles(before), singles(after), { ids, range });

const near = (value: number, digits = 10): Quantity => ({ value: expect.closeTo(value, digits), reason: null });
const nearly = (low: number, high: number): Interval => ({
  low: expect.closeTo(low, 10),
  high: expect.closeTo(high, 10),
  reason: null,
});
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe("compareExamples", () => {
  test("from 30 pairs on agrees with Student's test of scipy", () => {
    const compared = compare(baseline, experiment);
    expect(compared).toMatchObject({
      pairs: 40,
      pass_fail: false,
      range: null,
      method: "student_t",
      difference: near(0.014083333333333342), // numpy.mean(d)
      standard_deviation: near(0.07021837122946999), // numpy.std(d, ddof=1)
      standard_error: near(0.011102499333618149), // scipy.stats.sem(d)
      d_z: near(0.20056479645917363),
      p_value: near(0.21214510166473308), // scipy.stats.ttest_rel(em, bm).pvalue
      interval: nearly(-0.008373591258490276, 0.03654025792515696), // its .confidence_interval(.95)
      rose: 25,
      fell: 15,
      unchanged: 0,
    });
    expect(differenceInterval(compared, 0.9)).toEqual(nearly(-0.004622991582695335, 0.03278965824936201));
    expect(differenceInterval(compared, 1 - 0.05 / 3)).toEqual(nearly(-0.013691321825111099, 0.041857988491777805));
    // The root of scipy.stats.nct.sf(c, 39, x / sd * 40**.5) + scipy.stats.nct.cdf(-c, …) - .8, c = scipy.stats.t.ppf(.975, 39)
    expect(detectableDifference(noiseOfComparison(compared), { examples: 40 })).toEqual(near(0.031897182424263884));
  });

  test("below 30 pairs takes the interval of Student and the p of permutations", () => {
    expect(compareSingles(sleep.dextro, sleep.laevo)).toMatchObject({
      method: "exact_permutation",
      interval: nearly(0.7001142367230175, 2.459885763276983), // scipy.stats.ttest_rel(laevo, dextro).confidence_interval(.95)
      p_value: near(0.00390625), // scipy.stats.permutation_test((d,), numpy.sum, permutation_type="samples", n_resamples=numpy.inf).pvalue
      rose: 9,
      unchanged: 1,
    });
    expect(compare(baseline.slice(0, 29), experiment.slice(0, 29)).method).toBe("monte_carlo_permutation");
    expect(compare(baseline.slice(0, 30), experiment.slice(0, 30)).method).toBe("student_t");
  });

  test("takes McNemar's test and the intervals of Tango and Wilson for single passes and failures", () => {
    const before = [...times(12, 1), ...times(18, 0)];
    const after = [...times(10, 1), ...times(2, 0), ...times(9, 1), ...times(9, 0)];
    const compared = compareSingles(before, after);
    expect(compared).toMatchObject({
      pass_fail: true,
      range: 1,
      method: "exact_mcnemar",
      difference: near(7 / 30),
      standard_deviation: near(0.5683207771559353), // numpy.std(d, ddof=1)
      standard_error: near(0.10376070318239082), // scipy.stats.sem(d)
      p_value: near(0.0654296875), // statsmodels.stats.contingency_tables.mcnemar([[0, 9], [2, 0]], exact=True).pvalue
      interval: nearly(0.018905280474305043, 0.43427960714779296), // as in intervals.test.ts
      baseline: { examples: 30, mean: near(0.4), interval: nearly(0.24590628116801855, 0.5767963974667754) },
      experiment: { examples: 30, mean: near(19 / 30), interval: nearly(0.45513563654794864, 0.7812607919389929) },
      rose: 9,
      fell: 2,
      unchanged: 19,
    });
    expect(differenceInterval(compared, 0.9)).toEqual(nearly(0.05711219822810748, 0.4023421710067475));
    // The root of the power in power.test.ts, of a variance of 11/30 - (7/30)**2
    expect(detectableDifference(noiseOfComparison(compared), { examples: 30 })).toEqual(near(0.33111005958120004));
  });

  test("takes passes and failures with repetitions, or of a wider range, for scores", () => {
    const before = times(6, [0, 1, 1]);
    const after = times(6, [1, 1, 1]);
    expect(compare(before, after)).toMatchObject({ pass_fail: false, range: 1, method: "exact_permutation" });
    expect(compareSingles([1, 1, 0], [0, 1, 0], 4)).toMatchObject({ pass_fail: false, range: 4 });
    expect(compareSingles([1, 1, 0], [0, 1, 0], 1)).toMatchObject({ pass_fail: true, range: 1 });
    expect(compareSingles([1, 1, 0.5], [0, 1, 0])).toMatchObject({ pass_fail: false, range: null });
  });

  test("pairs by example, and leaves out what is to be left out", () => {
    const one = examplesOf([[0.1], [], [0.3, 0.5], [0.7], [0.2]]);
    const other = examplesOf([[0.2], [0.9], [0.5], [], [0.8]]);
    const compared = compareExamples(one, other, { ids, range: null, leftOut: new Set([4]) });
    expect(compared).toMatchObject({ pairs: 2, difference: near(0.1), rose: 2 });
    expect(compared.baseline).toMatchObject({ examples: 2, mean: near(0.25) });
    expect(compared.experiment).toMatchObject({ examples: 2, mean: near(0.35) });
  });

  test("without variance takes the range for an interval, and never gives one of width 0", () => {
    const same = times(20, 0.7);
    const reach = 5 * (1 - 0.025 ** (1 / 20));
    expect(compareSingles(same, same, 5)).toMatchObject({
      interval: nearly(-reach, reach),
      p_value: near(1),
      d_z: { value: null, reason: "no_variance" },
      unchanged: 20,
    });
    const higher = times(20, 0.1 + 0.2 + 0.5);
    expect(compareSingles(same, higher, 5)).toMatchObject({
      interval: nearly(0.1 - reach, 0.1 + reach),
      standard_error: { value: null, reason: "no_variance" },
      p_value: near(2 ** -19),
    });
    expect(compareSingles(same, higher).interval).toEqual({ low: null, high: null, reason: "no_variance" });
    // Student's t has no answer either; each difference falls like a coin.
    expect(compareSingles(times(40, 2), times(40, 3), 5)).toMatchObject({
      p_value: near(2 ** -39),
      method: "exact_permutation",
    });
  });

  test("takes differences that are rounding for none", () => {
    const before = [0.3, 0.6, 1e9, 0.5];
    const after = [0.1 + 0.2, 0.1 + 0.2 + 0.3, 1e9 + 1e-6, 0.6];
    expect(compareSingles(before, after)).toMatchObject({ rose: 1, fell: 0, unchanged: 3 });
  });

  test("says why there is no answer of no pair and of one", () => {
    const nothing = { value: null, reason: "no_values" };
    expect(compareSingles([], [])).toMatchObject({
      pairs: 0,
      difference: nothing,
      p_value: nothing,
      d_z: nothing,
      interval: { reason: "no_values" },
      method: null,
    });
    expect(compareSingles([0.5], [0.7], 1)).toMatchObject({
      pairs: 1,
      difference: near(0.2),
      p_value: { value: null, reason: "too_few" },
      standard_error: { value: null, reason: "too_few" },
      interval: { reason: "too_few" },
      method: null,
    });
    expect(compareSingles([0], [1])).toMatchObject({ pass_fail: true, interval: { reason: "too_few" } });
  });

  test("of numbers that a double cannot hold the difference of has the rest", () => {
    const compared = compareSingles([-1e308, -1.2e308, -1.7e308], [1e308, 1.6e308, 1.7e308]);
    expect(compared).toMatchObject({
      difference: { value: null, reason: "out_of_range" },
      interval: { reason: "out_of_range" },
      p_value: near(0.25),
      rose: 3,
    });
    expect(compared.d_z.value).toBeGreaterThan(1);
    const tiny = compareSingles([5e-324, 1e-323, 5e-324], [1e-323, 1e-322, 5e-323]);
    expect(tiny).toMatchObject({ rose: 3, p_value: near(0.25) });
  });

  const finite = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, 1, 0.5, 1e308, -1e308, 5e-324, 1.7976931348623157e308),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );
  const pairs = fc.array(fc.tuple(finite, finite), { maxLength: 40 });
  const range = fc.option(fc.constantFrom(1, 5, 1e308));

  test("never says NaN or infinity, nor an interval of width 0 or one without the difference", () => {
    fc.assert(
      fc.property(pairs, range, (scores, range) => {
        const compared = compareSingles(
          scores.map(([score]) => score),
          scores.map(([, score]) => score),
          range,
        );
        for (const answer of [compared, compared.baseline, compared.experiment]
          .flatMap(Object.values)
          .concat(noiseOfComparison(compared).deviation))
          expectAnswer(answer);
        for (const level of [0.9, 0.95, 1 - 0.05 / 400]) {
          const { low, high, reason } = differenceInterval(compared, level);
          expectAnswer({ low, high, reason });
          if (reason !== null) continue;
          expect(low < high).toBe(true);
          expect(compared.difference.value ?? Number.NaN).toBeGreaterThanOrEqual(low);
          expect(compared.difference.value ?? Number.NaN).toBeLessThanOrEqual(high);
        }
        expect(compared.rose + compared.fell + compared.unchanged).toBe(scores.length);
      }),
      { numRuns: 300 },
    );
  });

  test("turns round with the sides", () => {
    fc.assert(
      fc.property(pairs, range, (scores, range) => {
        const [before, after] = [scores.map(([score]) => score), scores.map(([, score]) => score)];
        const forth = compareSingles(before, after, range);
        const back = compareExamples(singles(after), singles(before), { ids: [ids[1], ids[0]], range });
        expect(back).toEqual(turned(forth));
      }),
    );
  });
});

/** A quantity, an interval or a plain number: finite, or with a reason of the closed list. */
function expectAnswer(answer: unknown) {
  if (typeof answer === "number") expect(answer).toSatisfy(Number.isFinite);
  if (typeof answer !== "object" || answer === null || !("reason" in answer)) return;
  const { reason, ...parts } = answer;
  if (reason === null) expect(Object.values(parts).every(Number.isFinite)).toBe(true);
  else {
    expect(reasons).toContain(reason);
    expect(Object.values(parts).every((part) => part === null)).toBe(true);
  }
}

/** The same comparison, seen from the other side. Adding 0 makes 0 of −0. */
function turned(compared: PairedComparison): PairedComparison {
  const turn = (quantity: Quantity): Quantity =>
    quantity.reason === null ? { value: 0 - quantity.value, reason: null } : quantity;
  const { interval } = compared;
  return {
    ...compared,
    baseline: compared.experiment,
    experiment: compared.baseline,
    difference: turn(compared.difference),
    d_z: turn(compared.d_z),
    interval: interval.reason === null ? { low: 0 - interval.high, high: 0 - interval.low, reason: null } : interval,
    rose: compared.fell,
    fell: compared.rose,
  };
}
