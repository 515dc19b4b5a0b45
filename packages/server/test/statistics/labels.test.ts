import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  differentlyLabelled,
  type Labels,
  labelledOnBoth,
  labelShares,
  labelTransitions,
} from "../../src/comparisons/statistics/labels.ts";

/** The labels of each example's repetitions; the first list is of example 0. */
function labelsOf(groups: string[][]): Labels {
  const texts = [...new Set(groups.flat())].sort();
  return {
    examples: Float64Array.from(groups.flatMap((group, id) => group.map(() => id))),
    labels: Int32Array.from(groups.flat(), (text) => texts.indexOf(text)),
    texts,
  };
}

const label = fc.oneof(fc.constantFrom("a", "b", "c"), fc.nat(80).map(String));
const groups = fc.array(fc.array(label, { maxLength: 4 }), { maxLength: 120 }).map(labelsOf);
const total = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0);

describe("labelShares", () => {
  test("are of examples, all of the same weight, the most frequent first", () => {
    expect(labelShares(labelsOf([["a"], ["b", "b", "a", "a"], ["c"], []]))).toEqual([
      { label: "a", run_count: 3, share: 0.5 },
      { label: "c", run_count: 1, share: 1 / 3 },
      { label: "b", run_count: 2, share: 0.5 / 3 },
    ]);
    expect(labelShares(labelsOf([["a"], ["b"]]), new Set([1]))).toEqual([{ label: "b", run_count: 1, share: 1 }]);
    expect(labelShares(labelsOf([]))).toEqual([]);
  });

  test("come to 1, are no more than 51, and count all labelled runs", () => {
    fc.assert(
      fc.property(groups, (labels) => {
        const shares = labelShares(labels);
        expect(shares.length).toBeLessThanOrEqual(51);
        expect(total(shares.map(({ run_count }) => run_count))).toBe(labels.examples.length);
        if (shares.length > 0) expect(total(shares.map(({ share }) => share))).toBeCloseTo(1, 10);
      }),
    );
  });
});

describe("labelTransitions", () => {
  test("come to the number of examples, and to each side's shares", () => {
    fc.assert(
      fc.property(groups, groups, fc.uniqueArray(fc.nat(120)), (before, after, left) => {
        const both = labelledOnBoth(before, after, new Set(left));
        const transitions = labelTransitions(before, after, both);
        expect(transitions.length).toBeLessThanOrEqual(101);
        expect(total(transitions.map(({ example_count }) => example_count))).toBeCloseTo(both.size, 8);
        if (transitions.length > 100) return; // all others together are of any label
        for (const [side, end] of [
          [before, "from"],
          [after, "to"],
        ] as const) {
          for (const { label, share } of labelShares(side, both)) {
            const counts = transitions.flatMap((each) => (each[end] === label ? each.example_count : []));
            expect(total(counts)).toBeCloseTo(share * both.size, 8);
          }
        }
      }),
    );
  });
});

test("differentlyLabelled are the examples whose repetitions differ", () => {
  expect([...differentlyLabelled(labelsOf([["a", "a"], ["a", "b"], ["b"], [], ["c", "c", "a"]]))]).toEqual([1, 4]);
});
