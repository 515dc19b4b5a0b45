import type { ComparedMetric, Comparison } from "@assay/client";
import { type Direction, defaultAllowedDrop } from "./rule.ts";

/** What is compared beside evaluations, under these names. */
export const measures = ["latency_ms", "error_rate", "prompt_tokens", "completion_tokens"] as const;

/** Which metrics to gate. */
export interface Wanted {
  /** By how much each of these may become worse, in its own unit. */
  allowedDrops: ReadonlyMap<string, number>;
  /** Whether all other evaluations are gated too, with `margin`, or with 5 % of their ranges. */
  noRegression: boolean;
  margin?: number | undefined;
}

export interface Chosen {
  name: string;
  isEvaluation: boolean;
  direction: Direction;
  allowedDrop: number;
}

/** An evaluation that `no-regression` does not gate, and why. */
export interface LeftOut {
  name: string;
  reason: "labels_alone" | "no_direction";
}

/** @throws Error in a sentence for the user if a metric is not there, or cannot be gated as asked. */
export function chooseMetrics(comparison: Comparison, wanted: Wanted): { chosen: Chosen[]; leftOut: LeftOut[] } {
  const { allowedDrops, noRegression, margin } = wanted;
  const named = [...allowedDrops].map(([name, allowedDrop]) => chooseNamed(comparison, name, allowedDrop));
  if (!noRegression) return { chosen: named, leftOut: [] };
  const { evaluations, more_evaluations } = comparison;
  if (more_evaluations)
    throw new Error(
      `There are more evaluations than the ${evaluations.length} of a comparison: name those to gate with --max-drop.`,
    );
  const others = evaluations.filter(({ name }) => !allowedDrops.has(name));
  const leftOut = others.flatMap((metric) => reasonToLeaveOut(metric) ?? []);
  const gated = others.filter((metric) => reasonToLeaveOut(metric) === undefined);
  return { chosen: [...named, ...chooseWithin(margin, gated)], leftOut };
}

/** Those of `names` that may be evaluations which a comparison of all has no room for. */
export function namesBeyond({ evaluations, more_evaluations }: Comparison, names: Iterable<string>): string[] {
  if (!more_evaluations) return [];
  const there = new Set<string>([...measures, ...evaluations.map(({ name }) => name)]);
  return [...names].filter((name) => !there.has(name));
}

/** Whether there is anything of that name: a comparison answers for a name that nobody gave as it does for one without scores. */
export const isThere = (metric: ComparedMetric): boolean => isScored(metric) || isLabelled(metric);

export function findMetric(comparison: Comparison, { name, isEvaluation }: Pick<Chosen, "name" | "isEvaluation">) {
  if (isEvaluation) return comparison.evaluations.find((metric) => metric.name === name);
  const measure = measures.find((measure) => measure === name);
  return measure && comparison[measure];
}

function chooseNamed(comparison: Comparison, name: string, allowedDrop: number): Chosen {
  const evaluation = findMetric(comparison, { name, isEvaluation: true }); // whose name may be that of a measure
  const metric = evaluation ?? findMetric(comparison, { name, isEvaluation: false });
  if (!metric) throw new Error(`There is no metric ${JSON.stringify(name)}. There are ${namesIn(comparison)}.`);
  const direction = directionOf(metric);
  if (direction === undefined)
    throw new Error(
      `By the annotation config of ${JSON.stringify(name)}, neither direction is better: say which with --minimize or --maximize.`,
    );
  return { name, isEvaluation: metric === evaluation, direction, allowedDrop };
}

function chooseWithin(margin: number | undefined, metrics: ComparedMetric[]): Chosen[] {
  const unbounded: string[] = [];
  const chosen = metrics.flatMap((metric): Chosen[] => {
    const allowedDrop = margin ?? defaultAllowedDrop(metric.range);
    const direction = directionOf(metric);
    if (allowedDrop === null) unbounded.push(JSON.stringify(metric.name));
    if (allowedDrop === null || direction === undefined) return [];
    return [{ name: metric.name, isEvaluation: true, direction, allowedDrop }];
  });
  if (unbounded.length === 0) return chosen;
  throw new Error(
    `How much worse may it become? Of ${unbounded.join(", ")} the range of scores is not known, of which 5 % would be allowed: ` +
      "say --margin, or --max-drop for each, or give it an annotation config with bounds.",
  );
}

function directionOf({ optimization_direction: direction }: ComparedMetric): Direction | undefined {
  return direction === "NONE" ? undefined : direction;
}

function namesIn({ evaluations, more_evaluations }: Comparison): string {
  const names = evaluations.map(({ name }) => JSON.stringify(name));
  return [...names, ...(more_evaluations ? ["more evaluations"] : []), ...measures].join(", ");
}

/** Where both sides have labels in place of scores, scores are not to be expected. Any other lack of scores is gated, and so does not pass. */
function reasonToLeaveOut(metric: ComparedMetric): LeftOut | undefined {
  const { name } = metric;
  if (directionOf(metric) === undefined) return { name, reason: "no_direction" };
  return isLabelled(metric) && !isScored(metric) ? { name, reason: "labels_alone" } : undefined;
}

const isScored = ({ baseline, experiment }: ComparedMetric) =>
  baseline.scored_example_count > 0 || experiment.scored_example_count > 0;
const isLabelled = ({ baseline, experiment }: ComparedMetric) =>
  baseline.labels.length > 0 && experiment.labels.length > 0;
