import { noQuantity, type Quantity, quantity, type Reason } from "./answer.ts";

/** Finite numbers. */
export type Numbers = readonly number[] | Float64Array;

/** Numbers that differ by no more than this share of their size differ by rounding: 0.1 + 0.2 and 0.3. */
export const rounding = 1e-12;

/** Numbers times a power of two, so that their squares and sums neither overflow nor vanish. Ordinary numbers as they are, times 1. */
export interface Scaled {
  values: Numbers;
  factor: number;
  /** The size of the largest number that they were got from, times the factor: what they are rounded by. */
  largest: number;
}

/** The mean of numbers, and how much they vary: too little to tell where there is one, or all are equal but for rounding. */
export interface Moments {
  count: number;
  mean: Quantity;
  /** The sample standard deviation, dividing by n − 1. */
  deviation: Quantity;
  /** The mean in deviations, which is there even where a double holds neither of them. */
  ratio: Quantity;
}

export function scale(values: Numbers, largest = largestOf(values)): Scaled {
  const factor = safeFactor(largest);
  return { values: factor === 1 ? values : values.map((value) => value * factor), factor, largest: largest * factor };
}

/** What 2^-600 makes vanish is below 1e-300 of the largest. */
export function safeFactor(largest: number): number {
  if (largest > 2 ** 480) return 2 ** -600;
  return largest < 2 ** -400 ? 2 ** 600 : 1;
}

/** The size of the largest of numbers, or of what was the largest before. */
export function largestOf(values: Numbers, before = 0, start = 0, end = values.length): number {
  let largest = before;
  for (let at = start; at < end; at++) largest = Math.max(largest, Math.abs(values[at] ?? 0));
  return largest;
}

/** The mean of one number or more, of two of 1e308 it is 1e308; and the sample standard deviation, dividing by n − 1, 0 where all are equal. */
export function meanAndDeviation(values: Numbers): { mean: number; deviation: Quantity } {
  const { values: scaled, factor } = scale(values);
  const mean = meanOfScaled(scaled);
  const deviation = values.length < 2 ? noQuantity("too_few") : quantity(deviationOfScaled(scaled, mean) / factor);
  return { mean: mean / factor, deviation };
}

export function momentsOf({ values, factor, largest }: Scaled): Moments {
  const count = values.length;
  if (count === 0) return { count, mean: noQuantity("no_values"), ...notVarying("no_values") };
  const mean = meanOfScaled(values);
  const moments = { count, mean: quantity(mean / factor) };
  if (count === 1) return { ...moments, ...notVarying("too_few") };
  const deviation = deviationOfScaled(values, mean);
  if (deviation <= rounding * largest) return { ...moments, ...notVarying("no_variance") };
  return { ...moments, deviation: quantity(deviation / factor), ratio: quantity(mean / deviation) };
}

function notVarying(reason: Reason) {
  return { deviation: noQuantity(reason), ratio: noQuantity(reason) };
}

/** A second pass mends the last digit, so that equal numbers have exactly that mean; what seems to be more is its own rounding. */
export function meanOfScaled(values: Numbers, start = 0, end = values.length): number {
  const mean = sumOfPowers(values, 1, 0, start, end) / (end - start);
  const rest = sumOfPowers(values, 1, mean, start, end) / (end - start);
  return Math.abs(rest) <= 2 * Number.EPSILON * Math.abs(mean) ? mean + rest : mean;
}

export function deviationOfScaled(
  values: Numbers,
  mean = meanOfScaled(values),
  start = 0,
  end = values.length,
): number {
  return Math.sqrt(sumOfPowers(values, 2, mean, start, end) / (end - start - 1));
}

/** Neumaier's compensated sum (1974): as if added in twice the precision, so that the order of numbers does not matter. */
export function sum(values: Numbers, of: (value: number, index: number) => number): number {
  let total = 0;
  let lost = 0;
  for (let index = 0; index < values.length; index++) {
    const term = of(values[index] ?? 0, index);
    const next = total + term;
    lost += Math.abs(total) >= Math.abs(term) ? total - next + term : term - next + total;
    total = next;
  }
  return total + lost;
}

/** Likewise, of the first or second powers of how far numbers are from one. A function for each number would be called a million times. */
function sumOfPowers(values: Numbers, power: 1 | 2, from: number, start: number, end: number): number {
  let total = 0;
  let lost = 0;
  for (let index = start; index < end; index++) {
    const away = (values[index] ?? 0) - from;
    const term = power === 1 ? away : away * away;
    const next = total + term;
    lost += Math.abs(total) >= Math.abs(term) ? total - next + term : term - next + total;
    total = next;
  }
  return total + lost;
}
