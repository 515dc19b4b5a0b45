import { noQuantity, type Quantity, quantity, type Reason } from "./answer.ts";
import { firstWhole, turningPoint } from "./bisect.ts";
import { mcnemarPower } from "./mcnemar-power.ts";
import { noncentralTCdf } from "./noncentral-t.ts";
import { studentCritical } from "./student.ts";
import type { VarianceComponents } from "./variance-components.ts";

/** The numbers of examples and repetitions beyond which nothing is looked for. */
export const mostExamples = 1_000_000;
export const mostRepetitions = 10_000;

/** What hides a difference: how much examples differ in it. */
export interface Noise {
  /** The standard deviation of an example's difference. */
  deviation: Quantity;
  /** Whether an example passes or fails, once, on each side: then McNemar's test decides. */
  passFail: boolean;
}

/** How sure a test is to be: significant at `alpha`, 0.05 if not given, with a chance of `power`, 0.8 if not given. */
export interface Certainty {
  alpha?: number;
  power?: number;
}

/** What `power` knows of a comparison to come. */
export interface Plan {
  components: VarianceComponents;
  /**
   * Of the two sides' true values of an example, from −1 to 1. Without repetitions to tell the components apart: of their scores. `no_variance` where
   * those of one side are all alike.
   */
  correlation: Quantity;
  repetitions: { baseline: number; experiment: number };
  /** Whether every score is 0 or 1. */
  passFail: boolean;
}

/**
 * The noise of a comparison to come: Var(d) = 2 (1 − ρ) σ²between + σ²within (1/K + 1/K′) (Miller 2024, arXiv 2411.00640). Where the
 * components are not told apart, repetitions change nothing in it: more than one are then better than it says. Where the true values of one side
 * are all alike, only those of the other vary: by σ²between in place of 2 (1 − ρ) σ²between.
 */
export function noiseOf({ passFail, ...plan }: Plan): Noise {
  const { baseline, experiment } = plan.repetitions;
  return { deviation: deviationOf(plan), passFail: passFail && baseline === 1 && experiment === 1 };
}

function deviationOf({ components: { between, within }, correlation, repetitions }: Omit<Plan, "passFail">): Quantity {
  if (between.reason !== null) return between;
  if (correlation.reason !== null && correlation.reason !== "no_variance") return correlation;
  const share = correlation.reason === null ? 2 * (1 - correlation.value) : 1;
  const perRun = 1 / repetitions.baseline + 1 / repetitions.experiment;
  return quantity(Math.hypot(Math.sqrt(share) * between.value, Math.sqrt(perRun) * (within.value ?? 0)));
}

/**
 * The chance that a difference of that size turns out significant. Of pass/fail that of McNemar's exact test, otherwise that of Student's paired
 * test (noncentral t), which below 30 examples is close to the permutation test's but where that one cannot reject it is 0.
 * 0.1 ms; of pass/fail 5 ms for 15,000 examples, 0.1 s for a million.
 */
export function powerOf(
  noise: Noise,
  { difference, examples, alpha = 0.05 }: { difference: number; examples: number; alpha?: number },
): Quantity {
  const prepared = prepare(noise, alpha);
  if ("reason" in prepared) return noQuantity(prepared.reason);
  return quantity(prepared.power(Math.abs(difference), examples));
}

/**
 * The smallest difference that a comparison of so many examples would detect. There is none where no outcome could be significant: fewer than
 * 6 pairs at 0.05. Asks for the power about 45 times: 1 ms; of pass/fail 0.2 s for 15,000 examples, 4 s for a million.
 */
export function detectableDifference(
  noise: Noise,
  { examples, alpha = 0.05, power = 0.8 }: Certainty & { examples: number },
): Quantity {
  const prepared = prepare(noise, alpha);
  if ("reason" in prepared) return noQuantity(prepared.reason);
  if (!canReject(examples, alpha)) return noQuantity("no_outcome_rejects");
  const isEnough = (units: number) => prepared.power(units * prepared.unit, examples) >= power;
  if (noise.passFail) return isEnough(1) ? quantity(turningPoint(isEnough, 0, 1)) : noQuantity("unreachable");
  let high = 1 / Math.sqrt(examples); // in deviations
  while (!isEnough(high)) high *= 2;
  return quantity(turningPoint(isEnough, 0, high) * prepared.unit);
}

/**
 * How many examples it takes to detect a difference: from that number on (McNemar's power goes up and down a little) its power is enough. Asks
 * for the power at most 50 times: 2 ms; of pass/fail up to 2 s if it takes a million.
 */
export function examplesNeeded(
  noise: Noise,
  { difference, alpha = 0.05, power = 0.8 }: Certainty & { difference: number },
): Quantity {
  const prepared = prepare(noise, alpha);
  if ("reason" in prepared) return noQuantity(prepared.reason);
  const isEnough = (examples: number) => prepared.power(Math.abs(difference), examples) >= power;
  const found = firstWhole(isEnough, 2, mostExamples);
  if (found === undefined) return noQuantity("unreachable");
  let needed = found;
  if (noise.passFail) {
    for (let examples = found + 1; examples < needed + 10; examples++) if (!isEnough(examples)) needed = examples + 1;
  }
  return quantity(needed);
}

/** How many repetitions on each side it takes to detect a difference with so many examples. Asks for the power at most 30 times. */
export function repetitionsNeeded(
  plan: Omit<Plan, "repetitions">,
  { power = 0.8, ...asked }: Certainty & { difference: number; examples: number },
): Quantity {
  const powerWith = (count: number) =>
    powerOf(noiseOf({ ...plan, repetitions: { baseline: count, experiment: count } }), asked);
  const once = powerWith(1);
  if (once.reason !== null) return once;
  const { within } = plan.components;
  if (once.value < power && within.reason !== null) return within;
  const needed = firstWhole((count) => (powerWith(count).value ?? 0) >= power, 1, mostRepetitions);
  return needed === undefined ? noQuantity("unreachable") : quantity(needed);
}

/** Whether any outcome of so many pairs has a p below `alpha`: the least p is that of all of them on one side. */
export function canReject(pairs: number, alpha = 0.05): boolean {
  return 2 ** (1 - pairs) < alpha;
}

/** The power, of a difference and a number of examples; in `unit`s it does not depend on how large scores are. */
interface Power {
  unit: number;
  power: (difference: number, examples: number) => number;
}

function prepare({ deviation, passFail }: Noise, alpha: number): Power | { reason: Reason } {
  if (deviation.reason !== null) return deviation;
  const unit = deviation.value;
  if (passFail) {
    const power = mcnemarPower(alpha);
    return { unit: 1, power: (difference, examples) => power(examples, chancesOf(unit, Math.min(1, difference))) };
  }
  if (unit === 0) return { reason: "no_variance" };
  return { unit, power: (difference, examples) => studentPower(difference / unit, examples, alpha) };
}

/** Of a pair of passes or failures d is −1, 0 or 1, so that the chance that it is not 0 is Var(d) + E(d)². */
function chancesOf(deviation: number, difference: number) {
  const differing = Math.min(1, Math.max(difference, deviation ** 2 + difference ** 2));
  return { rising: (differing + difference) / 2, falling: (differing - difference) / 2 };
}

/** Of Student's paired test, of a difference in deviations. */
function studentPower(difference: number, examples: number, alpha: number): number {
  if (!canReject(examples, alpha)) return 0;
  const critical = studentCritical(alpha, examples - 1);
  const noncentrality = difference * Math.sqrt(examples);
  const [above, below] = [
    noncentralTCdf(-critical, examples - 1, -noncentrality),
    noncentralTCdf(-critical, examples - 1, noncentrality),
  ];
  return Math.min(1, Math.max(0, above + below));
}
