/** Operations for which the published client has types and no functions, called as its users do. */
import type { operationsV1, PhoenixClient } from "@arizeai/phoenix-client";
import { createDataset, getDatasetExamples } from "@arizeai/phoenix-client/datasets";
import { createExperiment } from "@arizeai/phoenix-client/experiments";
import { beforeAll, describe, expect, test } from "vitest";
import { usePhoenix } from "./phoenix.ts";
import { createSquares } from "./squares.ts";
import { stored } from "./stored.ts";

const { service, phoenix } = usePhoenix();
let client: PhoenixClient;
beforeAll(() => {
  ({ client } = phoenix);
});

const upload = (name: string, query: { sync?: boolean } = {}) =>
  client.POST("/v1/datasets/upload", { params: { query }, body: { name, inputs: [{ n: 1 }, { n: 2 }] } });

const listDatasets = async (query: { name?: string; limit?: number; cursor?: string | null }) =>
  (await client.GET("/v1/datasets", { params: { query } })).data;

describe("uploadDataset", () => {
  test("without sync: null, and the dataset is there", async () => {
    const { data, response } = await upload("unawaited");
    expect([response.status, data]).toEqual([200, null]);
    expect(await listDatasets({ name: "unawaited" })).toMatchObject({ data: [{ example_count: 2 }] });
  });

  test("with sync: what was done", async () => {
    const { data } = await upload("awaited", { sync: true });
    expect(data).toMatchObject({ data: { num_created_examples: 2, num_updated_examples: 0, num_deleted_examples: 0 } });
  });

  test("a name that is taken: an error with the status 409", async () => {
    await upload("taken");
    await expect(upload("taken")).rejects.toMatchObject({ name: "HttpError", status: 409 });
  });
});

describe("listDatasets", () => {
  test.each(["my dataset", "(v2)", "it's", "a,b", "a+b", "100%", "%20", "a&b=c", "[x]{y}", "#1?", "é/ü"])(
    "finds the name %j and no other",
    async (name) => {
      await upload(name);
      await upload(`${name} too`);
      expect(await listDatasets({ name })).toMatchObject({ data: [{ name }], next_cursor: null });
    },
  );

  test("gives every dataset once, page by page", async () => {
    for (let index = 0; index < 5; index++) await upload(`listed ${index}`);
    const read = [];
    let cursor: string | null = null;
    do {
      const page = await listDatasets({ limit: 2, cursor });
      read.push(...(page?.data ?? []));
      cursor = page?.next_cursor ?? null;
    } while (cursor !== null);
    expect(read).toEqual((await listDatasets({ limit: 1000 }))?.data);
    expect(read.length).toBeGreaterThanOrEqual(5);
  });
});

describe("listDatasetVersionsByDatasetId", () => {
  test("gives the versions, newest first, page by page", async () => {
    const versions: object[] = [];
    let id = "";
    for (const n of [1, 2, 3]) {
      const { datasetId } = await createDataset({
        client,
        name: "versions",
        description: "",
        examples: [{ input: { n } }],
      });
      id = datasetId;
      versions.unshift({ version_id: (await getDatasetExamples({ client, dataset: { datasetId } })).versionId });
    }
    const list = async (cursor: string | null) => {
      const params = { path: { id }, query: { limit: 2, cursor } };
      return (await client.GET("/v1/datasets/{id}/versions", { params })).data;
    };
    const first = await list(null);
    expect(first?.data).toMatchObject(versions.slice(0, 2));
    expect(await list(first?.next_cursor ?? null)).toMatchObject({ data: versions.slice(2), next_cursor: null });
  });
});

/** An experiment without runs over the numbers to `size`. */
async function createEmpty(name: string, size: number, repetitions = 1) {
  const { datasetId } = await createSquares(client, name, size);
  const { id: experimentId } = await createExperiment({ client, datasetId, experimentName: name, repetitions });
  const { examples } = await getDatasetExamples({ client, dataset: { datasetId } });
  return { experimentId, exampleIds: examples.map(({ nodeId }) => nodeId) };
}

const times = { start_time: "2026-11-22T09:30:00.000Z", end_time: "2026-11-22T09:30:00.250Z" };

interface RunFields {
  output: unknown;
  repetition_number?: number;
  error?: string;
}

async function record(experimentId: string, exampleId = "", fields: RunFields) {
  const { data } = await client.POST("/v1/experiments/{experiment_id}/runs", {
    params: { path: { experiment_id: experimentId } },
    body: { dataset_example_id: exampleId, repetition_number: 1, ...times, ...fields },
  });
  return data?.data.id ?? "";
}

type Evaluation = operationsV1["upsertExperimentEvaluation"]["requestBody"]["content"]["application/json"];

const evaluate = (runId: string, name: string, fields: Partial<Evaluation>) =>
  client.POST("/v1/experiment_evaluations", {
    body: { experiment_run_id: runId, name, annotator_kind: "CODE", ...times, ...fields },
  });

describe("createExperimentRun", () => {
  test("again after success: an error with the status 409, and the run stays what it was", async () => {
    const { experimentId, exampleIds } = await createEmpty("immutable", 1);
    await record(experimentId, exampleIds[0], { output: "first" });
    await expect(record(experimentId, exampleIds[0], { output: "second" })).rejects.toMatchObject({ status: 409 });
    expect(await stored(service, experimentId)).toMatchObject([{ output: "first" }]);
  });

  test("of a task that returned nothing: the output is null", async () => {
    const { experimentId, exampleIds } = await createEmpty("silent", 1);
    await record(experimentId, exampleIds[0], { output: undefined });
    expect(await stored(service, experimentId)).toMatchObject([{ output: null, error: null }]);
  });
});

describe("upsertExperimentEvaluation", () => {
  test("keeps what is given of a result and an error, and metadata", async () => {
    const { experimentId, exampleIds } = await createEmpty("evaluated", 1);
    const runId = await record(experimentId, exampleIds[0], { output: 1 });
    await evaluate(runId, "human", { annotator_kind: "HUMAN", result: { label: "fine" }, metadata: { by: "Ada" } });
    await evaluate(runId, "failed", { result: null, error: "no judge" });
    await evaluate(runId, "failed halfway", { result: {}, error: "no verdict" });
    expect(await stored(service, experimentId)).toMatchObject([
      {
        evaluations: {
          human: { annotator_kind: "HUMAN", label: "fine", error: null, metadata: { by: "Ada" } },
          failed: { label: null, score: null, error: "no judge" },
          "failed halfway": { label: null, score: null, error: "no verdict" },
        },
      },
    ]);
  });
});

describe("getIncompleteExperimentRuns", () => {
  test("gives the repetitions that failed or are missing, example by example, page by page", async () => {
    const { experimentId, exampleIds } = await createEmpty("incomplete", 3, 2);
    await record(experimentId, exampleIds[0], { output: 1 });
    await record(experimentId, exampleIds[0], { output: 1, repetition_number: 2 });
    await record(experimentId, exampleIds[1], { output: 4 });
    await record(experimentId, exampleIds[1], { output: null, error: "2 is hard", repetition_number: 2 });
    const list = async (cursor: string | null) => {
      const params = { path: { experiment_id: experimentId }, query: { limit: 1, cursor } };
      return (await client.GET("/v1/experiments/{experiment_id}/incomplete-runs", { params })).data;
    };
    const first = await list(null);
    expect(first?.data).toMatchObject([{ dataset_example: { node_id: exampleIds[1] }, repetition_numbers: [2] }]);
    expect(await list(first?.next_cursor ?? null)).toMatchObject({
      data: [{ dataset_example: { node_id: exampleIds[2] }, repetition_numbers: [1, 2] }],
      next_cursor: null,
    });
  });
});

describe("getIncompleteExperimentEvaluations", () => {
  const list = async (experimentId: string, query: { evaluation_name?: string[] }) => {
    const params = { path: { experiment_id: experimentId }, query };
    return (await client.GET("/v1/experiments/{experiment_id}/incomplete-evaluations", { params })).data;
  };

  test("gives what failed or is missing under any of the names, whatever is in them", async () => {
    const { experimentId, exampleIds } = await createEmpty("half evaluated", 2);
    const [first = "", second = ""] = [
      await record(experimentId, exampleIds[0], { output: 1 }),
      await record(experimentId, exampleIds[1], { output: 4 }),
    ];
    await evaluate(first, "a,b", { result: { score: 1 } });
    await evaluate(first, "it's", { error: "no judge" });
    for (const name of ["a,b", "it's", "(v2)", "my eval"]) await evaluate(second, name, { result: { score: 1 } });
    expect(await list(experimentId, { evaluation_name: ["a,b", "it's", "(v2)", "my eval"] })).toMatchObject({
      data: [{ experiment_run: { id: first }, evaluation_names: ["(v2)", "it's", "my eval"] }],
      next_cursor: null,
    });
    expect(await list(experimentId, { evaluation_name: ["a,b"] })).toMatchObject({ data: [] });
  });

  test("without a name: an error with the status 400", async () => {
    const { experimentId } = await createEmpty("unnamed", 1);
    await expect(list(experimentId, {})).rejects.toMatchObject({ status: 400 });
  });
});

describe("getExperimentJSON and getExperimentCSV", () => {
  const download = async (
    path: "/v1/experiments/{experiment_id}/json" | "/v1/experiments/{experiment_id}/csv",
    id: string,
  ) => (await client.GET(path, { params: { path: { experiment_id: id } }, parseAs: "text" })).data;

  test("give every run with its evaluations", async () => {
    const { experimentId, exampleIds } = await createEmpty("exported", 2);
    const runId = await record(experimentId, exampleIds[0], { output: "one, exactly" });
    await evaluate(runId, "exact", { result: { label: "right", score: 0.5 } });
    await record(experimentId, exampleIds[1], { output: null, error: "2 is hard" });
    const json = await download("/v1/experiments/{experiment_id}/json", experimentId);
    expect(JSON.parse(json ?? "")).toMatchObject([
      { input: { n: 1 }, output: "one, exactly", annotations: [{ name: "exact", label: "right", score: 0.5 }] },
      { input: { n: 2 }, output: null, error: "2 is hard", annotations: [] },
    ]);
    const [start, end] = ["2026-11-22T09:30:00+00:00", "2026-11-22T09:30:00.250000+00:00"];
    expect((await download("/v1/experiments/{experiment_id}/csv", experimentId))?.split("\n")).toEqual([
      expect.stringMatching(
        /^example_id,repetition_number,input,reference_output,output,metadata,error,.*,annotation_exact_end_time$/,
      ),
      `${exampleIds[0]},1,"{""n"":1}","{""square"":1}","one, exactly",{},,250.000,${start},${end},,,,right,0.5,,{},CODE,,,${start},${end}`,
      `${exampleIds[1]},1,"{""n"":2}","{""square"":4}",,{},2 is hard,250.000,${start},${end},,,,,,,,,,,,`,
      "",
    ]);
  });

  test("of an experiment without runs: an error with the status 404", async () => {
    const { experimentId } = await createEmpty("not run", 1);
    for (const format of ["json", "csv"] as const) {
      await expect(download(`/v1/experiments/{experiment_id}/${format}`, experimentId)).rejects.toMatchObject({
        status: 404,
      });
    }
  });
});

describe("labels of datasets", () => {
  test("are made, put on a dataset by its name, replaced and taken off", async () => {
    const { datasetId } = await createSquares(client, "labelled / squares", 1);
    const path = { dataset_identifier: "labelled / squares" };
    const create = async (name: string) =>
      (await client.POST("/v1/dataset_labels", { body: { name, color: "#00cc88" } })).data?.data.id ?? "";
    const [first, second] = [await create("reviewed"), await create("golden")];
    const labelsOf = async (dataset_identifier: string) => {
      const { data } = await client.GET("/v1/datasets/{dataset_identifier}/labels", {
        params: { path: { dataset_identifier } },
      });
      return data?.data.map(({ id }) => id);
    };

    await client.PUT("/v1/datasets/{dataset_identifier}/labels/{label_id}", {
      params: { path: { ...path, label_id: first } },
    });
    expect(await labelsOf(datasetId)).toEqual([first]);
    await client.PUT("/v1/datasets/{dataset_identifier}/labels", {
      params: { path },
      body: { dataset_label_ids: [second, first] },
    });
    expect(await labelsOf(datasetId)).toEqual([second, first]);
    await client.DELETE("/v1/dataset_labels/{label_id}", { params: { path: { label_id: first } } });
    expect(await labelsOf("labelled / squares")).toEqual([second]);
  });

  test("a name that is taken: an error with the status 409", async () => {
    const create = () => client.POST("/v1/dataset_labels", { body: { name: "taken", color: "#00cc88" } });
    await create();
    await expect(create()).rejects.toMatchObject({ name: "HttpError", status: 409 });
  });
});
