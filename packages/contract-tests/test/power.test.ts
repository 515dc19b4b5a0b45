import { beforeAll, describe, expect, test } from "vitest";
import { idOf } from "../src/requests.ts";
import { givenExamples, givenScored, near, none, passed, quality, score } from "../src/scored.ts";
import { useService } from "../src/service.ts";

const service = useService();

async function plan(experimentId: string, query = "") {
  const { status, body, text } = await service.get(`/v1/experiments/${experimentId}/power?${query}`);
  expect(status, text).toBe(200);
  return body.data;
}

describe("getPower", () => {
  let ids: [string, string];
  let once: string;

  beforeAll(async () => {
    const dataset = await givenExamples(service, 40);
    const side = (which: 0 | 1) => ({
      repetitions: 3,
      evaluations: { quality: (i: number, r: number) => score(quality(which, i, r)) },
    });
    ids = [await givenScored(service, dataset, side(0)), await givenScored(service, dataset, side(1))];
    once = await givenScored(service, dataset, {
      evaluations: {
        passed: (i) => score(passed(0, i)),
        quality: (i) => score(quality(0, i, 1)),
        said: () => ({ label: "a" }),
      },
    });
    await service.post(`/v1/experiments/${ids[1]}/tags`, { name: "main" });
  });

  test("200: what a comparison like this could find, with a correlation that is assumed", async () => {
    expect(await plan(ids[0])).toEqual({
      experiment_id: ids[0],
      baseline_id: null,
      difference: null,
      examples: 40,
      repetitions: 3,
      baseline_repetitions: 3,
      alpha: 0.05,
      power: 0.8,
      correlation_source: "assumed",
      evaluations: [
        {
          name: "quality",
          pass_fail: false,
          scored_example_count: 40,
          scored_run_count: 120,
          // x has a row for each example: msb = 3 * x.mean(1).var(ddof=1), msw = x.var(axis=1, ddof=1).mean(), ((msb - msw) / 3)**.5
          between_deviation: near(0.1771983010407772),
          within_deviation: near(0.02577143121106522), // msw**.5
          correlation: { value: 0.5, reason: null },
          deviation: near(0.17844331220170645), // dev = (2 * (1 - .5) * between**2 + 2 * within**2 / 3)**.5
          // scipy.optimize.brentq of power(d) - .8, power(d) = scipy.stats.nct.sf(c, 39, d / dev * 40**.5) + scipy.stats.nct.cdf(-c, …)
          detectable_difference: near(0.08105911290774682),
          power: null,
          examples_needed: null,
          repetitions_needed: null,
        },
      ],
      more_evaluations: false,
    });
  });

  test("200: what it takes to find a difference", async () => {
    const { evaluations, difference } = await plan(ids[0], "difference=0.05");
    expect(difference).toBe(0.05);
    expect(evaluations).toMatchObject([
      {
        power: near(0.4085904630217758), // statsmodels.stats.power.TTestPower().power(.05 / dev, 40, .05)
        examples_needed: { value: 102, reason: null }, // the first n at which that is .8
        repetitions_needed: none("unreachable"), // 40 examples differ too much, however often they are repeated
      },
    ]);
  });

  test("200: for other numbers than those of the experiment", async () => {
    const { evaluations, ...plan1 } = await plan(ids[0], "difference=0.05&examples=100&repetitions=1");
    expect(plan1).toMatchObject({ examples: 100, repetitions: 1, baseline_repetitions: 1 });
    expect(evaluations).toMatchObject([
      {
        deviation: near(0.180907631749109),
        detectable_difference: near(0.05118105438838598),
        power: near(0.781414324142047),
        examples_needed: { value: 105 },
      },
    ]);
  });

  test("200: for a baseline that is repeated more often, or less", async () => {
    const planned = await plan(ids[0], "difference=0.05&repetitions=5&baseline_repetitions=2");
    expect(planned).toMatchObject({ repetitions: 5, baseline_repetitions: 2 });
    expect(planned.evaluations).toMatchObject([
      {
        deviation: near(0.17850533481777112), // (2 * (1 - .5) * between**2 + within**2 * (1 / 5 + 1 / 2))**.5
        detectable_difference: near(0.08108728711151172), // as above
        power: near(0.4083575672439789),
        examples_needed: { value: 102, reason: null },
        repetitions_needed: none("unreachable"), // on each side
      },
    ]);
    const other = await plan(ids[0], "difference=0.05&baseline_repetitions=1");
    expect(other).toMatchObject({ repetitions: 3, baseline_repetitions: 1 });
    expect(other.evaluations).toMatchObject([
      { deviation: near(0.17967969681434084), examples_needed: { value: 104 } },
    ]);
  });

  test("200: passes and failures that are repeated on one side by Student's test", async () => {
    const repeated = await givenScored(service, await givenExamples(service, 40), {
      repetitions: 3,
      evaluations: { passed: (i, r) => score(Number((i * 7 + (i % 3 === 0 ? r * 5 : 0)) % 10 < 6)) },
    });
    const at = async (experiment: number, baseline: number) => {
      const query = `difference=0.2&repetitions=${experiment}&baseline_repetitions=${baseline}`;
      const [{ pass_fail, deviation, power }] = (await plan(repeated, query)).evaluations;
      return [pass_fail, deviation, power];
    };
    // Summed over all outcomes of McNemar's test, as in packages/server/test/statistics/power.test.ts
    expect(await at(1, 1)).toEqual([true, near(0.58646898378846), near(0.45524025622660463)]);
    // statsmodels.stats.power.TTestPower().power(.2 / dev, 40, .05), dev = (between**2 + within**2 * (1 + 1 / 3))**.5
    for (const [experiment, baseline] of [
      [3, 1],
      [1, 3],
    ] as const)
      expect(await at(experiment, baseline)).toEqual([false, near(0.5318221110811), near(0.6404426547145043)]);
  });

  describe("200: where the examples of one side differ no more than repetitions do", () => {
    const noise = (i: number, r: number) => score(((i * 7 + r * 31) % 17) / 20);
    const quality0 = (i: number, r: number) => score(quality(0, i, r));
    const pair = async (of: (i: number, r: number) => object, and: (i: number, r: number) => object, query: string) => {
      const dataset = await givenExamples(service, 40);
      const side = (evaluation: typeof of) =>
        givenScored(service, dataset, { repetitions: 3, evaluations: { quality: evaluation } });
      const [experiment, baseline] = [await side(of), await side(and)];
      const planned = await plan(experiment, `${query}&baseline=${encodeURIComponent(baseline)}`);
      expect(planned.correlation_source).toBe("baseline");
      return planned.evaluations[0];
    };

    test("of the experiment's: what is within examples is left", async () => {
      const planned = await pair(noise, quality0, "difference=0.1");
      expect(planned).toMatchObject({
        between_deviation: { value: 0 }, // msb = 0.0551 < msw = 0.0622
        within_deviation: near(0.24933244206614322),
        correlation: none("no_variance"),
        deviation: near(0.20357908646136627), // (within**2 * 2 / 3)**.5
        detectable_difference: near(0.09247721279951714),
        power: near(0.8575496058043826),
        examples_needed: { value: 35 },
        repetitions_needed: { value: 3 },
      });
    });

    test("of the baseline's: differences vary as the experiment's examples do", async () => {
      const planned = await pair(quality0, noise, "");
      expect(planned).toMatchObject({
        correlation: none("no_variance"),
        deviation: near(0.17844331220170645), // (between**2 + within**2 * 2 / 3)**.5
        detectable_difference: near(0.081059112907747),
      });
    });

    test("and those do not either: nothing can be said", async () => {
      const planned = await pair(() => score(0.5), quality0, "difference=0.1");
      expect(planned).toMatchObject({
        correlation: none("no_variance"),
        deviation: { value: 0, reason: null },
        detectable_difference: none("no_variance"),
        power: none("no_variance"),
        examples_needed: none("no_variance"),
        repetitions_needed: none("no_variance"),
      });
    });

    test("because all pass: the others' failures are the differences", async () => {
      const dataset = await givenExamples(service, 40);
      const [some, all] = [
        await givenScored(service, dataset, { evaluations: { passed: (i) => score(passed(0, i)) } }),
        await givenScored(service, dataset, { evaluations: { passed: () => score(1) } }),
      ];
      const { evaluations } = await plan(some, `difference=0.2&baseline=${encodeURIComponent(all)}`);
      // Of one side without variance, numpy.var(some - 1, ddof=1) is numpy.var(some, ddof=1)
      const known = { pass_fail: true, deviation: near(0.49613893835683387), power: near(0.5940431718048881) };
      expect(evaluations).toMatchObject([{ ...known, correlation: none("no_variance") }]);
    });
  });

  test.each(["baseline=main", () => `baseline=${encodeURIComponent(ids[1])}`])(
    "200: with the correlation of two experiments",
    async (query) => {
      const { evaluations, baseline_id, correlation_source } = await plan(
        ids[0],
        typeof query === "string" ? query : query(),
      );
      expect([baseline_id, correlation_source]).toEqual([ids[1], "baseline"]);
      // numpy.cov(x.mean(1), y.mean(1))[0, 1] / (between of x * between of y)
      expect(evaluations[0].correlation).toEqual(near(0.9922207850282203));
    },
  );

  test("200: with a correlation that the request says", async () => {
    const { evaluations, correlation_source } = await plan(ids[0], "correlation=0.9");
    expect(correlation_source).toBe("request");
    expect(evaluations[0].deviation).toEqual(
      near(Math.sqrt(0.2 * 0.1771983010407772 ** 2 + (2 * 0.02577143121106522 ** 2) / 3)),
    );
    expect((await plan(ids[0], "correlation=7")).evaluations[0].correlation).toEqual({ value: 1, reason: null });
  });

  test("200: passes and failures by McNemar's test", async () => {
    const { evaluations } = await plan(once, "difference=0.2&evaluation=passed");
    expect(evaluations).toMatchObject([
      {
        pass_fail: true,
        within_deviation: none("no_repetitions"),
        deviation: near(0.49613893835683387), // numpy.var(passed, ddof=1)**.5
        // Summed over all outcomes with scipy.stats.binom, as in packages/server/test/statistics/power.test.ts
        power: near(0.5940431718048881),
        examples_needed: { value: 58 },
      },
    ]);
    expect((await plan(once, "evaluation=passed&examples=100&difference=0.2")).evaluations[0].power).toEqual(
      near(0.9711448192575842),
    );
    expect((await plan(once, "evaluation=passed&repetitions=2")).evaluations[0].pass_fail).toBe(false);
  });

  test("200: why there is no answer", async () => {
    const { evaluations } = await plan(once, "evaluation=said&evaluation=nonsense&difference=1");
    for (const evaluation of evaluations)
      expect(evaluation).toMatchObject({
        scored_example_count: 0,
        between_deviation: none("no_values"),
        detectable_difference: none("no_values"),
        power: none("no_values"),
        examples_needed: none("no_values"),
        repetitions_needed: none("no_values"),
      });
    expect((await plan(ids[0], "examples=5")).evaluations[0].detectable_difference).toEqual(none("no_outcome_rejects"));
    const withNothing = await plan(once, `evaluation=passed&baseline=main&difference=1`);
    expect(withNothing.evaluations[0]).toMatchObject({ correlation: none("no_values"), power: none("no_values") });
  });

  test("200: numbers beyond what is planned for are clamped", async () => {
    const numbers = "examples=999999999&repetitions=999999999&baseline_repetitions=999999998";
    const planned = await plan(once, `evaluation=quality&${numbers}`);
    expect(planned).toMatchObject({ examples: 100_000, repetitions: 10_000, baseline_repetitions: 10_000 });
  });

  test("200: 20 evaluations at most, unless others are asked for", async () => {
    const evaluations = Object.fromEntries(
      Array.from({ length: 22 }, (_, n) => [`n${n + 10}`, (i: number) => score(i)]),
    );
    const id = await givenScored(service, await givenExamples(service, 3), { evaluations });
    const all = await plan(id);
    expect([all.evaluations.length, all.more_evaluations]).toEqual([20, true]);
    expect(await plan(id, "evaluation=n31")).toMatchObject({ evaluations: [{ name: "n31" }], more_evaluations: false });
  });

  test("200: an experiment without examples", async () => {
    const id = await givenScored(service, await givenExamples(service, 0));
    expect(await plan(id)).toMatchObject({ examples: 1, evaluations: [] });
  });

  test.each([
    "difference=0",
    "difference=x",
    "examples=0",
    "repetitions=0",
    "baseline_repetitions=0",
    "examples=1e3",
    "correlation=-1.1",
    "power=1",
    "power=0",
    "alpha=1",
    "alpha=0",
  ])("422: %s", async (query) => {
    const { status, body } = await service.get(`/v1/experiments/${ids[0]}/power?${query}`);
    expect([status, body.errors[0].pointer]).toEqual([422, `/query/${query.split("=")[0]}`]);
  });

  test("404: there is no such experiment, or none to compute the correlation with", async () => {
    expect((await service.get(`/v1/experiments/${idOf("Experiment", 999_999)}/power`)).status).toBe(404);
    expect((await service.get(`/v1/experiments/${ids[0]}/power?baseline=nonsense`)).status).toBe(404);
  });

  test("422: the second experiment is over another dataset", async () => {
    const other = await givenScored(service, await givenExamples(service, 1));
    const { status } = await service.get(`/v1/experiments/${ids[0]}/power?baseline=${encodeURIComponent(other)}`);
    expect(status).toBe(422);
  });
});
