/**
 * What was deleted is gone for every operation as soon as the deletion is answered, although its rows are still there: nobody removes them here.
 */
import { readContract } from "@assay/server";
import { beforeAll, describe, expect, test } from "vitest";
import { evaluationOf, givenDataset, givenExperiment, givenSpans, newSpanId, newTraceId, runOf } from "../src/given.ts";
import { range } from "../src/races.ts";
import { callables, type Place, placesOf, requestOn } from "../src/requests.ts";
import { type Service, useService } from "../src/service.ts";
import { examplesOf, resultOf } from "../src/uploads.ts";
import { givenCommon, givenWorld, type World } from "../src/world.ts";

const { document } = await readContract();
const operations = callables(document).filter(({ isProtected }) => isProtected);

const kept: World = {};
const common: World = {};
const trace_id = "0af7651916cd43dd8448eb211c80319c";

/** Makes an experiment over the dataset that is kept, and one of everything that can belong to one. */
async function givenExperimentOfKept(service: Service): Promise<World> {
  const post = async (path: string, body: object) => (await service.post(path, body)).body.data;
  const experiment = await post(`/v1/datasets/${kept.Dataset}/experiments`, { name: "gone" });
  const base = `/v1/experiments/${experiment.id}`;
  const run = await post(`${base}/runs`, runOf(kept.DatasetExample, { output: "gone", trace_id }));
  const evaluation = await post("/v1/experiment_evaluations", evaluationOf(run.id, "gone"));
  const tag = await post(`${base}/tags`, { name: "gone" });
  const call = { traceId: trace_id, name: "gone", kind: "LLM", attributes: { "llm.token_count.prompt": 10 } };
  await givenSpans(service, experiment.project_name, [call]);
  const project = await service.get(`/v1/projects/${experiment.project_name}`);
  return {
    Experiment: experiment.id,
    ExperimentRun: run.id,
    ExperimentTag: tag.id,
    ExperimentEvaluation: evaluation.id,
    Project: project.body.data.id,
  };
}

const remains = (service: Service) => async (table: string) =>
  Number((await service.database.query(`select count(*) from ${table}`)).rows[0].count);

const ofExperiment = ["Experiment", "ExperimentRun", "ExperimentTag", "ExperimentEvaluation", "Project"];

/** What is deleted, the types of what goes with it, and the tables in which it leaves rows. */
const deletions = [
  {
    name: "a dataset",
    given: async (service: Service) => {
      const { DatasetSplit: _, ...gone } = await givenWorld(service, "gone", {}); // splits stay
      return gone;
    },
    pathOf: ({ Dataset }: World) => `/v1/datasets/${Dataset}`,
    types: ["Dataset", "DatasetVersion", "DatasetExample", ...ofExperiment],
    rows: ["examples", "example_revisions", "dataset_versions", "experiment_runs", "evaluations", "spans"],
  },
  {
    name: "an experiment",
    given: givenExperimentOfKept,
    pathOf: ({ Experiment }: World) => `/v1/experiments/${Experiment}?delete_project=true`,
    types: ofExperiment,
    rows: ["experiment_examples", "experiment_runs", "evaluations", "spans"],
  },
  {
    name: "a project",
    given: async (service: Service) => {
      await givenSpans(service, "gone", [{ traceId: trace_id, name: "gone", attributes: { of: "gone" } }]);
      return { Project: (await service.get("/v1/projects/gone")).body.data.id };
    },
    pathOf: ({ Project }: World) => `/v1/projects/${Project}`,
    types: ["Project"],
    rows: ["spans"],
  },
];

/** All that there is to see of an answer, but for what differs each time. */
async function seen(service: Service, [path, init]: ReturnType<typeof requestOn>) {
  const response = await service.fetch(path, init);
  const { "x-request-id": requestId = "", date: _, ...headers } = Object.fromEntries(response.headers);
  return { status: response.status, headers, body: (await response.text()).replace(requestId, "") };
}

/** An answer without what two services that are asked the same choose for themselves. */
const withoutChance = ({
  headers: { "content-length": _, ...headers },
  body,
  ...answer
}: Awaited<ReturnType<typeof seen>>) => ({
  ...answer,
  headers,
  body: body
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+/g, "")
    .replaceAll(/Experiment-[0-9a-f]{24}|(?<="span_id":")[0-9a-f]{16}/g, ""),
});

/** Every way to put ids of what is gone in some places of a request, and ids of what is kept in the others. */
function mixtures(places: Place[], gone: string[]): boolean[][] {
  const all = places.reduce<boolean[][]>(
    (before, { type }) =>
      before.flatMap((each) =>
        gone.includes(type)
          ? [
              [...each, false],
              [...each, true],
            ]
          : [[...each, false]],
      ),
    [[]],
  );
  return all.filter((each) => each.includes(true));
}

describe.each(deletions)("$name that was deleted", ({ given, pathOf, types, rows }) => {
  const after = useService({}, { sweeps: false });
  const never = useService({}, { sweeps: false });
  const gone: World = {};

  beforeAll(async () => {
    Object.assign(kept, await givenWorld(after, "kept", {}));
    expect(await givenWorld(never, "kept", {})).toEqual(kept);
    Object.assign(common, await givenCommon(after, {}));
    expect(await givenCommon(never, {})).toEqual(common);
    const before = await Promise.all(rows.map(remains(after)));
    Object.assign(gone, await given(after));
    expect((await after.delete(pathOf(gone))).status).toBe(204);
    const left = await Promise.all(rows.map(remains(after)));
    expect(left.map((count, at) => count > (before[at] ?? 0))).toEqual(rows.map(() => true));
  });

  const requests = operations.flatMap((operation) => {
    const places = placesOf(document, operation);
    return mixtures(places, types).map((isGone) => {
      const what = places.map(({ path }, at) => `${path.join(".")} is ${isGone[at] ? "gone" : "kept"}`).join(", ");
      return { operation, places, isGone, name: `${operation.operationId}: ${what}` };
    });
  });

  test.each(requests)("$name", async ({ operation, places, isGone }) => {
    const ids = places.map((place, at): [Place, string] => {
      const id = isGone[at] ? gone[place.type] : (kept[place.type] ?? common[place.type]);
      if (id === undefined) throw new Error(`there is no ${place.type}`);
      return [place, id];
    });
    const request = requestOn(operation, ids);
    expect(await seen(after, request)).toEqual(await seen(never, request));
  });

  test.each(operations.filter(({ method }) => method === "GET"))("$operationId of what is kept", async (operation) => {
    const all = { ...kept, ...common };
    const places = placesOf(document, operation).map((place): [Place, string] => [place, all[place.type] ?? ""]);
    const request = requestOn(operation, places);
    const answer = withoutChance(await seen(after, request));
    expect(answer.status).toBe(200);
    expect(answer).toEqual(withoutChance(await seen(never, request)));
  });
});

const service = useService({}, { sweeps: false });
const remove = async (path: string) => expect((await service.delete(path)).status).toBe(204);

test("the name of a dataset is free at once, and so are the ids of its examples", async () => {
  const upload = { name: "again", inputs: [{ n: 1 }], example_ids: ["first"], splits: [["train"]] };
  const make = async () => resultOf(await service.post("/v1/datasets/upload?sync=true", upload));
  const before = await make();
  await remove(`/v1/datasets/${before.id}`);
  const now = await make();
  expect(now.counts).toEqual([1, 0, 0]);
  expect((await examplesOf(service, now.id)).map(({ id }) => id)).toEqual(["first"]);
  const { body } = await service.get(`/v1/datasets/${now.id}/splits`);
  expect(body.data).toMatchObject([{ name: "train", example_count: 1 }]);
});

test("a span can be exported again, to any project, once its own is deleted", async () => {
  const span = { traceId: newTraceId(), spanId: newSpanId() };
  await givenSpans(service, "first", [span, { spanId: newSpanId() }]);
  await remove("/v1/projects/first");
  await givenSpans(service, "second", [span]);
  const spans = await service.get("/v1/projects/second/spans");
  expect(spans.body.data).toMatchObject([{ context: { trace_id: span.traceId, span_id: span.spanId } }]);
});

test("a span has no examples once its project is deleted: neither those that were made from it nor any that are to come", async () => {
  const spanId = newSpanId();
  await givenSpans(service, "of examples", [{ spanId }]);
  const { id } = await givenDataset(service, [{ n: 1 }], { span_ids: [spanId] });
  const add = (n: number) => service.post(`/v1/datasets/${id}/examples`, { input: { n }, span_id: spanId });
  const sources = async () => (await examplesOf(service, id)).map(({ source }) => source?.span_id);
  await add(2);
  expect(await sources()).toEqual([spanId, spanId]);
  await remove("/v1/projects/of%20examples");
  await add(3);
  await service.post("/v1/datasets/upload", {
    name: (await service.get(`/v1/datasets/${id}`)).body.data.name,
    action: "append",
    inputs: [{ n: 4 }],
    span_ids: [spanId],
  });
  expect(await sources()).toEqual([undefined, undefined, undefined, undefined]);
  const { rows } = await service.database.query("select span_rowid from examples order by id desc limit 2");
  expect(rows).toEqual([{ span_rowid: null }, { span_rowid: null }]);
});

describe("a download that is under way when it is deleted is cut off", () => {
  const texts = range(1500).map((n) => `${n} ${"x".repeat(10_000)}`); // more than sockets hold

  async function expectCut(path: string, deleted: string) {
    const response = await fetch(service.url + path, { headers: { "accept-encoding": "identity" } });
    await remove(deleted);
    await expect(response.text()).rejects.toThrow();
  }

  test.each(["examples", "jsonl", "csv", "jsonl/openai_ft"])("of examples: %s", async (format) => {
    const { id } = await givenDataset(
      service,
      texts.map((text) => ({ text })),
    );
    await expectCut(`/v1/datasets/${id}/${format}`, `/v1/datasets/${id}`);
  });

  test.each(["runs", "json", "csv"])("of runs: %s", async (format) => {
    const { id, exampleIds } = await givenExperiment(service, texts.length);
    const runs = exampleIds.map((exampleId, at) => runOf(exampleId, { output: texts[at] }));
    expect((await service.post(`/v1/experiments/${id}/runs/batch`, { runs })).status).toBe(200);
    await expectCut(`/v1/experiments/${id}/${format}`, `/v1/experiments/${id}`);
  });
});
