import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adjustByHolm, familyLevel } from "../../src/comparisons/statistics/holm.ts";
import { compareExamples } from "../../src/comparisons/statistics/paired-difference.ts";
import { changesOf, orient, verdictOf } from "../../src/comparisons/statistics/verdict.ts";
import { singles } from "./reference.ts";

const comparisonOf = (before: number[], after: number[], range: number | null = null) =>
  compareExamples(singles(before), singles(after), { ids: ["a", "b"], range });
const scores = Array.from({ length: 40 }, (_, index) => (index * 7) % 40);

describe("adjustByHolm", () => {
  test("agrees with statsmodels", () => {
    // statsmodels.stats.multitest.multipletests([.01, .04, .03, .005, .5], method="holm")[1]
    const adjusted = adjustByHolm([0.01, 0.04, 0.03, 0.005, 0.5]);
    for (const [index, p] of [0.04, 0.09, 0.09, 0.025, 0.5].entries()) expect(adjusted[index]).toBeCloseTo(p, 12);
  });

  test("does not count what was not tested", () => {
    expect(adjustByHolm([null, 0.01, null, 0.04])).toEqual([null, 0.02, null, 0.04]);
    expect(adjustByHolm([])).toEqual([]);
  });

  test("keeps the order, never lowers a p, and leaves a single one as it is", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (pValues) => {
        const adjusted = adjustByHolm(pValues).map((p) => p ?? Number.NaN);
        const inOrder = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
        let before = 0;
        for (const { p, index } of inOrder) {
          const now = adjusted[index] ?? Number.NaN;
          expect(now >= p && now >= before && now <= 1).toBe(true);
          before = now;
        }
        expect(adjustByHolm(pValues.slice(0, 1))).toEqual(pValues.slice(0, 1));
      }),
    );
  });
});

test("familyLevel gives each of several metrics its share of 5 %", () => {
  expect(familyLevel(1)).toBe(0.95);
  expect(familyLevel(4)).toBe(0.9875);
});

describe("verdictOf", () => {
  const up = comparisonOf(
    scores,
    scores.map((score, index) => score + 1 + (index % 3)),
  );
  const even = comparisonOf(
    scores,
    scores.map((score, index) => score + (index % 2 ? 0.1 : -0.1)),
  );
  const asked = { adjustedP: 0.001, direction: "maximize", margin: null } as const;

  test("is better or worse by the direction, if p and the interval say so", () => {
    expect(verdictOf(up, asked)).toBe("better");
    expect(verdictOf(up, { ...asked, direction: "minimize" })).toBe("worse");
    expect(verdictOf(up, { ...asked, adjustedP: 0.05 })).toBe("no_evidence");
    expect(verdictOf(up, { ...asked, adjustedP: null })).toBe("no_evidence");
    expect(verdictOf(even, asked)).toBe("no_evidence");
  });

  test("is equivalent within the margin, which comes first", () => {
    expect(verdictOf(even, { ...asked, adjustedP: 1, margin: 0.05 })).toBe("equivalent");
    expect(verdictOf(even, { ...asked, adjustedP: 1, margin: 0.02 })).toBe("no_evidence");
    expect(verdictOf(up, { ...asked, margin: 5 })).toBe("equivalent");
    expect(verdictOf(up, { ...asked, margin: 2 })).toBe("better");
  });

  test("is no evidence where there is no interval", () => {
    const raised = comparisonOf(
      scores,
      scores.map((score) => score + 1),
    );
    expect(raised.p_value.value).toBeLessThan(1e-9);
    expect(verdictOf(raised, { ...asked, margin: 100 })).toBe("no_evidence");
    const ranged = comparisonOf(
      scores,
      scores.map((score) => score + 1),
      5,
    );
    expect(verdictOf(ranged, asked)).toBe("better");
  });

  test("counts what became better and worse", () => {
    const some = comparisonOf([1, 2, 3, 4], [2, 3, 3, 1]);
    expect(changesOf(some, "maximize")).toEqual({ improved: 2, regressed: 1, unchanged: 1 });
    expect(changesOf(some, "minimize")).toEqual({ improved: 1, regressed: 2, unchanged: 1 });
  });
});

describe("orient", () => {
  test("turns an interval round where lower is better", () => {
    expect(orient({ low: -1, high: 2, reason: null }, "minimize")).toEqual({ low: -2, high: 1, reason: null });
    expect(orient({ low: -1, high: 2, reason: null }, "maximize")).toEqual({ low: -1, high: 2, reason: null });
    const none = { low: null, high: null, reason: "too_few" } as const;
    expect(orient(none, "minimize")).toEqual(none);
  });
});
