/** What is true of every list of the contract. */
import { readContract } from "@assay/server";
import { beforeAll, describe, expect, test } from "vitest";
import { givenSpans } from "../src/given.ts";
import { callables, pathOf, withQuery } from "../src/requests.ts";
import { useService } from "../src/service.ts";

const { document } = await readContract();
const service = useService();
const lists = callables(document).filter(({ parameters }) => parameters.some(({ name }) => name === "cursor"));
const ids: Record<string, string> = {};

/**
 * Enough of everything: seven keys, annotation configs, labels, projects and datasets, one of these with seven versions, examples, splits,
 * experiments and runs, and one project with seven spans.
 */
beforeAll(async () => {
  const upload = async (body: object) => (await service.post("/v1/datasets/upload?sync=true", body)).body.data;
  for (let n = 0; n < 7; n++) await service.post("/v1/system/api_keys", { data: { name: `key ${n}` } });
  for (let n = 0; n < 6; n++) await upload({ name: `dataset ${n}`, inputs: [{ n }] });
  for (let n = 0; n < 7; n++) await service.post("/v1/annotation_configs", { name: `config ${n}`, type: "FREEFORM" });
  for (let n = 0; n < 7; n++) {
    const splits = [`split ${n}`];
    Object.assign(ids, await upload({ name: "the one", action: "append", inputs: [{ n }], splits }));
  }
  ids.dataset_identifier = "the one";
  for (let n = 0; n < 7; n++) await service.post("/v1/dataset_labels", { name: `label ${n}`, color: "#00cc88" });
  for (let n = 0; n < 7; n++)
    ids.experiment_id = (
      await service.post(`/v1/datasets/${ids.dataset_id}/experiments`, { repetitions: 2 })
    ).body.data.id;
  await service.post(`/v1/experiments/${ids.experiment_id}/tags`, { name: "baseline" });
  for (let n = 1; n < 7; n++)
    await givenSpans(
      service,
      `project ${n}`,
      Array.from({ length: 7 }, () => ({})),
    ); // and there is the default one
  ids.project_identifier = "project 1";
  const { body } = await service.get(`/v1/datasets/${ids.dataset_id}/examples`);
  for (const { node_id } of body.data.examples) {
    const run = { dataset_example_id: node_id, output: null, repetition_number: 1, start_time: 0, end_time: 1 };
    expect((await service.post(`/v1/experiments/${ids.experiment_id}/runs`, run)).status).toBe(200);
  }
});

const read = async (path: string) => (await service.get(path)).body as { data: unknown[]; next_cursor: string | null };

describe.each(lists.map((operation) => [operation.operationId, operation] as const))("%s", (_, operation) => {
  test.each([1, 2, 3, 6, 7, 8])("in pages of %i it is what it is as a whole, in the same order", async (limit) => {
    const path = pathOf(operation, ids);
    const whole = await read(withQuery(path, "limit=1000"));
    expect(whole.data).toHaveLength(7);
    expect(whole.next_cursor).toBeNull();
    const pages: unknown[][] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page = await read(withQuery(path, `limit=${limit}&cursor=${encodeURIComponent(cursor)}`));
      pages.push(page.data);
      cursor = page.next_cursor;
    }
    expect(pages.flat()).toEqual(whole.data);
    expect(pages.map((page) => page.length)).toEqual(pages.map((_, index) => Math.min(limit, 7 - index * limit)));
  });

  test("the last of a repeated limit counts", async () => {
    expect((await read(withQuery(pathOf(operation, ids), "limit=5&limit=2"))).data).toHaveLength(2);
  });
});

test("a limit above the largest page is clamped to it, without an error", async () => {
  const inputs = Array.from({ length: 1001 }, (_, n) => ({ n }));
  const { body } = await service.post("/v1/datasets/upload?sync=true", { name: "large", inputs });
  const experiment = await service.post(`/v1/datasets/${body.data.dataset_id}/experiments`, {});
  const page = await read(`/v1/experiments/${experiment.body.data.id}/incomplete-runs?limit=5000`);
  expect(page.data).toHaveLength(1000);
  expect(page.next_cursor).not.toBeNull();
});

describe("listDatasets", () => {
  test.each(["my dataset", "(v2)", "it's", "a,b", "a&b=c", "100%", "été 🙂", "a+b", "?#[]@!$*;"])(
    "finds the name %s, however a client writes it",
    async (name) => {
      await service.post("/v1/datasets/upload", { name, inputs: [] });
      const spellings = [
        encodeURIComponent(name),
        new URLSearchParams({ name }).toString().slice("name=".length),
        ...(/[&=%+#🙂é?]/u.test(name) ? [] : [name]),
      ];
      for (const spelling of spellings) {
        const { data } = await read(`/v1/datasets?name=${spelling}`);
        expect(data).toMatchObject([{ name }]);
      }
    },
  );
});
