/** Rounds in which everything that is compared is measured in turn, and rows of what came out. */

/** Measures each side once a round, one after the other: A B C A B C. Gives the figures of each side, by name, a figure for each round. */
export async function interleave(rounds, sides) {
  const measured = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, measure] of Object.entries(sides)) {
      measured[name].push(await measure(round));
      process.stderr.write(".");
    }
  }
  return measured;
}

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The middle of some figures, and the least and the largest of them. */
export function spread(numbers) {
  return { median: median(numbers), low: Math.min(...numbers), high: Math.max(...numbers) };
}

/**
 * A row of the results. `own` are the service's figures, `beside` is what they stand beside, `peer` are those of another server if there is
 * one; each has a figure a round. A goal is of the ratio of the first to the second, `{ of: "ratio", least }`, or of the first alone,
 * `{ of: "figure", most }`.
 */
export function row({ what, unit, own, beside, goal, peer }) {
  const ratios = beside && own.map((figure, round) => figure / beside.figures[round]);
  const ratio = ratios && spread(ratios);
  const figure = spread(own);
  return {
    what,
    unit,
    figure,
    ...(beside && { beside: { what: beside.what, unit: beside.unit ?? unit, figure: spread(beside.figures) }, ratio }),
    ...(peer && { peer: spread(peer) }),
    ...(goal && { goal, ...judged(goal, goal.of === "ratio" ? ratio : figure) }),
  };
}

/** By how many times a goal is reached: 1 just reaches it. */
function judged({ least, most }, { median: middle, low, high }) {
  const times = (figure) => (least === undefined ? most / Math.max(figure, 1e-9) : figure / least);
  const [worst, best] = [times(low), times(high)].toSorted((a, b) => a - b);
  return { reached: { median: times(middle), low: worst, high: best }, met: times(middle) >= 1 };
}
