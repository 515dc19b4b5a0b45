import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomWords, xoshiro } from "../../src/comparisons/statistics/random.ts";
import { signFlipTest } from "../../src/comparisons/statistics/sign-flip.ts";
import { baseline, experiment, sleep } from "./reference.ts";

const ids = ["RXhwZXJpbWVudDox", "RXhwZXJpbWVudDoy"];
const pOf = (differences: number[], of = ids) => signFlipTest(differences, of).p.value ?? Number.NaN;

const mean = (scores: number[]) => scores.reduce((total, score) => total + score, 0) / scores.length;
const differences = experiment.map((scores, index) => mean(scores) - mean(baseline[index] ?? []));

/** All sets of signs of whole numbers, one by one. */
function bruteForce(whole: number[]): number {
  const observed = Math.abs(whole.reduce((total, value) => total + value, 0));
  let reaching = 0;
  for (let signs = 0; signs < 2 ** whole.length; signs++) {
    const sum = whole.reduce((total, value, index) => total + ((signs >> index) & 1 ? value : -value), 0);
    if (Math.abs(sum) >= observed) reaching++;
  }
  return reaching / 2 ** whole.length;
}

describe("signFlipTest", () => {
  // scipy.stats.permutation_test((d[:n],), numpy.sum, permutation_type="samples", n_resamples=numpy.inf).pvalue
  test.each([
    ["12 pairs", differences.slice(0, 12), 0.947265625],
    ["20 pairs", differences.slice(0, 20), 0.5335140228271484],
    ["Student's sleep", sleep.laevo.map((hours, index) => hours - (sleep.dextro[index] ?? 0)), 0.00390625],
  ])("of %s agrees with scipy", (_, values, p) => {
    expect(signFlipTest(values, ids)).toEqual({
      p: { value: expect.closeTo(p, 12), reason: null },
      method: "exact_permutation",
    });
  });

  test("of up to 20 differences equals brute force, ties and zeros included, whatever they are multiples of", () => {
    const unit = fc.constantFrom(1, 0.1, 0.2, 1 / 3, 1e-310, 1e306);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 10 }), unit, (whole, times) => {
        expect(pOf(whole.map((value) => value * times))).toBeCloseTo(bruteForce(whole), 12);
      }),
    );
  });

  test("of differences that only rounding keeps from cancelling out is 1", () => {
    expect(0.1 + 0.2 - 0.3).not.toBe(0);
    expect(pOf([0.1, 0.2, -0.3, 0.7, -0.7])).toBe(1);
  });

  test("of one size is exact for any number, as each falls like a coin", () => {
    const threes = Array.from({ length: 300 }, (_, index) => (index < 170 ? 0.3 : -(0.1 + 0.2)));
    // scipy.stats.binomtest(130, 300, .5).pvalue
    expect(pOf(threes)).toBeCloseTo(0.02418198247326274, 12);
    expect(pOf([])).toBe(1);
    expect(pOf([0, 0, 0])).toBe(1);
    expect(pOf([0, 5, 0])).toBe(1);
  });

  describe("of more than 20 differences", () => {
    // The exact p, all sums counted by convolution in Python's whole numbers: d[11:] * 600 is whole.
    const exact = 0.28211546689271927;
    const many = differences.slice(11);

    test("is the same for the same ids in any order, and for the same differences in any order", () => {
      const found = signFlipTest(many, ids);
      expect(found.method).toBe("monte_carlo_permutation");
      expect(signFlipTest(many.toReversed(), ids.toReversed())).toEqual(found);
      expect(
        signFlipTest(
          many.map((value) => -value),
          ids,
        ),
      ).toEqual(found);
      expect(pOf(many, ["a", "b"])).not.toBe(found.p.value);
    });

    test("is near the exact p for any ids, and on average within 0.001", () => {
      const found = Array.from({ length: 100 }, (_, index) => pOf(many, [`${index}`, "b"]));
      const error = Math.sqrt((exact * (1 - exact)) / 9_999);
      for (const p of found) expect(Math.abs(p - exact)).toBeLessThan(5 * error);
      expect(Math.abs(mean(found) - exact)).toBeLessThan(0.001);
    });

    test("is never 0", () => {
      expect(pOf(Array.from({ length: 29 }, (_, index) => 1 + index / 1000))).toBe(0.0001);
    });
  });
});

describe("randomWords", () => {
  test("are those of xoshiro128** by Blackman & Vigna", () => {
    const next = xoshiro([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, next)).toEqual([
      11_520, 0, 5_927_040, 70_819_200, 2_031_721_883, 1_637_235_492, 1_287_239_034, 3_734_860_849, 3_729_100_597,
      4_258_142_804,
    ]);
  });

  test("differ between ids", () => {
    expect(randomWords("a", "b")()).toBe(randomWords("b", "a")());
    expect(randomWords("a", "b")()).not.toBe(randomWords("ab", "")());
  });
});
