import type { components } from "@assay/spec";
import type { Metric } from "./measured.ts";
import { noQuantity, type Quantity } from "./statistics/answer.ts";
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
  const known = {
    scored_example_count: values.ids.length,
    scored_run_count: values.repetitions.reduce((sum, count) => sum + count, 0),
    between_deviation: components.between,
    within_deviation: components.within,
    correlation,
  };
  const sides = "with" in planning.correlation ? [values, planning.correlation.with.values] : [values];
  const passFail = (planning.range ?? 1) === 1 && sides.every((side) => side.passFail);
  if (correlation.reason !== null) return { ...known, ...unplanned(correlation, passFail, planning) };
  const { repetitions: count } = planning;
  return {
    ...known,
    ...planned(
      { components, correlation: correlation.value, repetitions: { baseline: count, experiment: count }, passFail },
      planning,
    ),
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

function unplanned({ reason }: Quantity & { value: null }, passFail: boolean, { difference, repetitions }: Planning) {
  const none = noQuantity(reason);
  return {
    pass_fail: passFail && repetitions === 1,
    deviation: none,
    detectable_difference: none,
    power: difference === null ? null : none,
    examples_needed: difference === null ? null : none,
    repetitions_needed: difference === null ? null : none,
  };
}
