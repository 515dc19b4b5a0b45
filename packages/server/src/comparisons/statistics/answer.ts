/** Why there is no answer: the closed list of all reasons that the statistics give. */
export const reasons = [
  /** There is nothing to compute from. */
  "no_values",
  /** There is one value, and how much values differ from each other takes two. */
  "too_few",
  /** All values are equal, and no range is known that says how far another one could lie. */
  "no_variance",
  /** The answer is beyond what a double can hold. */
  "out_of_range",
  /** No example has a second repetition, so that variance within examples cannot be told from variance between them. */
  "no_repetitions",
  /** There are so few examples that no outcome would be significant. */
  "no_outcome_rejects",
  /** No number of examples or repetitions within the limit is enough. */
  "unreachable",
] as const;
export type Reason = (typeof reasons)[number];

/** A number, always finite, or the reason why there is none. */
export type Quantity = { value: number; reason: null } | { value: null; reason: Reason };

/** A confidence interval, of finite ends and never of width zero, or the reason why there is none. */
export type Interval = { low: number; high: number; reason: null } | { low: null; high: null; reason: Reason };

export const noQuantity = (reason: Reason): Quantity => ({ value: null, reason });
export const noInterval = (reason: Reason): Interval => ({ low: null, high: null, reason });

/** Adding 0 makes 0 of −0. */
export function quantity(value: number): Quantity {
  return Number.isFinite(value) ? { value: value + 0, reason: null } : noQuantity("out_of_range");
}

export function interval(low: number, high: number): Interval {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return noInterval("out_of_range");
  return low < high ? { low: low + 0, high: high + 0, reason: null } : noInterval("no_variance");
}
