import type { Interval } from "@assay/client";
import { describe, expect, test } from "vitest";
import { defaultAllowedDrop, gateLevel, gateMetric, gateOutcome, type Measured } from "../src/gate/rule.ts";

describe("gateMetric", () => {
  const interval = (low: number, high: number): Interval => ({ level: 0.95, low, high, reason: null });
  const metric = (low: number, high: number, more: Partial<Measured> = {}): Measured => ({
    direction: "MAXIMIZE",
    interval: interval(low, high),
    strictInterval: interval(low - 0.01, high + 0.01),
    allowedDrop: 0.05,
    unscored: { baseline: 0, experiment: 0 },
    maxMissing: 0.02,
    ...more,
  });

  test.each([
    [-0.2, -0.07, "fail", "beyond_allowed_drop"],
    [-0.2, -0.055, "not_enough_evidence", "undecided"], // −0.045 at the level for several metrics
    [-0.2, 0.1, "not_enough_evidence", "undecided"],
    [-0.06, 0.3, "not_enough_evidence", "undecided"],
    [-0.05, 0.3, "pass", "within_allowed_drop"],
    [-0.04, -0.01, "pass", "within_allowed_drop"], // surely worse, but not by more than is allowed
    [0.1, 0.2, "pass", "within_allowed_drop"],
  ] as const)("of a difference of %d to %d is %s: %s", (low, high, outcome, finding) => {
    expect(gateMetric(metric(low, high))).toEqual({ outcome, finding });
    expect(gateMetric(metric(-high, -low, { direction: "MINIMIZE" }))).toEqual({ outcome, finding });
  });

  test("with too many scores missing does not pass, but still fails", () => {
    const missing = { unscored: { baseline: 0.1, experiment: 0.13 } };
    expect(gateMetric(metric(0.1, 0.2, missing))).toEqual({
      outcome: "not_enough_evidence",
      finding: "too_many_unscored",
    });
    expect(gateMetric(metric(-0.2, -0.1, missing)).outcome).toBe("fail");
    expect(gateMetric(metric(0.1, 0.2, { ...missing, maxMissing: 0.05 })).outcome).toBe("pass");
    expect(gateMetric(metric(0.1, 0.2, { unscored: { baseline: 0.03, experiment: 0.05 } })).outcome).toBe("pass");
    expect(gateMetric(metric(0.1, 0.2, { unscored: { baseline: 0.4, experiment: 0.1 } })).outcome).toBe("pass");
  });

  test("without an interval has not enough evidence", () => {
    const none: Interval = { level: 0.95, low: null, high: null, reason: "no_variance" };
    expect(gateMetric({ ...metric(0, 1), interval: none, strictInterval: none })).toEqual({
      outcome: "not_enough_evidence",
      finding: "no_interval",
    });
  });

  test("fails by the interval of its share of 5 %", () => {
    expect(gateLevel(1)).toBe(0.95);
    expect(gateLevel(4)).toBe(0.9875);
  });

  test("allows a drop of 5 % of the range, where there is one", () => {
    expect(defaultAllowedDrop(4)).toBe(0.2);
    expect(defaultAllowedDrop(null)).toBeNull();
  });
});

describe("gateOutcome", () => {
  const all = (...outcomes: ("pass" | "fail" | "not_enough_evidence")[]) =>
    gateOutcome(outcomes.map((outcome) => ({ outcome })));

  test("is a failure if one failed, and a pass only if all passed", () => {
    expect(all("pass", "not_enough_evidence", "fail")).toBe("fail");
    expect(all("pass", "not_enough_evidence")).toBe("not_enough_evidence");
    expect(all("pass", "pass")).toBe("pass");
    expect(all()).toBe("not_enough_evidence");
  });
});
