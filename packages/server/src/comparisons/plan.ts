import type { components } from "@assay/spec";
import type { Metric } from "./measured.ts";
import type { Quantity } from "./statistics/answer.ts";
import {
  detectableDifference,
  examplesNeeded,
  noiseOf,
  type Plan,
  powerOf,
  repetitionsNeeded,
} from "./statistics/power.ts";
import { correlationOfExamples, varianceComponents } from "./statistics/variance-components.ts";

/** What `getPower` answers of an evaluation, beside its name. */
export type PlannedEvaluation = Omit<components["schemas"]["EvaluationPower"], "name">;

export interface Planning {
  metric: Pick<Metric, "values">;
  /** The same evaluation of the experiment that the correlation is computed with; or what is assumed of it. */
  correlation: { with: Pick<Metric, "values"> } | { assumed: number };
  range: number | null;
  difference: number | null;
  examples: number;
  repetitions: number;
  baseline_repetitions: number;
  alpha: number;
  power: number;
}

/** Plans a comparison to come from the scores of one evaluation. Up to 5 s for passes and failures of which it takes a million. */
export function plan(planning: Planning): PlannedEvaluation {
  const { values } = planning.metric;
  const components = varianceComponents(values);
  const correlation: Quantity =
    "with" in planning.correlation
      ? correlationOfExamples(planning.correlation.with.values, values)
      : { value: planning.correlation.assumed, reason: null };
  const sides = "with" in planning.correlation ? [values, planning.correlation.with.values] : [values];
  const passFail = (planning.range ?? 1) === 1 && sides.every((side) => side.passFail);
  const repetitions = { baseline: planning.baseline_repetitions, experiment: planning.repetitions };
  return {
    scored_example_count: values.ids.length,
    scored_run_count: values.repetitions.reduce((sum, count) => sum + count, 0),
    between_deviation: components.between,
    within_deviation: components.within,
    correlation,
    ...planned({ components, correlation, repetitions, passFail }, planning),
  };
}

function planned(plan: Plan, { difference, examples, alpha, power }: Planning) {
  const noise = noiseOf(plan);
  return {
    pass_fail: noise.passFail,
    deviation: noise.deviation,
    detectable_difference: detectableDifference(noise, { examples, alpha, power }),
    power: difference === null ? null : powerOf(noise, { difference, examples, alpha }),
    examples_needed: difference === null ? null : examplesNeeded(noise, { difference, alpha, power }),
    repetitions_needed: difference === null ? null : repetitionsNeeded(plan, { difference, examples, alpha, power }),
  };
}
