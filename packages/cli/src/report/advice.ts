import type { Gate, GatedMetric } from "../gate/decide.ts";
import { counted, plain, whole } from "./numbers.ts";
import { code, name, type Phrase, phrase } from "./phrase.ts";

/** What to do where a gate is undecided. */
export function adviceOf(gate: Gate): Phrase[] {
  if (gate.metrics.length === 0)
    return [
      phrase`Say what to gate: ${code("--require no-regression")}, or ${code("--max-drop")} with a metric and a drop.`,
    ];
  return gate.metrics.flatMap((gated) => adviceOn(gated, gate));
}

export function adviceOn(gated: GatedMetric, gate: Gate): Phrase[] {
  const { finding } = gated;
  const metric = name(gated.name);
  if (finding === "undecided") return [phrase`${metric}: ${howToTell(gated, gate)}`];
  if (finding === "too_many_unscored")
    return [
      phrase`${metric}: run again what failed and evaluate what is not evaluated; or accept more with ${code("--max-missing")}.`,
    ];
  if (finding !== "no_interval") return [];
  const { reason } = gated.metric.interval;
  if (reason === "no_values" || reason === "too_few")
    return [phrase`${metric}: run again what failed, and evaluate what is not evaluated.`];
  return gated.isEvaluation ? [phrase`${metric}: give it an annotation config with bounds.`] : [];
}

function howToTell({ metric, direction, allowedDrop, needed }: GatedMetric, { comparison }: Gate): string {
  if (allowedDrop === 0)
    return "if nothing is allowed, only a candidate that is surely better passes. Allow what does not matter.";
  const word = direction === "MAXIMIZE" ? "drop" : "rise";
  const change = `a ${word} of ${plain(allowedDrop)}`;
  if (needed === undefined)
    return `more examples or repetitions would tell ${change} from chance; or allow a larger one.`;

  const { examples, repetitions } = needed;
  const pairs = counted(metric.pair_count, "example");
  if (examples !== null && examples <= metric.pair_count)
    return (
      `with ${pairs}, 4 of 5 candidates that are as good as the baseline pass. Either this is the fifth, or it is a little worse: ` +
      "more repetitions on both sides would tell."
    );
  const [there, before] = [comparison.experiment.repetitions, comparison.baseline.repetitions];
  const repetitionsThere = there === before ? whole(there) : `${whole(there)}, the baseline's ${whole(before)}`;
  const ways = [
    examples !== null && `about ${counted(examples, "example")} (there are ${whole(metric.pair_count)})`,
    repetitions !== null &&
      `${counted(repetitions, "repetition")} of these ${pairs} on both sides (there are ${repetitionsThere})`,
  ].filter((way) => way !== false);
  const larger = `allow a larger ${word}`;
  if (ways.length === 0)
    return `no number of examples or repetitions is known to tell ${change} from chance; ${larger}.`;
  return (
    `to tell ${change} from chance takes ${ways.join(", or ")}. ` +
    `With that many, 4 of 5 candidates that are as good as the baseline pass. Or ${larger}.`
  );
}
