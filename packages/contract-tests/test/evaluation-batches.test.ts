import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countsOf, linesOf, ndjson, outcomesOf, runsBatchOf } from "../src/batches.ts";
import { evaluationOf, givenEvaluation, givenExperiment, givenRun, runOf } from "../src/given.ts";
import { idOf } from "../src/requests.ts";
import { useService } from "../src/service.ts";

const service = useService();

const path = "/v1/experiment_evaluations/batch";
const postLines = (items: unknown[], query = "") => service.post(`${path}${query}`, linesOf(items), ndjson);
const postList = (evaluations: unknown[], query = "") => service.post(`${path}${query}`, { evaluations });
const forms = [
  ["JSON", postList, "/body/evaluations"],
  ["NDJSON", postLines, "/body"],
] as const;

/** An experiment with a run on each of so many examples. */
async function givenRuns(count: number) {
  const { id, exampleIds } = await givenExperiment(service, count);
  const runs = exampleIds.map((exampleId) => runOf(exampleId));
  const { body } = await service.post(runsBatchOf(id), { runs });
  return { id, runIds: body.data.map((run: { id: string }) => run.id) as string[] };
}

/** The name and the score of each evaluation of an experiment, run by run. */
const storedIn = async (experimentId: string) =>
  (await service.get(`/v1/experiments/${experimentId}/json`)).body.map(
    ({ annotations }: { annotations: { name: string; score: number }[] }) =>
      annotations.map(({ name, score }) => `${name} ${score}`),
  );

const scored = (runId: string | undefined, name: string, score: number) =>
  evaluationOf(runId ?? "", name, { result: { score } });

describe.each(forms)("upsertExperimentEvaluations, by %s", (_, post, place) => {
  test("200: evaluations of runs of several experiments, with their ids in order", async () => {
    const [one, other] = [await givenRuns(2), await givenRuns(1)];
    const { status, body } = await post([
      scored(other.runIds[0], "a", 1),
      scored(one.runIds[1], "a", 2),
      evaluationOf(one.runIds[0] ?? "", "a", { result: null, error: "no", metadata: { judge: 1 }, trace_id: "abc" }),
      scored(other.runIds[0], "b", 3),
    ]);
    expect(status).toBe(200);
    expect(body.counts).toEqual({ created: 4, replaced: 0, rejected: 0 });
    expect([await storedIn(one.id), await storedIn(other.id)]).toEqual([[["a null"], ["a 2"]], [["a 1", "b 3"]]]);
    expect((await service.get(`/v1/experiments/${one.id}/json`)).body[0].annotations).toMatchObject([
      { error: "no", metadata: { judge: 1 }, trace_id: "abc", annotator_kind: "CODE" },
    ]);
    const again = await post([scored(other.runIds[0], "b", 4), scored(other.runIds[0], "a", 5)]);
    expect(again.body.data).toEqual([
      { outcome: "replaced", id: body.data[3].id },
      { outcome: "replaced", id: body.data[0].id },
    ]);
    expect(await storedIn(other.id)).toEqual([["a 5", "b 4"]]);
  });

  test("200: of one run and name the last holds", async () => {
    const { id, runIds } = await givenRuns(1);
    await givenEvaluation(service, runIds[0] ?? "", "old");
    const names = ["new", "old", "new", "old", "new"];
    const answer = await post(names.map((name, score) => scored(runIds[0], name, score)));
    expect(outcomesOf(answer)).toEqual(["created", "replaced", "replaced", "replaced", "replaced"]);
    const { data } = answer.body;
    expect([data[2].id, data[4].id, data[3].id]).toEqual([data[0].id, data[0].id, data[1].id]);
    expect((await storedIn(id))[0].toSorted()).toEqual(["new 4", "old 3"]);
  });

  test("200: what is wrong, or of no run, is told so, and keeps no other from being recorded", async () => {
    const { id, runIds } = await givenRuns(1);
    const unknown = idOf("ExperimentRun", 999 * 2 ** 27 + 1);
    const answer = await post([
      evaluationOf(runIds[0] ?? "", "a", { annotator_kind: "ROBOT" }),
      evaluationOf(runIds[0] ?? "", "a", { result: null }),
      evaluationOf(runIds[0] ?? "", "a", { result: { score: "high" } }),
      scored("nonsense", "a", 1),
      scored(id, "a", 1),
      scored(unknown, "a", 1),
      scored(idOf("ExperimentRun", rowidOf(runIds[0]) + 1), "a", 1),
      scored(idOf("ExperimentRun", -1), "a", 1),
      scored(idOf("ExperimentRun", 2 ** 53), "a", 1),
      7,
      scored(runIds[0], "a", 1),
    ]);
    expect(outcomesOf(answer)).toEqual([
      `rejected 422 ${place}/0/annotator_kind`,
      `rejected 422 ${place}/1/result`,
      `rejected 422 ${place}/2/result/score`,
      `rejected 422 ${place}/3/experiment_run_id`,
      "rejected 404",
      "rejected 404",
      "rejected 404",
      "rejected 404",
      "rejected 404",
      `rejected 422 ${place}/9`,
      "created",
    ]);
    expect(answer.body.data[5].problem.detail).toBe(`ExperimentRun with ID ${unknown} does not exist`);
    expect(answer.body.counts).toEqual({ created: 1, replaced: 0, rejected: 10 });
    expect(await storedIn(id)).toEqual([["a 1"]]);
  });

  test("200: nothing, of nothing", async () => {
    expect((await post([])).body).toEqual({ data: [], counts: { created: 0, replaced: 0, rejected: 0 } });
  });

  test("413: of more than 100,000 items; those before are done", async () => {
    const { id, runIds } = await givenRuns(1);
    const names = Array.from({ length: 20 }, (_, n) => `${n}`);
    const items = [...Array(99_990).fill({}), ...names.map((name) => scored(runIds[0], name, 1))];
    const { status, body } = await post(items);
    expect(status).toBe(413);
    expect(body.detail).toMatch(/The first 100000 items of the batch are done\.$/);
    expect((await storedIn(id))[0]).toHaveLength(10);
  });

  test("422: atomic, none is recorded if one is of no run; all are otherwise", async () => {
    const [one, other] = [await givenRuns(1), await givenRuns(1)];
    await givenEvaluation(service, one.runIds[0] ?? "", "old", { result: { score: 1 } });
    const fine = Array.from({ length: 1500 }, (_, n) => scored(n % 2 ? one.runIds[0] : other.runIds[0], `${n}`, n));
    const bad = [scored(one.runIds[0], "old", 7), ...fine, scored(idOf("ExperimentRun", 1), "a", 1)];
    const { status, body } = await post(bad, "?atomic=true");
    expect([status, body.code]).toEqual([422, "invalid_request"]);
    expect(body.errors).toEqual([
      {
        pointer: `${place}/1501`,
        detail: `ExperimentRun with ID ${idOf("ExperimentRun", 1)} does not exist`,
        code: "not_found",
      },
    ]);
    expect([await storedIn(one.id), await storedIn(other.id)]).toEqual([[["old 1"]], [[]]]);
    expect((await post(fine, "?atomic=true")).body.counts).toEqual({ created: 1500, replaced: 0, rejected: 0 });
    expect((await storedIn(other.id))[0]).toHaveLength(750);
  });
});

const rowidOf = (id = "") => Number(Buffer.from(id, "base64").toString().split(":")[1]);

describe("upsertExperimentEvaluations", () => {
  test("200: lines are read as those of runs are", async () => {
    const { id, runIds } = await givenRuns(1);
    const [a, b] = [scored(runIds[0], "a", 1), scored(runIds[0], "b", 2)].map((each) => JSON.stringify(each));
    const answer = await service.post(path, `\ufeff${a}\r\n\n {\r\n \n${b}`, ndjson);
    expect(outcomesOf(answer)).toEqual(["created", "rejected 422 /body/1", "created"]);
    expect(await storedIn(id)).toEqual([["a 1", "b 2"]]);
  });

  test("200: whatever batches and single writes say one after the other, the last of each run and name holds", async () => {
    const { id, runIds } = await givenRuns(3);
    const item = fc.record({ run: fc.nat(2), name: fc.constantFrom("a", "b"), score: fc.nat(9) });
    const writes = fc.array(
      fc.oneof(item, fc.record({ items: fc.array(item, { maxLength: 8 }), isList: fc.boolean() })),
      { maxLength: 6 },
    );
    const last = new Map<string, number>();
    const agree = fc.asyncProperty(writes, async (sent) => {
      for (const write of sent) {
        const items = "items" in write ? write.items : [write];
        const evaluations = items.map(({ run, name, score }) => scored(runIds[run], name, score));
        if (!("items" in write)) await service.post("/v1/experiment_evaluations", evaluations[0]);
        else {
          const seen = new Set(last.keys());
          const outcomes = items.map(({ run, name }) => {
            const outcome = seen.has(`${run} ${name}`) ? "replaced" : "created";
            seen.add(`${run} ${name}`);
            return outcome;
          });
          expect(outcomesOf(await (write.isList ? postList : postLines)(evaluations))).toEqual(outcomes);
        }
        for (const { run, name, score } of items) last.set(`${run} ${name}`, score);
      }
      const expected = [0, 1, 2].map((run) =>
        [...last].filter(([key]) => key.startsWith(`${run}`)).map(([key, score]) => `${key.slice(2)} ${score}`),
      );
      const stored: string[][] = await storedIn(id);
      expect(stored.map((each) => each.toSorted())).toEqual(expected.map((each) => each.toSorted()));
    });
    await fc.assert(agree, { numRuns: 30 });
  });

  test("200: to batches over the same experiments, in any order and at the same time, with runs recorded meanwhile", async () => {
    const experiments = await Promise.all(Array.from({ length: 5 }, () => givenRuns(2)));
    const runIds = experiments.flatMap((experiment) => experiment.runIds);
    const orders = Array.from({ length: 12 }, (_, n) => (n % 2 ? runIds : runIds.toReversed()));
    const batches = orders.map((order, n) => postLines(order.map((runId) => scored(runId, `${n % 4}`, n))));
    const later = experiments.map(async ({ id }) => {
      const { body } = await service.get(`/v1/experiments/${id}/runs`);
      return givenRun(service, id, body.data[0].dataset_example_id, { repetition_number: 2 });
    });
    for (const { status, body } of await Promise.all(batches)) {
      expect(status).toBe(200);
      expect(body.counts.rejected).toBe(0);
    }
    await Promise.all(later);
    for (const { id } of experiments) {
      for (const names of (await storedIn(id)).filter((each: string[]) => each.length > 0))
        expect(names).toHaveLength(4);
      expect(await countsOf(service, id)).toEqual({ counters: [3, 0], recount: [3, 0] });
    }
  });
});
