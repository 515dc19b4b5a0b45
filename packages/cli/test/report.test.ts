import { readFile } from "node:fs/promises";
import type { Comparison } from "@assay/client";
import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import { decide, type GateRequest } from "../src/gate/decide.ts";
import { linksTo, linksToShare } from "../src/report/links.ts";
import { asMarkdown } from "../src/report/markdown.ts";
import { reportOfComparison } from "../src/report/of-comparison.ts";
import { reportOfGate } from "../src/report/of-gate.ts";
import { asText } from "../src/report/text.ts";
import { clientThatSays, comparisonOf, metricOf } from "./fixtures.ts";

const url = "https://assay.example.org";

/** Gates by no regression, unless told otherwise. */
function gated(
  comparison: Comparison,
  asked: Partial<GateRequest> = {},
  needed: { examples: number | null; repetitions: number | null } = { examples: 312, repetitions: 24 },
) {
  const usual = { allowedDrops: new Map(), noRegression: true, maxMissing: 0.02 };
  return decide(clientThatSays(comparison, needed), { experiment: comparison.experiment.id, ...usual, ...asked });
}

const textOf = async (...args: Parameters<typeof gated>) => asText(reportOfGate(await gated(...args), undefined));

const worse = metricOf("correctness", {
  means: [0.647, 0.585],
  ends: [-0.085, -0.04],
  strictEnds: [-0.091, -0.034],
  improved_count: 8,
  regressed_count: 31,
  unscored: [0, 2],
});
const unclear = metricOf("conciseness", {
  means: [0.61, 0.599],
  ends: [-0.073, 0.051],
  strictEnds: [-0.085, 0.063],
  improved_count: 19,
  regressed_count: 20,
});
const better = metricOf("helpfulness", { means: [0.5, 0.58], ends: [0.04, 0.12] });

describe("the report of a gate", () => {
  test("is what the guide shows", async () => {
    const guide = await readFile(new URL("../../../apps/docs/guides/ci.md", import.meta.url), "utf8");
    const comparison = comparisonOf([unclear, worse, better]);
    const gate = await gated(comparison, { allowedDrops: new Map([["correctness", 0.02]]) });
    const [shown = ""] = asMarkdown(reportOfGate(gate, linksToShare(url, comparison))).split("\n\n<details>");
    expect(guide).toContain(`\n\n${shown.replaceAll(/^/gm, "> ").replaceAll("> \n", ">\n")}\n\n`);
  });

  const lines = (text: string, title: string) => text.split("\n\n").find((part) => part.startsWith(`${title}:`));

  test("says why a metric fails, with the bound that fails it", async () => {
    const text = await textOf(comparisonOf([worse]), { allowedDrops: new Map([["correctness", 0.02]]) });
    expect(text).toMatch(/^The gate fails: correctness is worse than the baseline by more than is allowed\.\n/);
    expect(lines(text, "Why")).toBe(
      "Why:\n- correctness fell by 0.062. Even if chance had a part in that, it fell by at least 0.034, and 0.02 is allowed.",
    );
    const slower = { optimization_direction: "MINIMIZE", means: [810, 990], ends: [150, 210] } as const;
    const slow = { latency_ms: metricOf("latency_ms", { ...slower, means: [810, 990], ends: [150, 210] }) };
    const late = await textOf(comparisonOf([], slow), {
      allowedDrops: new Map([["latency_ms", 50]]),
      noRegression: false,
    });
    expect(late).toContain(
      "- latency_ms rose by 180. Even if chance had a part in that, it rose by at least 150, and 50 is allowed.",
    );
  });

  test.each([
    ["passes: better", [0.02, 0.1]],
    ["passes", [-0.02, 0.1]],
    ["passes: worse, by no more than is allowed", [-0.04, -0.01]],
    ["undecided: not enough evidence", [-0.06, 0.1]],
    ["fails: worse than is allowed", [-0.2, -0.1]],
  ] as const)("has the verdict: %s", async (verdict, [low, high]) => {
    const metric = metricOf("correctness", { means: [0.6, 0.6 + (low + high) / 2], ends: [low, high] });
    expect(await textOf(comparisonOf([metric]))).toMatch(new RegExp(`^correctness .* −0\\.05 +${verdict}$`, "m"));
  });

  test("says so where only the wider interval of several metrics keeps one from failing", async () => {
    const nearly = metricOf("correctness", { means: [0.6, 0.5], ends: [-0.14, -0.06], strictEnds: [-0.16, -0.04] });
    const text = await textOf(comparisonOf([nearly, better]));
    expect(text).toContain(
      "- correctness fell by 0.100, but the true change may be anything from −0.160 to −0.040 (at 97.5 %, which it takes to fail one of several metrics): " +
        "worse than the −0.05 that is allowed, or not.",
    );
  });

  describe("says what to do about too little evidence:", () => {
    const telling = "- conciseness: to tell a drop of 0.05 from chance takes ";
    test.each<[string, number | null, number | null, string]>([
      [
        "more examples or repetitions",
        312,
        24,
        `${telling}about 312 examples (there are 40), or 24 repetitions of these 40 examples on both sides (there are 3). `,
      ],
      ["more examples", 2500, null, `${telling}about 2,500 examples (there are 40). `],
      ["more repetitions", null, 24, `${telling}24 repetitions of these 40 examples on both sides (there are 3). `],
      [
        "more than can be done",
        null,
        null,
        "- conciseness: no number of examples or repetitions is known to tell a drop of 0.05 from chance; allow a larger drop.",
      ],
      [
        "no more examples than there are",
        38,
        3,
        "- conciseness: with 40 examples, 4 of 5 candidates that are as good as the baseline pass. Either this is the fifth, or it is a little worse",
      ],
    ])("%s", async (_, examples, repetitions, said) => {
      expect(await textOf(comparisonOf([unclear]), {}, { examples, repetitions })).toContain(said);
    });

    test("where the baseline was repeated less, too", async () => {
      const there = comparisonOf([unclear]);
      const comparison = { ...there, baseline: { ...there.baseline, repetitions: 1 } };
      const urls: string[] = [];
      const client = clientThatSays(comparison, { examples: null, repetitions: 24 }, urls);
      const asked = { experiment: "", allowedDrops: new Map(), noRegression: true, maxMissing: 0.02 };
      expect(asText(reportOfGate(await decide(client, asked), undefined))).toContain(
        `${telling}24 repetitions of these 40 examples on both sides (there are 3, the baseline's 1). `,
      );
      const { searchParams } = new URL(urls.at(-1) ?? "");
      expect(searchParams.get("baseline")).toBe(comparison.baseline.id);
      expect(searchParams.get("baseline_repetitions")).toBe("1");
      expect(searchParams.has("repetitions")).toBe(false); // the experiment's own
    });

    test("to allow something", async () => {
      const text = await textOf(comparisonOf([unclear]), { margin: 0 });
      expect(text).toContain("- conciseness: if nothing is allowed, only a candidate that is surely better passes.");
    });

    test.each([
      [
        "no_values",
        "no example has a value on both sides",
        "run again what failed, and evaluate what is not evaluated.",
      ],
      [
        "too_few",
        "one example alone has a value on both sides",
        "run again what failed, and evaluate what is not evaluated.",
      ],
      ["no_variance", "all examples differ by the same", "give it an annotation config with bounds."],
    ] as const)("without an interval, for %s", async (reason, why, advice) => {
      const interval = { level: 0.95, low: null, high: null, reason };
      const text = await textOf(comparisonOf([{ ...unclear, interval, strict_interval: interval }]));
      expect(lines(text, "Why")).toContain(`- conciseness cannot be compared: ${why}`);
      expect(lines(text, "What to do")).toBe(`What to do:\n- conciseness: ${advice}`);
    });
  });

  test("says what is missing", async () => {
    const sample = (count: number) => ({ count, example_ids: [] });
    const comparison = comparisonOf(
      [metricOf("correctness", { means: [0.5, 0.7], ends: [0.1, 0.3], unscored: [3, 15] })],
      {
        only_baseline: sample(2),
        only_experiment: sample(1),
        changed: sample(4),
      },
    );
    const text = await textOf(comparison);
    expect(text).toMatch(/^The gate is undecided: the candidate lacks too much of correctness to be compared\.\n/);
    expect(lines(text, "What is missing")).toBe(
      [
        "What is missing:",
        "- The candidate does not have 2 of the baseline's 40 examples.",
        "- The baseline does not have 1 example of the candidate's.",
        "- 4 examples with another content than the baseline's: not compared.",
        "- Runs that failed: 2.5 % of the candidate's, 0 % of the baseline's.",
        "- Runs without correctness: the candidate's 15 of 120 (12.5 %), the baseline's 3 of 120 (2.5 %).",
      ].join("\n"),
    );
    expect(lines(text, "Why")).toContain(
      "the candidate lacks 25.6 % of its values, the baseline 2.5 %. More than 2 percentage points apart",
    );
    expect(await textOf({ ...comparison, include_changed: true })).toContain("baseline's: compared nevertheless.");
  });

  test("names three metrics in its title, and of more than that two", async () => {
    const named = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ ...better, name: `m${index + 1}` }));
    expect(await textOf(comparisonOf(named(3)))).toMatch(/^The gate passes: m1, m2 and m3 are not worse /);
    expect(await textOf(comparisonOf(named(5)))).toMatch(/^The gate passes: m1, m2 and 3 more are not worse /);
  });

  test.each([
    [
      "as small as they are",
      [0.000_000_002, 0.000_000_003],
      [-1e-9, 3e-9],
      "2.00e−9     3.00e−9    +1.00e−9 (−1.00e−9 to +3.00e−9)",
    ],
    ["as large", [1_234_567, 1_234_000], [-2_000, 866], "1,234,567  1,234,000  −567 (−2,000 to +866)"],
    [
      "with the decimals that the interval has a use for",
      [0.5, 0.5],
      [-0.0321, 0.0321],
      "0.500     0.500      0.000 (−0.032 to +0.032)",
    ],
  ] as const)("writes numbers %s", async (_, [before, after], [low, high], row) => {
    const metric = metricOf("m", { means: [before, after], ends: [low, high] });
    expect((await textOf(comparisonOf([metric]), { margin: 1e6 })).replaceAll(/ +/g, " ")).toContain(
      row.replaceAll(/ +/g, " "),
    );
  });
});

describe("a name that is not made for it", () => {
  const hostile = "a|b ``c` [d](https://evil.example) <img src=x> @everyone\n# *e*\u001b[31m\u202e";
  const shown = "a|b ``c` [d](https://evil.example) <img src=x> @everyone # *e* [31m";
  const comparison = comparisonOf(
    [
      { ...unclear, name: hostile },
      { ...worse, name: `\`${"long".repeat(50)}` },
    ],
    {
      experiment: { ...comparisonOf([]).experiment, name: "`" },
      baseline: { ...comparisonOf([]).baseline, name: "\n" },
    },
  );

  test("is a code span in Markdown, and breaks no table", async () => {
    const gate = await gated(comparison);
    const tokens = new MarkdownIt({ html: true }).parse(asMarkdown(reportOfGate(gate, linksTo(url, comparison))), {});
    const cells = tokens.filter(({ type }) => type === "td_open");
    expect(cells).toHaveLength(6 * 4); // two evaluations, latency and errors
    const inline = tokens.flatMap(({ children }) => children ?? []);
    const code = inline.filter(({ type }) => type === "code_inline").map(({ content }) => content);
    expect(code).toContain(shown);
    expect(code).toContain(`\`${"long".repeat(19)}lo…`);
    expect(code.slice(0, 10)).toEqual(expect.arrayContaining(["`", "(blank)"]));
    expect(inline.filter(({ type }) => /html|image|em_open|heading/.test(type))).toEqual([]);
    const links = inline
      .filter(({ type }) => type === "link_open")
      .map((token) => new URL(token.attrGet("href") ?? ""));
    expect(links.map(({ host }) => host)).toEqual(links.map(() => "assay.example.org"));
    expect(links[1]?.searchParams.get("evaluation")).toBe(hostile);
  });

  test("stays on its line in text, without what a terminal obeys", async () => {
    const text = await textOf(comparison);
    expect(text).toContain(`"${shown}"`);
    for (const obeyed of ["\u001b", "\u202e"]) expect(text).not.toContain(obeyed);
  });
});

test("of a hundred metrics, fits into a comment, what fails first", async () => {
  const many = Array.from({ length: 100 }, (_, index) => ({
    ...unclear,
    name: `how well it does the ${index + 1}th thing`,
  }));
  const comparison = comparisonOf([...many.slice(0, 99), metricOf("z", { means: [0.6, 0.4], ends: [-0.3, -0.1] })]);
  const markdown = asMarkdown(reportOfGate(await gated(comparison), linksTo(url, comparison)));
  expect(markdown.length).toBeLessThan(50_000);
  expect(markdown).toMatch(/\| --- \|\n\| `z` \|/);
  expect(markdown).toMatch(/\*\*Why\*\*\n\n- `z` fell by /);
  expect(markdown.match(/^- … and \d+ more\.$/gm)).toEqual([
    "- … and 80 more.",
    "- … and 79 more.",
    "- … and 80 more.",
  ]);
});

describe("links", () => {
  const comparison = comparisonOf([worse]);
  test("are not for others to follow where the service is on this machine", () => {
    for (const here of [
      "http://localhost:6006",
      "http://127.0.0.1:6006/",
      "http://[::1]:6006",
      "http://assay.localhost",
    ])
      expect(linksToShare(here, comparison)).toBeUndefined();
    expect(linksToShare("https://assay.example.org", comparison)).toBeDefined();
  });

  test("lead to the API, also below a path", () => {
    const { regressed } = linksTo("https://example.org/assay/", { ...comparison, include_changed: true });
    expect(regressed({ ...worse, name: "exact match", optimization_direction: "MINIMIZE" })).toEqual({
      link: "the examples that became worse",
      to:
        "https://example.org/assay/v1/experiments/RXhwZXJpbWVudDoy/comparison/examples?baseline=RXhwZXJpbWVudDox&include_changed=true" +
        "&evaluation=exact+match&minimize=exact+match&change=regressed&sort=difference",
    });
  });
});

describe("the report of a comparison", () => {
  const quantity = (value: number) => ({ value, reason: null });
  const labels = metricOf("tone", {
    label_transitions: [
      { from: "polite", to: "polite", example_count: 30 },
      { from: "polite", to: "curt", example_count: 2.333_333 },
      { from: null, to: null, example_count: 2 },
      { from: "curt", to: "polite", example_count: 1 },
    ],
  });
  const comparison = comparisonOf(
    [
      { ...worse, verdict: "worse", adjusted_p_value: quantity(0.000_02) },
      { ...unclear, detectable_difference: quantity(0.0871), adjusted_p_value: quantity(0.7312) },
      { ...better, verdict: "better", adjusted_p_value: quantity(0.0123) },
      {
        ...better,
        name: "length",
        verdict: null,
        verdict_reason: "no_direction",
        improved_count: null,
        regressed_count: null,
      },
      labels,
    ],
    { more_evaluations: true },
  );

  test("says in a sentence what became of evaluations, and in a table of all", () => {
    const text = asText(reportOfComparison(comparison, linksTo(url, comparison)));
    expect(text).toMatch(
      /^correctness is worse; helpfulness is better; there is no evidence of a difference in conciseness\.\n/,
    );
    const rows = Object.fromEntries(text.split("\n").map((line) => [line.split(" ")[0], line.split(/ {2,}/).slice(1)]));
    expect(rows.METRIC).toEqual([
      "BASELINE",
      "CANDIDATE",
      "DIFFERENCE (95 % INTERVAL)",
      "P",
      "BETTER, WORSE",
      "VERDICT",
    ]);
    expect(rows.correctness).toEqual(["0.647", "0.585", "−0.062 (−0.085 to −0.040)", "< 0.001", "8, 31", "worse"]);
    expect(rows.conciseness?.slice(3)).toEqual(["0.73", "19, 20", "no evidence"]);
    expect(rows.length?.slice(3)).toEqual(["–", "–", "different; neither direction is better"]);
    expect(rows.tone?.slice(0, 3)).toEqual(["–", "–", "–"]);
    expect(rows.latency_ms?.slice(0, 2)).toEqual(["841", "851"]);
    expect(rows.prompt_tokens).toBeUndefined();
    for (const said of [
      "- There are more evaluations, which are not compared: name those to compare.",
      "What would have been found, 4 times out of 5:\n- conciseness: a difference of 0.09.",
      "Labels that changed:\n- tone: from polite to curt, 2.3 examples.\n- tone: from curt to polite, 1 example.",
    ])
      expect(text).toContain(said);
    expect(text).not.toContain("Runs without tone");
  });

  test("says so where there is nothing to compare", () => {
    expect(asText(reportOfComparison(comparisonOf([labels]), undefined))).toMatch(
      /^There are no scores to compare\.\n/,
    );
    const none = comparisonOf([unclear]);
    expect(asText(reportOfComparison(none, undefined))).toMatch(
      /^There is no evidence of a difference in conciseness\.\n/,
    );
  });
});
