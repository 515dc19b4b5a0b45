import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { valuesByExample } from "../../src/comparisons/statistics/examples.ts";
import { correlationOfExamples, varianceComponents } from "../../src/comparisons/statistics/variance-components.ts";
import { baseline, examplesOf, experiment, singles } from "./reference.ts";

describe("varianceComponents", () => {
  test("of unequal numbers of repetitions agree with the analysis of variance", () => {
    const { between, within } = varianceComponents(examplesOf(baseline));
    // k, m = the counts and means, g = flat.mean(), n0 = (N - sum(k**2) / N) / (a - 1), msb = sum(k * (m - g)**2) / (a - 1);
    // msb / msw is scipy.stats.f_oneway(*base).statistic
    expect(within.value).toBeCloseTo(0.08846457139531544, 12); // sqrt(msw)
    expect(between.value).toBeCloseTo(0.1705547148565389, 12); // sqrt((msb - msw) / n0)
  });

  test("of equal numbers of repetitions agree with it, and with restricted maximum likelihood", () => {
    const { between, within } = varianceComponents(examplesOf(experiment));
    expect(between.value).toBeCloseTo(0.17431620579033838, 12); // sqrt(var(em, ddof=1) - msw / 3)
    expect(within.value).toBeCloseTo(0.10089185629507798, 12); // sqrt(mean(var(e, ddof=1) of each))
    // statsmodels.formula.api.mixedlm("y~1", df, groups="e").fit(reml=True): sqrt(cov_re), sqrt(scale), found by iteration
    expect(between.value).toBeCloseTo(0.17431526326556496, 5);
    expect(within.value).toBeCloseTo(0.10089208435742886, 5);
  });

  test("without repetitions are not told apart", () => {
    const { between, within } = varianceComponents(singles([1, 2, 3, 4]));
    expect(between.value).toBeCloseTo(Math.sqrt(5 / 3), 12);
    expect(within).toEqual({ value: null, reason: "no_repetitions" });
  });

  test("are 0 between examples where they differ less than repetitions do", () => {
    const { between, within } = varianceComponents(
      examplesOf([
        [0, 1],
        [1, 0],
        [0, 1],
      ]),
    );
    expect(between.value).toBe(0);
    expect(within.value).toBeCloseTo(Math.SQRT1_2, 12);
  });

  test("of too little say why", () => {
    expect(varianceComponents(singles([])).between.reason).toBe("no_values");
    expect(varianceComponents(examplesOf([[1, 2, 3]])).within.reason).toBe("too_few");
  });

  test("are finite or have a reason, for any finite scores", () => {
    const score = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(1e308, -1e308, 5e-324));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(6), score)), (rows) => {
        const values = valuesByExample({ examples: rows.map(([id]) => id), scores: rows.map(([, score]) => score) });
        const { between, within } = varianceComponents(values);
        for (const { value, reason } of [between, within, correlationOfExamples(values, values)])
          expect(reason === null ? Number.isFinite(value) : value === null).toBe(true);
      }),
    );
  });
});

describe("correlationOfExamples", () => {
  test("of experiments without repetitions is that of their scores", () => {
    const [one, other] = [baseline, experiment].map((scores) => scores.map(([first = 0]) => first));
    // numpy.corrcoef([b[0] for b in base], [e[0] for e in expt])[0, 1]
    expect(correlationOfExamples(singles(one ?? []), singles(other ?? [])).value).toBeCloseTo(0.7823252407488811, 12);
  });

  test("leaves out what repetitions add, so that it does not fall with their noise", () => {
    // numpy.cov(bm, em)[0, 1] / (0.1705… * 0.1743…), the deviations between examples as above, is 1.06: more than a correlation can be
    expect(correlationOfExamples(examplesOf(baseline), examplesOf(experiment)).value).toBe(1);
    const opposite = examplesOf(baseline.map((scores) => scores.map((score) => -1e300 * score)));
    expect(correlationOfExamples(examplesOf(baseline), opposite).value).toBeCloseTo(-1, 12);
  });

  test("looks at the examples that both have, and says why it has no answer", () => {
    expect(correlationOfExamples(examplesOf([[1], [], [3]]), examplesOf([[], [5], [7]])).reason).toBe("too_few");
    expect(correlationOfExamples(singles([1, 1, 1]), singles([1, 2, 3])).reason).toBe("no_variance");
  });
});
