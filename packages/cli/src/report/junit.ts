import type { Gate, GatedMetric } from "../gate/decide.ts";
import { adviceOn } from "./advice.ts";
import { differenceOf, meansOf } from "./figures.ts";
import { allowedOf, leftOutOf, titleOf, verdictOf } from "./of-gate.ts";
import { phraseText } from "./text.ts";
import { whyNot } from "./why.ts";

/**
 * A gate for CI systems: a test case for each metric. A `failure` is what is surely worse than allowed; an `error`, not `skipped`, is what could not
 * be decided, for that does not pass either; `skipped` is what is not gated.
 */
export function asJunit(gate: Gate): string {
  const { metrics, leftOut, comparison } = gate;
  const cases = [
    ...metrics.map((gated) => caseOf(gated, gate)),
    ...leftOut.map((each): TestCase => ({ name: each.name, element: "skipped", message: phraseText(leftOutOf(each)) })),
  ];
  if (metrics.length === 0) cases.push({ name: "gate", element: "error", message: phraseText(titleOf(gate)) });
  const count = (element: TestCase["element"]) => cases.filter((each) => each.element === element).length;
  const totals = { tests: cases.length, failures: count("failure"), errors: count("error"), skipped: count("skipped") };
  const suite = `${comparison.experiment.name} against ${comparison.baseline.name}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: "assay gate", ...totals })}>`,
    `  <testsuite${attributes({ name: suite, ...totals })}>`,
    ...cases.map(elementOf),
    "  </testsuite>",
    "</testsuites>",
  ].join("\n");
}

interface TestCase {
  name: string;
  element: "failure" | "error" | "skipped" | "system-out";
  message?: string;
  type?: string;
  content?: string;
}

function caseOf(gated: GatedMetric, gate: Gate): TestCase {
  const { name, metric, outcome, finding } = gated;
  const [baseline, candidate] = meansOf(metric);
  const figures = `baseline ${baseline}, candidate ${candidate}, difference ${differenceOf(metric)}, allowed ${allowedOf(gated)}`;
  if (outcome === "pass") return { name, element: "system-out", content: figures };
  const message = `${phraseText(verdictOf(gated))}: ${figures}`;
  const content = [...whyNot(gated, gate), ...adviceOn(gated, gate)].map(phraseText).join("\n");
  return { name, element: outcome === "fail" ? "failure" : "error", message, type: finding, content };
}

function elementOf({ name, element, message, type, content = "" }: TestCase): string {
  const said = `<${element}${attributes({ message, type })}>${escaped(content)}</${element}>`;
  return `    <testcase${attributes({ classname: "assay gate", name })}>${said}</testcase>`;
}

function attributes(values: Record<string, string | number | undefined>): string {
  return Object.entries(values)
    .map(([name, value]) => (value === undefined ? "" : ` ${name}="${escaped(String(value))}"`))
    .join("");
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** As text and in attributes. What XML 1.0 has no way to write, such as an escape character, becomes U+FFFD. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "\u{FFFD}")
    .replaceAll(/[&<>"\t\n\r]/g, (character) => entities[character] ?? character);
}
