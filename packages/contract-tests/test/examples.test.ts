import { describe, expect, test } from "vitest";
import { givenDataset } from "../src/given.ts";
import { idOf } from "../src/requests.ts";
import { useService } from "../src/service.ts";
import { examplesOf, newName, upload } from "../src/uploads.ts";

const service = useService();

describe("getDatasetExamples", () => {
  const get = (id: string, query: [name: string, value: string][] = []) =>
    service.get(`/v1/datasets/${id}/examples?${new URLSearchParams(query)}`);

  /** What is in a dataset, by the ids of the examples. */
  async function contents(id: string, version_id: string): Promise<Record<string, unknown>> {
    const examples = await examplesOf(service, id, { version_id });
    return Object.fromEntries(examples.map(({ id, input }) => [id, input]));
  }

  test("200: the examples and where they are from, their fields in Phoenix's order", async () => {
    const dataset = await givenDataset(service, [{ q: 1 }], {
      outputs: [{ a: 2 }],
      metadata: [{ topic: "sums" }],
      example_ids: ["q1"],
    });
    const { body } = await get(dataset.id);
    const { examples, ...about } = body.data;
    expect(Object.entries(about)).toEqual([
      ["dataset_id", dataset.id],
      ["version_id", dataset.versionId],
      ["filtered_splits", []],
    ]);
    expect(examples.map(Object.entries)).toEqual([
      [
        ["id", "q1"],
        ["node_id", dataset.exampleIds[0]],
        ["input", { q: 1 }],
        ["output", { a: 2 }],
        ["metadata", { topic: "sums" }],
        ["updated_at", expect.any(String)],
        ["source", null],
      ],
    ]);
  });

  test("200: an example's id is the user's, even an empty one, or else its node id", async () => {
    const { id } = await givenDataset(service, [{}, {}, {}], { example_ids: ["mine", "", null] });
    const [first, second, third] = await examplesOf(service, id);
    expect([first?.id, second?.id]).toEqual(["mine", ""]);
    expect(third?.id).toBe(third?.node_id);
    expect(Buffer.from(third?.node_id ?? "", "base64").toString()).toMatch(/^DatasetExample:\d+$/);
  });

  test("200: all of them come, in the order of the upload, however many", async () => {
    const inputs = Array.from({ length: 2501 }, (_, n) => ({ n: (n * 7) % 2501 }));
    const { id } = await upload(service, newName(), { inputs });
    expect((await examplesOf(service, id)).map(({ input }) => input)).toEqual(inputs);
  });

  test("200: cut off, never ended as if all had come, when the dataset is deleted while it is read", async () => {
    const inputs = Array.from({ length: 4000 }, (_, n) => ({ n, text: "x".repeat(10_000) })); // more than sockets hold
    const { id } = await upload(service, newName(), { inputs });
    const headers = { "accept-encoding": "identity" };
    const response = await fetch(`${service.url}/v1/datasets/${id}/examples`, { headers });
    expect((await service.delete(`/v1/datasets/${id}`)).status).toBe(204);
    await expect(response.text()).rejects.toThrow();
  });

  test("200: a dataset that has none", async () => {
    const { id } = await givenDataset(service, []);
    expect(await examplesOf(service, id)).toEqual([]);
  });

  test("200: every version stays as it was", async () => {
    const name = newName();
    const versions = [
      { inputs: [{ v: 1 }, { v: 1 }, { v: 1 }], example_ids: ["a", "b", "c"] },
      { inputs: [{ v: 2 }, { v: 1 }, { v: 1 }], example_ids: ["a", "b", "c"] }, // a is patched
      { inputs: [{ v: 2 }, { v: 1 }], example_ids: ["a", "b"] }, // c is deleted
      { inputs: [{ v: 2 }, { v: 1 }, { v: 4 }, { v: 4 }], example_ids: ["a", "b", "c", "d"] }, // c is revived, d is new
      { inputs: [] },
    ];
    const uploaded = [];
    for (const version of versions) uploaded.push(await upload(service, name, version));
    const states = await Promise.all(uploaded.map(({ id, versionId }) => contents(id, versionId)));
    expect(states).toEqual([
      { a: { v: 1 }, b: { v: 1 }, c: { v: 1 } },
      { a: { v: 2 }, b: { v: 1 }, c: { v: 1 } },
      { a: { v: 2 }, b: { v: 1 } },
      { a: { v: 2 }, b: { v: 1 }, c: { v: 4 }, d: { v: 4 } },
      {},
    ]);
  });

  test("200: without a version, or with an empty one, it is the latest, and the answer says which", async () => {
    const { id, name } = await givenDataset(service, [{ v: 1 }]);
    const { versionId } = await upload(service, name, { inputs: [{ v: 2 }] });
    for (const query of [[], [["version_id", ""]]] as [string, string][][]) {
      const { data } = (await get(id, query)).body;
      expect(data).toMatchObject({ version_id: versionId, examples: [{ input: { v: 2 } }] });
    }
  });

  test("200: an example was updated when the version was made that changed it last", async () => {
    const name = newName();
    const { id } = await upload(service, name, { inputs: [{ v: 1 }, { v: 1 }], example_ids: ["a", "b"] });
    await upload(service, name, { inputs: [{ v: 1 }, { v: 2 }], example_ids: ["a", "b"] });
    const versions = await service.get(`/v1/datasets/${id}/versions`);
    const [second, first] = versions.body.data.map(({ created_at }: { created_at: string }) => created_at);
    expect((await examplesOf(service, id)).map(({ updated_at }) => updated_at)).toEqual([first, second]);
    expect(first < second).toBe(true);
  });

  describe("in pages", () => {
    interface Page {
      version: string;
      ns: number[];
      next: string | null;
    }
    const page = async (id: string, ...query: [name: string, value: string][]): Promise<Page> => {
      const { status, body, text } = await get(id, query);
      expect(status, text).toBe(200);
      const ns = body.data.examples.map(({ input }: { input: { n: number } }) => input.n);
      return { version: body.data.version_id, ns, next: body.next_cursor };
    };
    const givenSix = () =>
      givenDataset(
        service,
        [1, 2, 3, 4, 5, 6].map((n) => ({ n })),
      );

    test("200: the whole answer, with the cursor of the next page beside it, which is null on the last", async () => {
      const { id } = await givenSix();
      const whole = (await get(id)).body;
      expect(Object.keys(whole)).toEqual(["data"]);
      const { body } = await get(id, [["limit", "6"]]);
      expect(Object.entries(body)).toEqual([...Object.entries(whole), ["next_cursor", null]]);
      expect(await page(id, ["limit", "4"])).toMatchObject({ ns: [1, 2, 3, 4], next: expect.any(String) });
    });

    test("200: a cursor goes on in the version that it is from, however many came since", async () => {
      const { id, name, versionId } = await givenSix();
      const first = await page(id, ["limit", "2"]);
      const { versionId: later } = await upload(service, name, { inputs: [{ n: 7 }] });
      const second = await page(id, ["limit", "2"], ["cursor", first.next ?? ""]);
      const third = await page(id, ["limit", "2"], ["cursor", second.next ?? ""]);
      expect([first, second, third]).toEqual([
        { version: versionId, ns: [1, 2], next: expect.any(String) },
        { version: versionId, ns: [3, 4], next: expect.any(String) },
        { version: versionId, ns: [5, 6], next: null },
      ]);
      expect(await page(id, ["limit", "2"])).toEqual({ version: later, ns: [7], next: null });
    });

    test("200: a version that is asked for beside a cursor is the one, and the cursor tells the example", async () => {
      const { id, name } = await givenSix();
      const { next } = await page(id, ["limit", "4"]);
      const { versionId } = await upload(service, name, { inputs: [{ n: 7 }] });
      expect(await page(id, ["cursor", next ?? ""], ["version_id", versionId])).toMatchObject({ ns: [7] });
    });

    test("200: of splits", async () => {
      const split = newName();
      const splits = [split, null, split, split];
      const { id } = await givenDataset(
        service,
        [1, 2, 3, 4].map((n) => ({ n })),
        { splits },
      );
      const first = await page(id, ["split", split], ["limit", "2"]);
      expect(first.ns).toEqual([1, 3]);
      expect(await page(id, ["split", split], ["limit", "2"], ["cursor", first.next ?? ""])).toMatchObject({
        ns: [4],
        next: null,
      });
    });

    test("200: from a cursor on without a limit: all that are left", async () => {
      const { id } = await givenSix();
      const { next } = await page(id, ["limit", "2"]);
      const { body } = await get(id, [["cursor", next ?? ""]]);
      expect(Object.keys(body)).toEqual(["data"]);
      expect(body.data.examples).toHaveLength(4);
    });

    test("200: a thousand, if more are asked for", async () => {
      const { id } = await upload(service, newName(), { inputs: Array.from({ length: 1001 }, (_, n) => ({ n })) });
      const { ns, next } = await page(id, ["limit", "5000"]);
      expect(ns).toHaveLength(1000);
      expect(await page(id, ["limit", "5000"], ["cursor", next ?? ""])).toMatchObject({ ns: [1000], next: null });
    });

    test("422: a cursor that is none, or another dataset's, or of a version that never was", async () => {
      const [{ id, exampleIds, versionId }, other] = [await givenSix(), await givenSix()];
      const foreign = (await page(other.id, ["limit", "1"])).next ?? "";
      const never = idOf("DatasetExample", "999999999:1");
      for (const cursor of ["x", exampleIds[0] ?? "", versionId, foreign, never]) {
        const { status, body } = await get(id, [["cursor", cursor]]);
        expect([status, body.detail]).toEqual([422, `Invalid cursor format: ${cursor}`]);
      }
    });
  });

  describe("of splits", () => {
    /** The ids of a dataset's examples that are in any of these splits, and the names that the answer gives to those. */
    async function inSplits(id: string, ...splits: string[]): Promise<{ ids: string[]; names: string[] }> {
      const { status, body, text } = await get(
        id,
        splits.map((split) => ["split", split]),
      );
      expect(status, text).toBe(200);
      const ids = body.data.examples.map(({ id }: { id: string }) => id);
      return { ids, names: body.data.filtered_splits };
    }

    async function idOfSplit(name: string): Promise<string> {
      const { rows } = await service.database.query("select id from splits where name = $1", [name]);
      return idOf("DatasetSplit", rows[0].id);
    }

    async function givenSplits() {
      const [train, test] = [newName(), newName()];
      const { id } = await upload(service, newName(), {
        inputs: [{}, {}, {}, {}],
        example_ids: ["a", "b", "both", "none"],
        splits: [train, test, [train, test], null],
      });
      return { id, train, test };
    }

    test("200: one, by name or by id", async () => {
      const { id, train } = await givenSplits();
      const expected = { ids: ["a", "both"], names: [train] };
      expect(await inSplits(id, train)).toEqual(expected);
      expect(await inSplits(id, ` ${train} `)).toEqual(expected);
      expect(await inSplits(id, await idOfSplit(train))).toEqual(expected);
    });

    test("200: several: what is in any of them, each example once", async () => {
      const { id, train, test } = await givenSplits();
      expect((await inSplits(id, test, train)).ids).toEqual(["a", "b", "both"]);
    });

    test("200: they are named once each, those given by id first, else by their age", async () => {
      const [older, newer] = [newName(), newName()];
      const { id, name } = await givenDataset(service, [{}], { splits: [older] });
      await upload(service, name, { inputs: [{}], splits: [[older, newer]] });
      expect((await inSplits(id, newer, older, newer)).names).toEqual([older, newer]);
      expect((await inSplits(id, older, await idOfSplit(newer))).names).toEqual([newer, older]);
      expect((await inSplits(id, older, await idOfSplit(older))).names).toEqual([older]);
    });

    test("200: a split with none of the dataset's examples", async () => {
      const { train } = await givenSplits();
      const { id } = await givenDataset(service, [{}]);
      expect(await inSplits(id, train)).toEqual({ ids: [], names: [train] });
    });

    test("200: who is in a split is not versioned", async () => {
      const [name, split] = [newName(), newName()];
      const before = await upload(service, name, { inputs: [{ v: 1 }, {}], example_ids: ["a", "b"] });
      await upload(service, name, { inputs: [{ v: 2 }, {}], example_ids: ["a", "b"], splits: [split, null] });
      const { id, versionId } = before;
      expect(await examplesOf(service, id, { version_id: versionId, split })).toMatchObject([{ input: { v: 1 } }]);
    });

    test("200: a comma is part of a name", async () => {
      const split = `${newName()}, and more`;
      const { id } = await givenDataset(service, [{}], { example_ids: ["a"], splits: [split] });
      expect(await inSplits(id, split)).toEqual({ ids: ["a"], names: [split] });
    });

    test("404: no such split, by name or by id", async () => {
      const { id, train } = await givenSplits();
      const ask = async (...splits: string[]) =>
        (
          await get(
            id,
            splits.map((split) => ["split", split]),
          )
        ).body.detail;
      expect(await ask(train, "nope", "zip")).toBe("Dataset splits not found: nope, zip");
      const ids = [idOf("DatasetSplit", 999_999_999), idOf("DatasetSplit", 999_999_998)];
      expect(await ask("nope", ...ids)).toBe("Dataset splits not found for IDs: 999999999, 999999998");
    });

    test("422: a blank one", async () => {
      const { id } = await givenSplits();
      const { status, body } = await get(id, [["split", " "]]);
      expect(status).toBe(422);
      expect(body).toMatchObject({ detail: "Invalid split identifier", errors: [{ pointer: "/query/split" }] });
    });
  });

  test("404: no such dataset", async () => {
    const id = idOf("Dataset", 999_999_999);
    const { status, body } = await get(id);
    expect(status).toBe(404);
    expect(body.detail).toBe(`No dataset with id ${id} can be found.`);
  });

  test("404: no such version of the dataset, also if another dataset has it", async () => {
    const [dataset, other] = [await givenDataset(service, []), await givenDataset(service, [])];
    for (const versionId of [other.versionId, idOf("DatasetVersion", 999_999_999)]) {
      const { status, body } = await get(dataset.id, [["version_id", versionId]]);
      expect(status).toBe(404);
      expect(body.detail).toBe(`No dataset version with id ${versionId} can be found.`);
    }
  });

  test("404: the id of something else, which the answer names", async () => {
    const dataset = await givenDataset(service, []);
    const [invalidDataset, invalidVersion] = [idOf("InvalidDataset", 1), idOf("InvalidDatasetVersion", 1)];
    const ofDataset = await get(invalidDataset);
    expect(ofDataset.status).toBe(404);
    expect(ofDataset.body.detail).toBe(`ID ${invalidDataset} refers to a InvalidDataset`);
    const ofVersion = await get(dataset.id, [["version_id", invalidVersion]]);
    expect(ofVersion.status).toBe(404);
    expect(ofVersion.body.detail).toBe(`ID ${invalidVersion} refers to a InvalidDatasetVersion`);
  });

  test("404: a dataset without versions", async () => {
    const { rows } = await service.database.query("insert into datasets (name) values ($1) returning id", [newName()]);
    const { status, body } = await get(idOf("Dataset", rows[0].id));
    expect(status).toBe(404);
    expect(body.detail).toBe("Dataset has no versions.");
  });

  test("422: no ids", async () => {
    const { id } = await givenDataset(service, []);
    const ofDataset = await get("questions");
    expect(ofDataset.status).toBe(422);
    expect(ofDataset.body.detail).toBe("Invalid dataset ID format: questions");
    const ofVersion = await get(id, [["version_id", "latest"]]);
    expect(ofVersion.status).toBe(422);
    expect(ofVersion.body.detail).toBe("Invalid dataset version ID format: latest");
  });
});
