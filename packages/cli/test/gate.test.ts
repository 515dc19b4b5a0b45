import { type Client, createClient } from "@assay/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runAssay, serve, usePlace } from "./program.ts";

const place = usePlace();
let service: Awaited<ReturnType<typeof serve>>;
let client: Client;
beforeAll(async () => {
  service = await serve(place);
  client = createClient({ baseUrl: service.url });
});
afterAll(() => service.stop());

const run = (...args: string[]) => runAssay(place, args, { ASSAY_URL: service.url });

/** What became of an example: the scores of its evaluations, or that its task failed, or that nothing was recorded. */
type Fate = Record<string, number | string> | "failed" | "missing";

interface Given {
  dataset: string;
  exampleIds: string[];
}

/** A dataset of sums, of which the last `hard` ones are in the split `hard` and the others in `easy`. */
async function givenDataset(name: string, { size = 60, hard = 0 } = {}): Promise<Given> {
  const inputs = Array.from({ length: size }, (_, index) => ({ question: `What is ${index} + ${index}?` }));
  const splits = inputs.map((_, index) => (index < size - hard ? "easy" : "hard"));
  const { dataset_id } = await client.datasets.uploadDataset({ name, inputs, splits });
  const { examples } = await client.examples.getDatasetExamples(dataset_id);
  return { dataset: dataset_id, exampleIds: examples.map(({ node_id }) => node_id) };
}

const start = Date.UTC(2026, 10, 25, 9, 30);
const timesOf = (milliseconds: number) => ({
  start_time: new Date(start).toISOString(),
  end_time: new Date(start + milliseconds).toISOString(),
});

/** Records an experiment, run once, in which each example fares as told. */
async function givenExperiment(
  { dataset, exampleIds }: Given,
  name: string,
  fateOf: (index: number) => Fate,
  { splits = [], milliseconds = 1500 }: { splits?: string[]; milliseconds?: number } = {},
): Promise<string> {
  const { id } = await client.experiments.createExperiment(dataset, { name, splits });
  await Promise.all(
    exampleIds.map(async (dataset_example_id, index) => {
      const fate = fateOf(index);
      if (fate === "missing") return;
      const during = timesOf(milliseconds + 100 * chance(index, milliseconds));
      const error = fate === "failed" ? "out of memory" : null;
      const run = { dataset_example_id, repetition_number: 1, output: "a sum", error, ...during };
      const { id: experiment_run_id } = await client.runs.createExperimentRun(id, run);
      if (fate === "failed") return;
      for (const [name, value] of Object.entries(fate)) {
        const result = typeof value === "number" ? { score: value } : { label: value };
        const evaluation = { experiment_run_id, name, annotator_kind: "CODE" as const, result, ...during };
        await client.evaluations.upsertExperimentEvaluation(evaluation);
      }
    }),
  );
  return id;
}

/** From 0 to 1, the same each time, different for each index and each `seed`. */
function chance(index: number, seed: number): number {
  const value = Math.sin(index * 127.1 + seed * 311.7) * 43_758.5453;
  return value - Math.floor(value);
}

/** The score of an example that is the harder the larger its index, as one of several candidates of the same quality has it. */
const usual = (index: number, seed: number) => 0.9 - index / 100 + (chance(index, seed) - 0.5) / 10;

/** Gates as JSON says it, with the exit code. */
async function gate(...args: string[]) {
  const { code, stdout } = await run("gate", "--format", "json", ...args);
  return { code, ...JSON.parse(stdout) };
}

describe("gate", () => {
  let sums: Given;
  let baseline: string;
  beforeAll(async () => {
    sums = await givenDataset("sums", { hard: 12 });
    baseline = await givenExperiment(sums, "long prompt", (index) => ({ closeness: usual(index, 1) }));
    expect(await run("tag", baseline, "main")).toEqual({
      code: 0,
      stdout: `The tag main points at experiment ${baseline}.\n`,
      stderr: "",
    });
  });
  const closeness = (experiment: string) =>
    gate("--experiment", experiment, "--baseline", "main", "--max-drop", "closeness=0.03");

  test("0: no change", async () => {
    const same = await givenExperiment(sums, "same prompt", (index) => ({ closeness: usual(index, 2) }));
    expect(await closeness(same)).toMatchObject({
      code: 0,
      outcome: "pass",
      exit_code: 0,
      level: 0.95,
      metrics: [{ name: "closeness", outcome: "pass", finding: "within_allowed_drop", allowed_drop: 0.03 }],
      comparison: { experiment: { id: same }, baseline: { id: baseline }, compared_example_count: 60 },
    });
  });

  test("1: a regression", async () => {
    const worse = await givenExperiment(sums, "short prompt", (index) => ({ closeness: usual(index, 3) - 0.1 }));
    expect(await closeness(worse)).toMatchObject({
      code: 1,
      outcome: "fail",
      metrics: [{ name: "closeness", finding: "beyond_allowed_drop", examples_needed: null }],
    });
    const { code, stdout } = await run(
      "gate",
      "--experiment",
      worse,
      "--baseline",
      baseline,
      "--max-drop",
      "closeness=0.2",
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^The gate passes: closeness is not worse than the baseline by more than is allowed\.\n/);
  });

  test("2: too few examples, and how many it takes", async () => {
    const few = await givenDataset("few sums", { size: 8 });
    const noisy = (seed: number) => (index: number) => ({ closeness: chance(index, seed) });
    const before = await givenExperiment(few, "long prompt", noisy(1));
    const after = await givenExperiment(few, "same prompt", noisy(2));
    const args = ["--experiment", after, "--baseline", before, "--max-drop", "closeness=0.1"];
    const decided = await gate(...args);
    expect(decided).toMatchObject({ code: 2, outcome: "not_enough_evidence", metrics: [{ finding: "undecided" }] });
    const [{ examples_needed: needed }] = decided.metrics;
    expect(needed).toBeGreaterThan(50);
    const { stdout } = await run("gate", ...args);
    expect(stdout).toContain(`- closeness: to tell a drop of 0.1 from chance takes about ${needed} examples`);
  });

  describe("does not pass a candidate that looks better for what it leaves out:", () => {
    const better = (index: number): Fate => ({ closeness: usual(index, 4) + 0.2 });
    const isHard = (index: number) => index >= 48;

    test.each<[string, (index: number) => Fate]>([
      ["its task fails on the hard examples", (index) => (isHard(index) ? "failed" : better(index))],
      ["it does not run them", (index) => (isHard(index) ? "missing" : better(index))],
      ["nobody evaluates them", (index) => (isHard(index) ? {} : better(index))],
    ])("%s", async (name, fateOf) => {
      const candidate = await givenExperiment(sums, name, fateOf);
      const decided = await closeness(candidate);
      expect(decided).toMatchObject({ code: 2, metrics: [{ finding: "too_many_unscored" }] });
      expect(decided.metrics[0].unscored_share).toEqual({ baseline: 0, experiment: expect.closeTo(0.2) });
      const { code, stdout } = await run(
        "gate",
        "--experiment",
        candidate,
        "--baseline",
        "main",
        "--max-drop",
        "closeness=0.03",
      );
      expect(code).toBe(2);
      expect(stdout).toContain(
        "- Runs without closeness: the candidate's 12 of 60 (20 %), the baseline's 0 of 60 (0 %).",
      );
      expect(
        (
          await gate(
            "--experiment",
            candidate,
            "--baseline",
            "main",
            "--max-drop",
            "closeness=0.03",
            "--max-missing",
            "0.2",
          )
        ).code,
      ).toBe(0);
    });

    test("it runs over the easy examples alone", async () => {
      const fateOf = (index: number) => (isHard(index) ? "missing" : better(index));
      const candidate = await givenExperiment(sums, "easy", fateOf, { splits: ["easy"] });
      expect(await closeness(candidate)).toMatchObject({
        code: 2,
        metrics: [{ finding: "too_many_unscored", unscored_share: { experiment: expect.closeTo(0.2) } }],
        comparison: { only_baseline: { count: 12 } },
      });
    });

    test("its dataset has other hard examples", async () => {
      const inputs = Array.from({ length: 60 }, (_, index) => ({
        question: isHard(index) ? "What is 1 + 1?" : `What is ${index} + ${index}?`,
      }));
      const example_ids = inputs.map((_, index) => `sum ${index}`);
      const upload = { name: "changing sums", example_ids };
      const { dataset_id } = await client.datasets.uploadDataset({
        ...upload,
        inputs: inputs.map(({ question }, index) => ({ question: `${index}: ${question}` })),
      });
      const { examples } = await client.examples.getDatasetExamples(dataset_id);
      const changing = { dataset: dataset_id, exampleIds: examples.map(({ node_id }) => node_id) };
      const before = await givenExperiment(changing, "long prompt", (index) => ({ closeness: usual(index, 1) }));
      await client.datasets.uploadDataset({
        ...upload,
        action: "update",
        inputs: inputs.map(({ question }, index) => ({
          question: isHard(index) ? "What is 1 + 1?" : `${index}: ${question}`,
        })),
      });
      const after = await givenExperiment(changing, "short prompt", better);
      const args = ["--experiment", after, "--baseline", before, "--max-drop", "closeness=0.03"];
      expect(await gate(...args)).toMatchObject({ code: 2, comparison: { changed: { count: 12 } } });
      expect((await gate(...args, "--include-changed")).code).toBe(0);
    });
  });

  test("2 or 1: a candidate that fails on all examples", async () => {
    const broken = await givenExperiment(sums, "broken", () => "failed");
    expect(await closeness(broken)).toMatchObject({ code: 2, metrics: [{ finding: "too_many_unscored" }] });
    const { code, stdout } = await run(
      "gate",
      "--experiment",
      broken,
      "--baseline",
      "main",
      "--max-drop",
      "error_rate=0.05",
    );
    expect(code).toBe(1);
    expect(stdout).toContain("- Runs that failed: 100 % of the candidate's, 0 % of the baseline's.");
  });

  test("fails if one metric fails, whatever the others do, and is undecided if one is", async () => {
    const mixed = await givenExperiment(sums, "mixed", (index) => ({
      closeness: usual(index, 5),
      speed: usual(index, 6),
      luck: chance(index, 7),
    }));
    const fast = await givenExperiment(sums, "mixed before", (index) => ({
      closeness: usual(index, 8),
      speed: usual(index, 9) + 0.2,
      luck: chance(index, 10),
    }));
    const of = (...metrics: string[]) =>
      gate("--experiment", mixed, "--baseline", fast, ...metrics.flatMap((name) => ["--max-drop", `${name}=0.05`]));
    expect((await of("closeness")).code).toBe(0);
    expect((await of("closeness", "luck")).code).toBe(2);
    const all = await of("luck", "speed", "closeness");
    expect(all.code).toBe(1);
    expect(all.metrics.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      "not_enough_evidence",
      "fail",
      "pass",
    ]);
    expect(all.level).toBeCloseTo(1 - 0.05 / 3);
    for (const { strict_interval } of all.comparison.evaluations) expect(strict_interval.level).toBe(all.level);
    // What is lower is better if the caller says so.
    const turned = await gate(
      "--experiment",
      fast,
      "--baseline",
      mixed,
      "--max-drop",
      "speed=0.05",
      "--minimize",
      "speed",
    );
    expect(turned).toMatchObject({ code: 1, comparison: { evaluations: [{ optimization_direction: "MINIMIZE" }] } });
  });

  test("gates latency by how much longer it may be", async () => {
    const slow = await givenExperiment(sums, "slow", (index) => ({ closeness: usual(index, 2) }), {
      milliseconds: 1900,
    });
    const args = ["--experiment", slow, "--baseline", "main"];
    const { code, stdout } = await run("gate", ...args, "--max-drop", "latency_ms=500");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^latency_ms +1,5\d\d +1,9\d\d +\+4\d\d .* \+500 +passes/m);
    expect((await gate(...args, "--max-drop", "latency_ms=200")).code).toBe(1);
  });

  describe("no-regression", () => {
    let few: Given;
    let before: string;
    let after: string;
    const fates = (seed: number) => (index: number) => ({
      passed: 1,
      tone: index % 2 ? "polite" : "curt",
      words: 100 + chance(index, seed),
    });
    beforeAll(async () => {
      few = await givenDataset("sums to sum", { size: 40 });
      before = await givenExperiment(few, "before", fates(1));
      after = await givenExperiment(few, "after", fates(2));
    });
    const noRegression = (...more: string[]) =>
      run(
        "gate",
        "--experiment",
        after,
        "--baseline",
        before,
        "--require",
        "no-regression",
        "--format",
        "json",
        ...more,
      );

    test("takes a margin where it is not known how far scores can be apart", async () => {
      const { code, stdout, stderr } = await noRegression();
      expect([code, stdout]).toEqual([3, ""]);
      expect(stderr).toMatch(/^How much worse may it become\? Of "words" the range of scores is not known/);
      const named = await noRegression("--max-drop", "words=1");
      expect(JSON.parse(named.stdout).metrics).toMatchObject([
        { name: "words", allowed_drop: 1, outcome: "pass" },
        { name: "passed", allowed_drop: 0.05 },
      ]);
      const all = await noRegression("--margin", "0.5");
      expect(JSON.parse(all.stdout)).toMatchObject({
        metrics: [
          { name: "passed", allowed_drop: 0.5 },
          { name: "words", allowed_drop: 0.5 },
        ],
        not_gated: [{ name: "tone", reason: "labels_alone" }],
      });
      expect(all.code).toBe(0);
    });

    test("goes by annotation configs: their bounds, and that neither direction is better", async () => {
      const words = { name: "words", type: "CONTINUOUS", lower_bound: 0, upper_bound: 1000 } as const;
      const { id } = await client.annotationConfigs.createAnnotationConfig({
        ...words,
        optimization_direction: "MINIMIZE",
      });
      const bounded = await noRegression();
      expect(JSON.parse(bounded.stdout).metrics).toMatchObject([
        { name: "passed", outcome: "not_enough_evidence" }, // 40 passes on both sides: one of 20 might still fail
        { name: "words", outcome: "pass", allowed_drop: 50 },
      ]);
      await client.annotationConfigs.updateAnnotationConfig(id, { ...words, optimization_direction: "NONE" });
      const neutral = JSON.parse((await noRegression()).stdout);
      expect(neutral.not_gated).toContainEqual({ name: "words", reason: "no_direction" });
      const named = await noRegression("--max-drop", "words=1");
      expect([named.code, named.stderr]).toEqual([
        3,
        'By the annotation config of "words", neither direction is better: say which with --minimize or --maximize.\n',
      ]);
      const told = await noRegression("--max-drop", "words=1", "--maximize", "words");
      expect(JSON.parse(told.stdout).metrics).toMatchObject([{ name: "words", outcome: "pass" }, { name: "passed" }]);
    });

    test("refuses to gate more evaluations than a comparison has, but gates any that is named", async () => {
      const many = await givenDataset("a few sums", { size: 2 });
      const names = Array.from({ length: 101 }, (_, index) => `metric ${String(index).padStart(3, "0")}`);
      const fate = () => Object.fromEntries(names.map((name) => [name, 1]));
      const args = [
        "--experiment",
        await givenExperiment(many, "after", fate),
        "--baseline",
        await givenExperiment(many, "before", fate),
      ];
      const all = await run("gate", ...args, "--require", "no-regression");
      expect([all.code, all.stderr]).toEqual([
        3,
        "There are more evaluations than the 100 of a comparison: name those to gate with --max-drop.\n",
      ]);
      expect(await gate(...args, "--max-drop", "metric 100=1")).toMatchObject({
        code: 0,
        metrics: [{ name: "metric 100" }],
      });
      expect((await run("gate", ...args, "--max-drop", "metric 101=1")).stderr).toMatch(
        /^There is no metric "metric 101"\. There are "metric 000", .*, more evaluations, latency_ms, /,
      );
    });
  });

  test("2: nothing is gated, and how to gate something", async () => {
    const any = await givenExperiment(sums, "any", (index) => ({ closeness: usual(index, 2) }));
    const { code, stdout } = await run("gate", "--experiment", any, "--baseline", "main");
    expect(code).toBe(2);
    expect(stdout).toMatch(/^The gate is undecided: nothing is gated\.\n/);
    expect(stdout).toContain("- Say what to gate: --require no-regression, or --max-drop with a metric and a drop.");
  });

  describe("3:", () => {
    const known = ["--experiment", "RXhwZXJpbWVudDox"];
    test.each([
      ["no experiment", [], /required option '--experiment <id>' not specified/],
      [
        "an experiment that is not there",
        ["--experiment", "RXhwZXJpbWVudDo5OTk=", "--max-drop", "a=1"],
        /\(404 not_found, request /,
      ],
      ["no id of one", ["--experiment", "5"], /\(422 invalid_request, request /],
      ["an option that there is not", [...known, "--max-drops", "a=1"], /unknown option '--max-drops'/],
      [
        "a drop without a number",
        [...known, "--max-drop", "accuracy"],
        /It must be a name and a number, such as accuracy=0\.02\./,
      ],
      ["a drop that is none", [...known, "--max-drop", "accuracy=-0.1"], /It must be a number, 0 or larger\./],
      ["a drop twice", [...known, "--max-drop", "a=1", "--max-drop", "a=2"], /There are two of "a"\./],
      ["a rule that there is not", [...known, "--require", "progress"], /Allowed choices are no-regression\./],
      [
        "a format that there is not",
        [...known, "--format", "xml"],
        /Allowed choices are text, markdown, json, junit\./,
      ],
      ["no service", [...known, "--url", "http://localhost:9"], /did not complete: /],
    ])("%s", async (_, args, said) => {
      const { code, stdout, stderr } = await run("gate", ...args);
      expect([code, stdout]).toEqual([3, ""]);
      expect(stderr).toMatch(said);
    });

    test("a metric that there is not", async () => {
      const any = await givenExperiment(sums, "any", (index) => ({ closeness: usual(index, 2) }));
      const { code, stderr } = await run(
        "gate",
        "--experiment",
        any,
        "--baseline",
        "main",
        "--max-drop",
        "accuracy=0.1",
      );
      expect([code, stderr]).toEqual([
        3,
        'There is no metric "accuracy". There are "closeness", latency_ms, error_rate, prompt_tokens, completion_tokens.\n',
      ]);
    });

    test("itself for a baseline", async () => {
      const { code, stderr } = await run(
        "gate",
        "--experiment",
        baseline,
        "--baseline",
        "main",
        "--max-drop",
        "closeness=0.1",
      );
      expect([code, stderr]).toEqual([
        3,
        "The experiment is its own baseline, so there is nothing to compare it with.\n",
      ]);
    });
  });
});
