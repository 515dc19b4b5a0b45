/** Figures are kept until something is written. What is kept is always what would be computed anew. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluationOf, type GivenDataset, givenSpans, newTraceId, runOf } from "../src/given.ts";
import { givenExamples, givenScored, score } from "../src/scored.ts";
import { type Service, startService, useService } from "../src/service.ts";

const service = useService();

/** Everything that is computed of two experiments. */
async function figuresOf(service: Service, [baseline, experiment]: readonly [string, string], datasetId: string) {
  const of = encodeURIComponent(baseline);
  const paths = [
    `${experiment}/comparison`,
    `${experiment}/comparison?baseline=${of}&level=0.9&evaluation=b`,
    `${experiment}/comparison/examples?sort=difference`,
    `${experiment}/comparison/examples?baseline=${of}&evaluation=b`,
    `${experiment}/summary`,
    `${baseline}/summary`,
    `${experiment}/power?baseline=${of}&difference=0.1`,
  ];
  const answers = await Promise.all(paths.map((path) => service.get(`/v1/experiments/${path}`)));
  answers.push(await service.get(`/v1/datasets/${datasetId}/experiments?include=summary`));
  for (const { status, text } of answers) expect(status, text).toBe(200);
  return answers.map(({ text }) => text);
}

/** Ways to write something on which figures depend. `n` and `value` say what. */
const writes = {
  async evaluation({ ids, runs }: World, n: number, value: number) {
    const side = n % 2;
    const name = n % 3 === 0 ? "a" : "b";
    const result = n % 5 === 0 ? { label: `label ${n % 4}` } : { score: value, label: n % 7 === 0 ? "x" : null };
    await put(`/v1/experiment_evaluations`, evaluationOf(runs[side]?.[n % 6] ?? "", name, { result }));
    return ids;
  },
  async run({ dataset, ids }: World, n: number, value: number) {
    const fields = {
      repetition_number: 3 + (n % 3),
      error: n % 2 === 0 ? "failed" : null,
      end_time: 1763803800 + value,
    };
    const { status } = await service.post(`/v1/experiments/${ids[n % 2]}/runs`, {
      ...runOf(dataset.exampleIds[n % 6], fields),
      start_time: 1763803800,
    });
    expect([200, 409]).toContain(status);
  },
  async batch({ dataset, ids }: World, n: number, value: number) {
    const evaluation = { name: "c", annotator_kind: "CODE", start_time: 0, end_time: 1, result: { score: value } };
    const runs = dataset.exampleIds.map((id) => ({ ...runOf(id), evaluations: [evaluation] }));
    await put(`/v1/experiments/${ids[n % 2]}/runs/batch`, { runs });
  },
  async span({ traces }: World, n: number, value: number) {
    const attributes = { "llm.token_count.prompt": Math.ceil(value * 100) };
    await givenSpans(service, `project ${n % 3}`, [{ traceId: traces[n % 2] ?? "", kind: "LLM", attributes }]);
  },
  async project(_: World, n: number) {
    await service.delete(`/v1/projects/${encodeURIComponent(`project ${n % 3}`)}`);
  },
  async config(_: World, n: number, value: number) {
    const name = n % 2 === 0 ? "a" : "b";
    await service.delete(`/v1/annotation_configs/${name}`);
    const optimization_direction = ["MAXIMIZE", "MINIMIZE", "NONE"][n % 3];
    const bounds = n % 4 === 0 ? {} : { lower_bound: 0, upper_bound: 1 + value };
    if (n % 5 > 0) await put("/v1/annotation_configs", { name, type: "CONTINUOUS", optimization_direction, ...bounds });
  },
  async tag({ ids }: World, n: number) {
    await put(`/v1/experiments/${ids[n % 2]}/tags`, { name: "baseline" });
  },
};

interface World {
  dataset: GivenDataset;
  ids: readonly [string, string];
  /** The ids of six runs of each experiment. */
  runs: string[][];
  traces: string[];
}

async function put(path: string, body: object) {
  const { status, text } = await service.post(path, body);
  expect([200, 201], text).toContain(status);
}

async function givenTwo(): Promise<World> {
  const dataset = await givenExamples(service, 6);
  const traces = [newTraceId(), newTraceId()];
  const ids = [0, 1].map((side) =>
    givenScored(service, dataset, {
      run: (i) => ({ trace_id: traces[side], output: i }),
      evaluations: { a: (i) => score(i / 10 + side / 20), b: (i) => score((i + side) % 2) },
    }),
  );
  const [baseline, experiment] = [await ids[0], await ids[1]] as [string, string];
  await put(`/v1/experiments/${baseline}/tags`, { name: "baseline" });
  const runs = [baseline, experiment].map(async (id) => {
    const { body } = await service.get(`/v1/experiments/${id}/runs`);
    return body.data.map((run: { id: string }) => run.id);
  });
  return { dataset, ids: [baseline, experiment], runs: await Promise.all(runs), traces };
}

describe("what is kept", () => {
  test("is what is computed anew, after whatever was written", async () => {
    const names = fc.constantFrom(...(Object.keys(writes) as (keyof typeof writes)[])); // its own keys
    const step = fc.tuple(names, fc.nat(1000), fc.double({ min: 0, max: 1, noNaN: true }));
    const property = fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async (steps) => {
      const world = await givenTwo();
      let kept = await figuresOf(service, world.ids, world.dataset.id);
      for (const [name, n, value] of steps) {
        await writes[name](world, n, value);
        kept = await figuresOf(service, world.ids, world.dataset.id);
      }
      const fresh = await startService({}, { over: service });
      try {
        expect(await figuresOf(fresh.service, world.ids, world.dataset.id)).toEqual(kept);
      } finally {
        await fresh.stop();
      }
    });
    await fc.assert(property, { numRuns: 5, endOnFailure: true });
  }, 120_000);

  test("is the same for all who ask at once", async () => {
    const { ids } = await givenTwo();
    const path = `/v1/experiments/${ids[1]}/comparison`;
    const answers = await Promise.all(Array.from({ length: 30 }, () => service.get(path)));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  });

  test("has whatever was written before it was asked for, while others write and ask", async () => {
    const { ids, runs } = await givenTwo();
    const writeAndAsk = async (name: string) => {
      for (let value = 1; value <= 10; value++) {
        await put("/v1/experiment_evaluations", evaluationOf(runs[1]?.[0] ?? "", name, { result: score(value) }));
        const { body } = await service.get(`/v1/experiments/${ids[1]}/summary`);
        const evaluation = body.data.evaluations.find((each: { name: string }) => each.name === name);
        expect(evaluation).toMatchObject({ scored_run_count: 1, max: value });
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, n) => writeAndAsk(`writer ${n}`)));
  });

  test("is not given of an experiment that has been deleted", async () => {
    const { ids } = await givenTwo();
    const of = (id: string) =>
      ["comparison", "comparison/examples", "summary", "power"].map((path) => `/v1/experiments/${id}/${path}`);
    for (const path of of(ids[1])) expect((await service.get(path)).status).toBe(200);
    await service.delete(`/v1/experiments/${ids[1]}`);
    for (const path of of(ids[1])) expect((await service.get(path)).status).toBe(404);
    const { status } = await service.get(`/v1/experiments/${ids[0]}/comparison?baseline=${encodeURIComponent(ids[1])}`);
    expect(status).toBe(404);
  });
});
