import { beforeAll, describe, expect, test } from "vitest";
import { chance, type GivenDataset, givenDataset, givenExperiment, usual } from "./given.ts";
import { gateOf, useService } from "./program.ts";

const service = useService();
const run = (...args: string[]) => service.run(...args);
const gate = (...args: string[]) => gateOf(service, ...args);

describe("gate", () => {
  let sums: GivenDataset;
  let baseline: string;
  beforeAll(async () => {
    sums = await givenDataset(service, "sums");
    baseline = await givenExperiment(service, sums, "long prompt", (index) => ({ closeness: usual(index, 1) }));
  });

  describe("no-regression", () => {
    let few: GivenDataset;
    let before: string;
    let after: string;
    const fates = (seed: number) => (index: number) => ({
      passed: 1,
      tone: index % 2 ? "polite" : "curt",
      words: 100 + chance(index, seed),
    });
    beforeAll(async () => {
      few = await givenDataset(service, "sums to sum", 40);
      before = await givenExperiment(service, few, "before", fates(1));
      after = await givenExperiment(service, few, "after", fates(2));
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
      const { id } = await service.client.annotationConfigs.createAnnotationConfig({
        ...words,
        optimization_direction: "MINIMIZE",
      });
      const bounded = await noRegression();
      expect(JSON.parse(bounded.stdout).metrics).toMatchObject([
        { name: "passed", outcome: "not_enough_evidence" }, // 40 passes on both sides: one of 20 might still fail
        { name: "words", outcome: "pass", allowed_drop: 50 },
      ]);
      await service.client.annotationConfigs.updateAnnotationConfig(id, { ...words, optimization_direction: "NONE" });
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
      const many = await givenDataset(service, "a few sums", 2);
      const names = Array.from({ length: 101 }, (_, index) => `metric ${String(index).padStart(3, "0")}`);
      const fate = () => Object.fromEntries(names.map((name) => [name, 1]));
      const args = [
        "--experiment",
        await givenExperiment(service, many, "after", fate),
        "--baseline",
        await givenExperiment(service, many, "before", fate),
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
    const any = await givenExperiment(service, sums, "any", (index) => ({ closeness: usual(index, 2) }));
    const { code, stdout } = await run("gate", "--experiment", any, "--baseline", baseline);
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
      const any = await givenExperiment(service, sums, "any", (index) => ({ closeness: usual(index, 2) }));
      const { code, stderr } = await run(
        "gate",
        "--experiment",
        any,
        "--baseline",
        baseline,
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
        baseline,
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
