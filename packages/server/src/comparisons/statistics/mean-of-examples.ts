import type { Interval, Quantity } from "./answer.ts";
import { type ExampleValues, isPassFail } from "./examples.ts";
import { momentsOf, scale } from "./moments.ts";
import { wilsonInterval } from "./proportion.ts";
import { meanInterval } from "./student.ts";

/** A mean in which every example weighs the same, and its confidence interval. */
export interface MeanOfExamples {
  examples: number;
  mean: Quantity;
  interval: Interval;
}

/**
 * The mean of the examples' values with its confidence interval: by Student's t (Miller 2024, arXiv 2411.00640), or Wilson's where each example
 * is a single pass or failure. `range` is how far scores can be apart, null where that is not known.
 */
export function meanOfExamples(examples: ExampleValues, range: number | null, level = 0.95): MeanOfExamples {
  const moments = momentsOf(scale(examples.means));
  return {
    examples: moments.count,
    mean: moments.mean,
    interval: isPassFail(examples, range)
      ? wilsonInterval(examples.means.filter((value) => value === 1).length, moments.count, level)
      : meanInterval(moments, level, range ?? (examples.passFail ? 1 : null)),
  };
}
