import { noQuantity, type Quantity, quantity, type Reason } from "./answer.ts";
import { type ExampleValues, sharedExamples } from "./examples.ts";
import { deviationOfScaled, largestOf, meanOfScaled, type Numbers, rounding, scale, sum } from "./moments.ts";

/** How far scores differ, as standard deviations: from example to example, and from repetition to repetition of the same one. */
export interface VarianceComponents {
  /** Without repetitions the two cannot be told apart: this is both together then, and `within` has the reason. */
  between: Quantity;
  within: Quantity;
}

/**
 * The components of variance of an experiment's scores: the unbiased estimators of the one-way analysis of variance with random effects, for
 * any numbers of repetitions (Searle, Casella & McCulloch 1992, 3.6). Where the estimate between examples comes out below 0, it is 0.
 */
export function varianceComponents({ means, repetitions, spreads }: ExampleValues): VarianceComponents {
  const examples = means.length;
  if (examples < 2) {
    const missing = noQuantity(examples === 0 ? "no_values" : "too_few");
    return { between: missing, within: missing };
  }
  const { values, factor } = scale(means, largestOf(means, largestOf(spreads)));
  const scores = sum(repetitions, (count) => count);
  if (scores === examples) {
    return { between: quantity(deviationOfScaled(values) / factor), within: noQuantity("no_repetitions") };
  }
  const overScores = (of: (index: number) => number) => sum(repetitions, (count, index) => count * of(index));
  const center = overScores((index) => values[index] ?? 0) / scores;
  const betweenSquares = overScores((index) => ((values[index] ?? 0) - center) ** 2) / (examples - 1);
  const withinSquares = overScores((index) => ((spreads[index] ?? 0) * factor) ** 2) / (scores - examples);
  const perExample = (scores - sum(repetitions, (count) => count ** 2) / scores) / (examples - 1);
  return {
    between: quantity(Math.sqrt(Math.max(0, betweenSquares - withinSquares) / perExample) / factor),
    within: quantity(Math.sqrt(withinSquares) / factor),
  };
}

/**
 * How the true values of the examples that two experiments share go together: the covariance of their means, which repetitions do not bias, by
 * the deviations between examples. Without repetitions it is the correlation of scores instead, as the deviations then hold both components.
 */
export function correlationOfExamples(one: ExampleValues, other: ExampleValues): Quantity {
  const [a, b] = sharedExamples(one, other);
  const [left, right] = [standardized(a), standardized(b)];
  if ("reason" in left) return noQuantity(left.reason);
  if ("reason" in right) return noQuantity(right.reason);
  const covariance = sum(left.values, (value, index) => value * (right.values[index] ?? 0)) / (a.means.length - 1);
  return quantity(Math.min(1, Math.max(-1, covariance)));
}

/** The examples' means as distances from their mean, in deviations between examples. */
function standardized(examples: ExampleValues): { values: Numbers } | { reason: Reason } {
  const { between } = varianceComponents(examples);
  if (between.reason !== null) return between;
  const { values, factor, largest } = scale(examples.means);
  const deviation = between.value * factor;
  if (deviation <= rounding * largest) return { reason: "no_variance" };
  const mean = meanOfScaled(values);
  return { values: values.map((value) => (value - mean) / deviation) };
}
