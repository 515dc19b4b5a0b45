import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Interval } from "../../src/comparisons/statistics/answer.ts";
import { mcnemarP, tangoInterval } from "../../src/comparisons/statistics/mcnemar.ts";
import { meanOfExamples } from "../../src/comparisons/statistics/mean-of-examples.ts";
import { wilsonInterval } from "../../src/comparisons/statistics/proportion.ts";
import { baseline, examplesOf, singles } from "./reference.ts";

function expectInterval(found: Interval, [low, high]: readonly [number, number]) {
  expect(found.low).toBeCloseTo(low, 10);
  expect(found.high).toBeCloseTo(high, 10);
}

describe("meanOfExamples", () => {
  test("agrees with scipy", () => {
    const { examples, mean, interval } = meanOfExamples(examplesOf(baseline), null);
    expect(examples).toBe(40);
    expect(mean.value).toBeCloseTo(0.5885, 12); // numpy.mean(bm)
    expectInterval(interval, [0.5293756017354991, 0.6476243982645009]); // scipy.stats.ttest_1samp(bm, 0).confidence_interval(.95)
  });

  test("takes Wilson's interval for single passes and failures, and Student's for their means", () => {
    const single = meanOfExamples(singles([1, 1, 1, 1, 1, 1, 1, 0, 0, 0]), null).interval;
    expectInterval(single, [0.39677814746114537, 0.8922087325936989]);
    // scipy.stats.ttest_1samp([.5, 1, 1, 0], 0).confidence_interval(.95)
    const repeated = meanOfExamples(
      examplesOf([
        [1, 0],
        [1, 1],
        [1, 1],
        [0, 0],
      ]),
      null,
    ).interval;
    expectInterval(repeated, [-0.13674009041440616, 1.3867400904144063]);
  });

  test("does not take scores of a wider range for failures and passes", () => {
    const ones = singles([1, 1, 1, 1]);
    expect(meanOfExamples(ones, null).interval.high).toBe(1);
    expectInterval(meanOfExamples(ones, 4).interval, [1 - 4 * (1 - 0.025 ** (1 / 4)), 1 + 4 * (1 - 0.025 ** (1 / 4))]);
  });

  test("says why there is no interval", () => {
    expect(meanOfExamples(singles([]), 1)).toEqual({
      examples: 0,
      mean: { value: null, reason: "no_values" },
      interval: { low: null, high: null, reason: "no_values" },
    });
    expect(meanOfExamples(singles([0.5]), 1).interval.reason).toBe("too_few");
    expect(meanOfExamples(singles([1]), 1).interval.reason).toBe("too_few");
    expect(meanOfExamples(singles([0.5, 0.5, 0.5]), null).interval.reason).toBe("no_variance");
    expect(meanOfExamples(singles([0.3, 0.1 + 0.2]), null).interval.reason).toBe("no_variance");
    expect(meanOfExamples(singles([1.7e308, 1.7e308, -1.7e308]), null).interval.reason).toBe("out_of_range");
  });
});

describe("wilsonInterval", () => {
  // statsmodels.stats.proportion.proportion_confint(passes, count, 1 - level, method="wilson")
  test.each([
    [0, 10, 0.95, [0, 0.27753279986288926]],
    [0, 10, 0.9, [0, 0.2129419700834071]],
    [7, 10, 0.95, [0.39677814746114537, 0.8922087325936989]],
    [7, 10, 0.9, [0.44169979586983493, 0.873123416096802]],
    [10, 10, 0.95, [0.7224672001371106, 1]],
    [143, 200, 0.95, [0.6488465397039482, 0.7730499699538271]],
    [143, 200, 0.9, [0.6598995985126376, 0.7643611224058088]],
  ] as const)("of %d passes among %d at %d agrees with statsmodels", (passes, count, level, ends) => {
    expectInterval(wilsonInterval(passes, count, level), ends);
  });

  test("needs two", () => {
    expect(wilsonInterval(0, 0, 0.95).reason).toBe("no_values");
    expect(wilsonInterval(1, 1, 0.95).reason).toBe("too_few");
  });

  test("lies within 0 and 1 and contains the share", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 1e6 }), fc.double({ min: 0, max: 1, noNaN: true }), (count, share) => {
        const passes = Math.round(share * count);
        const { low, high } = wilsonInterval(passes, count, 0.95);
        expect(low !== null && low >= 0 && low <= passes / count).toBe(true);
        expect(high !== null && high <= 1 && high >= passes / count).toBe(true);
      }),
    );
  });
});

describe("mcnemarP", () => {
  // statsmodels.stats.contingency_tables.mcnemar([[0, rose], [fell, 0]], exact=True).pvalue
  test.each([
    [3, 12, 0.03515625],
    [0, 6, 0.03125],
    [0, 5, 0.0625],
    [10, 20, 0.09873714670538905],
    [4, 4, 1],
    [120, 160, 0.019606727290281328],
    [0, 0, 1],
  ])("of %d and %d agrees with statsmodels", (rose, fell, p) => {
    expect(mcnemarP({ rose, fell })).toBeCloseTo(p, 12);
    expect(mcnemarP({ rose: fell, fell: rose })).toBe(mcnemarP({ rose, fell }));
  });
});

describe("tangoInterval", () => {
  // The roots of the score, its nuisance parameter found by maximising the likelihood numerically, in mpmath with 40 digits. The first one is
  // (−0.517, −0.026) in Fagerland, Lydersen & Laake (2014), on the data of Bentur et al. (2009).
  test.each([
    [21, 1, 7, 0.95, [-0.5172322764213774, -0.026003032480868566]],
    [160, 40, 20, 0.95, [0.030864533133086732, 0.2180642441668248]],
    [44, 0, 1, 0.95, [-0.11807709698213287, 0.059393231116627955]],
    [50, 0, 0, 0.95, [-0.07134759913335871, 0.07134759913335871]],
    [10, 10, 0, 0.95, [0.4449344002742216, 1]],
    [300, 25, 10, 0.9, [0.018257082277666443, 0.08408474946459961]],
    [300, 25, 10, 0.95, [0.011969809780314993, 0.09121944283615117]],
    [300, 25, 10, 1 - 0.05 / 3, [0.00301152908481226, 0.10142907964528013]],
  ] as const)("of %d pairs of which %d rose and %d fell, at %d", (pairs, rose, fell, level, ends) => {
    expectInterval(tangoInterval({ pairs, rose, fell }, level), ends);
  });

  const counts = fc
    .tuple(fc.nat(300), fc.nat(300), fc.nat(300))
    .map(([rose, fell, same]) => ({ pairs: rose + fell + same, rose, fell }))
    .filter(({ pairs }) => pairs >= 2);

  test("lies within −1 and 1, contains the difference, and turns round with the sides", () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(0.9, 0.95, 0.9995), ({ pairs, rose, fell }, level) => {
        const { low, high } = tangoInterval({ pairs, rose, fell }, level);
        const difference = (rose - fell) / pairs;
        expect(low !== null && low >= -1 && low <= difference).toBe(true);
        expect(high !== null && high <= 1 && high >= difference).toBe(true);
        const turned = tangoInterval({ pairs, rose: fell, fell: rose }, level);
        expect(turned).toEqual({ low: high && -high, high: low && -low, reason: null });
      }),
    );
  });

  test("excludes 0 wherever the exact test rejects, so that a verdict is McNemar's", () => {
    for (let differing = 6; differing <= 400; differing++) {
      for (let fell = 0; mcnemarP({ rose: differing - fell, fell }) < 0.05; fell++) {
        const { low } = tangoInterval({ pairs: differing + 7, rose: differing - fell, fell }, 0.95);
        expect(low).toBeGreaterThan(0);
      }
    }
  });
});
