/** Where an example stands in a comparison. */
export const standings = ["paired", "unscored", "left_out", "only_baseline", "only_experiment"] as const;

/** What one side has of the examples of a table, in its order. */
export interface TabulatedSide {
  /** NaN where there is no score. */
  values: Float64Array;
  /** How many scores there are, and their sample standard deviation, NaN where there are not two. */
  scores: Float64Array;
  spreads: Float64Array;
  flaky: Uint8Array;
  runs: Float64Array;
}

/** All examples of two experiments under one evaluation, as columns in ascending order of the examples' ids. */
export interface ExampleTable {
  ids: Float64Array;
  /** Indexes of `standings`. */
  standing: Uint8Array;
  contentChanged: Uint8Array;
  /** The experiment's value less the baseline's: 0 if they are equal but for rounding, NaN of what is not paired. */
  differences: Float64Array;
  baseline: TabulatedSide;
  experiment: TabulatedSide;
  /** The places of the examples that have a difference, in ascending order of it; then those of all others. */
  byDifference: Int32Array;
}
