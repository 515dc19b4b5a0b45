import type { ComparedMetric, Comparison } from "@assay/client";
import { measures } from "../gate/choose.ts";
import { figureColumns, figuresOf } from "./figures.ts";
import type { Links } from "./links.ts";
import { missingFrom, subjectOf } from "./missing.ts";
import { numberWriter, plain, whole } from "./numbers.ts";
import { list, name, type Phrase, phrase } from "./phrase.ts";
import { howToReadFigures, type Report } from "./report.ts";

/** What a comparison says, without gating anything. Without `links`, it has none. */
export function reportOfComparison(comparison: Comparison, links: Links | undefined): Report {
  const { evaluations, more_evaluations } = comparison;
  const measured = measures.map((measure) => comparison[measure]).filter(({ pair_count }) => pair_count > 0);
  const metrics = [...evaluations, ...measured];
  const scored = evaluations.filter(({ verdict_reason }) => verdict_reason !== "no_scores");
  const more: Phrase = ["There are more evaluations, which are not compared: name those to compare."];
  return {
    title: titleOf(evaluations),
    subject: subjectOf(comparison),
    table: {
      columns: [
        ...figureColumns,
        { title: "p", isNumber: true },
        { title: "Better, worse", isNumber: true },
        { title: "Verdict" },
      ],
      rows: metrics.map((metric) => [
        ...figuresOf(metric),
        [chanceOf(metric)],
        [changesOf(metric)],
        [verdictOf(metric)],
      ]),
    },
    sections: [
      {
        title: "What is missing",
        items: [...missingFrom(comparison, scored), ...(more_evaluations ? [more] : [])],
      },
      { title: "What would have been found, 4 times out of 5", items: metrics.flatMap(detectableOf) },
      { title: "Labels that changed", items: evaluations.flatMap(labelChangesOf) },
      { title: "Where to look", items: links ? [phrase`All figures, as JSON: ${links.comparison}.`] : [] },
    ],
    explanation: [
      howToReadFigures,
      [
        "p is how likely a difference at least as large is if neither side is better, made larger for the number of metrics. A metric is better or " +
          "worse if p is below 0.05. No evidence does not mean that there is no difference.",
      ],
    ],
  };
}

/** Of the evaluations alone: what a task is for. */
function titleOf(evaluations: ComparedMetric[]): Phrase {
  const names = (verdict: ComparedMetric["verdict"]) =>
    evaluations.filter((metric) => metric.verdict === verdict).map(({ name }) => name);
  const clauses = (["worse", "better", "equivalent", "no_evidence"] as const).flatMap((verdict): Phrase[] => {
    const those = names(verdict);
    if (those.length === 0) return [];
    if (verdict === "no_evidence") return [phrase`there is no evidence of a difference in ${list(those)}`];
    return [
      phrase`${list(those)} ${those.length === 1 ? "is" : "are"} ${verdict === "equivalent" ? "as good" : verdict}`,
    ];
  });
  if (clauses.length === 0) return ["There are no scores to compare."];
  const [first = [], ...rest] = clauses;
  return [...capitalised(first), ...rest.flatMap((clause) => ["; ", ...clause]), "."];
}

function capitalised([first = "", ...rest]: Phrase): Phrase {
  return typeof first === "string" ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest] : [first, ...rest];
}

function chanceOf({ adjusted_p_value: { value } }: ComparedMetric): string {
  if (value === null) return "–";
  return value < 0.001 ? "< 0.001" : plain(Number(value.toPrecision(2)));
}

function changesOf({ improved_count, regressed_count }: ComparedMetric): string {
  return improved_count === null || regressed_count === null
    ? "–"
    : `${whole(improved_count)}, ${whole(regressed_count)}`;
}

function verdictOf({ verdict, verdict_reason }: ComparedMetric): string {
  if (verdict !== null) return verdict.replace("_", " ");
  return verdict_reason === "no_direction" ? "different; neither direction is better" : "no scores";
}

function detectableOf(metric: ComparedMetric): Phrase[] {
  const { value } = metric.detectable_difference;
  if (metric.verdict !== "no_evidence" || value === null) return [];
  return [phrase`${name(metric.name)}: a difference of ${numberWriter(metric)(value)}.`];
}

function labelChangesOf({ name: metric, label_transitions }: ComparedMetric): Phrase[] {
  const changes = label_transitions.filter(({ from, to }) => from !== null && to !== null && from !== to).slice(0, 5);
  return changes.map(({ from, to, example_count }) => {
    const count = example_count === 1 ? "1 example" : `${plain(Number(example_count.toFixed(1)))} examples`;
    return phrase`${name(metric)}: from ${name(from ?? "")} to ${name(to ?? "")}, ${count}.`;
  });
}
