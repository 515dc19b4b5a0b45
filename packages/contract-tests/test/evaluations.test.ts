import { describe, expect, test } from "vitest";
import {
  evaluationOf,
  givenDataset,
  givenEvaluation,
  givenExperiment,
  givenExperimentOver,
  givenRun,
} from "../src/given.ts";
import { idOf } from "../src/requests.ts";
import { useService } from "../src/service.ts";

const service = useService();

/** An experiment over one example, with one run. */
async function givenOneRun(): Promise<{ id: string; runId: string }> {
  const { id, exampleIds } = await givenExperiment(service);
  return { id, runId: await givenRun(service, id, exampleIds[0]) };
}

const post = (body: unknown) => service.post("/v1/experiment_evaluations", body);

/** The evaluations of the only run of an experiment. */
const storedIn = async (experimentId: string) =>
  (await service.get(`/v1/experiments/${experimentId}/json`)).body[0].annotations;

describe("upsertExperimentEvaluation", () => {
  test("200: the evaluation, as exports have it, its fields in Phoenix's order", async () => {
    const { id, runId } = await givenOneRun();
    const { status, body } = await post({
      experiment_run_id: runId,
      name: "accuracy",
      annotator_kind: "LLM",
      start_time: "2026-11-22T09:30:02Z",
      end_time: 1_795_339_803.25,
      result: { label: "correct", score: 0.1, explanation: "they agree" },
      error: null,
      metadata: { judge: "small-2" },
      trace_id: "0af7651916cd43dd8448eb211c80319c",
    });
    expect([status, Object.keys(body), Object.keys(body.data)]).toEqual([200, ["data"], ["id"]]);
    expect(Buffer.from(body.data.id, "base64").toString()).toMatch(/^ExperimentEvaluation:\d+$/);
    const [stored] = await storedIn(id);
    expect(Object.entries(stored)).toEqual([
      ["name", "accuracy"],
      ["annotator_kind", "LLM"],
      ["label", "correct"],
      ["score", 0.1],
      ["explanation", "they agree"],
      ["trace_id", "0af7651916cd43dd8448eb211c80319c"],
      ["error", null],
      ["metadata", { judge: "small-2" }],
      ["start_time", "2026-11-22T09:30:02+00:00"],
      ["end_time", "2026-11-22T09:30:03.250000+00:00"],
    ]);
  });

  const full = { label: "bad", score: 0, explanation: "" };
  const nothing = { label: null, score: null, explanation: null };
  test.each([
    ["a result and an error", { result: full, error: "but" }, { ...full, error: "but" }],
    ["an empty result", { result: {} }, { ...nothing, error: null }],
    ["an empty result and an error", { result: {}, error: "no" }, { ...nothing, error: "no" }],
    ["null for a result, and an error", { result: null, error: "no" }, { ...nothing, error: "no" }],
    ["an error alone", { result: undefined, error: "no" }, { ...nothing, error: "no" }],
    ["an empty error", { result: undefined, error: "" }, { ...nothing, error: "" }],
    ["nulls within the result", { result: nothing }, { ...nothing, error: null }],
  ])("200: %s", async (_, fields, stored) => {
    const { id, runId } = await givenOneRun();
    await givenEvaluation(service, runId, "accuracy", fields);
    expect(await storedIn(id)).toEqual([expect.objectContaining({ ...stored, metadata: {} })]);
  });

  test("200: metadata within the result, and fields that the contract does not have, are ignored", async () => {
    const { id, runId } = await givenOneRun();
    const result = { score: 1, metadata: { lost: true }, name: "another" };
    await givenEvaluation(service, runId, "accuracy", { id: "DRY_RUN_1", result });
    expect(await storedIn(id)).toEqual([expect.objectContaining({ name: "accuracy", score: 1, metadata: {} })]);
  });

  test("200: a second one of the same name replaces every column, and keeps the id", async () => {
    const { id, runId } = await givenOneRun();
    const first = await givenEvaluation(service, runId, "accuracy", {
      annotator_kind: "HUMAN",
      result: full,
      error: "no",
      metadata: { a: 1 },
      trace_id: "abc",
    });
    const second = await givenEvaluation(service, runId, "accuracy", {
      start_time: "2026-11-23T00:00:00Z",
      end_time: "2026-11-23T00:00:01Z",
      result: { score: 1 },
    });
    expect(second).toBe(first);
    expect(await storedIn(id)).toEqual([
      {
        name: "accuracy",
        annotator_kind: "CODE",
        label: null,
        score: 1,
        explanation: null,
        trace_id: null,
        error: null,
        metadata: {},
        start_time: "2026-11-23T00:00:00+00:00",
        end_time: "2026-11-23T00:00:01+00:00",
      },
    ]);
  });

  test("200: metadata comes back as it was sent", async () => {
    const { id, runId } = await givenOneRun();
    const metadata = String.raw`{"b":1.0,"a":[1e400,-0.0,12345678901234567890],"2":"\u0000\ud800"}`;
    await post(JSON.stringify(evaluationOf(runId, "accuracy")).replace("{", () => `{"metadata": ${metadata},`));
    const { text } = await service.get(`/v1/experiments/${id}/json`);
    expect(text).toContain(`"metadata":${metadata},`);
  });

  test("200: a score comes back as the double that it is", async () => {
    const { id, runId } = await givenOneRun();
    const scores = [0.1, -1.5, 1e308, -1e308, 5e-324, 2 ** 53 - 1, 0.30000000000000004];
    for (const score of scores) await givenEvaluation(service, runId, `${score}`, { result: { score } });
    expect((await storedIn(id)).map(({ score }: { score: number }) => score)).toEqual(scores);
  });

  test("200: names are kept as they are, and told apart by every character", async () => {
    const { id, runId } = await givenOneRun();
    const long = String.fromCodePoint(...Array.from({ length: 500 }, (_, index) => 0x1f300 + index));
    const names = ["", " ", "a", "A", " a ", "é", "e\u0301", "'; drop table evaluations; --", "a\nb", long];
    for (const name of names) await givenEvaluation(service, runId, name);
    expect((await storedIn(id)).map(({ name }: { name: string }) => name)).toEqual(names);
  });

  test("200: a run that failed can be evaluated", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    await givenEvaluation(service, await givenRun(service, id, exampleIds[0], { error: "no" }), "accuracy");
    expect(await storedIn(id)).toHaveLength(1);
  });

  test("200: each run has its own", async () => {
    const { id, exampleIds } = await givenExperiment(service, 2);
    for (const [score, exampleId] of exampleIds.entries())
      await givenEvaluation(service, await givenRun(service, id, exampleId), "accuracy", { result: { score } });
    const { body } = await service.get(`/v1/experiments/${id}/json`);
    expect(body).toMatchObject([{ annotations: [{ score: 0 }] }, { annotations: [{ score: 1 }] }]);
  });

  test("200: those recorded at the same time are all there; of the same name there is one, as one of them was", async () => {
    const { id, runId } = await givenOneRun();
    const numbers = Array.from({ length: 50 }, (_, index) => index);
    const same = await Promise.all(
      numbers.map((n) => givenEvaluation(service, runId, "same", { result: { score: n, label: `${n}` } })),
    );
    expect(new Set(same).size).toBe(1);
    await Promise.all(numbers.map((n) => givenEvaluation(service, runId, `${n}`, { result: { score: n } })));
    const [one, ...others] = await storedIn(id);
    expect(one).toMatchObject({ name: "same", label: `${one.score}` });
    expect(new Set(others.map(({ name, score }: Record<string, unknown>) => `${name} ${score}`))).toEqual(
      new Set(numbers.map((n) => `${n} ${n}`)),
    );
    expect(others).toHaveLength(50);
  });

  test("404: the run does not exist", async () => {
    const { runId } = await givenOneRun();
    const rowid = Number(Buffer.from(runId, "base64").toString().split(":")[1]);
    const unknown = [rowid + 1, rowid + 2 ** 40, 1, 0, -1].map((n) => idOf("ExperimentRun", n));
    for (const id of [...unknown, idOf("ExperimentEvaluation", rowid)]) {
      const { status, body } = await post(evaluationOf(id, "accuracy"));
      expect([status, body.detail]).toEqual([404, `ExperimentRun with ID ${id} does not exist`]);
    }
  });

  test.each([
    ["neither result nor error", { result: undefined }, "/body/result"],
    ["null for both", { result: null, error: null }, "/body/result"],
    ["a malformed id of a run", { experiment_run_id: "run 1" }, "/body/experiment_run_id"],
    ["a kind in lower case", { annotator_kind: "llm" }, "/body/annotator_kind"],
    ["an unknown kind", { annotator_kind: "ROBOT" }, "/body/annotator_kind"],
    ["a name above 500 characters", { name: "a".repeat(501) }, "/body/name"],
    ["a time that is none", { start_time: "2024-01-01T24:00" }, "/body/start_time"],
    ["a time beyond the year 9999", { end_time: 1e18 }, "/body/end_time"],
  ])("422: %s", async (_, fields, pointer) => {
    const { id, runId } = await givenOneRun();
    const { status, body } = await post(evaluationOf(runId, "accuracy", fields));
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ pointer })]);
    expect(await storedIn(id)).toEqual([]);
  });

  test("422: neither result nor error, in Phoenix's words", async () => {
    const { runId } = await givenOneRun();
    const { body } = await post(evaluationOf(runId, "accuracy", { result: null }));
    expect(body.detail).toBe("Either 'result' or 'error' must be provided");
  });

  test.each(["1e400", "-1e999"])("422: the score %s, which no double holds", async (score) => {
    const { id, runId } = await givenOneRun();
    const evaluation = JSON.stringify(evaluationOf(runId, "accuracy", { result: { score: 7 } }));
    const { status, body } = await post(evaluation.replace('"score":7', `"score":${score}`));
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ pointer: "/body/result/score" })]);
    expect(await storedIn(id)).toEqual([]);
  });
});

describe("listExperimentEvaluations", () => {
  const get = (experimentId: string, query = "") =>
    service.get(`/v1/experiments/${experimentId}/evaluations${query && `?${query}`}`);
  /** The runs and names of a page, as `1 accuracy` for that of the first of these runs. */
  const listed = async (experimentId: string, runIds: string[], ...query: [name: string, value: string][]) => {
    const { status, body, text } = await get(experimentId, String(new URLSearchParams(query)));
    expect(status, text).toBe(200);
    return body.data.map(
      ({ experiment_run_id, name }: Record<string, string>) => `${runIds.indexOf(experiment_run_id ?? "") + 1} ${name}`,
    );
  };
  /** Two runs on one example and one on another, evaluated in another order than the list has. */
  const givenThree = async () => {
    const { id, exampleIds } = await givenExperiment(service, 2, { repetitions: 2 });
    const [a = "", b = ""] = exampleIds;
    const runIds = [
      await givenRun(service, id, b),
      await givenRun(service, id, a, { repetition_number: 2, error: "no" }),
      await givenRun(service, id, a),
    ];
    const [first = "", second = "", third = ""] = runIds;
    await givenEvaluation(service, third, "y", { annotator_kind: "LLM", result: { score: 0.9, label: "good" } });
    await givenEvaluation(service, second, "y", { annotator_kind: "HUMAN", result: { score: 0.1, label: "bad" } });
    await givenEvaluation(service, first, "y", { result: null, error: "no" });
    await givenEvaluation(service, first, "x", { result: { score: 0.5 }, error: "" });
    await givenEvaluation(service, third, "x", { annotator_kind: "LLM", result: { label: "good" } });
    return { id, a, b, runIds };
  };

  test("200: an evaluation as it was recorded, its fields in this order", async () => {
    const { id, runId } = await givenOneRun();
    const metadata = '{"b":1.0,"a":12345678901234567890}';
    const body = evaluationOf(runId, "accuracy", {
      annotator_kind: "LLM",
      result: { label: "right", score: 0.1, explanation: "they agree" },
      error: "but",
      metadata: "?",
      trace_id: "abc",
      end_time: "2026-11-22T09:30:02.25Z",
    });
    const { data } = (await post(JSON.stringify(body).replace('"?"', () => metadata))).body;
    const { body: answer, text } = await get(id);
    expect(Object.keys(answer)).toEqual(["data", "next_cursor"]);
    expect(text).toContain(`"metadata":${metadata},`);
    expect(answer.data.map(Object.entries)).toEqual([
      [
        ["id", data.id],
        ["experiment_run_id", runId],
        ["name", "accuracy"],
        ["annotator_kind", "LLM"],
        ["label", "right"],
        ["score", 0.1],
        ["explanation", "they agree"],
        ["error", "but"],
        ["metadata", JSON.parse(metadata)],
        ["trace_id", "abc"],
        ["start_time", "2026-11-22T09:30:02+00:00"],
        ["end_time", "2026-11-22T09:30:02.250000+00:00"],
      ],
    ]);
  });

  test("200: in the order of runs, and of names; a cursor goes on within a run", async () => {
    const { id, runIds } = await givenThree();
    expect(await listed(id, runIds)).toEqual(["1 x", "1 y", "2 y", "3 x", "3 y"]);
    const { body } = await get(id, "limit=1");
    expect(await listed(id, runIds, ["cursor", body.next_cursor])).toEqual(["1 y", "2 y", "3 x", "3 y"]);
  });

  test("200: paging goes on while evaluations come and change: what was there comes once", async () => {
    const { id, runIds } = await givenThree();
    const seen: string[] = [];
    for (let cursor = ""; cursor !== null; ) {
      const { body } = await get(id, `limit=1&cursor=${encodeURIComponent(cursor)}`);
      const [{ experiment_run_id, name }] = body.data;
      seen.push(`${runIds.indexOf(experiment_run_id) + 1} ${name}`);
      await givenEvaluation(service, runIds[0] ?? "", `earlier ${seen.length}`);
      await givenEvaluation(service, experiment_run_id, name, { result: { score: seen.length } });
      cursor = body.next_cursor;
    }
    expect(seen).toEqual(["1 x", "1 y", "2 y", "3 x", "3 y"]);
  });

  test("200: of names, kinds of annotators, labels; of several values, any", async () => {
    const { id, runIds } = await givenThree();
    const of = (...query: [name: string, value: string][]) => listed(id, runIds, ...query);
    expect(await of(["name", "x"])).toEqual(["1 x", "3 x"]);
    expect(await of(["name", "y"], ["name", "x"], ["name", "z"])).toHaveLength(5);
    expect(await of(["annotator_kind", "HUMAN"])).toEqual(["2 y"]);
    expect(await of(["annotator_kind", "HUMAN"], ["annotator_kind", "LLM"])).toEqual(["2 y", "3 x", "3 y"]);
    expect(await of(["label", "good"])).toEqual(["3 x", "3 y"]);
    expect(await of(["label", "good"], ["name", "y"])).toEqual(["3 y"]);
    expect(await of(["label", ""])).toEqual([]);
  });

  test("200: within a range of scores, which has its ends, and nothing without a score in it", async () => {
    const { id, runIds } = await givenThree();
    const of = (...query: [name: string, value: string][]) => listed(id, runIds, ...query);
    expect(await of(["min_score", "0.5"])).toEqual(["1 x", "3 y"]);
    expect(await of(["max_score", "0.5"])).toEqual(["1 x", "2 y"]);
    expect(await of(["min_score", "5e-1"], ["max_score", ".5"])).toEqual(["1 x"]);
    expect(await of(["min_score", "-1e308"], ["max_score", "1e308"])).toEqual(["1 x", "2 y", "3 y"]);
    expect(await of(["min_score", "0.6"], ["max_score", "0.5"])).toEqual([]);
  });

  test("200: those that failed, also with a result; those that did not", async () => {
    const { id, runIds } = await givenThree();
    expect(await listed(id, runIds, ["error", "true"])).toEqual(["1 x", "1 y"]);
    expect(await listed(id, runIds, ["error", "false"])).toEqual(["2 y", "3 x", "3 y"]);
  });

  test("200: of a run; of the runs on an example, also those that failed", async () => {
    const { id, a, b, runIds } = await givenThree();
    expect(await listed(id, runIds, ["experiment_run_id", runIds[2] ?? ""])).toEqual(["3 x", "3 y"]);
    expect(await listed(id, runIds, ["dataset_example_id", a])).toEqual(["2 y", "3 x", "3 y"]);
    expect(await listed(id, runIds, ["dataset_example_id", b], ["experiment_run_id", runIds[2] ?? ""])).toEqual([]);
  });

  test("200: none of a run or an example that is another experiment's, or none at all", async () => {
    const [{ id, runIds }, other] = [await givenThree(), await givenThree()];
    for (const runId of [other.runIds[0] ?? "", idOf("ExperimentRun", 999_999)])
      expect(await listed(id, runIds, ["experiment_run_id", runId])).toEqual([]);
    for (const exampleId of [other.a, idOf("DatasetExample", 999_999)])
      expect(await listed(id, runIds, ["dataset_example_id", exampleId])).toEqual([]);
  });

  test("200: none of an experiment without any", async () => {
    const { id } = await givenExperiment(service);
    expect((await get(id)).text).toBe('{"data":[],"next_cursor":null}');
  });

  test("200: a hundred on a page unless told", async () => {
    const { id, runId } = await givenOneRun();
    await Promise.all(Array.from({ length: 101 }, (_, n) => givenEvaluation(service, runId, `${n}`)));
    const { body } = await get(id);
    expect([body.data.length, typeof body.next_cursor]).toEqual([100, "string"]);
  });

  test("200: from the evaluation of another experiment that a cursor names, what comes after its run", async () => {
    const [{ id, runIds }, other] = [await givenThree(), await givenThree()];
    const cursors = await Promise.all(
      [id, other.id].map(async (each) => (await get(each, "limit=1")).body.next_cursor),
    );
    const [own, foreign] = cursors.map((cursor) => encodeURIComponent(cursor));
    expect((await get(other.id, `cursor=${own}`)).body.data).toHaveLength(5);
    expect(await listed(id, runIds, ["cursor", decodeURIComponent(foreign ?? "")])).toEqual([]);
  });

  test("404: the experiment does not exist", async () => {
    for (const id of [idOf("Experiment", 999_999), idOf("Dataset", 1)]) {
      const { status, body } = await get(id);
      expect([status, body.detail]).toEqual([404, `Experiment with ID ${id} does not exist`]);
    }
  });

  test.each([
    ["experiment_run_id=run+1", "/query/experiment_run_id"],
    [`experiment_run_id=${idOf("ExperimentEvaluation", 1)}`, "/query/experiment_run_id"],
    ["dataset_example_id=e1", "/query/dataset_example_id"],
    [`dataset_example_id=${idOf("Dataset", 1)}`, "/query/dataset_example_id"],
    ["annotator_kind=llm", "/query/annotator_kind/0"],
    ["annotator_kind=LLM&annotator_kind=ROBOT", "/query/annotator_kind/1"],
    ["name=a%00b", "/query/name/0"],
    ["label=a%00b", "/query/label/0"],
    ["min_score=low", "/query/min_score"],
    ["max_score=1e309", "/query/max_score"],
    ["error=", "/query/error"],
    [`cursor=${idOf("ExperimentEvaluation", 1)}`, "/query/cursor"],
    [`cursor=${idOf("ExperimentRun", "1:1")}`, "/query/cursor"],
    [`cursor=${idOf("ExperimentEvaluation", "1:-1")}`, "/query/cursor"],
    [`cursor=${idOf("ExperimentEvaluation", "1:1:1")}`, "/query/cursor"],
  ])("422: %s", async (query, pointer) => {
    const { id } = await givenExperiment(service);
    const { status, body } = await get(id, query);
    expect([status, body.errors]).toEqual([422, [expect.objectContaining({ pointer })]]);
  });

  test("422: the experiment's id is none", async () => {
    const { status, body } = await get("nonsense");
    expect([status, body.detail]).toEqual([422, "Invalid experiment ID format: nonsense"]);
  });
});

describe("getIncompleteExperimentEvaluations", () => {
  const incomplete = async (experimentId: string, names: string[], query = "") => {
    const search = new URLSearchParams(names.map((name): [string, string] => ["evaluation_name", name]));
    return (await service.get(`/v1/experiments/${experimentId}/incomplete-evaluations?${search}${query}`)).body;
  };
  interface Incomplete {
    experiment_run: { id: string };
    evaluation_names: string[];
  }
  /** The names that each run lacks, by the run's id. */
  const missingOf = async (experimentId: string, names: string[], query = "") =>
    (await incomplete(experimentId, names, query)).data.map(({ experiment_run, evaluation_names }: Incomplete) => [
      experiment_run.id,
      evaluation_names,
    ]);
  /** An experiment with a run on each of so many examples. */
  const givenRuns = async (count: number) => {
    const { id, exampleIds } = await givenExperiment(service, count);
    const runIds: string[] = [];
    for (const exampleId of exampleIds) runIds.push(await givenRun(service, id, exampleId));
    return { id, exampleIds, runIds };
  };

  test("200: the run as the list of runs has it, the example as the experiment fixed it, the names that are lacking", async () => {
    const content = { outputs: [{ b: 1 }], metadata: [{ c: [] }], example_ids: ["mine"] };
    const dataset = await givenDataset(service, [{ question: "6 × 7?" }], content);
    const { id } = await givenExperimentOver(service, dataset);
    await givenRun(service, id, dataset.exampleIds[0], { output: { answer: "42" }, trace_id: "abc" });
    await givenDataset(service, [{ question: "changed" }], { name: dataset.name, example_ids: ["mine"] });
    const { data, next_cursor } = await incomplete(id, ["accuracy"]);
    const runs = await service.get(`/v1/experiments/${id}/runs`);
    expect(Object.entries(data[0])).toEqual([
      ["experiment_run", runs.body.data[0]],
      ["dataset_example", expect.any(Object)],
      ["evaluation_names", ["accuracy"]],
    ]);
    expect(Object.entries(data[0].dataset_example)).toEqual([
      ["id", dataset.exampleIds[0]],
      ["node_id", dataset.exampleIds[0]],
      ["input", { question: "6 × 7?" }],
      ["output", { b: 1 }],
      ["metadata", { c: [] }],
      ["updated_at", expect.any(String)],
      ["source", null],
    ]);
    expect([data.length, next_cursor]).toEqual([1, null]);
  });

  test("200: an evaluation that failed is lacking, also if it has a result; runs that lack none are left out", async () => {
    const { id, runIds } = await givenRuns(4);
    const [none, failed, half, all] = runIds as [string, string, string, string];
    await givenEvaluation(service, failed, "a", { result: null, error: "no" });
    await givenEvaluation(service, failed, "b", { result: { score: 1 }, error: "" });
    await givenEvaluation(service, half, "b");
    for (const name of ["a", "b"]) await givenEvaluation(service, all, name);
    expect(await missingOf(id, ["b", "a"])).toEqual([
      [none, ["a", "b"]],
      [failed, ["a", "b"]],
      [half, ["a"]],
    ]);
    expect(await missingOf(id, ["b"])).toEqual([
      [none, ["b"]],
      [failed, ["b"]],
    ]);
    await givenEvaluation(service, failed, "b");
    expect(await missingOf(id, ["b"])).toEqual([[none, ["b"]]]);
  });

  test("200: runs that failed are not to be evaluated", async () => {
    const { id, exampleIds } = await givenExperiment(service, 2);
    for (const exampleId of exampleIds) await givenRun(service, id, exampleId, { error: "no" });
    expect(await incomplete(id, ["a"])).toEqual({ data: [], next_cursor: null });
    const now = await givenRun(service, id, exampleIds[1]);
    expect(await missingOf(id, ["a"])).toEqual([[now, ["a"]]]);
  });

  test("200: none without runs, and none once all are there", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    expect(await incomplete(id, ["a"])).toEqual({ data: [], next_cursor: null });
    await givenEvaluation(service, await givenRun(service, id, exampleIds[0]), "a");
    expect(await incomplete(id, ["a"])).toEqual({ data: [], next_cursor: null });
  });

  test("200: names are trimmed, asked for once, and ascending by code point; commas do not split them", async () => {
    const { id, runIds } = await givenRuns(1);
    const names = [" b ", "b", "", "  ", "a", "\u{1f600}", "\uffee", "Z", "a,b", "a"];
    expect(await missingOf(id, names)).toEqual([[runIds[0], ["Z", "a", "a,b", "b", "\uffee", "\u{1f600}"]]]);
  });

  test("200: names match exactly: case counts, and so do the spaces around what was recorded", async () => {
    const { id, runIds } = await givenRuns(1);
    for (const name of ["accuracy", " spaced "]) await givenEvaluation(service, runIds[0] ?? "", name);
    expect(await missingOf(id, ["accuracy", "Accuracy", " spaced "])).toEqual([[runIds[0], ["Accuracy", "spaced"]]]);
  });

  test.each(["'; drop table evaluations; --", "' or '1'='1", '"name"', "%", "a\\", "null", "{a,b}"])(
    "200: the name %s is a name",
    async (name) => {
      const { id, runIds } = await givenRuns(1);
      expect(await missingOf(id, [name])).toEqual([[runIds[0], [name]]]);
      await givenEvaluation(service, runIds[0] ?? "", name);
      expect(await missingOf(id, [name])).toEqual([]);
    },
  );

  test("200: evaluations of another experiment of the dataset are not this one's", async () => {
    const dataset = await givenDataset(service, [{ n: 1 }]);
    const [one, other] = [await givenExperimentOver(service, dataset), await givenExperimentOver(service, dataset)];
    const lacking = await givenRun(service, one.id, dataset.exampleIds[0]);
    await givenEvaluation(service, await givenRun(service, other.id, dataset.exampleIds[0]), "a");
    expect(await missingOf(one.id, ["a"])).toEqual([[lacking, ["a"]]]);
    expect(await missingOf(other.id, ["a"])).toEqual([]);
  });

  test("200: in the order of the runs' ids; a cursor names the first of its page", async () => {
    const { id, exampleIds } = await givenExperiment(service, 3);
    const runIds: string[] = [];
    for (const exampleId of exampleIds.toReversed()) runIds.push(await givenRun(service, id, exampleId));
    const [a, b, c] = runIds;
    const page = await incomplete(id, ["x"], "&limit=2");
    expect(page.data.map(({ experiment_run }: Incomplete) => experiment_run.id)).toEqual([a, b]);
    expect(page.next_cursor).toBe(c);
    expect(await missingOf(id, ["x"], `&limit=2&cursor=${c}`)).toEqual([[c, ["x"]]]);
  });

  test.each([1, 2])(
    "200: in pages of %i, paging goes on while evaluations are filled in: none is skipped, no page is empty",
    async (limit) => {
      const { id, runIds } = await givenRuns(5);
      await givenEvaluation(service, runIds[1] ?? "", "x"); // complete from the start
      const seen: string[] = [];
      for (let cursor = ""; cursor !== null; ) {
        const page = await incomplete(id, ["x"], `&limit=${limit}&cursor=${cursor}`);
        expect(page.data).not.toEqual([]);
        for (const { experiment_run } of page.data) {
          seen.push(experiment_run.id);
          await givenEvaluation(service, experiment_run.id, "x");
        }
        cursor = page.next_cursor;
      }
      expect(seen).toEqual(runIds.toSpliced(1, 1));
      expect(await missingOf(id, ["x"])).toEqual([]);
    },
  );

  test("200: fifty runs on a page unless told", async () => {
    const { id, exampleIds } = await givenExperiment(service, 1, { repetitions: 51 });
    const repetitions = Array.from({ length: 51 }, (_, index) => index + 1);
    const runIds = await Promise.all(
      repetitions.map((repetition_number) => givenRun(service, id, exampleIds[0], { repetition_number })),
    );
    const page = await incomplete(id, ["x"]);
    expect(page.data).toHaveLength(50);
    expect(runIds).toContain(page.next_cursor);
    expect(await missingOf(id, ["x"], `&cursor=${page.next_cursor}`)).toEqual([[page.next_cursor, ["x"]]]);
  });

  test.each(["", "?evaluation_name=", "?evaluation_name=%20&evaluation_name=", "?evaluation_names=a"])(
    "400: no name in %j, whether the experiment exists or not",
    async (query) => {
      const { id } = await givenExperiment(service);
      for (const experimentId of [id, idOf("Experiment", 999_999)]) {
        const { status, body } = await service.get(`/v1/experiments/${experimentId}/incomplete-evaluations${query}`);
        expect([status, body.detail]).toEqual([400, "At least one evaluation_name must be provided"]);
      }
    },
  );

  test("400: a name with NUL", async () => {
    const { id } = await givenExperiment(service);
    const { status, body } = await service.get(`/v1/experiments/${id}/incomplete-evaluations?evaluation_name=a%00b`);
    expect([status, body.detail]).toEqual([400, "Invalid evaluation name: null bytes are not allowed"]);
  });

  test("404: the experiment does not exist", async () => {
    for (const id of [idOf("Experiment", 999_999), idOf("Dataset", 1)]) {
      const { status, body } = await service.get(`/v1/experiments/${id}/incomplete-evaluations?evaluation_name=a`);
      expect([status, body.detail]).toEqual([404, `Experiment with ID ${id} does not exist`]);
    }
  });

  test.each(["invalid-cursor", idOf("DatasetExample", 1)])("422: the cursor %s", async (cursor) => {
    const { id } = await givenExperiment(service);
    const { status, body } = await service.get(
      `/v1/experiments/${id}/incomplete-evaluations?evaluation_name=a&cursor=${cursor}`,
    );
    expect([status, body.detail]).toEqual([422, `Invalid cursor format: ${cursor}`]);
  });

  test("422: the experiment's id is none", async () => {
    const { status, body } = await service.get("/v1/experiments/nonsense/incomplete-evaluations?evaluation_name=a");
    expect([status, body.detail]).toEqual([422, "Invalid experiment ID format: nonsense"]);
  });
});
