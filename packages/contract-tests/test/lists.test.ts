/** What is true of every list of the contract. */
import { readContract } from "@assay/server";
import { beforeAll, describe, expect, test } from "vitest";
import { pathOf, withQuery } from "../src/requests.ts";
import { useService } from "../src/service.ts";
import { givenSevens, listsOf, readPage } from "../src/sevens.ts";

const { document } = await readContract();
const service = useService();
const lists = listsOf(document);
const ids: Record<string, string> = {};
beforeAll(async () => void Object.assign(ids, await givenSevens(service)));

const read = (path: string) => readPage(service, path);

describe.each(lists.map((operation) => [operation.operationId, operation] as const))("%s", (_, operation) => {
  test.each([1, 2, 3, 6, 7, 8])("in pages of %i it is what it is as a whole, in the same order", async (limit) => {
    const path = pathOf(operation, ids);
    const whole = await read(withQuery(path, "limit=1000"));
    expect(whole.rows).toHaveLength(7);
    expect(whole.next_cursor).toBeNull();
    const pages: unknown[][] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page = await read(withQuery(path, `limit=${limit}&cursor=${encodeURIComponent(cursor)}`));
      pages.push(page.rows);
      cursor = page.next_cursor;
      expect(pages.length).toBeLessThanOrEqual(7); // it comes to an end
    }
    expect(pages.flat()).toEqual(whole.rows);
    expect(pages.map((page) => page.length)).toEqual(pages.map((_, index) => Math.min(limit, 7 - index * limit)));
  });

  test("the last of a repeated limit counts", async () => {
    expect((await read(withQuery(pathOf(operation, ids), "limit=5&limit=2"))).rows).toHaveLength(2);
  });
});

test("a limit above the largest page is clamped to it, without an error", async () => {
  const inputs = Array.from({ length: 1001 }, (_, n) => ({ n }));
  const { body } = await service.post("/v1/datasets/upload?sync=true", { name: "large", inputs });
  const experiment = await service.post(`/v1/datasets/${body.data.dataset_id}/experiments`, {});
  const page = await read(`/v1/experiments/${experiment.body.data.id}/incomplete-runs?limit=5000`);
  expect(page.rows).toHaveLength(1000);
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
        const { rows } = await read(`/v1/datasets?name=${spelling}`);
        expect(rows).toMatchObject([{ name }]);
      }
    },
  );
});
