import { beforeAll, describe, expect, test } from "vitest";
import { givenDataset } from "../src/given.ts";
import { idOf } from "../src/requests.ts";
import { givenExamples, givenScored, lasting, score } from "../src/scored.ts";
import { useService } from "../src/service.ts";

const service = useService();

const pathOf = (experimentId: string, baselineId: string, query: string) =>
  `/v1/experiments/${experimentId}/comparison/examples?baseline=${encodeURIComponent(baselineId)}&${query}`;

/** A row of a page, as far as tests look into it. */
interface Row {
  example_id: string;
  change: string | null;
  difference: number | null;
  content_changed: boolean;
  evaluation: string | null;
  baseline: Side | null;
  experiment: Side | null;
}
interface Side {
  input: { n: unknown };
  value: number | null;
  flaky: boolean;
  runs: object[];
}

async function list(ids: readonly [baseline: string, experiment: string], query = "") {
  const { status, body, text } = await service.get(pathOf(ids[1], ids[0], query));
  expect(status, text).toBe(200);
  return body as { data: Row[]; next_cursor: string | null };
}

/** Two experiments over as many examples as there are scores on each side. */
async function givenPair(before: (number | null)[], after: (number | null)[]) {
  const dataset = await givenExamples(service, before.length);
  const [baseline, experiment] = await Promise.all(
    [before, after].map((scores) =>
      givenScored(service, dataset, {
        evaluations: { judged: (i) => (scores[i] === null ? undefined : { score: scores[i] }) },
      }),
    ),
  );
  return { dataset, ids: [baseline ?? "", experiment ?? ""] as const };
}

describe("listComparedExamples", () => {
  test("200: an example with what both sides made of it", async () => {
    const dataset = await givenDataset(service, [{ n: 1.0 }], { outputs: [{ answer: "42" }] });
    const baseline = await givenScored(service, dataset, {
      repetitions: 2,
      run: (_, r) =>
        r === 2 ? { output: null, error: "no answer", ...lasting(1500) } : { output: ["a", 1], ...lasting(250.5) },
      evaluations: {
        judged: (_, r) => (r === 1 ? { score: 0.25, label: "poor", explanation: "too short" } : undefined),
        other: () => score(9),
      },
    });
    const experiment = await givenScored(service, dataset, {
      repetitions: 2,
      run: () => ({ output: "b", trace_id: "0af7651916cd43dd8448eb211c80319c", ...lasting(1000) }),
      evaluations: { judged: (_, r) => score(r) },
    });
    const { data, next_cursor } = await list([baseline, experiment]);
    expect(next_cursor).toBeNull();
    const run = {
      id: expect.stringMatching(/./),
      error: null,
      trace_id: null,
      label: null,
      explanation: null,
      evaluation_error: null,
    };
    const example = { input: { n: 1 }, reference_output: { answer: "42" }, flaky: false, run_count: 2 };
    expect(data).toEqual([
      {
        example_id: dataset.exampleIds[0],
        evaluation: "judged",
        change: "improved",
        content_changed: false,
        difference: 1.25,
        baseline: {
          ...example,
          value: 0.25,
          spread: { value: null, reason: "too_few" },
          runs: [
            {
              ...run,
              repetition_number: 1,
              output: ["a", 1],
              latency_ms: 250,
              score: 0.25,
              label: "poor",
              explanation: "too short",
            },
            { ...run, repetition_number: 2, output: null, error: "no answer", latency_ms: 1500, score: null },
          ],
        },
        experiment: {
          ...example,
          value: 1.5,
          spread: { value: expect.closeTo(Math.SQRT1_2, 12), reason: null }, // numpy.std([1, 2], ddof=1)
          runs: [1, 2].map((r) => ({
            ...run,
            repetition_number: r,
            output: "b",
            latency_ms: 1000,
            score: r,
            trace_id: "0af7651916cd43dd8448eb211c80319c",
          })),
        },
      },
    ]);
    expect(Object.keys(data[0]?.baseline ?? {})).toEqual([
      "input",
      "reference_output",
      "value",
      "spread",
      "flaky",
      "run_count",
      "runs",
    ]);
  });

  test("200: content comes back as it was sent", async () => {
    const content = '{"b":1.0,"a":12345678901234567890,"\\u0000":"\\ud800"}';
    const upload = `{"name":"exact","inputs":[${content}],"outputs":[${content}]}`;
    const { body } = await service.post("/v1/datasets/upload?sync=true", upload);
    const made = await service.post(`/v1/datasets/${body.data.dataset_id}/experiments`, {});
    const { id } = made.body.data;
    const examples = await service.get(`/v1/datasets/${body.data.dataset_id}/examples`);
    const run = `{"dataset_example_id":"${examples.body.data.examples[0].node_id}","repetition_number":1,"output":${content},"start_time":0,"end_time":1}`;
    expect((await service.post(`/v1/experiments/${id}/runs`, run)).status).toBe(200);
    const { text } = await service.get(pathOf(id, id, ""));
    expect(text.split(content)).toHaveLength(7); // input, reference and output, on both sides
  });

  describe("200: over versions of a dataset", () => {
    let ids: readonly [string, string];
    let exampleIds: Record<"a" | "b" | "c" | "d" | "e", string>;

    beforeAll(async () => {
      const first = await givenDataset(
        service,
        [1, 2, 3, 4].map((n) => ({ n })),
        { example_ids: ["a", "b", "c", "d"] },
      );
      const evaluations = { judged: (i: number) => (i === 2 ? undefined : score(i)) };
      const baseline = await givenScored(service, first, { evaluations });
      const later = await givenDataset(
        service,
        [1, "two", 3, 5].map((n) => ({ n })),
        { name: first.name, example_ids: ["a", "b", "c", "e"] },
      );
      ids = [baseline, await givenScored(service, later, { evaluations })];
      const [a = "", b = "", c = "", d = ""] = first.exampleIds;
      exampleIds = { a, b, c, d, e: later.exampleIds[3] ?? "" };
    });

    test("each side has the example as it was in its own", async () => {
      const { data } = await list(ids);
      const { a, b, c, d, e } = exampleIds;
      expect(
        data.map(({ example_id, change, content_changed, difference }) => [
          example_id,
          change,
          content_changed,
          difference,
        ]),
      ).toEqual([
        [a, "unchanged", false, 0],
        [b, "changed", true, null],
        [c, "unscored", false, null],
        [d, "only_baseline", false, null],
        [e, "only_experiment", false, null],
      ]);
      expect(data[1]).toMatchObject({
        baseline: { input: { n: 2 }, value: 1 },
        experiment: { input: { n: "two" }, value: 1 },
      });
      expect(data[3]).toMatchObject({ baseline: { input: { n: 4 } }, experiment: null });
      expect(data[4]).toMatchObject({ baseline: null, experiment: { input: { n: 5 }, run_count: 1 } });
    });

    test("what changed is compared too if that is asked for, and is still known to have changed", async () => {
      const { data } = await list(ids, "include_changed=true");
      expect(data[1]).toMatchObject({ change: "unchanged", content_changed: true, difference: 0 });
      for (const query of ["change=changed", "change=changed&include_changed=true"])
        expect((await list(ids, query)).data).toMatchObject([{ example_id: exampleIds.b }]);
    });

    test.each([
      ["unchanged", ["a"]],
      ["changed", ["b"]],
      ["unscored", ["c"]],
      ["only_baseline", ["d"]],
      ["only_experiment", ["e"]],
      ["improved", []],
      ["regressed", []],
    ] as const)("only those of which %s holds", async (change, names) => {
      const { data } = await list(ids, `change=${change}`);
      expect(data.map(({ example_id }) => example_id)).toEqual(names.map((name) => exampleIds[name]));
    });
  });

  describe("200: in order", () => {
    const before = [0.5, 0.5, 0.5, 0.5, null, 0.5, 0.1 + 0.2, 0.5];
    const after = [0.9, 0.1, 0.5, 0.1, 0.5, 0.7, 0.3, 0.4];
    let pair: Awaited<ReturnType<typeof givenPair>>;
    beforeAll(async () => {
      pair = await givenPair(before, after);
    });

    const places = async (query: string) =>
      (await list(pair.ids, query)).data.map(({ example_id }) => pair.dataset.exampleIds.indexOf(example_id));

    test.each([
      ["sort=id", [0, 1, 2, 3, 4, 5, 6, 7]],
      ["sort=difference", [1, 3, 7, 2, 6, 5, 0, 4]],
      ["sort=-difference", [0, 5, 6, 2, 7, 3, 1, 4]],
      ["sort=difference&minimize=judged", [0, 5, 6, 2, 7, 3, 1, 4]],
      ["sort=-difference&minimize=judged", [1, 3, 7, 2, 6, 5, 0, 4]],
      ["sort=difference&change=regressed", [1, 3, 7]],
      ["sort=difference&change=regressed&minimize=judged", [0, 5]],
      ["change=improved", [0, 5]],
      ["change=unchanged", [2, 6]], // 0.1 + 0.2 is 0.3 but for rounding
    ])("%s", async (query, order) => {
      expect(await places(query)).toEqual(order);
    });

    test.each([
      "sort=id",
      "sort=difference",
      "sort=-difference",
      "sort=difference&change=regressed",
      "sort=-difference&change=unscored",
    ])("the pages of %s make up the whole, of whatever size they are", async (query) => {
      const whole = await list(pair.ids, query);
      for (const limit of [1, 2, 3, 7, 8]) {
        const rows: Row[] = [];
        for (let cursor: string | null = ""; cursor !== null; ) {
          const page = await list(pair.ids, `${query}&limit=${limit}&cursor=${encodeURIComponent(cursor)}`);
          rows.push(...page.data);
          cursor = page.next_cursor;
        }
        expect(rows).toEqual(whole.data);
      }
    });

    test("a cursor holds its place if what it names does not belong to the list any more", async () => {
      const [, , third] = pair.dataset.exampleIds;
      const query = `sort=difference&change=improved&cursor=${encodeURIComponent(third ?? "")}`;
      expect(await places(query)).toEqual([5, 0]); // it is unchanged, and these come after it
    });

    test("422: a cursor that is in neither experiment", async () => {
      const { exampleIds } = await givenExamples(service, 1);
      const query = `cursor=${encodeURIComponent(exampleIds[0] ?? "")}`;
      const { status, body } = await service.get(pathOf(pair.ids[1], pair.ids[0], query));
      expect([status, body.errors[0].pointer]).toEqual([422, "/query/cursor"]);
    });
  });

  test("200: `flaky` marks what differs between repetitions in its label, or in pass and failure", async () => {
    const dataset = await givenExamples(service, 3);
    const id = await givenScored(service, dataset, {
      repetitions: 3,
      evaluations: {
        label: (i, r) => ({ label: i === 1 && r === 3 ? "b" : "a" }),
        passed: (i, r) => score(i === 2 && r > 1 ? 1 : 0),
        score: (i, r) => score(i + r),
      },
    });
    const flaky = async (evaluation: string) =>
      (await list([id, id], `evaluation=${evaluation}`)).data.map(({ experiment }) => experiment?.flaky);
    expect(await flaky("label")).toEqual([false, true, false]);
    expect(await flaky("passed")).toEqual([false, false, true]);
    expect(await flaky("score")).toEqual([false, false, false]);
  });

  test("200: the evaluation is the first that either side has, unless one is named", async () => {
    const dataset = await givenExamples(service, 1);
    const baseline = await givenScored(service, dataset, { evaluations: { "b (v2)": () => score(1) } });
    const experiment = await givenScored(service, dataset, { evaluations: { c: () => score(2) } });
    const named = async (query: string) => (await list([baseline, experiment], query)).data[0];
    expect(await named("")).toMatchObject({ evaluation: "b (v2)", change: "unscored", baseline: { value: 1 } });
    expect(await named("evaluation=")).toMatchObject({ evaluation: "b (v2)" });
    expect(await named("evaluation=c")).toMatchObject({ evaluation: "c", experiment: { value: 2 } });
    expect(await named("evaluation=nonsense")).toMatchObject({ evaluation: "nonsense", change: "unscored" });
    const none = await givenScored(service, dataset);
    expect((await list([none, none])).data).toMatchObject([
      { evaluation: null, change: "unscored", experiment: { run_count: 1 } },
    ]);
  });

  test("200: neither direction is better", async () => {
    await service.post("/v1/annotation_configs", {
      name: "length",
      type: "CONTINUOUS",
      optimization_direction: "NONE",
    });
    const dataset = await givenExamples(service, 3);
    const [baseline, experiment] = await Promise.all(
      [
        [1, 1, 1],
        [2, 1, 0],
      ].map((scores) => givenScored(service, dataset, { evaluations: { length: (i) => score(scores[i] ?? 0) } })),
    );
    const { data } = await list([baseline ?? "", experiment ?? ""], "sort=difference");
    expect(data.map(({ change, difference }) => [change, difference])).toEqual([
      [null, -1],
      ["unchanged", 0],
      [null, 1],
    ]);
  });

  test("200: an example has 10 runs at most in an answer, and all of them in its figures", async () => {
    const dataset = await givenExamples(service, 1);
    const id = await givenScored(service, dataset, { repetitions: 12, evaluations: { judged: (_, r) => score(r) } });
    const [row] = (await list([id, id])).data;
    expect(row?.experiment).toMatchObject({ run_count: 12, value: 6.5 });
    expect(row?.experiment?.runs.map((run) => "score" in run && run.score)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test("200: a difference that no double holds", async () => {
    const { ids } = await givenPair([-1.7e308, 0], [1.7e308, 1]);
    expect((await list(ids, "sort=-difference")).data).toMatchObject([
      { change: "improved", difference: null },
      { change: "improved", difference: 1 },
    ]);
  });

  test.each(["change=better", "change=", "sort=score", "include_changed=x", "limit=0"])("422: %s", async (query) => {
    const { status, body } = await service.get(pathOf(idOf("Experiment", 1), idOf("Experiment", 1), query));
    expect([status, body.errors[0].pointer]).toEqual([422, `/query/${query.split("=")[0]}`]);
  });

  test("404: there is no baseline", async () => {
    const id = await givenScored(service, await givenExamples(service, 1));
    expect((await service.get(`/v1/experiments/${id}/comparison/examples`)).status).toBe(404);
  });
});
