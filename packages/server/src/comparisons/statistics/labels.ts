/** The labels of an evaluation, as columns in ascending order of the examples' ids: one for each labelled run. A worker may be sent it as it is. */
export interface Labels {
  examples: Float64Array;
  /** Where the label stands among `texts`. */
  labels: Int32Array;
  texts: readonly string[];
}

/** How often a label was given; null stands for all that are not among the most frequent. */
export interface LabelShare {
  label: string | null;
  run_count: number;
  /** Of the labelled examples, all of the same weight, from 0 to 1. */
  share: number;
}

/** How many examples went from one label to another; null stands for all pairs that are not among the most frequent. */
export interface LabelTransition {
  from: string | null;
  to: string | null;
  example_count: number;
}

const mostLabels = 50;
const mostTransitions = 100;

/** The shares of the 50 most frequent labels, and of all others together, among those of some examples only if they are given. */
export function labelShares({ examples, labels, texts }: Labels, only?: ReadonlySet<number>): LabelShare[] {
  const runs = new Float64Array(texts.length);
  const weights = new Float64Array(texts.length);
  let labelled = 0;
  for (const { id, first, end } of groupsOf(examples)) {
    if (only && !only.has(id)) continue;
    labelled++;
    for (let at = first; at < end; at++) {
      const label = labels[at] ?? 0;
      runs[label] = (runs[label] ?? 0) + 1;
      weights[label] = (weights[label] ?? 0) + 1 / (end - first);
    }
  }
  const shares = texts.map((label, at) => ({
    label,
    run_count: runs[at] ?? 0,
    share: (weights[at] ?? 0) / Math.max(labelled, 1),
  }));
  const given = shares
    .filter(({ run_count }) => run_count > 0)
    .sort((a, b) => b.share - a.share || order(a.label, b.label));
  const others = given.slice(mostLabels);
  return others.length === 0
    ? given
    : [
        ...given.slice(0, mostLabels),
        {
          label: null,
          run_count: others.reduce((sum, { run_count }) => sum + run_count, 0),
          share: others.reduce((sum, { share }) => sum + share, 0),
        },
      ];
}

/** The ids of the examples that have labels on both sides, without those that are left out. */
export function labelledOnBoth(one: Labels, other: Labels, leftOut: ReadonlySet<number>): Set<number> {
  const others = new Set(other.examples);
  return new Set(one.examples.filter((id) => others.has(id) && !leftOut.has(id)));
}

/**
 * From which labels to which these examples went: the 100 most frequent pairs, and all others together. Repetitions of the two sides do not
 * belong together one by one: an example is split evenly over all pairs of its labels, so that all examples weigh the same. Labels that are not
 * among the most frequent of their side count as one: free text has as many labels as runs.
 */
export function labelTransitions(
  baseline: Labels,
  experiment: Labels,
  examples: ReadonlySet<number>,
): LabelTransition[] {
  const [from, to] = [kindsOf(baseline, examples), kindsOf(experiment, examples)];
  const after = new Map([...groupsOf(experiment.examples)].map((group) => [group.id, group]));
  const counts = new Float64Array(from.texts.length * to.texts.length);
  for (const group of groupsOf(baseline.examples)) {
    const other = after.get(group.id);
    if (!other || !examples.has(group.id)) continue;
    const given = to.sharesOf(other);
    for (const [before, share] of from.sharesOf(group).entries()) {
      if (share === 0) continue;
      for (const [next, otherShare] of given.entries()) {
        const pair = before * given.length + next;
        counts[pair] = (counts[pair] ?? 0) + share * otherShare;
      }
    }
  }
  const transitions = [...counts].map((example_count, pair) => ({
    from: from.texts[Math.floor(pair / to.texts.length)] ?? null,
    to: to.texts[pair % to.texts.length] ?? null,
    example_count,
  }));
  const found = transitions
    .filter(({ example_count }) => example_count > 0)
    .sort((a, b) => b.example_count - a.example_count || order(a.from, b.from) || order(a.to, b.to));
  const others = found.slice(mostTransitions);
  return others.length === 0
    ? found
    : [
        ...found.slice(0, mostTransitions),
        { from: null, to: null, example_count: others.reduce((sum, { example_count }) => sum + example_count, 0) },
      ];
}

/** The kinds of labels that `labelShares` tells apart, and how the labelled runs of an example are shared out among them. */
function kindsOf(labels: Labels, examples: ReadonlySet<number>) {
  const texts = labelShares(labels, examples).map(({ label }) => label);
  const others = texts.length - 1; // if any are not told apart, they stand last
  const places = new Map(texts.map((text, place) => [text, place]));
  const kinds = labels.texts.map((text) => places.get(text) ?? others);
  const sharesOf = ({ first, end }: { first: number; end: number }) => {
    const shares = new Float64Array(texts.length);
    for (const label of labels.labels.subarray(first, end)) {
      const kind = kinds[label] ?? others;
      shares[kind] = (shares[kind] ?? 0) + 1 / (end - first);
    }
    return shares;
  };
  return { texts, sharesOf };
}

/** The examples whose repetitions have different labels. */
export function differentlyLabelled({ examples, labels }: Labels): Set<number> {
  const different = new Set<number>();
  for (const { id, first, end } of groupsOf(examples)) {
    if (labels.subarray(first, end).some((label) => label !== labels[first])) different.add(id);
  }
  return different;
}

/** What stands for all others comes last. */
function order(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -1 : Number(a > b);
}

/** Where the runs of each example stand in a column of examples. */
function* groupsOf(examples: Float64Array): Generator<{ id: number; first: number; end: number }> {
  let first = 0;
  for (let end = 1; end <= examples.length; end++) {
    const id = examples[first] ?? 0;
    if (end < examples.length && examples[end] === id) continue;
    yield { id, first, end };
    first = end;
  }
}
