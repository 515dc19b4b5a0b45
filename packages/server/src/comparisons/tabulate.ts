import { type ExampleTable, standings, type TabulatedSide } from "./example-table.ts";
import { type Measured, type Metric, noMetric } from "./measured.ts";
import type { Sides } from "./sides.ts";
import { differentlyLabelled } from "./statistics/labels.ts";
import { isUnchanged } from "./statistics/paired-difference.ts";

/** Lays the examples of two experiments side by side. All columns are in ascending order of ids, so that one walk along them finds what belongs together. */
export function tabulate({ sides, name }: { sides: Sides; name: string | null }): ExampleTable {
  const { baseline, experiment, changed, includeChanged } = sides;
  const ids = Float64Array.from(new Set([...baseline.examples.ids, ...experiment.examples.ids])).sort();
  const [before, after] = [columnsOf(baseline, name, ids), columnsOf(experiment, name, ids)];
  const contentChanged = Uint8Array.from(placesIn(changed, ids), (place) => Number(place !== -1));
  const standingAt = (index: number): (typeof standings)[number] => {
    if (!after.isThere[index]) return "only_baseline";
    if (!before.isThere[index]) return "only_experiment";
    if (contentChanged[index] && !includeChanged) return "left_out";
    const hasBoth = before.side.scores[index] && after.side.scores[index];
    return hasBoth ? "paired" : "unscored";
  };
  const standing = Uint8Array.from(ids, (_, index) => standings.indexOf(standingAt(index)));
  const differences = ids.map((_, index) => {
    if (standingAt(index) !== "paired") return Number.NaN;
    const [one, other] = [before.side.values[index] ?? 0, after.side.values[index] ?? 0];
    return isUnchanged(one, other) ? 0 : other - one;
  });
  const table = { ids, standing, contentChanged, differences, baseline: before.side, experiment: after.side };
  return { ...table, byDifference: orderOf(differences) };
}

/** The places of differences in ascending order; then those where there is none. */
function orderOf(differences: Float64Array): Int32Array {
  const hasNone = (place: number) => Number.isNaN(differences[place]);
  const places = Int32Array.from(differences.keys());
  const paired = places.filter((place) => !hasNone(place));
  paired.sort((a, b) => {
    const [one, other] = [differences[a] ?? 0, differences[b] ?? 0];
    return one < other ? -1 : Number(one > other) || a - b;
  });
  return Int32Array.from([...paired, ...places.filter(hasNone)]);
}

function columnsOf({ examples, evaluations }: Measured, name: string | null, ids: Float64Array) {
  const metric = evaluations.find((each) => each.name === name) ?? noMetric;
  const { values } = metric;
  const flaky = flakyIn(metric);
  const [own, scored] = [placesIn(examples.ids, ids), placesIn(values.ids, ids)];
  const scores = Float64Array.from(scored, (place) => values.repetitions[place] ?? 0);
  const side: TabulatedSide = {
    values: Float64Array.from(scored, (place) => values.means[place] ?? Number.NaN),
    scores,
    // What `valuesByExample` has divides by the number of scores, and this by one less. For one score it is 0 / 0.
    spreads: Float64Array.from(scored, (place, index) => {
      const count = scores[index] ?? 0;
      return (values.spreads[place] ?? Number.NaN) * Math.sqrt(count / (count - 1));
    }),
    flaky: Uint8Array.from(ids, (id) => Number(flaky.has(id))),
    runs: Float64Array.from(own, (place) => examples.runs[place] ?? 0),
  };
  return { side, isThere: own.map((place) => Number(place !== -1)) };
}

/** Where each id stands in a column; −1 if it does not. */
function placesIn(column: Float64Array, ids: Float64Array): Int32Array {
  let place = 0;
  return Int32Array.from(ids, (id) => {
    while ((column[place] ?? Number.POSITIVE_INFINITY) < id) place++;
    return column[place] === id ? place : -1;
  });
}

/** The examples whose repetitions differ in their label, or in pass and failure. */
function flakyIn({ values, labels }: Metric): Set<number> {
  const flaky = differentlyLabelled(labels);
  if (values.passFail) {
    for (const [index, id] of values.ids.entries()) if (values.spreads[index]) flaky.add(id);
  }
  return flaky;
}
