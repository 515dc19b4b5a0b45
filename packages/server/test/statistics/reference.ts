/**
 * Data that the figures in these tests are computed from, with scipy 1.17.1, statsmodels 0.15.0 and NumPy 2.4.6; each figure stands beside the call
 * that gave it. There, `base` and `expt` are the two lists below, `bm = [mean(b) for b in base]`, `em` likewise, and `d = em - bm`.
 */
import { type ExampleValues, valuesByExample } from "../../src/comparisons/statistics/examples.ts";

/** Scores by example, with one to three repetitions. */
// biome-ignore format: a table
export const baseline = [
  [0.55], [0.45, 0.46, 0.44], [0.61, 0.45, 0.47], [0.93, 0.81, 0.71], [0.39, 0.54, 0.36], [0.3, 0.35], [0.56, 0.58, 0.57],
  [0.8, 0.86, 0.81], [0.55, 0.85, 0.91], [0.46, 0.41, 0.29], [0.27], [0.93, 0.73, 0.87], [0.79, 0.83, 0.72], [0.37, 0.27, 0.24],
  [0.59, 0.6, 0.5], [0.11, 0.42], [0.79, 0.67, 0.79], [0.36, 0.38, 0.41], [0.31, 0.34, 0.29], [0.45, 0.63, 0.57], [0.94],
  [0.74, 0.85, 0.68], [0.45, 0.54, 0.38], [0.68, 0.6, 0.51], [0.4, 0.54, 0.64], [0.72, 0.56], [0.46, 0.54, 0.57],
  [0.83, 0.75, 0.82], [0.55, 0.46, 0.6], [0.87, 0.7, 0.83], [0.56], [0.58, 0.39, 0.32], [0.65, 0.79, 0.68], [0.65, 0.43, 0.48],
  [0.59, 0.56, 0.38], [0.63, 0.53], [0.65, 0.51, 0.65], [0.99, 0.82, 0.9], [0.74, 0.65, 0.63], [0.87, 0.81, 0.82],
];

/** The same examples, three repetitions each. */
// biome-ignore format: a table
export const experiment = [
  [0.45, 0.54, 0.6], [0.39, 0.26, 0.23], [0.65, 0.57, 0.47], [0.84, 0.82, 0.72], [0.57, 0.28, 0.6], [0.33, 0.42, 0.33],
  [0.6, 0.67, 0.82], [0.63, 0.71, 0.96], [0.83, 0.73, 0.82], [0.45, 0.53, 0.34], [0.45, 0.28, 0.27], [0.68, 0.68, 0.78],
  [0.68, 0.69, 0.78], [0.47, 0.31, 0.31], [0.67, 0.64, 0.72], [0.53, 0.31, 0.36], [0.75, 0.84, 0.69], [0.38, 0.46, 0.17],
  [0.31, 0.39, 0.3], [0.47, 0.49, 0.58], [0.98, 0.63, 1.0], [0.95, 0.75, 0.9], [0.56, 0.4, 0.48], [0.64, 0.46, 0.62],
  [0.46, 0.56, 0.66], [0.75, 0.67, 0.74], [0.42, 0.68, 0.63], [0.88, 0.92, 0.85], [0.51, 0.3, 0.38], [0.77, 0.86, 0.94],
  [0.58, 0.64, 0.61], [0.3, 0.45, 0.58], [0.62, 0.73, 0.68], [0.45, 0.38, 0.55], [0.6, 0.34, 0.46], [0.59, 0.7, 0.52],
  [0.59, 0.6, 0.76], [0.95, 1.0, 0.9], [0.82, 0.67, 0.8], [0.93, 0.65, 0.91],
];

/** Hours of sleep gained with two drugs by ten people (Student 1908). */
export const sleep = {
  dextro: [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2],
  laevo: [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
};

/** Lists of scores, the first one of example 0. */
export function examplesOf(groups: readonly (readonly number[])[]): ExampleValues {
  return valuesByExample({
    examples: groups.flatMap((group, id) => group.map(() => id)),
    scores: groups.flat(),
  });
}

/** One score for each example. */
export function singles(scores: readonly number[]): ExampleValues {
  return examplesOf(scores.map((score) => [score]));
}
