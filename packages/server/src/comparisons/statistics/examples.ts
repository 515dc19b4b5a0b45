import { newDoubles } from "../columns.ts";
import { deviationOfScaled, largestOf, meanOfScaled, type Numbers, safeFactor } from "./moments.ts";

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
  /** Whether there are scores, and every one is 0 or 1. */
  passFail: boolean;
}

/** Groups scores by example. Less than 0.1 s for a million scores that come in the order of examples: work for a worker thread. */
export function valuesByExample(columns: Scores): ExampleValues {
  const { examples, scores } = inOrder(columns);
  const ends = endsOfGroups(examples);
  const ids = newDoubles(ends.length);
  const means = newDoubles(ends.length);
  const repetitions = newDoubles(ends.length);
  const spreads = newDoubles(ends.length);
  let passFail = scores.length > 0;
  for (let group = 0, start = 0; group < ends.length; group++) {
    const end = ends[group] ?? 0;
    const first = scores[start] ?? 0;
    ids[group] = examples[start] ?? 0;
    repetitions[group] = end - start;
    passFail &&= isPassOrFail(scores, start, end);
    if (isAll(first, scores, start, end)) {
      means[group] = first; // and no spread
    } else {
      const factor = safeFactor(largestOf(scores, 0, start, end));
      const { mean, spread } =
        factor === 1
          ? meanAndSpread(scores, start, end)
          : meanAndSpread(scores.slice(start, end).map((score) => score * factor));
      means[group] = mean / factor;
      spreads[group] = spread / factor;
    }
    start = end;
  }
  return { ids, means, repetitions, spreads, passFail };
}

function isAll(score: number, scores: Numbers, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (scores[at] !== score) return false;
  return true;
}

function isPassOrFail(scores: Numbers, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (scores[at] !== 0 && scores[at] !== 1) return false;
  return true;
}

/** In ascending order of examples, and the scores of one as they were given. */
function inOrder({ examples, scores }: Scores): Scores {
  let isInOrder = true;
  for (let index = 1; index < examples.length; index++)
    if ((examples[index - 1] ?? 0) > (examples[index] ?? 0)) isInOrder = false;
  if (isInOrder) return { examples, scores };
  const order = Int32Array.from(examples.keys()).sort((a, b) => (examples[a] ?? 0) - (examples[b] ?? 0) || a - b);
  return {
    examples: Float64Array.from(order, (index) => examples[index] ?? 0),
    scores: Float64Array.from(order, (index) => scores[index] ?? 0),
  };
}

function endsOfGroups(examples: Numbers): Int32Array {
  const ends = new Int32Array(examples.length);
  let groups = 0;
  for (let end = 1; end <= examples.length; end++) {
    if (end === examples.length || examples[end] !== examples[end - 1]) ends[groups++] = end;
  }
  return ends.subarray(0, groups);
}

/** The spread is divided by their number and not by one less: that is never larger than the numbers, so a double holds it. */
function meanAndSpread(scaled: Numbers, start = 0, end = scaled.length) {
  const mean = meanOfScaled(scaled, start, end);
  const count = end - start;
  return { mean, spread: deviationOfScaled(scaled, mean, start, end) * Math.sqrt((count - 1) / count) };
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
  const [left, right]: [number[], number[]] = [[], []];
  let place = 0;
  for (const [index, id] of one.ids.entries()) {
    while ((other.ids[place] ?? Number.POSITIVE_INFINITY) < id) place++;
    if (other.ids[place] !== id || leftOut.has(id)) continue;
    left.push(index);
    right.push(place);
  }
  return [only(one, left), only(other, right)];
}

function only(values: ExampleValues, indexes: number[]): ExampleValues {
  const of = (column: Float64Array) => Float64Array.from(indexes, (index) => column[index] ?? 0);
  return {
    ids: of(values.ids),
    means: of(values.means),
    repetitions: of(values.repetitions),
    spreads: of(values.spreads),
    passFail: values.passFail,
  };
}
