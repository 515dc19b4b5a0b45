import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distributionOf } from "../../src/comparisons/statistics/distribution.ts";
import { valuesByExample } from "../../src/comparisons/statistics/examples.ts";
import { meanAndDeviation } from "../../src/comparisons/statistics/moments.ts";
import { baseline } from "./reference.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

describe("distributionOf", () => {
  test("agrees with NumPy", () => {
    const described = distributionOf(baseline.flat());
    expect(described).toMatchObject({ count: 108, min: 0.11, max: 0.99 });
    expect(described?.mean).toBeCloseTo(0.5941666666666667, 12); // numpy.mean(flat)
    expect(described?.standard_deviation.value).toBeCloseTo(0.19081784140412772, 12); // numpy.std(flat, ddof=1)
    // numpy.quantile(flat, [.1, .5, .9, .99]), whose method "linear" is type 7 of Hyndman & Fan
    expect(described?.p10).toBeCloseTo(0.357, 12);
    expect(described?.median).toBeCloseTo(0.58, 12);
    expect(described?.p90).toBeCloseTo(0.85, 12);
    expect(described?.p99).toBeCloseTo(0.9392999999999999, 12);
  });

  test("says nothing of no numbers, and of one no deviation", () => {
    expect(distributionOf([])).toBeNull();
    const one = { mean: 3, min: 3, p10: 3, median: 3, p90: 3, p99: 3, max: 3 };
    expect(distributionOf([3])).toEqual({ ...one, count: 1, standard_deviation: { value: null, reason: "too_few" } });
  });

  test("is in order, and finite, whatever the numbers", () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1 }), (values) => {
        const described = distributionOf(values);
        if (!described) throw new Error("some values were given");
        const { min, p10, median, p90, p99, max, mean } = described;
        const inOrder = [min, p10, median, p90, p99, max];
        expect(inOrder.every(Number.isFinite)).toBe(true);
        expect(Float64Array.from(inOrder).sort()).toEqual(Float64Array.from(inOrder));
        expect(mean >= min && mean <= max).toBe(true);
      }),
    );
  });
});

describe("meanAndDeviation", () => {
  test.each([
    [[1e308, 1e308], 1e308, 0],
    [[1.7e308, -1.7e308], 0, null],
    [[1e308, -1e308], 0, 1e308 * Math.SQRT2],
    [[5e-324, 5e-324], 5e-324, 0],
    [[1e-200, 3e-200], 2e-200, Math.SQRT2 * 1e-200],
    [[1e16, 1, -1e16], 1 / 3, 1e16],
    [[0.1, 0.1, 0.1], 0.1, 0],
  ])("of %j is %d and %d", (values, mean, deviation) => {
    const found = meanAndDeviation(values);
    expect(Math.abs(found.mean - mean)).toBeLessThanOrEqual(1e-12 * Math.abs(mean));
    if (deviation === null) expect(found.deviation).toEqual({ value: null, reason: "out_of_range" });
    else expect(Math.abs((found.deviation.value ?? Number.NaN) - deviation)).toBeLessThanOrEqual(1e-12 * deviation);
  });

  test("do not depend on the order of numbers", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2 }), (values) => {
        const [forth, back] = [meanAndDeviation(values), meanAndDeviation(values.toReversed())];
        expect(forth.mean).toBeCloseTo(back.mean, 9);
        expect(forth.deviation.value).toBeCloseTo(back.deviation.value ?? Number.NaN, 6);
      }),
    );
  });
});

describe("valuesByExample", () => {
  test("groups scores of any order, by ascending id", () => {
    const values = valuesByExample({ examples: [7, 3, 7, 5, 7], scores: [1, 0.5, 2, 4, 6] });
    expect(values).toEqual({
      ids: Float64Array.of(3, 5, 7),
      means: Float64Array.of(0.5, 4, 3),
      repetitions: Float64Array.of(1, 1, 3),
      spreads: Float64Array.of(0, 0, Math.sqrt(14 / 3)),
      passFail: false,
    });
  });

  test("is finite for any finite scores", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), finite)), (rows) => {
        const values = valuesByExample({ examples: rows.map(([id]) => id), scores: rows.map(([, score]) => score) });
        expect([...values.means, ...values.spreads].every(Number.isFinite)).toBe(true);
      }),
    );
  });
});
