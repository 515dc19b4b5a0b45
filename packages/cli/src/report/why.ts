import type { Gate, GatedMetric } from "../gate/decide.ts";
import { orient } from "../gate/rule.ts";
import { numberWriter, percent, plain, points } from "./numbers.ts";
import { name, type Phrase, phrase } from "./phrase.ts";

/** Why a metric does not pass, in a sentence or two. */
export function whyNot(gated: GatedMetric, { maxMissing, level }: Gate): Phrase[] {
  const { unscored, finding } = gated;
  if (finding === "within_allowed_drop") return [];
  if (finding === "beyond_allowed_drop") return [phrase`${name(gated.name)} ${howFarBeyond(gated)}`];
  if (finding === "undecided") return [phrase`${name(gated.name)} ${howUncertain(gated, level)}`];
  if (finding === "no_interval") return [phrase`${name(gated.name)} ${whyNotCompared(gated)}`];
  const shares = `${percent(unscored.experiment)} of its values, the baseline ${percent(unscored.baseline)}`;
  return [
    phrase`${name(gated.name)}: the candidate lacks ${shares}. More than ${points(maxMissing)} apart, what is missing may be what is hard.`,
  ];
}

function howFarBeyond(gated: GatedMetric): string {
  const { metric, direction, allowedDrop } = gated;
  const least = -(orient(metric.strict_interval, direction)?.high ?? 0);
  const bound = numberWriter(metric)(least);
  const moved = direction === "MAXIMIZE" ? "fell" : "rose";
  return `${movement(gated)}. Even if chance had a part in that, it ${moved} by at least ${bound}, and ${plain(allowedDrop)} is allowed.`;
}

/** The interval that the allowed drop lies in: that at 95 % or, if all of that is beyond it, the one that it takes to fail. */
function howUncertain(gated: GatedMetric, level: number): string {
  const { metric, direction, allowedDrop } = gated;
  const usual = orient(metric.interval, direction);
  const isWithin = usual !== undefined && usual.high >= -allowedDrop;
  const { low, high } = isWithin ? metric.interval : metric.strict_interval;
  const write = numberWriter(metric);
  const range = `${write(low ?? 0, true)} to ${write(high ?? 0, true)}`;
  const certainty = isWithin ? "" : ` (at ${percent(level, 2)}, which it takes to fail one of several metrics)`;
  const allowed = plain(direction === "MAXIMIZE" ? -allowedDrop : allowedDrop);
  return `${movement(gated)}, but the true change may be anything from ${range}${certainty}: worse than the ${allowed} that is allowed, or not.`;
}

function whyNotCompared({ metric }: GatedMetric): string {
  const { reason } = metric.interval;
  if (reason === "no_values") return "cannot be compared: no example has a value on both sides.";
  if (reason === "too_few")
    return "cannot be compared: one example alone has a value on both sides, and it takes two to see what chance does.";
  if (reason === "no_variance")
    return "cannot be compared: all examples differ by the same, and how far scores can be apart is not known.";
  return `cannot be compared: its difference has no interval (${reason}).`;
}

function movement({ metric }: GatedMetric): string {
  const { value } = metric.difference;
  if (value === null || value === 0) return "did not change";
  return `${value < 0 ? "fell" : "rose"} by ${numberWriter(metric)(Math.abs(value))}`;
}
