import type { ComparedMetric } from "@assay/client";
import { numberWriter } from "./numbers.ts";
import { name, type Phrase } from "./phrase.ts";
import type { Column } from "./report.ts";

/** The first columns of each report's table. */
export const figureColumns: Column[] = [
  { title: "Metric" },
  { title: "Baseline", isNumber: true },
  { title: "Candidate", isNumber: true },
  { title: "Difference (95 % interval)", isNumber: true },
];

/** What stands in them. */
export function figuresOf(metric: ComparedMetric): Phrase[] {
  return [[name(metric.name)], ...[...meansOf(metric), differenceOf(metric)].map((figure) => [figure])];
}

/** "−0.062 (−0.085 to −0.040)" */
export function differenceOf(metric: ComparedMetric): string {
  const write = numberWriter(metric);
  const { difference, interval } = metric;
  if (difference.value === null) return "–";
  const { low, high } = interval;
  const range = low === null || high === null ? "no interval" : `${write(low, true)} to ${write(high, true)}`;
  return `${write(difference.value, true)} (${range})`;
}

/** The means of the pairs, the baseline's and the experiment's. */
export function meansOf(metric: ComparedMetric): [string, string] {
  const write = numberWriter(metric);
  const mean = (value: number | null) => (value === null ? "–" : write(value));
  return [mean(metric.baseline.mean.value), mean(metric.experiment.mean.value)];
}
