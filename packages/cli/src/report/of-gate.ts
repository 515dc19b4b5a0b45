import { measures } from "../gate/choose.ts";
import type { Gate, GatedMetric } from "../gate/decide.ts";
import { type Outcome, orient } from "../gate/rule.ts";
import { adviceOf } from "./advice.ts";
import { figureColumns, figuresOf } from "./figures.ts";
import type { Links } from "./links.ts";
import { missingFrom, subjectOf } from "./missing.ts";
import { counted, percent, plain, points, whole } from "./numbers.ts";
import { code, list, type Mark, name, type Phrase, phrase } from "./phrase.ts";
import { howToReadFigures, type Report } from "./report.ts";
import { whyNot } from "./why.ts";

const marks: Record<Outcome, Mark> = { pass: "pass", fail: "fail", not_enough_evidence: "undecided" };

/** What a gate says, and what to do about it. Without `links`, it has none. */
export function reportOfGate(gate: Gate, links: Links | undefined): Report {
  const { comparison, leftOut } = gate;
  const metrics = (["fail", "not_enough_evidence", "pass"] as const).flatMap((outcome) =>
    gate.metrics.filter((metric) => metric.outcome === outcome),
  );
  const gated = metrics.map(({ metric }) => metric);
  const others = measures.map((measure) => comparison[measure]).filter((metric) => !gated.includes(metric));
  return {
    title: phrase`${{ mark: marks[gate.outcome] }}${titleOf(gate)}`,
    subject: subjectOf(comparison),
    table: {
      columns: [...figureColumns, { title: "Allowed", isNumber: true }, { title: "Verdict" }],
      rows: [
        ...metrics.map((each) => [...figuresOf(each.metric), [allowedOf(each)], verdictOf(each)]),
        ...others.filter(({ pair_count }) => pair_count > 0).map((each) => [...figuresOf(each), [""], ["not gated"]]),
      ],
    },
    sections: [
      { title: "Why", items: metrics.flatMap((each) => whyNot(each, gate)) },
      { title: "What is missing", items: [...missingFrom(comparison, gated), ...leftOut.map(leftOutOf)] },
      { title: "What to do", items: adviceOf({ ...gate, metrics }) },
      { title: "Where to look", items: whereToLook(metrics, links) },
    ],
    explanation: explanationOf(gate),
  };
}

export function titleOf({ outcome, metrics }: Gate): Phrase {
  const those = metrics.filter((metric) => metric.outcome === outcome);
  const names = list(those.map(({ name }) => name));
  const are = those.length === 1 ? "is" : "are";
  if (metrics.length === 0) return phrase`The gate is undecided: nothing is gated.`;
  if (outcome === "fail")
    return phrase`The gate fails: ${names} ${are} worse than the baseline by more than is allowed.`;
  if (outcome === "pass")
    return phrase`The gate passes: ${names} ${are} not worse than the baseline by more than is allowed.`;
  if (those.every(({ finding }) => finding === "too_many_unscored"))
    return phrase`The gate is undecided: the candidate lacks too much of ${names} to be compared.`;
  return phrase`The gate is undecided: there is not enough evidence to say whether ${names} ${are} worse than the baseline by more than is allowed.`;
}

export function verdictOf({ metric, direction, outcome, finding }: GatedMetric): Phrase {
  const mark = { mark: marks[outcome] };
  if (finding === "beyond_allowed_drop") return phrase`${mark}fails: worse than is allowed`;
  if (finding === "too_many_unscored") return phrase`${mark}undecided: too much is missing`;
  if (finding !== "within_allowed_drop") return phrase`${mark}undecided: not enough evidence`;
  const usual = orient(metric.interval, direction);
  if (usual && usual.low > 0) return phrase`${mark}passes: better`;
  return usual && usual.high < 0 ? phrase`${mark}passes: worse, by no more than is allowed` : phrase`${mark}passes`;
}

/** By how much the metric may change at worst: "−0.02", or "+50" where lower is better. */
export function allowedOf({ direction, allowedDrop }: GatedMetric): string {
  if (allowedDrop === 0) return "0";
  return direction === "MAXIMIZE" ? plain(-allowedDrop) : `+${plain(allowedDrop)}`;
}

export function leftOutOf({ name: metric, reason }: Gate["leftOut"][number]): Phrase {
  return reason === "labels_alone"
    ? phrase`${name(metric)} is not gated: it has labels and no scores.`
    : phrase`${name(metric)} is not gated: neither direction is better.`;
}

function whereToLook(metrics: GatedMetric[], links: Links | undefined): Phrase[] {
  const items = metrics
    .filter(({ outcome, metric }) => outcome !== "pass" && (metric.regressed_count ?? 0) > 0)
    .map(({ metric, isEvaluation }) => {
      const { pair_count, regressed_count, improved_count } = metric;
      const counts = `${whole(regressed_count ?? 0)} of ${counted(pair_count, "example")} became worse, ${whole(improved_count ?? 0)} better`;
      const link = links && isEvaluation ? phrase`: ${links.regressed(metric)}` : [];
      return phrase`${name(metric.name)}: ${counts}${link}.`;
    });
  return links ? [phrase`All figures, as JSON: ${links.comparison}.`, ...items] : items;
}

function explanationOf({ metrics, level, maxMissing }: Gate): Phrase[] {
  const several =
    metrics.length > 1
      ? ` With ${whole(metrics.length)} metrics chance has as many opportunities, so to fail it takes a wider interval, of ${percent(level, 2)}.`
      : "";
  return [
    howToReadFigures,
    [
      `The gate fails if all of the interval is worse than what is allowed, passes if none of it is, and is undecided otherwise.${several} It is ` +
        `also undecided if the candidate lacks a larger share of the values than the baseline, by more than ${points(maxMissing)}: what is missing ` +
        "may be what is hard.",
    ],
    phrase`${code("assay gate")} exits with 0 if it passes, 1 if it fails and 2 if it is undecided.`,
  ];
}
