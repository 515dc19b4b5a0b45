import type { PhoenixClient } from "@arizeai/phoenix-client";
import {
  appendDatasetExamples,
  createDataset,
  getDataset,
  getDatasetExamples,
  getDatasetInfo,
} from "@arizeai/phoenix-client/datasets";
import { beforeAll, describe, expect, test } from "vitest";
import { usePhoenix } from "./phoenix.ts";

const { service, phoenix } = usePhoenix();
let client: PhoenixClient;
beforeAll(() => {
  ({ client } = phoenix);
});

const nodeId = expect.stringMatching(/^RGF0YXNldEV4YW1wbGU6/); // base64 of "DatasetExample:"

/** What every example reads back as, beside what was sent. */
const written = { nodeId, output: {}, metadata: {}, source: null, updatedAt: expect.any(Date) };

describe("createDataset", () => {
  test("without example ids: examples are known by the ids that the service gave", async () => {
    const { datasetId } = await createDataset({
      client,
      name: "sums",
      description: "Small sums",
      examples: [
        { input: { sum: "1+1" }, output: { is: 2 }, metadata: { easy: true } },
        { input: { sum: "1+2" }, output: null },
        { input: { sum: "1+3" } },
      ],
    });
    const { examples, ...dataset } = await getDataset({ client, dataset: { datasetId } });
    expect(dataset).toMatchObject({ id: datasetId, name: "sums", description: "Small sums", metadata: {} });
    expect(examples).toEqual([
      { ...written, id: nodeId, input: { sum: "1+1" }, output: { is: 2 }, metadata: { easy: true } },
      { ...written, id: nodeId, input: { sum: "1+2" } },
      { ...written, id: nodeId, input: { sum: "1+3" } },
    ]);
    for (const { id, nodeId } of examples) expect(id).toBe(nodeId);
  });

  test("with example ids: they are the examples' ids, also beside examples without one", async () => {
    const { datasetId } = await createDataset({
      client,
      name: "capitals",
      description: "",
      examples: [
        { id: "fr", input: { of: "France" }, output: { is: "Paris" } },
        { input: { of: "Peru" }, output: { is: "Lima" } },
      ],
    });
    const { examples } = await getDatasetExamples({ client, dataset: { datasetId } });
    expect(examples).toEqual([
      { ...written, id: "fr", input: { of: "France" }, output: { is: "Paris" } },
      { ...written, id: nodeId, input: { of: "Peru" }, output: { is: "Lima" } },
    ]);
    expect(examples[0]?.nodeId).not.toBe("fr");
  });

  test("again: the dataset is made equal to what is given, in a new version", async () => {
    const given = (examples: { id: string; input: { n: number } }[]) =>
      createDataset({ client, name: "evolving", description: "", examples });
    const first = await given([
      { id: "kept", input: { n: 1 } },
      { id: "changed", input: { n: 2 } },
      { id: "dropped", input: { n: 3 } },
    ]);
    const before = await getDatasetExamples({ client, dataset: first });
    const second = await given([
      { id: "kept", input: { n: 1 } },
      { id: "changed", input: { n: 20 } },
      { id: "added", input: { n: 4 } },
    ]);
    const after = await getDatasetExamples({ client, dataset: second });
    expect(second).toEqual(first);
    expect(after.versionId).not.toBe(before.versionId);
    expect(after.examples.map(({ id, input }) => [id, input])).toEqual([
      ["kept", { n: 1 }],
      ["changed", { n: 20 }],
      ["added", { n: 4 }],
    ]);
    expect(after.examples.map(({ nodeId }) => nodeId).slice(0, 2)).toEqual(
      before.examples.map(({ nodeId }) => nodeId).slice(0, 2),
    );
    expect(await versionsOf(first.datasetId)).toEqual([after.versionId, before.versionId]);
  });

  test("with span ids: an example names the span that it was made from", async () => {
    const spanId = "b7ad6b7169203331";
    await service.post("/v1/traces", {
      resourceSpans: [
        { scopeSpans: [{ spans: [{ traceId: "0af7651916cd43dd8448eb211c80319c", spanId, name: "chat" }] }] },
      ],
    });
    const { datasetId } = await createDataset({
      client,
      name: "from spans",
      description: "",
      examples: [{ input: { n: 1 }, spanId }, { input: { n: 2 }, spanId: "00000000000000ff" }, { input: { n: 3 } }],
    });
    const { examples } = await getDatasetExamples({ client, dataset: { datasetId } });
    const source = { span_id: spanId, span_node_id: expect.stringMatching(/^U3Bhbjo/) }; // base64 of "Span:"
    expect(examples).toMatchObject([{ source }, { source: null }, { source: null }]);
  });
});

describe("appendDatasetExamples", () => {
  test("adds examples by the dataset's name and by its id, each time in a new version", async () => {
    const { datasetId } = await createDataset({
      client,
      name: "growing",
      description: "",
      examples: [{ id: "a", input: { n: 1 } }],
    });
    const byName = await appendDatasetExamples({
      client,
      dataset: { datasetName: "growing" },
      examples: [{ id: "b", input: { n: 2 }, output: { is: "even" } }],
    });
    const byId = await appendDatasetExamples({
      client,
      dataset: { datasetId },
      examples: [{ input: { n: 3 }, metadata: { odd: true } }],
    });
    expect([byName.datasetId, byId.datasetId]).toEqual([datasetId, datasetId]);
    const { versionId, examples } = await getDatasetExamples({ client, dataset: { datasetId } });
    expect(examples).toEqual([
      { ...written, id: "a", input: { n: 1 } },
      { ...written, id: "b", input: { n: 2 }, output: { is: "even" } },
      { ...written, id: nodeId, input: { n: 3 }, metadata: { odd: true } },
    ]);
    expect(versionId).toBe(byId.versionId);
    expect(await versionsOf(datasetId)).toEqual([byId.versionId, byName.versionId, expect.any(String)]);
  });
});

describe("getDataset", () => {
  const numbers = (name: string) =>
    createDataset({
      client,
      name,
      description: "",
      examples: [
        { id: "1", input: { n: 1 }, splits: "odd" },
        { id: "2", input: { n: 2 }, splits: ["even", "prime"] },
        { id: "3", input: { n: 3 }, splits: ["odd", "prime"] },
        { id: "4", input: { n: 4 }, splits: null },
      ],
    });
  const ids = ({ examples }: { examples: { id: string }[] }) => examples.map(({ id }) => id);

  test.each(["numbers", "my numbers", "numbers (v2)", "it's numbers", "1,2,3", "50% + 50% = 100%?&#", "числа 🔢"])(
    "by the name %j: the same as by id",
    async (datasetName) => {
      const { datasetId } = await numbers(datasetName);
      const byName = await getDataset({ client, dataset: { datasetName } });
      expect(byName.name).toBe(datasetName);
      expect(byName).toEqual(await getDataset({ client, dataset: { datasetId } }));
      expect(ids(byName)).toEqual(["1", "2", "3", "4"]);
    },
  );

  test("by version: as it was then", async () => {
    const { datasetId } = await numbers("versioned numbers");
    const { versionId } = await getDataset({ client, dataset: { datasetId } });
    await appendDatasetExamples({
      client,
      dataset: { datasetId },
      examples: [
        { id: "1", input: { n: 1.5 } },
        { id: "5", input: { n: 5 } },
      ],
    });
    const then = await getDataset({ client, dataset: { datasetId, versionId } });
    expect(ids(then)).toEqual(["1", "2", "3", "4"]);
    expect(then).toMatchObject({ versionId, examples: [{ input: { n: 1 } }, {}, {}, {}] });
    const now = await getDataset({ client, dataset: { datasetId } });
    expect(ids(now)).toEqual(["1", "2", "3", "4", "5"]);
    expect(now.examples[0]?.input).toEqual({ n: 1.5 });
  });

  test("by split: the examples in any of them", async () => {
    const dataset = await numbers("split numbers");
    const inSplits = async (...splits: string[]) => ids(await getDataset({ client, dataset: { ...dataset, splits } }));
    expect(await inSplits("odd")).toEqual(["1", "3"]);
    expect(await inSplits("even", "prime")).toEqual(["2", "3"]);
    expect(await inSplits()).toEqual(["1", "2", "3", "4"]);
  });

  test("of a dataset that is not there: the client's own error by name, a 404 by id", async () => {
    const { datasetId } = await numbers("short-lived");
    await client.DELETE("/v1/datasets/{id}", { params: { path: { id: datasetId } } });
    await expect(getDataset({ client, dataset: { datasetName: "short-lived" } })).rejects.toThrow(
      "Dataset with name short-lived not found",
    );
    await expect(getDataset({ client, dataset: { datasetId } })).rejects.toMatchObject({ status: 404 });
    await expect(getDatasetInfo({ client, dataset: { datasetId } })).rejects.toMatchObject({ status: 404 });
  });
});

async function versionsOf(id: string) {
  const { data } = await client.GET("/v1/datasets/{id}/versions", { params: { path: { id } } });
  return data?.data.map(({ version_id }) => version_id);
}
