import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { pipeline } from "node:stream/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countsOf, linesOf, ndjson, outcomesOf, runsBatchOf, stateOf } from "../src/batches.ts";
import { evaluationOf, givenEvaluation, givenExperiment, givenRun, runOf } from "../src/given.ts";
import { idOf } from "../src/requests.ts";
import { type Service, useService } from "../src/service.ts";

const service = useService();
/** Takes 20,000 bytes at once, and 200,000 in lines. */
const small = useService({ limits: { upload: 1_000_000, file: 200_000, body: 20_000 } });

/** How long something may take to be seen. */
const patience = { timeout: 20_000 };

/** What `fetch` needs to be told of a body that is a stream; the DOM's types lack it. */
const half = { duplex: "half" } as RequestInit;

const postLines = (experimentId: string, items: unknown[], query = "", to: Service = service) =>
  to.post(runsBatchOf(experimentId, query), linesOf(items), ndjson);
const postList = (experimentId: string, runs: unknown[], query = "", to: Service = service) =>
  to.post(runsBatchOf(experimentId, query), { runs }, {});

/** Both forms of a batch, and where an item of it stands. */
const forms = [
  ["JSON", postList, "/body/runs"],
  ["NDJSON", postLines, "/body"],
] as const;

const runsOf = async (experimentId: string) => (await service.get(`/v1/experiments/${experimentId}/runs`)).body.data;
const exportOf = async (experimentId: string) => (await service.get(`/v1/experiments/${experimentId}/json`)).body;

/** An evaluation as a run has it nested. */
const nested = (name: string, fields: object = {}) => {
  const { experiment_run_id: _, ...evaluation } = evaluationOf("", name, fields);
  return evaluation;
};

/** A run as exports have it. */
interface Exported {
  example_id: string;
  output: unknown;
  error: string | null;
  annotations: { name: string; score: number; label: string }[];
}

/** Successful runs of so many repetitions of an example. */
const runsOn = (exampleId: string | undefined, count: number, fields: object = {}) =>
  Array.from({ length: count }, (_, index) => runOf(exampleId, { repetition_number: index + 1, ...fields }));

describe.each(forms)("createExperimentRuns, by %s", (_, post, place) => {
  test("200: the runs and their evaluations, recorded in order", async () => {
    const { id, exampleIds } = await givenExperiment(service, 3);
    const runs = exampleIds.map((exampleId, n) =>
      runOf(exampleId, {
        output: { n },
        trace_id: `trace ${n}`,
        error: n === 2 ? "no" : null,
        evaluations: [
          nested("accuracy", { result: { score: n, label: `${n}`, explanation: "why" }, metadata: { n } }),
          nested("broken", { result: undefined, error: "timeout" }),
        ].slice(0, 2 - n),
      }),
    );
    const { status, body } = await post(id, runs);
    expect(status).toBe(200);
    expect(body.counts).toEqual({ created: 3, replaced: 0, exists: 0, rejected: 0 });
    expect(body.data).toEqual(body.data.map(({ id }: { id: string }) => ({ outcome: "created", id })));
    expect(await runsOf(id)).toEqual(
      [2, 1, 0].map((n) =>
        expect.objectContaining({
          id: body.data[n].id,
          dataset_example_id: exampleIds[n],
          output: { n },
          trace_id: `trace ${n}`,
          error: n === 2 ? "no" : null,
          start_time: "2026-11-22T09:30:00+00:00",
          end_time: "2026-11-22T09:30:01.500000+00:00",
        }),
      ),
    );
    expect(await exportOf(id)).toMatchObject([
      {
        annotations: [
          { name: "accuracy", score: 0, label: "0", explanation: "why", metadata: { n: 0 }, annotator_kind: "CODE" },
          { name: "broken", score: null, error: "timeout", metadata: {} },
        ],
      },
      { annotations: [{ name: "accuracy", score: 1 }] },
      { annotations: [] },
    ]);
    expect(await countsOf(service, id)).toEqual({ counters: [2, 1], recount: [2, 1] });
  });

  test("200: nothing, of nothing", async () => {
    const { id } = await givenExperiment(service);
    expect((await post(id, [])).body).toEqual({
      data: [],
      counts: { created: 0, replaced: 0, exists: 0, rejected: 0 },
    });
  });

  test("200: what failed is replaced and keeps its id and its other evaluations", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const failed = await givenRun(service, id, exampleIds[0], { error: "no" });
    await givenEvaluation(service, failed, "accuracy");
    await givenEvaluation(service, failed, "kept");
    const { body } = await post(id, [
      runOf(exampleIds[0], { output: 7, evaluations: [nested("accuracy", { result: { score: 0.5 } })] }),
    ]);
    expect(body.data).toEqual([{ outcome: "replaced", id: failed }]);
    expect(await exportOf(id)).toMatchObject([
      {
        output: 7,
        error: null,
        annotations: [
          { name: "accuracy", score: 0.5 },
          { name: "kept", score: 1 },
        ],
      },
    ]);
    expect(await countsOf(service, id)).toEqual({ counters: [1, 0], recount: [1, 0] });
  });

  test("200: a successful run of the same output exists, however that is spelled, and its evaluations are recorded", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const stored = await givenRun(service, id, exampleIds[0], { output: { a: 1, b: [10, "x"] }, trace_id: "first" });
    const run = JSON.stringify(runOf(exampleIds[0], { output: "?", evaluations: [nested("accuracy")] }));
    const respelled = run.replace('"?"', '{ "b": [1e1, "\\u0078"], "a": 1.0 }');
    const answer = await (post === postLines
      ? service.post(runsBatchOf(id), `${respelled}\n`, ndjson)
      : service.post(runsBatchOf(id), `{"runs":[${respelled}]}`));
    expect(answer.body.data).toEqual([{ outcome: "exists", id: stored }]);
    expect(await exportOf(id)).toMatchObject([
      { output: { a: 1, b: [10, "x"] }, trace_id: "first", annotations: [{ name: "accuracy" }] },
    ]);
  });

  test("200: another successful run is a 409 for its item, of which nothing is recorded", async () => {
    const { id, exampleIds } = await givenExperiment(service, 2);
    const stored = await givenRun(service, id, exampleIds[0], { output: 1 });
    const evaluations = [nested("accuracy")];
    const answer = await post(id, [
      runOf(exampleIds[0], { output: "other", evaluations }),
      runOf(exampleIds[0], { error: "failed after all", evaluations }),
      runOf(exampleIds[1]),
    ]);
    expect(outcomesOf(answer)).toEqual(["rejected 409", "rejected 409", "created"]);
    expect(answer.body.counts).toEqual({ created: 1, replaced: 0, exists: 0, rejected: 2 });
    expect(answer.body.data[0]).toEqual({
      outcome: "rejected",
      problem: {
        status: 409,
        code: "run_exists",
        detail: `Experiment run ${stored} already exists with a successful result and cannot be updated`,
      },
    });
    expect((await exportOf(id))[0].annotations).toEqual([]);
  });

  test("200: a failure that is there as it is exists; of one that failed otherwise the last holds", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const failed = runOf(exampleIds[0], { error: "no", output: null });
    expect(outcomesOf(await post(id, [failed]))).toEqual(["created"]);
    expect(outcomesOf(await post(id, [failed]))).toEqual(["exists"]);
    expect(outcomesOf(await post(id, [{ ...failed, trace_id: "second" }]))).toEqual(["replaced"]);
    expect(await runsOf(id)).toMatchObject([{ error: "no", trace_id: "second" }]);
    expect(await countsOf(service, id)).toEqual({ counters: [0, 1], recount: [0, 1] });
  });

  test("200: runs of one example and repetition count in turn", async () => {
    const { id, exampleIds } = await givenExperiment(service, 2);
    const on = (fields: object) => runOf(exampleIds[0], fields);
    const answer = await post(id, [
      on({ error: "once", evaluations: [nested("accuracy", { result: { score: 0 } })] }),
      on({ error: "twice" }),
      runOf(exampleIds[1]),
      on({ output: 1, evaluations: [nested("accuracy", { result: { score: 1 } })] }),
      on({ output: 2, evaluations: [nested("other")] }),
      on({ output: 1 }),
    ]);
    expect(outcomesOf(answer)).toEqual(["created", "replaced", "created", "replaced", "rejected 409", "exists"]);
    expect(await exportOf(id)).toMatchObject([{ output: 1, annotations: [{ name: "accuracy", score: 1 }] }, {}]);
    expect((await exportOf(id))[0].annotations).toHaveLength(1);
    expect(await countsOf(service, id)).toEqual({ counters: [2, 0], recount: [2, 0] });
  });

  test("200: of evaluations of one name in a run the last holds", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const evaluations = [0, 1, 2].map((score) => nested("accuracy", { result: { score } }));
    await post(id, [runOf(exampleIds[0], { evaluations })]);
    expect(await exportOf(id)).toMatchObject([{ annotations: [{ score: 2 }] }]);
  });

  test("200: an item that is wrong is told so, and keeps no other from being recorded", async () => {
    const { id, exampleIds } = await givenExperiment(service, 2);
    const elsewhere = await givenExperiment(service);
    const on = (fields: object) => runOf(exampleIds[0], fields);
    const nothing = nested("accuracy", { result: null });
    const answer = await post(id, [
      on({ repetition_number: "x" }),
      on({ repetition_number: 0 }),
      on({ dataset_example_id: "nonsense" }),
      on({ dataset_example_id: idOf("Dataset", 1) }),
      on({ dataset_example_id: elsewhere.exampleIds[0] }),
      on({ start_time: "yesterday" }),
      on({ end_time: undefined }),
      on({ error: "a\0b" }),
      on({ evaluations: 7 }),
      on({ evaluations: [nested("fine"), nothing] }),
      on({ evaluations: [nested("x", { annotator_kind: "ROBOT" })] }),
      on({ evaluations: Array.from({ length: 1001 }, (_, n) => nested(`${n}`)) }),
      7,
      null,
      runOf(exampleIds[1]),
    ]);
    expect(outcomesOf(answer)).toEqual([
      `rejected 422 ${place}/0/repetition_number`,
      `rejected 422 ${place}/1/repetition_number`,
      `rejected 422 ${place}/2/dataset_example_id`,
      "rejected 404",
      "rejected 404",
      `rejected 422 ${place}/5/start_time`,
      `rejected 422 ${place}/6/end_time`,
      `rejected 422 ${place}/7/error`,
      `rejected 422 ${place}/8/evaluations`,
      `rejected 422 ${place}/9/evaluations/1/result`,
      `rejected 422 ${place}/10/evaluations/0/annotator_kind`,
      `rejected 422 ${place}/11/evaluations`,
      `rejected 422 ${place}/12`,
      `rejected 422 ${place}/13`,
      "created",
    ]);
    expect(answer.body.data[4].problem.detail).toBe(
      `DatasetExample with ID ${elsewhere.exampleIds[0]} is not an example of experiment ${id}`,
    );
    expect(await runsOf(id)).toHaveLength(1);
  });

  test("404: the experiment does not exist", async () => {
    const { exampleIds } = await givenExperiment(service);
    const id = idOf("Experiment", 999_999);
    const { status, body } = await post(id, [runOf(exampleIds[0])]);
    expect([status, body.detail]).toEqual([404, `Experiment with ID ${id} does not exist`]);
  });

  test("413: of more than 100,000 items; those before are done", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const items = [...Array(99_990).fill({}), ...runsOn(exampleIds[0], 20)];
    const { status, body } = await post(id, items);
    expect(status).toBe(413);
    expect(body.detail).toMatch(/100000 items at most\. The first 100000 items of the batch are done\.$/);
    expect(await runsOf(id)).toHaveLength(10);
  });

  describe("atomic", () => {
    test("200: all are recorded", async () => {
      const { id, exampleIds } = await givenExperiment(service);
      const runs = runsOn(exampleIds[0], 2500, { evaluations: [nested("accuracy")] });
      const answer = await post(id, runs, "?atomic=true");
      expect(answer.body.counts).toEqual({ created: 2500, replaced: 0, exists: 0, rejected: 0 });
      expect(await countsOf(service, id)).toEqual({ counters: [2500, 0], recount: [2500, 0] });
      expect((await post(id, runs, "?atomic=true")).body.counts).toMatchObject({ exists: 2500 });
    });

    test("409: none is, if one cannot be; the answer says which", async () => {
      const { id, exampleIds } = await givenExperiment(service);
      const stored = await givenRun(service, id, exampleIds[0], { repetition_number: 1500 });
      const before = await stateOf(service, id);
      const { status, body } = await post(id, runsOn(exampleIds[0], 1600, { output: "another" }), "?atomic=true");
      expect([status, body.code]).toEqual([409, "run_exists"]);
      expect(body.errors).toEqual([
        {
          pointer: `${place}/1499`,
          detail: `Experiment run ${stored} already exists with a successful result and cannot be updated`,
          code: "run_exists",
        },
      ]);
      expect(await stateOf(service, id)).toEqual(before);
    });

    test("422: none is, if one is wrong or of no example; all that are refused are told, in order", async () => {
      const { id, exampleIds } = await givenExperiment(service);
      await givenRun(service, id, exampleIds[0], { repetition_number: 2 });
      const before = await stateOf(service, id);
      const runs: object[] = runsOn(exampleIds[0], 4, { output: "another" });
      runs.splice(0, 1, runOf(idOf("DatasetExample", 999_999)), runOf(exampleIds[0], { start_time: "" }));
      const { status, body } = await post(id, runs, "?atomic=true");
      expect([status, body.code]).toEqual([422, "invalid_request"]);
      expect(body.detail).toMatch(/^Nothing is recorded: 3 of 5 items are rejected\./);
      expect(body.errors).toMatchObject([
        { pointer: `${place}/0`, code: "not_found" },
        { pointer: `${place}/1/start_time`, code: "format" },
        { pointer: `${place}/2`, code: "run_exists" },
      ]);
      expect(await stateOf(service, id)).toEqual(before);
    });

    test("413: of more bytes than a body may have at once", async () => {
      const { id, exampleIds } = await givenExperiment(small);
      const runs = runsOn(exampleIds[0], 200);
      expect((await post(id, runs, "?atomic=true", small)).status).toBe(413);
      expect((await small.get(`/v1/experiments/${id}/runs`)).body.data).toEqual([]);
    });
  });
});

describe("createExperimentRuns, line by line", () => {
  test("200: blank lines, line ends of both kinds and none, white space and a BOM are nothing", async () => {
    const { id, exampleIds } = await givenExperiment(service, 3);
    const [a, b, c] = exampleIds.map((exampleId) => JSON.stringify(runOf(exampleId)));
    const answer = await service.post(runsBatchOf(id), `\ufeff${a}\r\n\r\n \t\n\n  ${b}\t\r\n${c}`, ndjson);
    expect(outcomesOf(answer)).toEqual(["created", "created", "created"]);
  });

  test("200: content comes back as it was sent, less the white space between its tokens", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const output = String.raw`{"b":1.0,"a":[1e400,-0.0,12345678901234567890],"2":"\u0000\ud800 \n"}`;
    const line = JSON.stringify(runOf(exampleIds[0], { output: "?", evaluations: [nested("x", { metadata: {} })] }))
      .replace('"?"', () => output.replaceAll(",", " ,\t"))
      .replace('"metadata":{}', () => `"metadata": ${output}`);
    expect(outcomesOf(await postLines(id, [line]))).toEqual(["created"]);
    const { text } = await service.get(`/v1/experiments/${id}/json`);
    expect(text).toContain(`"output":${output},`);
    expect(text).toContain(`"metadata":${output},`);
  });

  test("200: a line that cannot be read is told so, and the next one is read", async () => {
    const { id, exampleIds } = await givenExperiment(service, 2);
    const [fine, other] = exampleIds.map((exampleId) => JSON.stringify(runOf(exampleId)));
    const parts = [
      fine,
      "{",
      `${fine}${fine}`,
      "nonsense",
      Buffer.from([0x22, 0xff, 0x22]),
      fine?.replace('"done"', `${"[".repeat(501)}${"]".repeat(501)}`),
      "[]",
      other,
    ];
    const lines = Buffer.concat(parts.map((part) => Buffer.concat([Buffer.from(part ?? ""), Buffer.from("\n")])));
    const response = await service.fetch(runsBatchOf(id), { method: "POST", ...ndjson, body: lines });
    const { data } = (await response.json()) as { data: object[] };
    expect(data).toMatchObject([
      { outcome: "created" },
      { problem: { status: 422, errors: [{ pointer: "/body/1", code: "json" }] } },
      { problem: { status: 422, errors: [{ pointer: "/body/2", code: "json" }] } },
      { problem: { status: 422, errors: [{ pointer: "/body/3", code: "json" }] } },
      { problem: { status: 400, code: "bad_request" } },
      { problem: { status: 422, errors: [{ pointer: "/body/5/output", code: "depth" }] } },
      { problem: { status: 422, errors: [{ pointer: "/body/6", code: "type" }] } },
      { outcome: "created" },
    ]);
  });

  test("200: a line that is too long is told so, and the next one is read", async () => {
    const { id, exampleIds } = await givenExperiment(small, 3);
    const long = runOf(exampleIds[0], { output: "x".repeat(20_000) });
    const answer = await postLines(
      id,
      [runOf(exampleIds[1]), long, long, runOf(exampleIds[2]), JSON.stringify(long)],
      "",
      small,
    );
    expect(outcomesOf(answer)).toEqual(["created", "rejected 413", "rejected 413", "created", "rejected 413"]);
  });

  test("200: compressed", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const response = await service.fetch(runsBatchOf(id), {
      method: "POST",
      headers: { ...ndjson.headers, "content-encoding": "gzip" },
      body: gzipSync(linesOf(runsOn(exampleIds[0], 3000))),
    });
    expect(await response.json()).toMatchObject({ counts: { created: 3000 } });
  });

  test("400: what does not decompress", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const compressed = gzipSync(linesOf(runsOn(exampleIds[0], 3000)));
    const response = await service.fetch(runsBatchOf(id), {
      method: "POST",
      headers: { ...ndjson.headers, "content-encoding": "gzip" },
      body: compressed.fill(0, Math.floor(compressed.length / 2)),
    });
    expect(response.status).toBe(400);
  });

  test("413: of more bytes than a file may have; it says how many are done, and they are there", async () => {
    const { id, exampleIds } = await givenExperiment(small);
    const body = new Blob([linesOf(runsOn(exampleIds[0], 2000))]).stream(); // of no length that could be told
    const response = await small.fetch(runsBatchOf(id), { method: "POST", ...ndjson, body, ...half });
    expect(response.status).toBe(413);
    const { detail } = (await response.json()) as { detail: string };
    const [, done] = /200000 bytes at most\. The first (\d+) items of the batch are done\.$/.exec(detail) ?? [];
    expect(Number(done)).toBeGreaterThan(0);
    expect((await small.get(`/v1/experiments/${id}/runs`)).body.data).toHaveLength(Number(done));
  });
});

describe("createExperimentRuns, ten thousand with three evaluations each", () => {
  const outputs = Array.from({ length: 10_000 }, (_, n) => ({ n, answer: `answer ${n} ${"words ".repeat(n % 7)}` }));
  const scores = [0, 1, 2].map((n) => `score ${n}`);
  const failsAt = (n: number) => (n % 50 === 0 ? "no" : null);
  const runsWithEvaluations = (exampleIds: string[]) =>
    outputs.map((output, n) =>
      runOf(exampleIds[n], {
        output,
        error: failsAt(n),
        evaluations: scores.map((name, index) => nested(name, { result: { score: n + index, label: `${n}` } })),
      }),
    );

  test("200: are stored exactly; sent twice, they are stored once", async () => {
    const { id, exampleIds } = await givenExperiment(service, outputs.length);
    const runs = runsWithEvaluations(exampleIds);
    expect((await postLines(id, runs)).body.counts).toEqual({ created: 10_000, replaced: 0, exists: 0, rejected: 0 });
    const sent = outputs.map((output, n) =>
      [exampleIds[n], JSON.stringify(output), failsAt(n), ...scores.map((name, at) => `${name} ${n + at} ${n}`)].join(),
    );
    const stored = (await exportOf(id)).map(({ example_id, output, error, annotations }: Exported) =>
      [
        example_id,
        JSON.stringify(output),
        error,
        ...annotations.map(({ name, score, label }) => `${name} ${score} ${label}`),
      ].join(),
    );
    expect(stored).toEqual(sent);
    const before = await stateOf(service, id);
    expect((await postLines(id, runs)).body.counts).toEqual({ created: 0, replaced: 0, exists: 10_000, rejected: 0 });
    expect(await stateOf(service, id)).toEqual(before);
    expect(await countsOf(service, id)).toEqual({ counters: [9800, 200], recount: [9800, 200] });
  });

  test("cut off in the middle, the first of them are stored, with their evaluations, and sending them again stores the rest", async () => {
    const { id, exampleIds } = await givenExperiment(service, outputs.length);
    const runs = runsWithEvaluations(exampleIds);
    const socket = connect(Number(new URL(service.url).port), "127.0.0.1");
    const head = `POST ${runsBatchOf(id)} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-ndjson\r\ntransfer-encoding: chunked\r\n\r\n`;
    const body = linesOf(runs.slice(0, 5500)).slice(0, -100); // in the middle of a line
    socket.write(`${head}${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n`);
    const stored = async () => (await service.get(`/v1/experiments/${id}`)).body.data.successful_run_count;
    await expect.poll(stored, patience).toBeGreaterThan(4000);
    socket.destroy();
    await once(socket, "close");

    await expect
      .poll(() => service.log.filter((line) => line.includes(id) && line.includes('"cut":true')))
      .toHaveLength(1);
    const exported = await exportOf(id);
    expect(exported.length % 1000).toBe(0);
    expect(exported.map(({ example_id }: Exported) => example_id)).toEqual(exampleIds.slice(0, exported.length));
    expect(exported.filter(({ annotations }: Exported) => annotations.length !== 3)).toEqual([]);

    const rest = outputs.length - exported.length;
    expect((await postLines(id, runs)).body.counts).toMatchObject({ created: rest, exists: exported.length });
    expect((await exportOf(id)).map(({ output }: Exported) => output)).toEqual(outputs);
    expect(await countsOf(service, id)).toEqual({ counters: [9800, 200], recount: [9800, 200] });
  });
});

test("createExperimentRuns holds no lock while the client is slow", async () => {
  const { id, exampleIds } = await givenExperiment(service);
  const { readable: body, writable } = new TransformStream();
  const writer = writable.getWriter();
  const send = (lines: string) => writer.write(Buffer.from(lines));
  const sent = send(linesOf(runsOn(exampleIds[0], 1000)));
  const answer = service.fetch(runsBatchOf(id), { method: "POST", ...ndjson, body, ...half });
  await sent;
  await expect.poll(async () => (await runsOf(id)).length, patience).toBe(1000);
  expect(
    (await service.post(`/v1/experiments/${id}/runs`, runOf(exampleIds[0], { repetition_number: 5000 }))).status,
  ).toBe(200);
  const open =
    "select 1 from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'";
  expect((await service.database.query(open)).rows).toEqual([]);
  await send(linesOf([runOf(exampleIds[0], { repetition_number: 5000, output: "another" })]));
  await writer.close();
  expect(await (await answer).json()).toMatchObject({ counts: { created: 1000, rejected: 1 } });
});

test("createExperimentRuns keeps no more than the lines of two commits in memory", async () => {
  const { id, exampleIds } = await givenExperiment(service);
  setFlagsFromString("--expose-gc");
  const collectGarbage: (options: object) => void = runInNewContext("gc");
  const inUse = () => {
    collectGarbage({ type: "major", execution: "sync", flavor: "last-resort" });
    const { heapUsed, external } = process.memoryUsage(); // the latter with buffers
    return (heapUsed + external) / 2 ** 20;
  };
  const ignored = "nobody reads this ".repeat(6000);
  const before = inUse();
  const samples: number[] = [];
  async function* lines() {
    for (let n = 0; n < 2000; n++) {
      const run = runOf(exampleIds[0], { repetition_number: n + 1, output: ignored.slice(0, 2000), ignored });
      yield Buffer.from(linesOf([run]));
      if (n % 300 === 299) samples.push(inUse() - before);
    }
  }
  const request = httpRequest(new URL(runsBatchOf(id), service.url), { method: "POST", ...ndjson });
  const answered = once(request, "response");
  await pipeline(lines(), request);
  const [response] = await answered;
  expect(JSON.parse(Buffer.concat(await response.toArray()).toString())).toMatchObject({ counts: { created: 2000 } });
  expect(samples).toHaveLength(6);
  expect(Math.max(...samples)).toBeLessThan(20); // megabytes, of 216 that pass through
});

describe("createExperimentRuns, properties", () => {
  const item = fc.record({
    example: fc.nat(2),
    repetition: fc.integer({ min: 1, max: 2 }),
    output: fc.nat(1),
    error: fc.constantFrom(null, "no", "never"),
    scores: fc.dictionary(fc.constantFrom("a", "b"), fc.nat(3), { noNullPrototype: true }),
  });
  type Item = typeof item extends fc.Arbitrary<infer Value> ? Value : never;
  interface Stored extends Pick<Item, "output" | "error"> {
    scores: Record<string, number>;
  }

  /** What becomes of a run, and of what is stored, by the words of the contract. */
  function record(stored: Map<string, Stored>, { example, repetition, output, error, scores }: Item): string {
    const key = `${example} ${repetition}`;
    const before = stored.get(key);
    const isLike = before?.output === output && before.error === error;
    if (before?.error === null && !isLike) return "rejected 409";
    stored.set(key, { output, error, scores: { ...before?.scores, ...scores } });
    if (!before) return "created";
    return isLike ? "exists" : "replaced";
  }

  test("200: whatever batches say, each item becomes what the contract says, and sent again changes nothing", async () => {
    const batches = fc.array(fc.record({ items: fc.array(item, { maxLength: 12 }), isList: fc.boolean() }), {
      minLength: 1,
      maxLength: 5,
    });
    const agree = fc.asyncProperty(batches, async (sent) => {
      const { id, exampleIds } = await givenExperiment(service, 3);
      const stored = new Map<string, Stored>();
      const send = async ({ items, isList }: (typeof sent)[number]) => {
        const runs = items.map(({ example, repetition, output, error, scores }) =>
          runOf(exampleIds[example], {
            repetition_number: repetition,
            output,
            error,
            evaluations: Object.entries(scores).map(([name, score]) => nested(name, { result: { score } })),
          }),
        );
        return outcomesOf(await (isList ? postList : postLines)(id, runs));
      };
      for (const batch of sent) expect(await send(batch)).toEqual(batch.items.map((each) => record(stored, each)));
      const exported: Record<string, never>[] = stored.size === 0 ? [] : await exportOf(id);
      const found = exported.map(({ example_id = "", repetition_number = "", output, error, annotations = [] }) => [
        `${exampleIds.indexOf(example_id)} ${repetition_number}`,
        { output, error, scores: Object.fromEntries(Array.from(annotations, ({ name, score }) => [name, score])) },
      ]);
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(stored));
      const counts = await countsOf(service, id);
      expect(counts.counters).toEqual(counts.recount);

      const last = sent.at(-1);
      if (
        last === undefined ||
        new Set(last.items.map((each) => `${each.example} ${each.repetition}`)).size < last.items.length
      )
        return;
      const before = await stateOf(service, id);
      expect((await send(last)).filter((outcome) => !/^(exists|rejected)/.test(outcome))).toEqual([]);
      expect(await stateOf(service, id)).toEqual(before);
    });
    await fc.assert(agree, { numRuns: 40 });
  });

  test("200: batches and single writes at the same time lose nothing, and all is counted", async () => {
    const { id, exampleIds } = await givenExperiment(service, 4);
    const errorOf = (repetition: number) => (repetition % 3 === 0 ? "no" : null);
    const runs = Array.from({ length: 300 }, (_, index) =>
      runOf(exampleIds[index % 4], {
        repetition_number: index + 1,
        error: errorOf(index + 1),
        evaluations: [nested("a")],
      }),
    );
    const halves = [runs.slice(0, 200), runs.slice(100).toReversed()];
    const singles = runs.slice(50, 90);
    const [batches, single] = await Promise.all([
      Promise.all(halves.map((half, at) => (at === 0 ? postLines : postList)(id, half))),
      Promise.all(singles.map((run) => service.post(`/v1/experiments/${id}/runs`, run))),
    ]);
    for (const batch of batches) expect(batch.body.counts.rejected).toBe(0);
    expect(single.every(({ status }) => status === 200 || status === 409)).toBe(true);
    const exported = await exportOf(id);
    expect(exported).toHaveLength(300);
    for (const run of exported) {
      expect(run.error).toBe(errorOf(run.repetition_number));
      expect(run.annotations).toHaveLength(1);
    }
    expect(await countsOf(service, id)).toEqual({ counters: [200, 100], recount: [200, 100] });
  });
});
