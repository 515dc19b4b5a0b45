import { describe, expect, test } from "vitest";
import { givenDataset, givenExperimentOver, givenSpans } from "../src/given.ts";
import { idOf } from "../src/requests.ts";
import {
  between,
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

async function summary(experimentId: string) {
  const { status, body, text } = await service.get(`/v1/experiments/${experimentId}/summary`);
  expect(status, text).toBe(200);
  return body.data;
}

describe("getExperimentSummary", () => {
  test("200: agrees with scipy and NumPy", async () => {
    const dataset = await givenExamples(service, 40);
    const id = await givenScored(service, dataset, {
      repetitions: 3,
      run: (i, r) => lasting(latency(1, i, r)),
      evaluations: {
        quality: (i, r) => score(quality(1, i, r)),
        passed: (i, r) => (r === 1 ? score(passed(1, i)) : undefined),
      },
    });
    const { evaluations, more_evaluations, latency_ms, errors } = await summary(id);
    expect(more_evaluations).toBe(false);
    // q is of all 120 scores
    expect(evaluations[1]).toEqual({
      name: "quality",
      evaluation_count: 120,
      error_count: 0,
      scored_run_count: 120,
      unscored_run_count: 0,
      scored_example_count: 40,
      unscored_example_count: 0,
      mean: near(0.5741666666666667), // numpy.mean(e)
      interval: between(0.95, 0.510187278739874, 0.6381460545934594), // scipy.stats.t.interval(.95, 39, e.mean(), scipy.stats.sem(e))
      standard_deviation: near(0.19948498114665483), // numpy.std(q, ddof=1)
      min: 0.18,
      p10: expect.closeTo(0.32, 12), // numpy.quantile(q, .1)
      median: expect.closeTo(0.57, 12),
      p90: expect.closeTo(0.852, 12),
      max: 0.97,
      labels: [],
    });
    expect(evaluations[0]).toMatchObject({
      scored_run_count: 40,
      unscored_run_count: 80,
      mean: near(26 / 40),
      interval: between(0.95, 0.4950588083725769, 0.7786547112682372), // …proportion_confint(26, 40, method="wilson")
    });
    expect(latency_ms).toMatchObject({ run_count: 120, missing_run_count: 0, mean: near(1260.6666666666665) });
    expect(errors).toEqual({
      run_count: 120,
      failed_run_count: 0,
      missing_run_count: 0,
      mean: { value: 0, reason: null },
      interval: { level: 0.95, low: expect.any(Number), high: expect.any(Number), reason: null },
    });
  });

  test("200: every example weighs the same, and a missing score is counted and not averaged in", async () => {
    const dataset = await givenExamples(service, 4);
    const id = await givenScored(service, dataset, {
      repetitions: 2,
      run: (i, r) =>
        i === 3 ? undefined : i === 1 && r === 2 ? { error: "no", ...lasting(9000) } : lasting(1000 * (i + 1)),
      evaluations: { judged: (i, r) => (i === 0 ? score(r) : i === 1 && r === 1 ? score(7) : undefined) },
    });
    const failed = { experiment_run_id: (await service.get(`/v1/experiments/${id}/runs`)).body.data[0].id };
    const error = { ...failed, name: "judged", annotator_kind: "LLM", start_time: 0, end_time: 1, error: "overloaded" };
    expect((await service.post("/v1/experiment_evaluations", error)).status).toBe(200);
    const { evaluations, latency_ms, errors } = await summary(id);
    expect(evaluations).toMatchObject([
      {
        evaluation_count: 4,
        error_count: 1,
        scored_run_count: 3,
        unscored_run_count: 5,
        scored_example_count: 2,
        unscored_example_count: 2,
        mean: near((1.5 + 7) / 2),
        median: 2,
      },
    ]);
    expect(latency_ms).toMatchObject({
      run_count: 5, // without the failed one
      missing_run_count: 3,
      total: near(10_000),
      mean: near(2000),
      p50: 2000,
      p99: expect.closeTo(3000),
    });
    expect(errors).toMatchObject({ run_count: 6, failed_run_count: 1, missing_run_count: 2, mean: near(1 / 6) });
  });

  test("200: shares of labels, the 50 most frequent and all others together", async () => {
    const dataset = await givenExamples(service, 60);
    const id = await givenScored(service, dataset, {
      evaluations: { kind: (i) => ({ label: i < 3 ? "often" : `label ${i + 100}` }) },
    });
    const [{ labels }] = (await summary(id)).evaluations;
    expect(labels).toHaveLength(51);
    expect(labels[0]).toEqual({ label: "often", run_count: 3, share: 3 / 60 });
    expect(labels[50]).toEqual({ label: null, run_count: 8, share: expect.closeTo(8 / 60) });
  });

  test("200: goes by the bounds that an annotation config says", async () => {
    const id = await givenScored(service, await givenExamples(service, 20), {
      evaluations: { steady: () => score(3) },
    });
    const interval = async () => (await summary(id)).evaluations[0].interval;
    expect(await interval()).toMatchObject({ low: null, high: null, reason: "no_variance" });
    const config = {
      name: "steady",
      type: "CONTINUOUS",
      optimization_direction: "NONE",
      lower_bound: 0,
      upper_bound: 5,
    };
    await service.post("/v1/annotation_configs", config);
    const reach = 5 * (1 - 0.025 ** (1 / 20));
    expect(await interval()).toEqual(between(0.95, 3 - reach, 3 + reach));
  });

  test("200: tokens, also those that come later, until their project is deleted", async () => {
    const dataset = await givenExamples(service, 2);
    const traces = ["11111111111111111111111111111111", "22222222222222222222222222222222"];
    const id = await givenScored(service, dataset, { run: (i) => ({ trace_id: traces[i] }) });
    const tokens = async () => {
      const { prompt_tokens, completion_tokens } = await summary(id);
      return [prompt_tokens, completion_tokens];
    };
    const nothing = {
      run_count: 0,
      missing_run_count: 2,
      total: none("no_values"),
      mean: none("no_values"),
      p50: null,
    };
    expect(await tokens()).toMatchObject([nothing, nothing]);
    const { project_name } = (await service.get(`/v1/experiments/${id}`)).body.data;
    const call = (traceId: string | undefined, prompt: number) => ({
      traceId: traceId ?? "",
      kind: "LLM",
      attributes: { "llm.token_count.prompt": prompt, "llm.token_count.completion": 5 },
    });
    await givenSpans(service, project_name, [call(traces[0], 10)]);
    expect(await tokens()).toMatchObject([
      { run_count: 1, missing_run_count: 1, total: { value: 10 }, mean: { value: 10 } },
      { run_count: 1, total: { value: 5 } },
    ]);
    await givenSpans(service, "elsewhere", [call(traces[1], 30), call(traces[0], 2)]);
    expect(await tokens()).toMatchObject([
      { run_count: 2, total: { value: 42 }, mean: { value: 21 } },
      { total: { value: 15 } },
    ]);
    expect((await service.delete("/v1/projects/elsewhere")).status).toBe(204);
    expect(await tokens()).toMatchObject([{ run_count: 1, total: { value: 10 } }, { run_count: 1 }]);
  });

  test("200: an experiment with nothing", async () => {
    const { id } = await givenExperimentOver(service, await givenDataset(service, []));
    expect(await summary(id)).toMatchObject({
      evaluations: [],
      errors: { run_count: 0, missing_run_count: 0, mean: none("no_values") },
      latency_ms: { run_count: 0, p50: null, interval: { low: null, high: null, reason: "no_values" } },
    });
  });

  test("200: scores that overflow when they are added up", async () => {
    const id = await givenScored(service, await givenExamples(service, 3), {
      evaluations: { huge: (i) => score([1.7e308, 1.7e308, -1.7e308][i] ?? 0) },
      run: (i) => (i === 0 ? { start_time: "0001-01-01T00:00:00Z", end_time: "9999-01-01T00:00:00Z" } : {}),
    });
    const { evaluations, latency_ms } = await summary(id);
    expect(evaluations[0]).toMatchObject({
      mean: { value: expect.closeTo(1.7e308 / 3, -298), reason: null },
      max: 1.7e308,
      standard_deviation: none("out_of_range"),
    });
    expect(latency_ms.total.value).toBeGreaterThan(3e14);
  });

  test("404: there is no such experiment", async () => {
    const { status, body } = await service.get(`/v1/experiments/${idOf("Experiment", 999_999)}/summary`);
    expect([status, body.code]).toEqual([404, "not_found"]);
  });

  test("422: one with more rows than are read at once, of which a list has no summary", async () => {
    const dataset = await givenExamples(service, 1);
    const [small, large] = [await givenScored(service, dataset), await givenScored(service, dataset)];
    const rowid = Buffer.from(large, "base64").toString().split(":")[1];
    await service.database.query("update experiment_counters set failed_runs = 10000000 where experiment_id = $1", [
      rowid,
    ]);
    const path = `/v1/datasets/${dataset.id}/experiments?include=summary`;
    const pages = [await service.get(path)];
    pages.push(await service.get(`${path}&cursor=${encodeURIComponent(pages[0]?.body.next_cursor)}`));
    expect(pages.map(({ body }) => body.data)).toMatchObject([
      [{ id: large, summary: null }], // and the other one, which is not to be read together with it, on the next page
      [{ id: small, summary: { evaluations: [] } }],
    ]);
    expect(pages[1]?.body.next_cursor).toBeNull();
    const { status, body } = await service.get(`/v1/experiments/${large}/summary`);
    expect([status, body.errors[0].code]).toEqual([422, "too_large"]);
  });

  test("422: only where an evaluation is of interest that there are too many of", async () => {
    const evaluations = { few: () => score(1), many: () => score(0) };
    const id = await givenScored(service, await givenExamples(service, 1), { evaluations });
    await service.database.query(
      "update evaluation_counters set evaluations = 10000000 where name = 'many' and experiment_id = $1",
      [Buffer.from(id, "base64").toString().split(":")[1]],
    );
    const power = (name: string) => service.get(`/v1/experiments/${id}/power?evaluation=${name}`);
    const answers = [service.get(`/v1/experiments/${id}/summary`), power("many"), power("few")];
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([422, 422, 200]);
  });
});

describe("include=summary", () => {
  test("getExperiment, 200: adds to the experiment what its summary is", async () => {
    const id = await givenScored(service, await givenExamples(service, 2), { evaluations: { judged: score } });
    const plain = (await service.get(`/v1/experiments/${id}`)).body.data;
    expect(plain).not.toHaveProperty("summary");
    const { body } = await service.get(`/v1/experiments/${id}?include=summary`);
    expect(body.data).toEqual({ ...plain, summary: await summary(id) });
  });

  test("listExperiments, 200: adds to each experiment what its summary is, page by page", async () => {
    const dataset = await givenExamples(service, 3);
    const ids: string[] = [];
    for (let n = 0; n < 12; n++)
      ids.unshift(
        await givenScored(service, dataset, {
          evaluations: { judged: (i) => score(i * n), [`of ${n}`]: () => score(1) },
        }),
      );
    await givenSpans(service, "default", []);
    const path = `/v1/datasets/${dataset.id}/experiments`;
    const plain = (await service.get(path)).body.data;
    const { body } = await service.get(`${path}?include=summary`);
    const summaries = await Promise.all(ids.map(summary));
    expect(body.data).toEqual(plain.map((experiment: object, n: number) => ({ ...experiment, summary: summaries[n] })));
    const first = await service.get(`${path}?include=summary&limit=5`);
    const second = await service.get(
      `${path}?include=summary&limit=50&cursor=${encodeURIComponent(first.body.next_cursor)}`,
    );
    expect([...first.body.data, ...second.body.data]).toEqual(body.data);
  });

  test("404: there is no such experiment", async () => {
    expect((await service.get(`/v1/experiments/${idOf("Experiment", 999_999)}?include=summary`)).status).toBe(404);
  });

  test("422: something else", async () => {
    const { status, body } = await service.get(`/v1/experiments/${idOf("Experiment", 1)}?include=runs`);
    expect([status, body.errors[0].pointer]).toEqual([422, "/query/include/0"]);
  });
});
