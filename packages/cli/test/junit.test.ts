import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { decide } from "../src/gate/decide.ts";
import { asJunit } from "../src/report/junit.ts";
import { clientThatSays, comparisonOf, metricOf } from "./fixtures.ts";

interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

/** Parses XML as strictly as XML asks for. */
function parse(xml: string): Element {
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element = { name, attributes, children: [], text: "" };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    const element = open.at(-1);
    if (element) element.text += text;
  });
  parser.on("closetag", () => void open.pop());
  parser.write(xml).close();
  return root.children[0] ?? root;
}

async function junitOf(evaluations: Parameters<typeof comparisonOf>[0], noRegression = true) {
  const comparison = comparisonOf(evaluations, { experiment: { ...comparisonOf([]).experiment, name: hostile } });
  const asked = { experiment: comparison.experiment.id, allowedDrops: new Map(), noRegression, maxMissing: 0.02 };
  return parse(asJunit(await decide(clientThatSays(comparison, { examples: 312, repetitions: null }), asked)));
}

const hostile = `"<a> & 'b'" ]]> \u0007\u{FFFE}\n\tend`;
const read = `"<a> & 'b'" ]]> \u{FFFD}\u{FFFD}\n\tend`;

test("a metric is a test case: passed, failed, in error, or skipped", async () => {
  const suites = await junitOf([
    metricOf(hostile, { means: [0.6, 0.61], ends: [-0.01, 0.03] }),
    metricOf("correctness", { means: [0.6, 0.4], ends: [-0.3, -0.1] }),
    metricOf("conciseness", { means: [0.6, 0.5], ends: [-0.3, 0.1] }),
    metricOf("length", { means: [100, 120], ends: [10, 30], optimization_direction: "NONE" }),
  ]);
  const counts = { tests: "4", failures: "1", errors: "1", skipped: "1" };
  expect(suites).toMatchObject({ name: "testsuites", attributes: { name: "assay gate", ...counts } });
  const [suite] = suites.children;
  expect(suite).toMatchObject({ name: "testsuite", attributes: { name: `${read} against long prompt`, ...counts } });
  const cases = suite?.children ?? [];
  expect(cases.map(({ name, attributes }) => [name, attributes])).toEqual(
    [read, "correctness", "conciseness", "length"].map((name) => ["testcase", { classname: "assay gate", name }]),
  );
  const figures = "baseline 0.60, candidate 0.40, difference −0.20 (−0.30 to −0.10), allowed −0.05";
  expect(cases.map(({ children }) => children)).toMatchObject([
    [{ name: "system-out", text: expect.stringMatching(/^baseline 0\.600, candidate 0\.610, /) }],
    [
      {
        name: "failure",
        attributes: { type: "beyond_allowed_drop", message: `fails: worse than is allowed: ${figures}` },
        text: "correctness fell by 0.20. Even if chance had a part in that, it fell by at least 0.10, and 0.05 is allowed.",
      },
    ],
    [
      {
        name: "error",
        attributes: { type: "undecided", message: expect.stringMatching(/^undecided: not enough evidence: baseline /) },
        text: expect.stringMatching(/ takes about 312 examples \(there are 40\)\. /),
      },
    ],
    [{ name: "skipped", attributes: { message: "length is not gated: neither direction is better." } }],
  ]);
});

test("a gate of nothing is an error", async () => {
  const [suite] = (await junitOf([], false)).children;
  expect(suite?.attributes).toMatchObject({ tests: "1", errors: "1", failures: "0" });
  expect(suite?.children).toMatchObject([
    {
      attributes: { name: "gate" },
      children: [{ name: "error", attributes: { message: "The gate is undecided: nothing is gated." } }],
    },
  ]);
});
