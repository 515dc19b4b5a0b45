import { beforeAll, describe, expect, test } from "vitest";
import { chance, type Fate, type GivenDataset, givenDataset, givenExperiment, usual } from "./given.ts";
import { gateOf, useService } from "./program.ts";

const service = useService();
const run = (...args: string[]) => service.run(...args);
const gate = (...args: string[]) => gateOf(service, ...args);

describe("gate", () => {
  let sums: GivenDataset;
  let baseline: string;
  beforeAll(async () => {
    sums = await givenDataset(service, "sums", 60, 12);
    baseline = await givenExperiment(service, sums, "long prompt", (index) => ({ closeness: usual(index, 1) }));
    expect(await run("tag", baseline, "main")).toEqual({
      code: 0,
      stdout: `The tag main points at experiment ${baseline}.\n`,
      stderr: "",
    });
  });
  const closeness = (experiment: string) =>
    gate("--experiment", experiment, "--baseline", "main", "--max-drop", "closeness=0.03");

  test("0: no change", async () => {
    const same = await givenExperiment(service, sums, "same prompt", (index) => ({ closeness: usual(index, 2) }));
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
    const worse = await givenExperiment(service, sums, "short prompt", (index) => ({
      closeness: usual(index, 3) - 0.1,
    }));
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
    const few = await givenDataset(service, "few sums", 8);
    const noisy = (seed: number) => (index: number) => ({ closeness: chance(index, seed) });
    const before = await givenExperiment(service, few, "long prompt", noisy(1));
    const after = await givenExperiment(service, few, "same prompt", noisy(2));
    const args = ["--experiment", after, "--baseline", before, "--max-drop", "closeness=0.1"];
    const decided = await gate(...args);
    expect(decided).toMatchObject({ code: 2, outcome: "not_enough_evidence", metrics: [{ finding: "undecided" }] });
    const [{ examples_needed: needed }] = decided.metrics;
    expect(needed).toBeGreaterThan(50);
    const { stdout } = await run("gate", ...args);
    expect(stdout).toContain(`- closeness: to tell a drop of 0.1 from chance takes about ${needed} examples`);
  });

  test("2: too few examples, and how many it takes where all of the baseline's pass", async () => {
    const few = await givenDataset(service, "few questions", 8);
    const before = await givenExperiment(service, few, "right", () => ({ right: 1 }));
    const after = await givenExperiment(service, few, "once wrong", (index) => ({ right: index === 3 ? 0 : 1 }));
    const decided = await gate("--experiment", after, "--baseline", before, "--max-drop", "right=0.2");
    expect(decided).toMatchObject({
      code: 2,
      metrics: [{ finding: "undecided", examples_needed: expect.any(Number) }],
    });
  });

  describe("does not pass a candidate that looks better for what it leaves out:", () => {
    const better = (index: number): Fate => ({ closeness: usual(index, 4) + 0.2 });
    const isHard = (index: number) => index >= 48;

    test.each<[string, (index: number) => Fate]>([
      ["its task fails on the hard examples", (index) => (isHard(index) ? "failed" : better(index))],
      ["it does not run them", (index) => (isHard(index) ? "missing" : better(index))],
      ["nobody evaluates them", (index) => (isHard(index) ? {} : better(index))],
    ])("%s", async (name, fateOf) => {
      const candidate = await givenExperiment(service, sums, name, fateOf);
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
      const candidate = await givenExperiment(service, sums, "easy", fateOf, { splits: ["easy"] });
      expect(await closeness(candidate)).toMatchObject({
        code: 2,
        metrics: [{ finding: "too_many_unscored", unscored_share: { experiment: expect.closeTo(0.2) } }],
        comparison: { only_baseline: { count: 12 } },
      });
    });

    test("its dataset has other hard examples", async () => {
      const questions = Array.from({ length: 60 }, (_, index) => `What is ${index} × ${index}?`);
      const products = await givenDataset(service, "products", questions);
      const before = await givenExperiment(service, products, "long prompt", (index) => ({
        closeness: usual(index, 1),
      }));
      const easier = questions.map((question, index) => (isHard(index) ? "What is 1 × 1?" : question));
      await givenDataset(service, "products", easier);
      const after = await givenExperiment(service, products, "short prompt", better);
      const args = ["--experiment", after, "--baseline", before, "--max-drop", "closeness=0.03"];
      expect(await gate(...args)).toMatchObject({ code: 2, comparison: { changed: { count: 12 } } });
      expect((await gate(...args, "--include-changed")).code).toBe(0);
    });
  });

  test("2 or 1: a candidate that fails on all examples", async () => {
    const broken = await givenExperiment(service, sums, "broken", () => "failed");
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
    const mixed = await givenExperiment(service, sums, "mixed", (index) => ({
      closeness: usual(index, 5),
      speed: usual(index, 6),
      luck: chance(index, 7),
    }));
    const fast = await givenExperiment(service, sums, "mixed before", (index) => ({
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
    const slow = await givenExperiment(service, sums, "slow", (index) => ({ closeness: usual(index, 2) }), {
      milliseconds: 1900,
    });
    const args = ["--experiment", slow, "--baseline", "main"];
    const { code, stdout } = await run("gate", ...args, "--max-drop", "latency_ms=500");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^latency_ms +1,5\d\d +1,9\d\d +\+4\d\d .* \+500 +passes/m);
    expect((await gate(...args, "--max-drop", "latency_ms=200")).code).toBe(1);
  });
});
