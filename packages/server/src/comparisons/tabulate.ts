import { type ExampleTable, standings, type TabulatedSide } from "./example-table.ts";
import { type Measured, type Metric, noMetric } from "./measured.ts";
import type { Sides } from "./sides.ts";
import { differentlyLabelled } from "./statistics/labels.ts";
import { isUnchanged } from "./statistics/paired-difference.ts";

/** Lays the examples of two experiments side by side. */
export function tabulate({ sides, name }: { sides: Sides; name: string | null }): ExampleTable {
  const { baseline, experiment, changed, includeChanged } = sides;
  const ids = Float64Array.from(new Set([...baseline.examples.ids, ...experiment.examples.ids])).sort();
  const [before, after] = [columnsOf(baseline, name, ids), columnsOf(experiment, name, ids)];
  const isChanged = new Set(changed);
  const contentChanged = Uint8Array.from(ids, (id) => Number(isChanged.has(id)));
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
  const byDifference = Int32Array.from(ids.keys()).sort((a, b) => {
    const [one, other] = [differences[a] ?? Number.NaN, differences[b] ?? Number.NaN];
    if (Number.isNaN(one) || Number.isNaN(other))
      return Number(Number.isNaN(one)) - Number(Number.isNaN(other)) || a - b;
    return one < other ? -1 : Number(one > other) || a - b;
  });
  return { ids, standing, contentChanged, differences, baseline: before.side, experiment: after.side, byDifference };
}

function columnsOf({ examples, evaluations }: Measured, name: string | null, ids: Float64Array) {
  const metric = evaluations.find((each) => each.name === name) ?? noMetric;
  const { values } = metric;
  const flaky = flakyIn(metric);
  const [own, scored] = [placesOf(examples.ids), placesOf(values.ids)];
  const scoredAt = (column: Float64Array) => ids.map((id) => column[scored.get(id) ?? -1] ?? Number.NaN);
  const scores = scoredAt(values.repetitions).map((count) => count || 0);
  const side: TabulatedSide = {
    values: scoredAt(values.means),
    scores,
    // What `valuesByExample` has divides by the number of scores, and this by one less. For one score it is 0 / 0.
    spreads: scoredAt(values.spreads).map((spread, index) => {
      const count = scores[index] ?? 0;
      return spread * Math.sqrt(count / (count - 1));
    }),
    flaky: Uint8Array.from(ids, (id) => Number(flaky.has(id))),
    runs: ids.map((id) => examples.runs[own.get(id) ?? -1] ?? 0),
  };
  return { side, isThere: Uint8Array.from(ids, (id) => Number(own.has(id))) };
}

const placesOf = (ids: Float64Array) => new Map([...ids].map((id, place) => [id, place]));

/** The examples whose repetitions differ in their label, or in pass and failure. */
function flakyIn({ values, labels }: Metric): Set<number> {
  const flaky = differentlyLabelled(labels);
  if (values.passFail) {
    for (const [index, id] of values.ids.entries()) if (values.spreads[index]) flaky.add(id);
  }
  return flaky;
}
