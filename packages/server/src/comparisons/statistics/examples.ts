import { deviationOfScaled, meanOf, type Numbers, scale } from "./moments.ts";

/** The scores of an evaluation in an experiment, as columns: `scores[i]` is one of example `examples[i]`. In any order. */
export interface Scores {
  examples: Numbers;
  scores: Numbers;
}

/** What the scored repetitions of each example say, as columns in ascending order of the examples' ids. A worker may be sent it as it is. */
export interface ExampleValues {
  ids: Float64Array;
  /** The mean of the example's scores: its value. */
  means: Float64Array;
  /** How many scores it has. */
  repetitions: Float64Array;
  /** Their standard deviation from that mean, dividing by their number: 0 where there is one. */
  spreads: Float64Array;
  /** Whether every score is 0 or 1. */
  passFail: boolean;
}

/** Groups scores by example. 0.1 s for 50,000 scores at first, 30 ms later: work for a worker thread. */
export function valuesByExample({ examples, scores }: Scores): ExampleValues {
  const groups = new Map<number, number[]>();
  for (const [index, score] of scores.entries()) {
    const id = examples[index] ?? Number.NaN;
    const group = groups.get(id);
    if (group) group.push(score);
    else groups.set(id, [score]);
  }
  const ids = Float64Array.from(groups.keys()).sort();
  const of = (describe: (group: number[]) => number) => ids.map((id) => describe(groups.get(id) ?? []));
  return {
    ids,
    means: of(meanOf),
    repetitions: of((group) => group.length),
    spreads: of(spreadOf),
    passFail: scores.every((score) => score === 0 || score === 1),
  };
}

/** Dividing by their number and not by one less: that is never larger than the numbers, so a double holds it. */
function spreadOf(scores: number[]): number {
  if (scores.length === 1) return 0;
  const { values, factor } = scale(scores);
  return (deviationOfScaled(values) * Math.sqrt((scores.length - 1) / scores.length)) / factor;
}

/** Whether each example is a single pass or failure, 1 or 0: its scores are no others, and no range says that others are possible. */
export function isPassFail({ passFail, repetitions }: ExampleValues, range: number | null): boolean {
  return passFail && (range ?? 1) === 1 && repetitions.every((count) => count === 1);
}

/** What two experiments say of the examples that both have, without those that are left out, in the same order. */
export function sharedExamples(
  one: ExampleValues,
  other: ExampleValues,
  leftOut: ReadonlySet<number> = new Set(),
): [ExampleValues, ExampleValues] {
  const others = new Set(other.ids);
  const shared = new Set(one.ids.filter((id) => others.has(id) && !leftOut.has(id)));
  return [only(one, shared), only(other, shared)];
}

function only(values: ExampleValues, ids: ReadonlySet<number>): ExampleValues {
  const isKept = (_: number, index: number) => ids.has(values.ids[index] ?? Number.NaN);
  return {
    ids: values.ids.filter(isKept),
    means: values.means.filter(isKept),
    repetitions: values.repetitions.filter(isKept),
    spreads: values.spreads.filter(isKept),
    passFail: values.passFail,
  };
}
