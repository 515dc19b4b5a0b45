import { beforeAll, describe, expect, test } from "vitest";
import { type GivenDataset, givenDataset, givenExperimentOver } from "../src/given.ts";
import { idOf } from "../src/requests.ts";
import {
  between,
  clarity,
  givenExamples,
  givenScored,
  lasting,
  latency,
  near,
  none,
  passed,
  quality,
  score,
} from "../src/scored.ts";
import { useService } from "../src/service.ts";

const service = useService();

const ask = (experimentId: string, query = "") =>
  service.get(`/v1/experiments/${experimentId}/comparison${query && `?${query}`}`);

/** Compares an experiment with another. */
async function compare(experimentId: string, baselineId: string, query = "") {
  const { status, body, text } = await ask(experimentId, `baseline=${encodeURIComponent(baselineId)}&${query}`);
  expect(status, text).toBe(200);
  return body.data;
}

/** Compares two experiments over a dataset of as many examples as there are scores on each side, and gives the one evaluation that they have. */
async function compareScores(before: (number | null)[], after: (number | null)[], query = "") {
  const dataset = await givenExamples(service, before.length);
  const [baseline, experiment] = await Promise.all(
    [before, after].map((scores) =>
      givenScored(service, dataset, {
        evaluations: { judged: (i) => (scores[i] === null ? undefined : { score: scores[i] }) },
      }),
    ),
  );
  return (await compare(experiment ?? "", baseline ?? "", query)).evaluations[0];
}

const tag = (experimentId: string, name: string) => service.post(`/v1/experiments/${experimentId}/tags`, { name });
const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

describe("getComparison", () => {
  describe("200: agrees with scipy and statsmodels", () => {
    let compared: Awaited<ReturnType<typeof compare>>;
    let ids: [string, string];
    const side = (which: 0 | 1) => ({
      repetitions: 3,
      evaluations: {
        quality: (i: number, r: number) => score(quality(which, i, r)),
        clarity: (i: number, r: number) => score(clarity(which, i, r)),
        passed: (i: number, r: number) => (r === 1 ? score(passed(which, i)) : undefined),
      },
      run: (i: number, r: number) => lasting(latency(which, i, r)),
    });

    beforeAll(async () => {
      const dataset = await givenExamples(service, 40);
      ids = [await givenScored(service, dataset, side(0)), await givenScored(service, dataset, side(1))];
      compared = await compare(ids[1], ids[0]);
    });

    test("on scores, from 30 pairs on", () => {
      expect(compared.evaluations[2]).toMatchObject({
        name: "quality",
        optimization_direction: "MAXIMIZE",
        verdict: "better",
        verdict_reason: null,
        pair_count: 40,
        baseline: {
          mean: near(0.5356666666666666), // numpy.mean(b)
          interval: between(0.95, 0.4787964652563339, 0.5925368680769993), // scipy.stats.t.interval(.95, 39, b.mean(), scipy.stats.sem(b))
          mean_all: near(0.5356666666666666),
          scored_example_count: 40,
          run_count: 120,
          unscored_run_count: 0,
          unscored_share: 0,
          unscored_examples: { count: 0, example_ids: [] },
          labels: [],
        },
        experiment: {
          mean: near(0.5741666666666667),
          interval: between(0.95, 0.510187278739874, 0.6381460545934594),
        },
        difference: near(0.0385), // numpy.mean(d)
        standard_deviation: near(0.03860051813123756), // numpy.std(d, ddof=1)
        standard_error: near(0.0061032778078668505), // scipy.stats.sem(d)
        d_z: near(0.997395938290367),
        interval: between(0.95, 0.026154955395565865, 0.05084504460443416), // scipy.stats.ttest_rel(e, b).confidence_interval(.95)
        strict_interval: between(1 - 0.05 / 3, 0.023231686861138016, 0.053768313138862024), // .confidence_interval(1 - .05 / 3)
        p_value: near(1.9341101735283668e-7), // scipy.stats.ttest_rel(e, b).pvalue
        adjusted_p_value: near(5.80233052e-7), // statsmodels.stats.multitest.multipletests([p of each], method="holm")
        method: "student_t",
        // The root of scipy.stats.nct.sf(c, 39, x / sd * 40**.5) + scipy.stats.nct.cdf(-c, …) - .8, c = scipy.stats.t.ppf(.975, 39)
        detectable_difference: near(0.017534553236496133),
        improved_count: 30,
        regressed_count: 7,
        unchanged_count: 3,
        unevenly_scored: false,
        pass_fail: false,
        range: null,
        label_transitions: [],
      });
    });

    test("on p-values of a family", () => {
      expect(compared.evaluations[0]).toMatchObject({
        name: "clarity",
        verdict: "better",
        p_value: near(0.003933322121257491),
        adjusted_p_value: near(0.00786664424251498),
      });
    });

    test("on passes and failures", () => {
      expect(compared.evaluations[1]).toMatchObject({
        name: "passed",
        verdict: "no_evidence",
        baseline: {
          mean: near(24 / 40),
          interval: between(0.95, 0.44595893660346186, 0.7365167431570808), // …proportion_confint(24, 40, method="wilson")
          unscored_run_count: 80,
        },
        experiment: { mean: near(26 / 40), interval: between(0.95, 0.4950588083725769, 0.7786547112682372) },
        difference: near(0.05),
        interval: between(0.95, -0.13938803454143195, 0.23705381090418526), // the roots of Tango's score, by scipy.optimize.brentq
        p_value: near(0.79052734375), // statsmodels.stats.contingency_tables.mcnemar([[0, 8], [6, 0]], exact=True).pvalue
        adjusted_p_value: near(0.79052734375),
        method: "exact_mcnemar",
        improved_count: 8,
        regressed_count: 6,
        unchanged_count: 26,
        pass_fail: true,
        range: 1,
      });
    });

    test("on latency, of which lower is better", () => {
      expect(compared.latency_ms).toMatchObject({
        name: "latency_ms",
        optimization_direction: "MINIMIZE",
        verdict: "worse",
        baseline: { mean: near(1241.6666666666665) },
        experiment: { mean: near(1260.6666666666665) },
        difference: near(19),
        interval: between(0.95, 10.59133269486191, 27.40866730513809),
        strict_interval: between(1 - 0.05 / 4, 8.112941764572783, 29.88705823542722),
        p_value: near(4.807078272718283e-5),
        adjusted_p_value: near(9.614156545436566e-5), // of errors too something is tested, of tokens nothing
        improved_count: 10,
        regressed_count: 26,
      });
    });

    test("at the level that is asked for", async () => {
      const { evaluations, latency_ms } = await compare(ids[1], ids[0], "level=0.99");
      expect(evaluations[2].strict_interval).toEqual(between(0.99, 0.021972853561406592, 0.05502714643859344));
      expect(evaluations[2].interval).toEqual(compared.evaluations[2].interval);
      expect(latency_ms.strict_interval.level).toBe(0.99);
    });

    test("on the evaluations that are asked for, which then are the family", async () => {
      const { evaluations, more_evaluations, latency_ms } = await compare(
        ids[1],
        ids[0],
        "evaluation=quality&evaluation=nonsense&evaluation=quality&evaluation=",
      );
      expect(more_evaluations).toBe(false);
      expect(evaluations).toHaveLength(2);
      expect(evaluations[0]).toMatchObject({
        name: "quality",
        adjusted_p_value: near(1.9341101735283668e-7), // nothing is tested of the other
        strict_interval: { level: 0.975 },
      });
      expect(evaluations[1]).toMatchObject({
        name: "nonsense",
        verdict: null,
        verdict_reason: "no_scores",
        pair_count: 0,
      });
      expect(latency_ms).toEqual(compared.latency_ms);
    });

    test("on a margin: the 90 % interval, (0.0282, 0.0488), lies within it", async () => {
      const verdicts = async (margin: number) => {
        const { evaluations, latency_ms } = await compare(ids[1], ids[0], `margin=${margin}`);
        return [evaluations[0].verdict, evaluations[2].verdict, latency_ms.verdict];
      };
      expect(await verdicts(0.048)).toEqual(["equivalent", "better", "worse"]);
      expect(await verdicts(0.049)).toEqual(["equivalent", "equivalent", "worse"]);
      expect(await verdicts(1e15)).toEqual(["equivalent", "equivalent", "worse"]);
    });

    test("turned round, on what is turned round", async () => {
      const { evaluations, latency_ms } = await compare(ids[0], ids[1]);
      expect(evaluations[2]).toMatchObject({
        verdict: "worse",
        difference: near(-0.0385),
        interval: between(0.95, -0.05084504460443416, -0.026154955395565865),
        p_value: near(1.9341101735283668e-7),
        improved_count: 7,
        regressed_count: 30,
      });
      expect(latency_ms.verdict).toBe("better");
    });

    test("on permutations below 30 pairs", async () => {
      const numbers = times(10, 0).map((_, i) => i);
      const compared = await compareScores(
        numbers.map((i) => quality(0, i, 1)),
        numbers.map((i) => quality(1, i, 1)),
      );
      expect(compared).toMatchObject({
        method: "exact_permutation",
        difference: near(0.037),
        interval: between(0.95, 0.00682848031347745, 0.06717151968652259),
        p_value: near(0.03125), // scipy.stats.permutation_test((d,), numpy.sum, permutation_type="samples", n_resamples=numpy.inf).pvalue
        verdict: "better",
      });
    });
  });

  describe("200: says why there is no answer", () => {
    test("of nothing", async () => {
      const dataset = await givenExamples(service, 2);
      const [baseline, experiment] = [
        await givenExperimentOver(service, dataset),
        await givenExperimentOver(service, dataset),
      ];
      const compared = await compare(experiment.id, baseline.id);
      expect(compared).toMatchObject({ compared_example_count: 2, evaluations: [], more_evaluations: false });
      expect(compared.latency_ms).toMatchObject({
        verdict: null,
        verdict_reason: "no_scores",
        pair_count: 0,
        difference: none("no_values"),
        interval: { level: 0.95, low: null, high: null, reason: "no_values" },
        p_value: none("no_values"),
        adjusted_p_value: none("no_values"),
        method: null,
        pass_fail: false,
        range: null,
        baseline: { run_count: 2, unscored_run_count: 2, unscored_share: 1, unscored_examples: { count: 2 } },
      });
    });

    test("of a dataset without examples", async () => {
      const dataset = await givenDataset(service, []);
      const [baseline, experiment] = [
        await givenExperimentOver(service, dataset),
        await givenExperimentOver(service, dataset),
      ];
      const { compared_example_count, error_rate } = await compare(experiment.id, baseline.id);
      expect(compared_example_count).toBe(0);
      expect(error_rate.baseline).toMatchObject({ run_count: 0, unscored_share: 0, mean: none("no_values") });
    });

    test("of one pair", async () => {
      expect(await compareScores([0.5, null], [0.7, 0.1])).toMatchObject({
        verdict: "no_evidence",
        pair_count: 1,
        difference: near(0.2),
        interval: { reason: "too_few" },
        p_value: none("too_few"),
        detectable_difference: none("too_few"),
      });
    });

    test("of fewer pairs than could ever be significant", async () => {
      expect(await compareScores([0.1, 0.2, 0.3, 0.4, 0.5], [0.2, 0.4, 0.6, 0.8, 1.1])).toMatchObject({
        verdict: "no_evidence",
        p_value: near(0.0625), // 2 / 2**5
        detectable_difference: none("no_outcome_rejects"),
      });
    });

    test("of differences that are all equal, where no range is known", async () => {
      expect(await compareScores(times(20, 0.25), times(20, 0.5))).toMatchObject({
        verdict: "no_evidence",
        difference: near(0.25),
        interval: { low: null, high: null, reason: "no_variance" },
        d_z: none("no_variance"),
      });
    });

    test("of scores that a double holds, and whose differences it does not", async () => {
      const compared = await compareScores(times(30, -1.7e308), [...times(29, 1.7e308), 1.6e308]);
      expect(compared).toMatchObject({ difference: none("out_of_range"), interval: { reason: "out_of_range" } });
    });

    test("of latencies that are all 0, which are no failures", async () => {
      const dataset = await givenExamples(service, 40);
      const instant = { run: () => ({ start_time: 0, end_time: 0 }) };
      const ids = [await givenScored(service, dataset, instant), await givenScored(service, dataset, instant)];
      const { latency_ms } = await compare(ids[1] ?? "", ids[0] ?? "");
      expect(latency_ms).toMatchObject({
        pass_fail: false,
        range: null,
        interval: { low: null, reason: "no_variance" },
      });
    });

    test("of labels without scores: how many there are, and what became of them", async () => {
      const labels = [
        ["a", "a", "a", "b", "c"],
        ["a", "b", "b", "b", "b"],
      ];
      const dataset = await givenExamples(service, 5);
      const [baseline, experiment] = await Promise.all(
        labels.map((side) => givenScored(service, dataset, { evaluations: { kind: (i) => ({ label: side[i] }) } })),
      );
      const { evaluations } = await compare(experiment ?? "", baseline ?? "");
      expect(evaluations).toMatchObject([{ verdict: null, verdict_reason: "no_scores", pair_count: 0 }]);
      expect(evaluations[0].baseline.labels).toEqual([
        { label: "a", run_count: 3, share: expect.closeTo(0.6) },
        { label: "b", run_count: 1, share: expect.closeTo(0.2) },
        { label: "c", run_count: 1, share: expect.closeTo(0.2) },
      ]);
      expect(evaluations[0].label_transitions).toEqual([
        { from: "a", to: "b", example_count: 2 },
        { from: "a", to: "a", example_count: 1 },
        { from: "b", to: "b", example_count: 1 },
        { from: "c", to: "b", example_count: 1 },
      ]);
    });

    test("of labels of repetitions: an example counts once, in parts", async () => {
      const dataset = await givenExamples(service, 1);
      const side = (labels: string[]) => ({
        repetitions: labels.length,
        evaluations: { kind: (_: number, r: number) => ({ label: labels[r - 1] }) },
      });
      const baseline = await givenScored(service, dataset, side(["a", "b"]));
      const experiment = await givenScored(service, dataset, side(["a", "a", "b"]));
      const [{ label_transitions, experiment: after }] = (await compare(experiment, baseline)).evaluations;
      expect(label_transitions).toEqual([
        { from: "a", to: "a", example_count: expect.closeTo(1 / 3) },
        { from: "b", to: "a", example_count: expect.closeTo(1 / 3) },
        { from: "a", to: "b", example_count: expect.closeTo(1 / 6) },
        { from: "b", to: "b", example_count: expect.closeTo(1 / 6) },
      ]);
      expect(after.labels).toEqual([
        { label: "a", run_count: 2, share: expect.closeTo(2 / 3) },
        { label: "b", run_count: 1, share: expect.closeTo(1 / 3) },
      ]);
    });

    test("of free text for labels: the most frequent are told apart", async () => {
      const dataset = await givenExamples(service, 60);
      const label = (i: number) => ({ label: i < 5 ? "frequent" : `free ${String(i).padStart(2, "0")}` });
      const ids = [0, 1].map(() => givenScored(service, dataset, { evaluations: { kind: label } }));
      const [{ baseline, label_transitions }] = (await compare(await (ids[1] ?? ""), await (ids[0] ?? ""))).evaluations;
      expect(baseline.labels).toHaveLength(51);
      expect(baseline.labels[0]).toEqual({ label: "frequent", run_count: 5, share: expect.closeTo(5 / 60) });
      expect(baseline.labels[50]).toEqual({ label: null, run_count: 6, share: expect.closeTo(6 / 60) });
      expect(label_transitions).toHaveLength(51);
      expect(label_transitions.slice(0, 2)).toEqual([
        { from: null, to: null, example_count: 6 },
        { from: "frequent", to: "frequent", example_count: 5 },
      ]);
    });
  });

  describe("200: goes by what annotation configs say", () => {
    const config = (name: string, fields: object) =>
      service.post("/v1/annotation_configs", {
        name,
        type: "CONTINUOUS",
        optimization_direction: "MAXIMIZE",
        ...fields,
      });

    /** An evaluation that is 0.5 higher everywhere. */
    async function compareRaised(name: string, query = "") {
      const dataset = await givenExamples(service, 30);
      const [baseline, experiment] = await Promise.all(
        [0, 0.5].map((raised) =>
          givenScored(service, dataset, { evaluations: { [name]: (i) => score(raised + (i % 3)) } }),
        ),
      );
      return {
        ids: [experiment ?? "", baseline ?? ""] as const,
        metric: (await compare(experiment ?? "", baseline ?? "", query)).evaluations[0],
      };
    }

    test("of the direction, and the request has the last word", async () => {
      await config("cost", { optimization_direction: "MINIMIZE", lower_bound: 0, upper_bound: 4 });
      const { ids, metric } = await compareRaised("cost");
      expect(metric).toMatchObject({
        optimization_direction: "MINIMIZE",
        verdict: "worse",
        regressed_count: 30,
        improved_count: 0,
      });
      const asked = async (query: string) => (await compare(...ids, query)).evaluations[0].verdict;
      expect(await asked("maximize=cost")).toBe("better");
      expect(await asked("maximize=other")).toBe("worse");
      expect(await asked("minimize=cost&maximize=cost")).toBe("better");
    });

    test("of bounds: differences that are all equal have an interval by the range of scores", async () => {
      await config("bounded", { lower_bound: -1, upper_bound: 3 });
      const reach = 4 * (1 - 0.025 ** (1 / 30)); // range × (1 − (α/2)^(1/n))
      expect((await compareRaised("bounded")).metric).toMatchObject({
        range: 4,
        interval: between(0.95, 0.5 - reach, 0.5 + reach),
        verdict: "better",
      });
    });

    test("of the scores that labels stand for", async () => {
      const values = [{ label: "a", score: 0 }, { label: "b", score: 2.5 }, { label: "c" }];
      await config("graded", { type: "CATEGORICAL", values });
      expect((await compareRaised("graded")).metric).toMatchObject({ range: 2.5 });
    });

    test("that neither direction is better", async () => {
      await config("neutral", { optimization_direction: "NONE", lower_bound: 0, upper_bound: 4 });
      const { ids, metric } = await compareRaised("neutral");
      const unjudged = {
        optimization_direction: "NONE",
        improved_count: null,
        regressed_count: null,
        unchanged_count: 0,
      };
      expect(metric).toMatchObject({
        ...unjudged,
        verdict: null,
        verdict_reason: "no_direction",
        difference: near(0.5),
      });
      const [equivalent] = (await compare(...ids, "margin=9")).evaluations;
      expect(equivalent).toMatchObject({ ...unjudged, verdict: "equivalent", verdict_reason: null });
      const [same] = (await compare(ids[0], ids[0])).evaluations;
      expect(same).toMatchObject({ verdict: "no_evidence", verdict_reason: null });
    });

    test("as soon as they say it", async () => {
      const { ids, metric } = await compareRaised("late");
      expect(metric.verdict).toBe("no_evidence");
      await config("late", { lower_bound: 0, upper_bound: 4, optimization_direction: "MINIMIZE" });
      expect((await compare(...ids)).evaluations[0].verdict).toBe("worse");
      expect((await service.delete("/v1/annotation_configs/late")).status).toBe(200);
      expect((await compare(...ids)).evaluations[0]).toEqual(metric);
    });
  });

  describe("200: pairs examples", () => {
    /** Examples 0 to 3 in a first version, of which the second changes 1, takes away 3 and adds 4. */
    async function givenVersions(): Promise<{ dataset: GivenDataset; experiments: [string, string] }> {
      const [first, second] = [[0, 1, 2, 3].map((n) => ({ n })), [{ n: 0 }, { n: "changed" }, { n: 2 }, { n: 4 }]];
      const example_ids = [
        ["a", "b", "c", "d"],
        ["a", "b", "c", "e"],
      ] as const;
      const dataset = await givenDataset(service, first ?? [], { example_ids: example_ids[0] });
      const evaluations = { judged: (i: number, r: number) => score(i + r / 10) };
      const baseline = await givenScored(service, dataset, { evaluations });
      const later = await givenDataset(service, second ?? [], { name: dataset.name, example_ids: example_ids[1] });
      const experiment = await givenScored(service, later, {
        evaluations: { judged: (i) => (i === 2 ? undefined : score(i + 1)) },
      });
      return { dataset: later, experiments: [baseline, experiment] };
    }

    test("and says which it does not compare", async () => {
      const { dataset, experiments } = await givenVersions();
      const [a, b, c, e] = dataset.exampleIds;
      const compared = await compare(experiments[1], experiments[0]);
      expect(compared).toMatchObject({
        include_changed: false,
        compared_example_count: 2,
        only_experiment: { count: 1, example_ids: [e] },
        only_baseline: { count: 1, example_ids: [expect.any(String)] },
        changed: { count: 1, example_ids: [b] },
      });
      expect(compared.experiment.dataset_version_id).not.toBe(compared.baseline.dataset_version_id);
      expect(compared.evaluations[0]).toMatchObject({
        pair_count: 1,
        difference: near(0.9), // of a alone
        baseline: { mean: near(0.1), mean_all: near(1.6), scored_example_count: 4, unscored_run_count: 0 },
        experiment: {
          mean: near(1),
          mean_all: near(7 / 3),
          scored_example_count: 3,
          run_count: 2,
          unscored_run_count: 1,
          unscored_share: 0.5,
          unscored_examples: { count: 1, example_ids: [c] },
        },
        unevenly_scored: true,
      });
      const all = await compare(experiments[1], experiments[0], "include_changed=true");
      expect(all).toMatchObject({ include_changed: true, compared_example_count: 3, changed: { example_ids: [b] } });
      expect(all.evaluations[0]).toMatchObject({ pair_count: 2, baseline: { mean: near(0.6) } });
      expect([a, b, c]).not.toContain(compared.only_baseline.example_ids[0]);
    });

    test("an example that was changed back is not changed", async () => {
      const example_ids = ["x"];
      const dataset = await givenDataset(service, [{ n: 1, m: 2 }], { example_ids });
      const baseline = await givenScored(service, dataset);
      await givenDataset(service, [{ n: 2 }], { name: dataset.name, example_ids });
      const back = await givenDataset(service, [{ m: 2.0, n: 1 }], { name: dataset.name, example_ids });
      const experiment = await givenScored(service, back);
      expect(await compare(experiment, baseline)).toMatchObject({ compared_example_count: 1, changed: { count: 0 } });
    });

    test("20 at most of each kind are named", async () => {
      const dataset = await givenExamples(service, 25);
      const baseline = await givenScored(service, dataset, { run: () => undefined });
      const experiment = await givenScored(service, dataset, { evaluations: { judged: score } });
      const [{ baseline: before }] = (await compare(experiment, baseline)).evaluations;
      expect(before.unscored_examples).toEqual({ count: 25, example_ids: dataset.exampleIds.slice(0, 20) });
    });

    test("a missing score counts as missing, not as zero, however it came about", async () => {
      const dataset = await givenExamples(service, 6);
      const baseline = await givenScored(service, dataset, {
        repetitions: 2,
        evaluations: { judged: (i) => score(i) },
      });
      const experiment = await givenScored(service, dataset, {
        repetitions: 2,
        // Of 0 one run is missing, of 1 one failed, of 2 one evaluator failed, of 3 one gave a label alone; of 4 all is missing.
        run: (i, r) => (i === 4 || (i === 0 && r === 2) ? undefined : i === 1 && r === 2 ? { error: "no answer" } : {}),
        evaluations: {
          judged: (i, r) => (r === 2 && i <= 2 ? undefined : r === 2 && i === 3 ? { label: "bad" } : score(i + r)),
        },
      });
      const { evaluations, error_rate, latency_ms } = await compare(experiment, baseline);
      expect(evaluations[0]).toMatchObject({
        pair_count: 5,
        experiment: {
          mean: near((1 + 2 + 3 + 4 + 6.5) / 5),
          run_count: 12,
          unscored_run_count: 6,
          unscored_share: 0.5,
          unscored_examples: { count: 1, example_ids: [dataset.exampleIds[4]] },
        },
        unevenly_scored: true,
      });
      expect(error_rate.experiment).toMatchObject({ mean: near(0.1), unscored_run_count: 3 });
      expect(latency_ms.experiment).toMatchObject({ unscored_run_count: 4 });
    });

    test("a candidate that drops the hard examples is flagged, though as many are missing elsewhere", async () => {
      const one = await compareScores([1, 0, null, 1], [1, null, 0, 1]);
      expect(one).toMatchObject({
        unevenly_scored: true,
        baseline: { unscored_share: 0.25 },
        experiment: { unscored_share: 0.25 },
      });
      expect(await compareScores([1, 0, null, 1], [1, 0, null, 1])).toMatchObject({ unevenly_scored: false });
    });

    test("runs beyond the repetitions of an experiment count", async () => {
      const dataset = await givenExamples(service, 2);
      const baseline = await givenScored(service, dataset, { evaluations: { judged: score } });
      const more = await givenScored(service, dataset, {
        repetitions: 3,
        evaluations: { judged: (i, r) => score(i + r) },
      });
      await service.database.query("update experiments set repetitions = 2 where id = $1", [rowidOf(more)]);
      const [{ experiment }] = (await compare(more, baseline)).evaluations;
      expect(experiment).toMatchObject({ mean: near(2.5), run_count: 6, unscored_run_count: 0 });
    });
  });

  test("200: 100 evaluations at most, in the order of their names, unless others are asked for", async () => {
    const dataset = await givenExamples(service, 1);
    const names = Array.from({ length: 103 }, (_, n) => `n${String(n).padStart(3, "0")}`);
    const evaluations = Object.fromEntries(
      [...names, "é", "z", "Z", "__proto__"].map((name) => [name, () => score(1)]),
    );
    Object.defineProperty(evaluations, "__proto__", { value: () => score(1), enumerable: true });
    const id = await givenScored(service, dataset, { evaluations });
    const compared = await compare(id, id);
    expect(compared.more_evaluations).toBe(true);
    expect(compared.evaluations.map(({ name }: { name: string }) => name)).toEqual([
      "Z",
      "__proto__",
      ...names.slice(0, 98),
    ]);
    expect(compared.evaluations[1]).toMatchObject({ pair_count: 1, baseline: { mean: near(1) } });
    const asked = await compare(id, id, "evaluation=%C3%A9&evaluation=n102");
    expect(asked.more_evaluations).toBe(false);
    expect(asked.evaluations).toMatchObject([
      { name: "é", pair_count: 1 },
      { name: "n102", pair_count: 1 },
    ]);
  });

  describe("the baseline", () => {
    test("200: is what the tag `baseline` points at, or another tag, or an experiment", async () => {
      const dataset = await givenExamples(service, 1);
      const [one, other, third] = [0, 1, 2].map((n) =>
        givenScored(service, dataset, { fields: { name: `number ${n}` } }),
      );
      const ids = [await one, await other, await third] as [string, string, string];
      await tag(ids[0], "baseline");
      await tag(ids[1], "main");
      const baselineOf = async (query: string) => (await ask(ids[2], query)).body.data.baseline.id;
      expect(await baselineOf("")).toBe(ids[0]);
      expect(await baselineOf("baseline=")).toBe(ids[0]);
      expect(await baselineOf("baseline=main")).toBe(ids[1]);
      expect(await baselineOf(`baseline=${encodeURIComponent(ids[2])}`)).toBe(ids[2]);
      await tag(ids[1], "baseline");
      expect(await baselineOf("")).toBe(ids[1]);
      expect((await ask(ids[2])).body.data).toMatchObject({
        experiment: {
          id: ids[2],
          name: "number 2",
          repetitions: 1,
          example_count: 1,
          dataset_version_id: dataset.versionId,
        },
        baseline: { name: "number 1" },
        margin: null,
      });
    });

    test("404: there is none, and how to have one is said", async () => {
      const id = await givenScored(service, await givenExamples(service, 1));
      const { status, body } = await ask(id);
      expect(status).toBe(404);
      expect(body.detail).toMatch(/No experiment of the dataset has the tag baseline.*POST .*tags/);
      expect((await ask(id, "baseline=main")).body.detail).toContain("the tag main");
    });

    test("404: tags of other datasets are not this one's", async () => {
      const id = await givenScored(service, await givenExamples(service, 1));
      await tag(await givenScored(service, await givenExamples(service, 1)), "theirs");
      expect((await ask(id, "baseline=theirs")).status).toBe(404);
    });

    test.each([idOf("Experiment", 999_999), idOf("Experiment", 0)])("404: there is no experiment %s", async (id) => {
      const own = await givenScored(service, await givenExamples(service, 1));
      const { status, body } = await ask(own, `baseline=${encodeURIComponent(id)}`);
      expect([status, body.detail]).toEqual([404, `Experiment with ID ${id} does not exist`]);
      expect((await ask(id)).status).toBe(404);
    });

    test("422: an experiment over another dataset", async () => {
      const ids = [
        await givenScored(service, await givenExamples(service, 1)),
        await givenScored(service, await givenExamples(service, 1)),
      ];
      const { status, body } = await ask(ids[0] ?? "", `baseline=${encodeURIComponent(ids[1] ?? "")}`);
      expect([status, body.errors[0].pointer]).toEqual([422, "/query/baseline"]);
    });
  });

  test.each([
    "margin=0",
    "margin=-1",
    "margin=x",
    "margin=",
    "margin=1e999",
    "margin=0x10",
    "margin=Infinity",
    "margin=NaN",
  ])("422: %s", async (query) => {
    const { status, body } = await ask(idOf("Experiment", 1), query);
    expect([status, body.errors[0].pointer]).toEqual([422, "/query/margin"]);
  });

  test.each(["level=0", "level=1", "level=95", "level=x", "include_changed=maybe"])("422: %s", async (query) => {
    expect((await ask(idOf("Experiment", 1), query)).status).toBe(422);
  });

  test("422: an experiment with more rows than are read at once", async () => {
    const dataset = await givenExamples(service, 1);
    const id = await givenScored(service, dataset, { evaluations: { judged: score } });
    await service.database.query("update experiment_counters set successful_runs = 10000000 where experiment_id = $1", [
      rowidOf(id),
    ]);
    const { status, body } = await ask(id, `baseline=${encodeURIComponent(id)}`);
    expect([status, body.errors[0].code]).toEqual([422, "too_large"]);
  });
});

const rowidOf = (id: string) => Number(Buffer.from(id, "base64").toString().split(":")[1]);
