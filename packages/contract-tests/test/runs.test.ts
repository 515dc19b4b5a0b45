import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type GivenExperiment,
  givenDataset,
  givenEvaluation,
  givenExperiment,
  givenExperimentOver,
  givenRun,
  runOf,
} from "../src/given.ts";
import { idOf } from "../src/requests.ts";
import { useService } from "../src/service.ts";

const service = useService();

const post = (experimentId: string, body: unknown) => service.post(`/v1/experiments/${experimentId}/runs`, body);
const runsOf = async (experimentId: string) => (await service.get(`/v1/experiments/${experimentId}/runs`)).body.data;
const countsOf = async (experimentId: string) => {
  const { data } = (await service.get(`/v1/experiments/${experimentId}`)).body;
  return [data.successful_run_count, data.failed_run_count, data.missing_run_count];
};
const rowidOf = (id: string) => Number(Buffer.from(id, "base64").toString().split(":")[1]);
const byRowidDescending = (a: string, b: string) => rowidOf(b) - rowidOf(a);
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Calls `send` for each of many, 50 at a time. */
async function concurrently<Item, Result>(items: Item[], send: (item: Item) => Promise<Result>): Promise<Result[]> {
  const rest = items.entries();
  const results: Result[] = [];
  const worker = async () => {
    for (const [index, item] of rest) results[index] = await send(item);
  };
  await Promise.all(Array.from({ length: 50 }, worker));
  return results;
}

/** An experiment whose runs, more than one statement of a stream reads, were recorded at the same time; the last of them failed. */
let many: GivenExperiment;
beforeAll(async () => {
  many = await givenExperiment(service, 13, { repetitions: 77 });
  const runs = many.exampleIds.flatMap((exampleId) => numbers(1, 77).map((repetition) => ({ exampleId, repetition })));
  await concurrently([...runs.entries()], ([index, { exampleId, repetition }]) =>
    givenRun(service, many.id, exampleId, {
      repetition_number: repetition,
      output: index + 1,
      error: index === 1000 ? "no" : null,
    }),
  );
});

/** Texts of JSON values, with strings, keys and spellings of numbers of every kind. */
const { jsonTexts } = fc.letrec((tie) => {
  const number = fc.stringMatching(/^-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,25})?([eE][+-]?[0-9]{1,3})?$/);
  const string = fc.string({
    unit: fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\\", '"', "\ud83d", "\0")),
  });
  const quoted = string.map((text) => JSON.stringify(text)); // which escapes lone surrogates
  const member = fc.tuple(quoted, tie("jsonTexts")).map(([name, value]) => `${name}:${value}`);
  return {
    jsonTexts: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom("null", "true", "false"),
      number,
      quoted,
      fc.array(tie("jsonTexts")).map((items) => `[${items.join()}]`),
      fc.array(member).map((members) => `{${members.join()}}`),
    ),
  };
});

describe("createExperimentRun", () => {
  test("200: the run, its fields in Phoenix's order", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const { status, body } = await post(
      id,
      runOf(exampleIds[0], { output: { answer: 42 }, error: null, trace_id: "0af7651916cd43dd8448eb211c80319c" }),
    );
    expect([status, Object.keys(body), Object.keys(body.data)]).toEqual([200, ["data"], ["id"]]);
    expect(Buffer.from(body.data.id, "base64").toString()).toMatch(/^ExperimentRun:\d+$/);
    const [run] = await runsOf(id);
    expect(Object.entries(run)).toEqual([
      ["dataset_example_id", exampleIds[0]],
      ["output", { answer: 42 }],
      ["repetition_number", 1],
      ["start_time", "2026-11-22T09:30:00+00:00"],
      ["end_time", "2026-11-22T09:30:01.500000+00:00"],
      ["trace_id", "0af7651916cd43dd8448eb211c80319c"],
      ["error", null],
      ["id", body.data.id],
      ["experiment_id", id],
      ["latency_ms", 1500],
    ]);
  });

  test("200: an output that is absent is null; fields that the contract does not have are ignored", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const run = runOf(exampleIds[0], { output: undefined, id: "temp-1234", experiment_id: "another" });
    expect((await post(id, run)).status).toBe(200);
    expect(await runsOf(id)).toEqual([expect.objectContaining({ output: null, trace_id: null, error: null })]);
  });

  describe("an output", () => {
    const outputs = [
      "null",
      "false",
      '""',
      "[]",
      "{}",
      "1.0",
      "-0.0",
      "1e3",
      "1e400",
      "12345678901234567890",
      "0.1000000000000000055511151231257827",
      '"12345678901234567890"',
      '{"b":1,"a":2,"10":3,"2":4,"":5}',
      '{"twice":1,"twice":2}',
      '{"__proto__":{"x":1},"constructor":null}',
      String.raw`"\u0000"`,
      String.raw`"\ud83d"`,
      String.raw`{"\u0000\udc00":"\u0001\u001f\u007f\/\b"}`,
      '"tab \\t, quote \\", backslash \\\\, 😀, \u2028\u2029, \u007f, e\u0301, \ufeff"',
      `${"[".repeat(500)}1${"]".repeat(500)}`,
      JSON.stringify("long".repeat(500_000)),
    ];

    test.each(outputs.map((output) => [output.slice(0, 60), output]))(
      "200: %s comes back as it was sent",
      async (_, output) => {
        const { id, exampleIds } = await givenExperiment(service);
        const run = JSON.stringify(runOf(exampleIds[0], { output: undefined }));
        expect((await post(id, `${run.slice(0, -1)},"output":${output}}`)).status).toBe(200);
        const from = (path: string) => service.get(`/v1/experiments/${id}/${path}`).then(({ text }) => text);
        expect(await from("runs")).toContain(`"output":${output},"repetition_number"`);
        expect(await from("runs?limit=1")).toContain(`"output":${output},"repetition_number"`);
        expect(await from("json")).toContain(`"output":${output},"error"`);
        expect(await from("incomplete-evaluations?evaluation_name=x")).toContain(
          `"output":${output},"repetition_number"`,
        );
      },
    );

    test("200: whatever it is, it comes back as it was sent", async () => {
      const { id, exampleIds } = await givenExperiment(service);
      let repetition_number = 0;
      const roundTrips = fc.asyncProperty(jsonTexts, async (output) => {
        const run = JSON.stringify(runOf(exampleIds[0], { repetition_number: ++repetition_number, output: undefined }));
        const { status } = await post(id, `${run.slice(0, -1)},"output":${output}}`);
        const { text } = await service.get(`/v1/experiments/${id}/runs?limit=1`);
        expect([status, text]).toEqual([200, expect.stringContaining(`"output":${output},"repetition_number"`)]);
      });
      await fc.assert(roundTrips, { numRuns: 100 });
    });

    test("200: loses the white space between its tokens, and no other", async () => {
      const { id, exampleIds } = await givenExperiment(service);
      const output = '{\r\n  "a b" : [ 1 ,\t2.0 , " \\" , : " ] , "c" : { } }';
      await post(
        id,
        JSON.stringify(runOf(exampleIds[0], { output: "?" })).replace('"?"', () => output),
      );
      const { text } = await service.get(`/v1/experiments/${id}/runs`);
      expect(text).toContain('"output":{"a b":[1,2.0," \\" , : "],"c":{}},');
    });

    test("200: given twice, counts as the validator reads it: the last", async () => {
      const { id, exampleIds } = await givenExperiment(service);
      await post(id, JSON.stringify(runOf(exampleIds[0], { output: 1 })).replace("}", ',"output":2}'));
      expect(await runsOf(id)).toEqual([expect.objectContaining({ output: 2 })]);
    });

    test("422: nested more than 500 levels deep", async () => {
      const { id, exampleIds } = await givenExperiment(service);
      const deep = `${"[".repeat(501)}${"]".repeat(501)}`;
      const { status, body } = await post(id, JSON.stringify(runOf(exampleIds[0])).replace('"done"', deep));
      expect(status).toBe(422);
      expect(body.errors).toEqual([expect.objectContaining({ pointer: "/body/output", code: "depth" })]);
    });
  });

  test("200: a failed run is replaced as a whole, and keeps its id and its evaluations", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const failed = await givenRun(service, id, exampleIds[0], {
      output: { half: 1 },
      error: "timeout",
      trace_id: "abc",
    });
    await givenEvaluation(service, failed, "accuracy");
    const again = { error: "timeout again", start_time: "2026-11-23T00:00:00Z", end_time: "2026-11-23T00:00:01Z" };
    expect(await givenRun(service, id, exampleIds[0], again)).toBe(failed);
    expect(await runsOf(id)).toEqual([
      expect.objectContaining({
        id: failed,
        output: "done",
        error: "timeout again",
        trace_id: null,
        start_time: "2026-11-23T00:00:00+00:00",
        end_time: "2026-11-23T00:00:01+00:00",
      }),
    ]);
    expect(await givenRun(service, id, exampleIds[0], { output: 7 })).toBe(failed);
    expect(await runsOf(id)).toEqual([expect.objectContaining({ id: failed, output: 7, error: null })]);
    const [exported] = (await service.get(`/v1/experiments/${id}/json`)).body;
    expect(exported.annotations).toEqual([expect.objectContaining({ name: "accuracy", score: 1 })]);
  });

  test("200: an error that is empty is an error: the run may be recorded again", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const failed = await givenRun(service, id, exampleIds[0], { error: "" });
    expect(await runsOf(id)).toEqual([expect.objectContaining({ error: "" })]);
    expect(await givenRun(service, id, exampleIds[0])).toBe(failed);
  });

  test("200: a repetition beyond the experiment's", async () => {
    const { id, exampleIds } = await givenExperiment(service, 1, { repetitions: 1 });
    for (const repetition_number of [2, 2_147_483_647])
      expect((await post(id, runOf(exampleIds[0], { repetition_number }))).status).toBe(200);
  });

  test("200: an end before the start", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const times = { start_time: "2026-11-22T09:30:01Z", end_time: "2026-11-22T09:30:00Z" };
    expect((await post(id, runOf(exampleIds[0], times))).status).toBe(200);
  });

  test("200: times as Phoenix takes them leave in UTC, with no fraction or six digits of one", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const times = { start_time: 1_704_067_200.25, end_time: "2024-01-01 05:30:00.1234567+05:30" };
    await givenRun(service, id, exampleIds[0], times);
    expect(await runsOf(id)).toEqual([
      expect.objectContaining({
        start_time: "2024-01-01T00:00:00.250000+00:00",
        end_time: "2024-01-01T00:00:00.123456+00:00",
      }),
    ]);
  });

  test("404: the experiment does not exist", async () => {
    const { exampleIds } = await givenExperiment(service);
    for (const id of [idOf("Experiment", 999_999), idOf("Dataset", 1)]) {
      const { status, body } = await post(id, runOf(exampleIds[0]));
      expect([status, body.detail]).toEqual([404, `Experiment with ID ${id} does not exist`]);
    }
  });

  test("404: the example is none of the experiment's", async () => {
    const dataset = await givenDataset(service, [{ n: 1 }, { n: 2 }], { splits: ["in", "out"] });
    const { id } = await givenExperimentOver(service, dataset, { splits: ["in"] });
    const outside = dataset.exampleIds[1];
    const later = await givenDataset(service, [{ n: 3 }], { name: dataset.name, action: "append" });
    const elsewhere = await givenDataset(service, [{ n: 1 }]);
    const strangers = [outside, later.exampleIds.at(-1), elsewhere.exampleIds[0], idOf("DatasetExample", 999_999)];
    for (const exampleId of [...strangers, idOf("Dataset", 1)]) {
      const { status, body } = await post(id, runOf(exampleId));
      expect([status, body.detail]).toEqual([404, expect.stringContaining(`DatasetExample with ID ${exampleId} `)]);
    }
    expect(await countsOf(id)).toEqual([0, 0, 1]);
  });

  test("409: a successful run is immutable", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const runId = await givenRun(service, id, exampleIds[0], { output: "first" });
    for (const fields of [{ output: "second" }, { output: "first" }, { error: "failed after all" }]) {
      const { status, body } = await post(id, runOf(exampleIds[0], fields));
      expect(status).toBe(409);
      expect(body).toMatchObject({
        code: "run_exists",
        detail: `Experiment run ${runId} already exists with a successful result and cannot be updated`,
      });
    }
    expect(await runsOf(id)).toEqual([expect.objectContaining({ id: runId, output: "first", error: null })]);
  });

  test("409: to all but one of 50 that record the same run at the same time", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const answers = await concurrently(numbers(1, 50), (output) => post(id, runOf(exampleIds[0], { output })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(49).fill(409)]);
    const winner = answers.findIndex(({ status }) => status === 200);
    expect(await runsOf(id)).toEqual([
      expect.objectContaining({ id: answers[winner]?.body.data.id, output: winner + 1 }),
    ]);
    expect(await countsOf(id)).toEqual([1, 0, 0]);
  });

  test("200: failures of the same run at the same time are one run; so is the success that replaces it", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const failures = await concurrently(numbers(1, 50), (n) => post(id, runOf(exampleIds[0], { error: `${n}` })));
    expect(new Set(failures.map(({ body }) => body.data.id)).size).toBe(1);
    expect(await countsOf(id)).toEqual([0, 1, 0]);
    const successes = await concurrently(numbers(1, 50), (output) => post(id, runOf(exampleIds[0], { output })));
    expect(successes.map(({ status }) => status).toSorted()).toEqual([200, ...Array(49).fill(409)]);
    expect(await countsOf(id)).toEqual([1, 0, 0]);
  });

  test("200 or 409: however runs and failures come together, one success per repetition is kept, and all are counted", async () => {
    const runs = fc.array(
      fc.record({ example: fc.nat(1), repetition: fc.integer({ min: 1, max: 3 }), error: fc.constantFrom(null, "no") }),
      { minLength: 10, maxLength: 40 },
    );
    const agree = fc.asyncProperty(runs, async (recorded) => {
      const { id, exampleIds } = await givenExperiment(service, 2, { repetitions: 2 });
      const statuses = await Promise.all(
        recorded.map(async ({ example, repetition, error }) => {
          const run = runOf(exampleIds[example], { repetition_number: repetition, error });
          return { error, ...(await post(id, run)) };
        }),
      );
      const ofOneRun = Map.groupBy(recorded, ({ example, repetition }) => `${exampleIds[example]} ${repetition}`);
      const expected = [...ofOneRun].map(([key, posts]) => [key, posts.some(({ error }) => error === null)] as const);
      const successes = expected.filter(([, isSuccess]) => isSuccess).length;
      expect(statuses.filter(({ status, error }) => status === 200 && error === null)).toHaveLength(successes);
      const stored = (await runsOf(id)).map(
        (run: Record<string, unknown>) =>
          [`${run.dataset_example_id} ${run.repetition_number}`, run.error === null] as const,
      );
      expect(new Map(stored)).toEqual(new Map(expected));
      expect(await countsOf(id)).toEqual([successes, expected.length - successes, 4 - expected.length]);
    });
    await fc.assert(agree, { numRuns: 10 });
  });

  test("200: runs recorded at the same time are all there, and all counted", async () => {
    const stored: { id: string; output: number }[] = await runsOf(many.id);
    expect(stored.map(({ output }) => output).toSorted((a, b) => a - b)).toEqual(numbers(1, 1001));
    expect(new Set(stored.map(({ id }) => id)).size).toBe(1001);
    expect(await countsOf(many.id)).toEqual([1000, 1, 0]);
  });

  test("422: the experiment's id is none", async () => {
    const { status, body } = await post("nonsense", runOf(idOf("DatasetExample", 1)));
    expect([status, body.detail]).toEqual([422, "Invalid experiment ID format: nonsense"]);
  });

  test.each([
    [{ dataset_example_id: "e1" }, "/body/dataset_example_id"],
    [{ dataset_example_id: "" }, "/body/dataset_example_id"],
    [{ repetition_number: 0 }, "/body/repetition_number"],
    [{ repetition_number: -1 }, "/body/repetition_number"],
    [{ repetition_number: 2_147_483_648 }, "/body/repetition_number"],
    [{ start_time: "yesterday" }, "/body/start_time"],
    [{ end_time: "2024-02-30T00:00:00Z" }, "/body/end_time"],
  ])("422: %j", async (fields, pointer) => {
    const { id, exampleIds } = await givenExperiment(service);
    const { status, body } = await post(id, runOf(exampleIds[0], fields));
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ pointer })]);
    expect(await countsOf(id)).toEqual([0, 0, 1]);
  });

  test("422: all that is wrong is told at once", async () => {
    const { id } = await givenExperiment(service);
    const { body } = await post(id, { output: 1 });
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(
      ["dataset_example_id", "repetition_number", "start_time", "end_time"].map((field) => `/body/${field}`),
    );
  });
});

describe("listExperimentRuns", () => {
  const list = async (experimentId: string, query = "") => {
    const { body } = await service.get(`/v1/experiments/${experimentId}/runs${query}`);
    const repetitions = body.data.map(({ repetition_number }: { repetition_number: number }) => repetition_number);
    return { repetitions, next: body.next_cursor, ids: body.data.map(({ id }: { id: string }) => id) };
  };
  const givenRuns = async (count: number) => {
    const { id, exampleIds } = await givenExperiment(service);
    for (const repetition_number of numbers(1, count))
      await givenRun(service, id, exampleIds[0], { repetition_number });
    return id;
  };

  test("200: newest first; a cursor names the first of its page, with a limit or without", async () => {
    const id = await givenRuns(5);
    const all = await list(id);
    expect([all.repetitions, all.next]).toEqual([[5, 4, 3, 2, 1], null]);
    const page = await list(id, "?limit=2");
    expect([page.repetitions, page.next]).toEqual([[5, 4], all.ids[2]]);
    expect(await list(id, `?limit=2&cursor=${page.next}`)).toMatchObject({ repetitions: [3, 2], next: all.ids[4] });
    expect(await list(id, `?cursor=${page.next}`)).toMatchObject({ repetitions: [3, 2, 1], next: null });
  });

  test("200: all of them without a limit, 1,000 with one that is larger", async () => {
    const all = await list(many.id);
    expect([all.ids.length, all.next]).toEqual([1001, null]);
    expect(all.ids).toEqual(all.ids.toSorted(byRowidDescending));
    const page = await list(many.id, "?limit=99999999999999999999");
    expect([page.ids, page.next]).toEqual([all.ids.slice(0, 1000), all.ids[1000]]);
  });

  test("200: failed runs too, and of this experiment only", async () => {
    const dataset = await givenDataset(service, [{ n: 1 }]);
    const [one, other] = [await givenExperimentOver(service, dataset), await givenExperimentOver(service, dataset)];
    const failed = await givenRun(service, one.id, dataset.exampleIds[0], { error: "no" });
    await givenRun(service, other.id, dataset.exampleIds[0]);
    expect((await list(one.id)).ids).toEqual([failed]);
  });

  test("200: none of an experiment without any, or that does not exist, as Phoenix's clients rely on", async () => {
    const { id } = await givenExperiment(service);
    for (const experimentId of [id, idOf("Experiment", 999_999)]) {
      for (const query of ["", "?limit=2", "?error=true", "?evaluation_name=x&include=evaluations&limit=2"]) {
        const { status, text } = await service.get(`/v1/experiments/${experimentId}/runs${query}`);
        expect([status, text]).toEqual([200, '{"data":[],"next_cursor":null}']);
      }
    }
  });

  describe("of some", () => {
    /** Two examples, three repetitions of the first and one of the second, of which one failed. */
    const givenSome = async () => {
      const { id, exampleIds } = await givenExperiment(service, 2, { repetitions: 3 });
      const [a = "", b = ""] = exampleIds;
      const runIds = [];
      for (const [exampleId, repetition_number, error] of [
        [a, 1],
        [a, 2, "no"],
        [a, 3],
        [b, 1],
      ] as const)
        runIds.push(await givenRun(service, id, exampleId, { repetition_number, error }));
      const [a1 = "", a2 = "", a3 = "", b1 = ""] = runIds;
      return { id, a, b, a1, a2, a3, b1 };
    };
    const idsOf = async (experimentId: string, ...query: [name: string, value: string][]) =>
      (await list(experimentId, `?${new URLSearchParams(query)}`)).ids;

    test("200: those that failed, those that did not; an empty error is one", async () => {
      const { id, a1, a2, a3, b, b1 } = await givenSome();
      const empty = await givenRun(service, id, b, { repetition_number: 2, error: "" });
      expect(await idsOf(id, ["error", "true"])).toEqual([empty, a2]);
      expect(await idsOf(id, ["error", "0"])).toEqual([b1, a3, a1]);
    });

    test("200: those on an example, those of a repetition, and both", async () => {
      const { id, a, a1, a2, a3, b1 } = await givenSome();
      expect(await idsOf(id, ["dataset_example_id", a])).toEqual([a3, a2, a1]);
      expect(await idsOf(id, ["repetition_number", "1"])).toEqual([b1, a1]);
      const both = await idsOf(id, ["dataset_example_id", a], ["repetition_number", "2"]);
      expect(both).toEqual([a2]);
      for (const number of ["4", "2147483648", "9007199254740993", "1".repeat(400)])
        expect(await idsOf(id, ["repetition_number", number])).toEqual([]);
    });

    test("200: those with an evaluation of a name, with a label, within a range of scores that has its ends", async () => {
      const { id, a1, a2, a3, b1 } = await givenSome();
      const say = (runId: string, name: string, result: object) => givenEvaluation(service, runId, name, { result });
      await say(a1, "x", { score: 0.1, label: "good" });
      await say(a2, "x", { score: 0.3, label: "bad" });
      await say(a3, "x", { label: "good" });
      await say(b1, "y", { score: 0.3, label: "good" });
      const ofX = (...query: [name: string, value: string][]) => idsOf(id, ["evaluation_name", "x"], ...query);
      expect(await ofX()).toEqual([a3, a2, a1]);
      expect(await ofX(["min_score", "0.1"], ["max_score", "0.3"])).toEqual([a2, a1]);
      expect(await ofX(["min_score", "0.10000000000000001"])).toEqual([a2, a1]); // the same double
      expect(await ofX(["min_score", "0.11"])).toEqual([a2]);
      expect(await ofX(["max_score", "-1e3"])).toEqual([]);
      expect(await ofX(["label", "good"])).toEqual([a3, a1]);
      expect(await ofX(["label", "good"], ["label", "bad"])).toEqual([a3, a2, a1]);
      expect(await ofX(["label", "good"], ["min_score", "0"])).toEqual([a1]);
      expect(await idsOf(id, ["evaluation_name", "z"])).toEqual([]);
    });

    test("200: a name, also one that is empty, is an evaluation's as a whole", async () => {
      const { id, a1 } = await givenSome();
      await givenEvaluation(service, a1, "");
      expect(await idsOf(id, ["evaluation_name", ""])).toEqual([a1]);
      expect(await idsOf(id, ["evaluation_name", " "])).toEqual([]);
    });

    test("200: none on an example that is another experiment's, or none at all", async () => {
      const [{ id }, other] = [await givenSome(), await givenSome()];
      for (const exampleId of [other.a, idOf("DatasetExample", 999_999)])
        expect(await idsOf(id, ["dataset_example_id", exampleId])).toEqual([]);
    });

    test("200: all that fit come without a limit, however many do not", async () => {
      const failed = await list(many.id, "?error=true");
      expect([failed.ids.length, failed.next]).toEqual([1, null]);
      const [exampleId = ""] = many.exampleIds;
      expect((await list(many.id, `?dataset_example_id=${exampleId}`)).ids).toHaveLength(77);
      expect((await list(many.id, "?error=false")).ids).toHaveLength(1000);
    });

    test("200: ended in good order, not cut off, when what is left to read has ceased to fit", async () => {
      const { id, exampleIds } = await givenExperiment(service, 1);
      const output = "x".repeat(100_000); // more than sockets hold
      const repetitions = numbers(1, 150);
      const record = (repetition_number: number, error: string | null) =>
        givenRun(service, id, exampleIds[0], { repetition_number, output, error });
      for (const repetition of repetitions) await record(repetition, "no");
      const headers = { "accept-encoding": "identity" };
      const response = await fetch(`${service.url}/v1/experiments/${id}/runs?error=true`, { headers });
      await concurrently(repetitions, (repetition) => record(repetition, null));
      const { data, next_cursor } = JSON.parse(await response.text());
      expect(next_cursor).toBeNull();
      expect(data.length).toBeGreaterThan(0);
      expect(data.length).toBeLessThan(150);
    });

    test.each([
      ["error=maybe", "/query/error"],
      ["dataset_example_id=e1", "/query/dataset_example_id"],
      ["dataset_example_id=", "/query/dataset_example_id"],
      [`dataset_example_id=${idOf("ExperimentRun", 1)}`, "/query/dataset_example_id"],
      ["repetition_number=0", "/query/repetition_number"],
      ["repetition_number=1.5", "/query/repetition_number"],
      ["evaluation_name=a%00b", "/query/evaluation_name"],
      ["label=good", "/query/evaluation_name"],
      ["min_score=0", "/query/evaluation_name"],
      ["max_score=0", "/query/evaluation_name"],
      ["evaluation_name=x&min_score=", "/query/min_score"],
      ["evaluation_name=x&min_score=high", "/query/min_score"],
      ["evaluation_name=x&min_score=0x10", "/query/min_score"],
      ["evaluation_name=x&max_score=NaN", "/query/max_score"],
      ["evaluation_name=x&max_score=Infinity", "/query/max_score"],
      ["evaluation_name=x&max_score=1e400", "/query/max_score"],
      ["include=examples", "/query/include/0"],
      ["include=evaluations&include=", "/query/include/1"],
    ])("422: %s", async (query, pointer) => {
      const { status, body } = await service.get(`/v1/experiments/${many.id}/runs?${query}`);
      expect([status, body.errors]).toEqual([422, [expect.objectContaining({ pointer })]]);
    });
  });

  test("200: with their evaluations, if asked for: all of each run's, in the order in which they were first recorded", async () => {
    const { id, exampleIds } = await givenExperiment(service, 2);
    const runIds = [await givenRun(service, id, exampleIds[0]), await givenRun(service, id, exampleIds[1])];
    const evaluationIds = [];
    for (const name of ["b", "a", "b"]) evaluationIds.push(await givenEvaluation(service, runIds[0] ?? "", name));
    const plain = (await service.get(`/v1/experiments/${id}/runs`)).body.data;
    const listed = (await service.get(`/v1/experiments/${id}/evaluations`)).body.data;
    for (const limit of ["", "&limit=2"]) {
      const { data } = (await service.get(`/v1/experiments/${id}/runs?include=evaluations${limit}`)).body;
      expect(data).toEqual([
        { ...plain[0], evaluations: [] },
        { ...plain[1], evaluations: listed.toReversed() },
      ]);
    }
    expect(listed.map((each: { id: string }) => each.id)).toEqual([evaluationIds[1], evaluationIds[0]]);
    const ofA = `?include=evaluations&evaluation_name=a`; // a filter leaves out runs, not what is said of them
    expect((await service.get(`/v1/experiments/${id}/runs${ofA}`)).body.data[0].evaluations).toHaveLength(2);
  });

  test.each([
    ["", "latency_ms"],
    ["include=evaluations", "evaluations latency_ms"],
    ["include=token_counts", "latency_ms prompt_token_count completion_token_count"],
    ["include=token_counts&include=evaluations", "evaluations latency_ms prompt_token_count completion_token_count"],
  ])("200: with %j each has, after the fields that Phoenix has, %s", async (query, fields) => {
    const { data } = (await service.get(`/v1/experiments/${many.id}/runs?${query}`)).body;
    for (const run of data) expect(Object.keys(run).slice(9).join(" ")).toBe(fields);
  });

  test("404: the id is of something else", async () => {
    const { status } = await service.get(`/v1/experiments/${idOf("Dataset", 1)}/runs`);
    expect(status).toBe(404);
  });

  test.each(["invalid-cursor", idOf("Experiment", 1)])("422: the cursor %s", async (cursor) => {
    const { status, body } = await service.get(`/v1/experiments/${many.id}/runs?cursor=${cursor}`);
    expect([status, body.detail]).toEqual([422, `Invalid cursor format: ${cursor}`]);
  });

  test("422: the id is none", async () => {
    const { status, body } = await service.get("/v1/experiments/nonsense/runs");
    expect([status, body.detail]).toEqual([422, "Invalid experiment ID format: nonsense"]);
  });
});

describe("getExperimentRun", () => {
  const get = (experimentId: string, runId: string, query = "") =>
    service.get(`/v1/experiments/${experimentId}/runs/${runId}${query}`);

  test("200: the run as the list has it, with its token counts, and its evaluations if asked for", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const output = '{"b":1.0,"a":12345678901234567890}';
    const body = JSON.stringify(runOf(exampleIds[0], { output: "?", trace_id: "abc" })).replace('"?"', () => output);
    const runId = (await post(id, body)).body.data.id;
    await givenEvaluation(service, runId, "accuracy");
    for (const query of ["", "?include=evaluations"]) {
      const { text } = await service.get(`/v1/experiments/${id}/runs${query || "?"}&include=token_counts`);
      expect(text).toContain(`"output":${output},`);
      expect((await get(id, runId, query)).text).toBe(
        text.replace('"data":[', '"data":').replace('],"next_cursor":null', ""),
      );
    }
  });

  test("404: a run of another experiment, or none", async () => {
    const dataset = await givenDataset(service, [{ n: 1 }]);
    const [one, other] = [await givenExperimentOver(service, dataset), await givenExperimentOver(service, dataset)];
    const runId = await givenRun(service, one.id, dataset.exampleIds[0]);
    const unknown = idOf("Experiment", 999_999);
    for (const [experimentId, id] of [
      [other.id, runId],
      [unknown, runId],
      [one.id, idOf("ExperimentRun", rowidOf(runId) + 1)],
      [one.id, idOf("ExperimentRun", 1)],
    ] as const) {
      const { status, body } = await get(experimentId, id);
      expect([status, body.detail]).toEqual([
        404,
        `ExperimentRun with ID ${id} is not a run of experiment ${experimentId}`,
      ]);
    }
  });

  test("404: the id of something else", async () => {
    const { id } = await givenExperiment(service);
    for (const [experimentId, runId, type] of [
      [id, id, "ExperimentRun"],
      [idOf("Dataset", 1), idOf("ExperimentRun", 1), "Experiment"],
    ] as const) {
      const { status, body } = await get(experimentId, runId);
      expect([status, body.detail]).toEqual([
        404,
        `${type} with ID ${type === "Experiment" ? experimentId : runId} does not exist`,
      ]);
    }
  });

  test("422: no ids, or nothing that can be included", async () => {
    const { id } = await givenExperiment(service);
    const ofRun = await get(id, "run 1");
    expect([ofRun.status, ofRun.body.detail]).toEqual([422, "Invalid experiment run ID format: run 1"]);
    const { status, body } = await get(id, idOf("ExperimentRun", 1), "?include=everything");
    expect([status, body.errors]).toEqual([422, [expect.objectContaining({ pointer: "/query/include/0" })]]);
  });
});

describe("getIncompleteExperimentRuns", () => {
  const incomplete = async (experimentId: string, query = "") =>
    (await service.get(`/v1/experiments/${experimentId}/incomplete-runs${query}`)).body;
  interface Incomplete {
    dataset_example: { node_id: string };
    repetition_numbers: number[];
  }
  /** The repetitions that each example lacks, by the example's node id. */
  const missingOf = async (experimentId: string, query = "") =>
    (await incomplete(experimentId, query)).data.map(({ dataset_example, repetition_numbers }: Incomplete) => [
      dataset_example.node_id,
      repetition_numbers,
    ]);

  test("200: an example as the experiment fixed it, called by its node id, with its repetitions", async () => {
    const content = { outputs: [{ b: 1 }], metadata: [{ c: [] }], example_ids: ["mine"] };
    const dataset = await givenDataset(service, [{ question: "6 × 7?" }], content);
    const { id } = await givenExperimentOver(service, dataset, { repetitions: 2 });
    await givenDataset(service, [{ question: "changed" }], { name: dataset.name, example_ids: ["mine"] });
    const [entry] = (await incomplete(id)).data;
    expect(Object.keys(entry)).toEqual(["dataset_example", "repetition_numbers"]);
    expect(Object.entries(entry.dataset_example)).toEqual([
      ["id", dataset.exampleIds[0]],
      ["node_id", dataset.exampleIds[0]],
      ["input", { question: "6 × 7?" }],
      ["output", { b: 1 }],
      ["metadata", { c: [] }],
      ["updated_at", expect.any(String)],
      ["source", null],
    ]);
    expect(entry.repetition_numbers).toEqual([1, 2]);
  });

  test("200: failed and missing repetitions, by example; examples that are complete are left out", async () => {
    const { id, exampleIds } = await givenExperiment(service, 5, { repetitions: 3 });
    const [a, b, c, d, e] = exampleIds;
    const record = async (exampleId: string | undefined, repetitions: number[], error: string | null) => {
      for (const repetition_number of repetitions) await givenRun(service, id, exampleId, { repetition_number, error });
    };
    await record(a, [1], null);
    await record(a, [2], "no");
    await record(c, [2, 1], null);
    await record(c, [3], "");
    await record(d, [3], null);
    await record(e, [1, 2, 3], null);
    expect(await missingOf(id)).toEqual([
      [a, [2, 3]],
      [b, [1, 2, 3]],
      [c, [3]],
      [d, [1, 2]],
    ]);
    await record(c, [3], null);
    expect(await missingOf(id)).toHaveLength(3);
  });

  test("200: none, once all are there", async () => {
    const { id, exampleIds } = await givenExperiment(service, 2);
    for (const exampleId of exampleIds) await givenRun(service, id, exampleId);
    expect(await incomplete(id)).toEqual({ data: [], next_cursor: null });
  });

  test("200: repetitions beyond the experiment's do not stand for those that are missing", async () => {
    const { id, exampleIds } = await givenExperiment(service, 1, { repetitions: 2 });
    for (const repetition_number of [1, 3, 7]) await givenRun(service, id, exampleIds[0], { repetition_number });
    expect(await missingOf(id)).toEqual([[exampleIds[0], [2]]]);
  });

  test("200: in the order of examples; a limit counts examples, a cursor names the first of its page", async () => {
    const { id, exampleIds } = await givenExperiment(service, 3, { repetitions: 2 });
    const [a, b, c] = exampleIds;
    const both = [1, 2];
    expect((await incomplete(id, "?limit=2")).next_cursor).toBe(c);
    expect(await missingOf(id, "?limit=2")).toEqual([
      [a, both],
      [b, both],
    ]);
    expect(await missingOf(id, `?limit=2&cursor=${c}`)).toEqual([[c, both]]);
  });

  test("200: paging goes on while runs are filled in: nothing is skipped, nothing comes twice", async () => {
    const { id, exampleIds } = await givenExperiment(service, 7);
    const seen: string[] = [];
    let query = "?limit=2";
    for (;;) {
      const { data, next_cursor } = await incomplete(id, query);
      for (const { dataset_example } of data) {
        seen.push(dataset_example.node_id);
        await givenRun(service, id, dataset_example.node_id);
      }
      if (next_cursor === null) break;
      query = `?limit=2&cursor=${next_cursor}`;
    }
    expect(seen).toEqual(exampleIds);
  });

  test("200: a cursor to an example that is complete by now gives those after it", async () => {
    const { id, exampleIds } = await givenExperiment(service, 3);
    const { next_cursor } = await incomplete(id, "?limit=1");
    await givenRun(service, id, exampleIds[1]);
    expect(await missingOf(id, `?cursor=${next_cursor}`)).toEqual([[exampleIds[2], [1]]]);
  });

  test("200: fifty examples on a page unless told", async () => {
    const { id, exampleIds } = await givenExperiment(service, 51);
    const page = await incomplete(id);
    expect([page.data.length, page.next_cursor]).toEqual([50, exampleIds[50]]);
  });

  test("404: the experiment does not exist", async () => {
    for (const id of [idOf("Experiment", 999_999), idOf("Dataset", 1)]) {
      const { status, body } = await service.get(`/v1/experiments/${id}/incomplete-runs`);
      expect([status, body.detail]).toEqual([404, `Experiment with ID ${id} does not exist`]);
    }
  });

  test.each(["invalid-cursor", idOf("ExperimentRun", 1)])("422: the cursor %s", async (cursor) => {
    const { status, body } = await service.get(`/v1/experiments/${many.id}/incomplete-runs?cursor=${cursor}`);
    expect([status, body.detail]).toEqual([422, `Invalid cursor format: ${cursor}`]);
  });

  test("422: the experiment's id is none", async () => {
    const { status, body } = await service.get("/v1/experiments/nonsense/incomplete-runs");
    expect([status, body.detail]).toEqual([422, "Invalid experiment ID format: nonsense"]);
  });
});
