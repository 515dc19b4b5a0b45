import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mcnemarP } from "../../src/comparisons/statistics/mcnemar.ts";
import { mcnemarPower } from "../../src/comparisons/statistics/mcnemar-power.ts";
import { noncentralTCdf } from "../../src/comparisons/statistics/noncentral-t.ts";
import {
  detectableDifference,
  examplesNeeded,
  type Noise,
  noiseOf,
  powerOf,
  repetitionsNeeded,
} from "../../src/comparisons/statistics/power.ts";

const known = (value: number) => ({ value, reason: null });
const scores = (deviation: number): Noise => ({ deviation: known(deviation), passFail: false });
const passes = (deviation: number): Noise => ({ deviation: known(deviation), passFail: true });

describe("noncentralTCdf", () => {
  // scipy.stats.nct.cdf(t, degrees, noncentrality)
  test.each([
    [2, 5, 0, 0.9490302605850708],
    [2.262157162798205, 9, 2.5, 0.39387322101763006],
    [-2.262157162798205, 9, 2.5, 1.1595219157886812e-5],
    [2.045229642132703, 29, 2.8, 0.22774785901637762],
    [1.97, 299, 2.8, 0.20356231454140714],
    [12.7, 1, 1, 0.932204135997113],
    [0.5, 5, -1.5, 0.9746136474715457],
    [3, 2.5, 4, 0.2096450076919213],
    [1.96, 14_999, 2.8, 0.20046011222098267],
    [1.96, 999_999, 3, 0.14917006852730086],
    [25, 10, 30, 0.15908288450426558],
    [36, 50, 37, 0.3708662785627649],
    [-3, 4, 0.1, 0.01647840098939099],
    [0, 11, 6, 9.865876450377012e-10],
  ])("at %d with %d degrees, noncentrality %d, agrees with scipy", (t, degrees, noncentrality, probability) => {
    expect(noncentralTCdf(t, degrees, noncentrality)).toBeCloseTo(probability, 12);
  });

  test("beyond the series goes on to 0 and 1", () => {
    expect(noncentralTCdf(2, 30, 38)).toBeCloseTo(0, 12);
    expect(noncentralTCdf(2, 30, 1e200)).toBe(0);
    expect(noncentralTCdf(2, 30, Number.POSITIVE_INFINITY)).toBe(0);
    expect(noncentralTCdf(-2, 30, -1e10)).toBe(1);
    expect(noncentralTCdf(1e300, 30, 3)).toBeCloseTo(1, 12);
  });

  test("is a probability that grows with t", () => {
    const number = fc.double({ min: -37, max: 37, noNaN: true });
    fc.assert(
      fc.property(number, number, fc.integer({ min: 1, max: 1e5 }), number, (one, other, degrees, noncentrality) => {
        const [low, high] = [one, other]
          .toSorted((a, b) => a - b)
          .map((t) => noncentralTCdf(t, degrees, noncentrality));
        expect(low).toBeGreaterThanOrEqual(-1e-11);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual((high ?? Number.NaN) + 1e-11);
      }),
    );
  });
});

describe("mcnemarPower", () => {
  // The sum over all outcomes: for m in range(n + 1): scipy.stats.binom.pmf(m, n, up + down) * (scipy.stats.binom.pmf(k, m, up / (up + down)))
  // [p < alpha].sum(), k = arange(m + 1), p = minimum(1, 2 * scipy.stats.binom.cdf(minimum(k, m - k), m, .5))
  test.each([
    [30, 0.3, 0.05, 0.05, 0.5699232463264857],
    [100, 0.2, 0.1, 0.05, 0.3730770843018206],
    [300, 0.15, 0.08, 0.05, 0.6840710185265026],
    [10, 0.6, 0, 0.05, 0.6331032575999994],
    [6, 1, 0, 0.05, 1],
    [100, 0.2, 0.1, 0.01, 0.17512564531102456],
    [1000, 0.12, 0.08, 0.05, 0.7916433514162504],
    [5, 1, 0, 0.05, 0],
    [100, 0, 0, 0.05, 0],
  ])("of %d pairs, %d rising and %d falling, at %d, agrees with scipy", (pairs, rising, falling, alpha, power) => {
    expect(mcnemarPower(alpha)(pairs, { rising, falling })).toBeCloseTo(power, 10);
    expect(mcnemarPower(alpha)(pairs, { rising: falling, falling: rising })).toBeCloseTo(power, 10);
  });

  test("equals the sum over all outcomes of few pairs", () => {
    const chance = fc.double({ min: 0.01, max: 0.45, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 14 }), chance, chance, (pairs, rising, falling) => {
        let power = 0;
        for (let rose = 0; rose <= pairs; rose++) {
          for (let fell = 0; rose + fell <= pairs; fell++) {
            if (mcnemarP({ rose, fell }) >= 0.05) continue;
            const ways = choose(pairs, rose) * choose(pairs - rose, fell);
            power += ways * rising ** rose * falling ** fell * (1 - rising - falling) ** (pairs - rose - fell);
          }
        }
        expect(mcnemarPower(0.05)(pairs, { rising, falling })).toBeCloseTo(power, 10);
      }),
    );
  });
});

describe("powerOf", () => {
  // statsmodels.stats.power.TTestPower().power(difference, examples, alpha, alternative="two-sided")
  test.each([
    [0.5, 30, 0.05, 0.75396471574379],
    [0.2, 300, 0.05, 0.9322800964529447],
    [0.8, 10, 0.05, 0.6162327634744059],
    [0.1, 100, 0.05, 0.16769954719247082],
    [0.3, 100, 0.05 / 4, 0.6754277689351745],
    [1.2, 6, 0.05, 0.6550433027003536],
  ])("of %d deviations in %d examples at %d agrees with statsmodels", (difference, examples, alpha, power) => {
    for (const unit of [1, -1, 1e-300, 1e300]) {
      expect(powerOf(scores(Math.abs(unit)), { difference: difference * unit, examples, alpha }).value).toBeCloseTo(
        power,
        10,
      );
    }
  });

  test("is that of McNemar's test for single passes and failures", () => {
    const [rising, falling] = [0.3, 0.05];
    const deviation = Math.sqrt(0.35 - 0.25 ** 2);
    expect(powerOf(passes(deviation), { difference: -0.25, examples: 30 }).value).toBeCloseTo(
      mcnemarPower(0.05)(30, { rising, falling }),
      12,
    );
  });

  test("is alpha of no difference, 0 where no outcome rejects, and unknown where nothing varies", () => {
    expect(powerOf(scores(1), { difference: 0, examples: 30 }).value).toBeCloseTo(0.05, 12);
    expect(powerOf(scores(1), { difference: 10, examples: 5 })).toEqual(known(0));
    expect(powerOf(scores(1e-320), { difference: 1e308, examples: 50 })).toEqual(known(1));
    expect(powerOf(scores(0), { difference: 1, examples: 30 }).reason).toBe("no_variance");
    expect(
      powerOf({ ...scores(0), deviation: { value: null, reason: "too_few" } }, { difference: 1, examples: 9 }).reason,
    ).toBe("too_few");
  });
});

describe("detectableDifference", () => {
  // scipy.optimize.brentq over scipy.stats.nct.sf(c, n - 1, x * n**.5) + scipy.stats.nct.cdf(-c, n - 1, x * n**.5) - power
  test.each([
    [30, 0.05, 0.8, 0.5292356151129537],
    [100, 0.05, 0.8, 0.2829126327813917],
    [10, 0.05, 0.8, 0.9960013714554438],
    [300, 0.01, 0.9, 0.22395053104030074],
    [6, 0.05, 0.8, 1.4345447820404007],
  ])("in %d examples at %d with power %d agrees with scipy", (examples, alpha, power, difference) => {
    expect(detectableDifference(scores(1), { examples, alpha, power }).value).toBeCloseTo(difference, 10);
    const small = detectableDifference(scores(1e-310), { examples, alpha, power }).value ?? Number.NaN;
    expect(small / 1e-310).toBeCloseTo(difference, 9);
  });

  test("is none where no outcome rejects", () => {
    for (const noise of [scores(1), passes(0.4)]) {
      expect(detectableDifference(noise, { examples: 5 })).toEqual({ value: null, reason: "no_outcome_rejects" });
      expect(detectableDifference(noise, { examples: 6 }).reason).toBeNull();
      expect(detectableDifference(noise, { examples: 6, alpha: 0.01 }).reason).toBe("no_outcome_rejects");
    }
  });

  test("of passes and failures is there also where none has differed yet", () => {
    // Six of six must fall one way: x**6 = 0.8
    expect(detectableDifference(passes(0), { examples: 6 }).value).toBeCloseTo(0.8 ** (1 / 6), 10);
  });

  test("has the power, and less has not", () => {
    const noise = fc.tuple(fc.boolean(), fc.double({ min: 0.05, max: 0.7, noNaN: true }));
    fc.assert(
      fc.property(noise, fc.integer({ min: 6, max: 400 }), ([isPasses, deviation], examples) => {
        const noise = isPasses ? passes(deviation) : scores(deviation);
        const difference = detectableDifference(noise, { examples }).value ?? Number.NaN;
        expect(powerOf(noise, { difference: difference * 1.0001, examples }).value).toBeGreaterThanOrEqual(0.8);
        expect(powerOf(noise, { difference: difference * 0.9999, examples }).value).toBeLessThan(0.8);
      }),
      { numRuns: 50 },
    );
  });
});

describe("examplesNeeded", () => {
  // The first n whose power, from scipy.stats.nct as above, is 0.8
  test.each([
    [0.5, 34],
    [0.2, 199],
    [0.05, 3142],
    [1.5, 6],
    [100, 6],
  ])("of %d deviations are %d, as with scipy", (difference, examples) => {
    expect(examplesNeeded(scores(1), { difference })).toEqual(known(examples));
  });

  test("of passes and failures are those from which on the power is enough", () => {
    // The last n without a power of 0.8, as summed for mcnemarPower: 141, of a deviation of .4; 25, of .6
    expect(examplesNeeded(passes(0.4), { difference: 0.1 })).toEqual(known(142));
    expect(examplesNeeded(passes(0.6), { difference: -0.4 })).toEqual(known(26));
  });

  test("are none where a million is not enough", () => {
    expect(examplesNeeded(scores(1), { difference: 1e-4 })).toEqual({ value: null, reason: "unreachable" });
    expect(examplesNeeded(scores(1), { difference: 0 })).toEqual({ value: null, reason: "unreachable" });
  });
});

describe("noiseOf and repetitionsNeeded", () => {
  const components = { between: known(0.17), within: known(0.09) };
  const plan = { components, correlation: known(0.5), passFail: true };

  test("take Var(d) = 2 (1 − ρ) σ²between + σ²within (1/K + 1/K′)", () => {
    const { deviation, passFail } = noiseOf({ ...plan, repetitions: { baseline: 3, experiment: 5 } });
    expect(deviation.value).toBeCloseTo(Math.sqrt(2 * 0.5 * 0.17 ** 2 + 0.09 ** 2 * (1 / 3 + 1 / 5)), 12);
    expect(passFail).toBe(false);
    for (const [baseline, experiment, isOnce] of [
      [1, 1, true],
      [1, 3, false],
      [3, 1, false],
    ] as const)
      expect(noiseOf({ ...plan, repetitions: { baseline, experiment } }).passFail).toBe(isOnce);
    const untold = { ...components, within: { value: null, reason: "no_repetitions" } as const };
    for (const count of [1, 9]) {
      const noise = noiseOf({ ...plan, components: untold, repetitions: { baseline: count, experiment: count } });
      expect(noise.deviation.value).toBeCloseTo(0.17, 12);
    }
  });

  test("take σ²between for 2 (1 − ρ) σ²between where the true values of one side are all alike", () => {
    const alike = { value: null, reason: "no_variance" } as const;
    const repetitions = { baseline: 3, experiment: 5 };
    // For true values a of the experiment's examples, and c of the baseline's: var(a - c) = var(a)
    const noise = noiseOf({ ...plan, correlation: alike, repetitions });
    expect(noise.deviation.value).toBeCloseTo(Math.sqrt(0.17 ** 2 + 0.09 ** 2 * (1 / 3 + 1 / 5)), 12);
    const within = { between: known(0), within: known(0.09) };
    const ofNoise = noiseOf({ ...plan, components: within, correlation: alike, repetitions });
    expect(ofNoise.deviation.value).toBeCloseTo(0.09 * Math.sqrt(1 / 3 + 1 / 5), 12);
    const nothing = { ...plan, components: { between: known(0), within: known(0) }, correlation: alike };
    expect(noiseOf({ ...nothing, repetitions }).deviation).toEqual(known(0));
    expect(repetitionsNeeded({ ...nothing, passFail: false }, { difference: 0.1, examples: 30 })).toEqual(alike);
  });

  test("are unknown where the correlation is for want of examples", () => {
    const few = { value: null, reason: "too_few" } as const;
    expect(noiseOf({ ...plan, correlation: few, repetitions: { baseline: 1, experiment: 1 } }).deviation).toEqual(few);
    expect(repetitionsNeeded({ ...plan, correlation: few }, { difference: 0.1, examples: 30 })).toEqual(few);
  });

  test("find the first number of repetitions that is enough", () => {
    const asked = { difference: 0.05, examples: 120 };
    const scored = { ...plan, passFail: false };
    const powerWith = (count: number) =>
      powerOf(noiseOf({ ...scored, repetitions: { baseline: count, experiment: count } }), asked).value;
    const needed = repetitionsNeeded(scored, asked).value ?? Number.NaN;
    expect(needed).toBeGreaterThan(1);
    expect(powerWith(needed)).toBeGreaterThanOrEqual(0.8);
    expect(powerWith(needed - 1)).toBeLessThan(0.8);
    expect(repetitionsNeeded(scored, { difference: 0.01, examples: 120 }).reason).toBe("unreachable");
    expect(repetitionsNeeded(scored, { difference: 0.5, examples: 120 })).toEqual(known(1));
    const untold = {
      ...scored,
      components: { ...components, within: { value: null, reason: "no_repetitions" } as const },
    };
    expect(repetitionsNeeded(untold, { difference: 0.03, examples: 120 })).toEqual({
      value: null,
      reason: "no_repetitions",
    });
    expect(repetitionsNeeded(untold, { difference: 0.5, examples: 120 })).toEqual(known(1));
  });
});

function choose(n: number, k: number): number {
  let ways = 1;
  for (let taken = 0; taken < k; taken++) ways = (ways * (n - taken)) / (taken + 1);
  return ways;
}
