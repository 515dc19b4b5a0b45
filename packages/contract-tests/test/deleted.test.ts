/**
 * What was deleted is gone for every operation as soon as the deletion is answered, although its rows are still there: nobody removes them here.
 */
import { readContract } from "@assay/server";
import { beforeAll, describe, expect, test } from "vitest";
import { evaluationOf, givenSpans, runOf } from "../src/given.ts";
import { callables, type Place, placesOf, requestOn } from "../src/requests.ts";
import { type Service, useService } from "../src/service.ts";
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

  test.each(operations.filter(({ method }) => method === "GET"))(
    "$operationId shows nothing of it",
    async (operation) => {
      const all = { ...kept, ...common };
      const places = placesOf(document, operation).map((place): [Place, string] => [place, all[place.type] ?? ""]);
      const { status, body } = await seen(after, requestOn(operation, places));
      expect(status).toBe(200);
      for (const trace of ["gone", ...Object.values(gone)]) expect(body).not.toContain(trace);
    },
  );
});
