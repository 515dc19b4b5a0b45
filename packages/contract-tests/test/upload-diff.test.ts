/** How an upload is compared with the examples that a dataset has. */
import { describe, expect, test } from "vitest";
import { idOf } from "../src/requests.ts";
import { useService } from "../src/service.ts";
import { examplesOf, newName, upload } from "../src/uploads.ts";

const service = useService();

const refused = (body: object) => service.post("/v1/datasets/upload?sync=true", { action: "update", ...body });

/** An example to upload: its id or none, and what it holds. */
type Given = [id: string | null, content: unknown];

/** A dataset with these examples. */
async function given(...examples: Given[]) {
  const name = newName();
  const uploaded = await upload(service, name, bodyOf(...examples));
  return { ...uploaded, name, nodes: (await examplesOf(service, uploaded.id)).map(({ node_id }) => node_id) };
}

const bodyOf = (...examples: Given[]) => ({
  inputs: examples.map(([, content]) => ({ content })),
  example_ids: examples.map(([id]) => id),
});

/** The examples of a dataset, each its node id, its id and what it holds. */
const stateOf = async (id: string) =>
  (await examplesOf(service, id)).map(({ node_id, id, input }) => [node_id, id === node_id ? null : id, input]);

describe("uploadDataset", () => {
  describe("one example becomes another", () => {
    const becomes: [before: Given, after: Given, which: string, counts: number[], reason: string][] = [
      [[null, 1], [null, 1], "the same", [0, 0, 0], "nothing changed"],
      [[null, 1], [null, 2], "another", [1, 0, 1], "its content was all that it was known by"],
      [[null, 1], ["a", 1], "another", [1, 0, 1], "an id is never matched by content"],
      [[null, 1], ["a", 2], "another", [1, 0, 1], "neither fits"],
      [["a", 1], ["a", 1], "the same", [0, 0, 0], "nothing changed"],
      [["a", 1], ["a", 2], "the same", [0, 1, 0], "the id did not change"],
      [["a", 1], [null, 1], "the same", [0, 0, 0], "without an id the content counts; it keeps its id"],
      [["a", 1], [null, 2], "another", [1, 0, 1], "neither fits"],
      [["a", 1], ["b", 1], "another", [1, 0, 1], "an id is never matched by content"],
      [["a", 1], ["b", 2], "another", [1, 0, 1], "neither fits"],
    ];
    test.each(becomes)("200: %j, then %j: %s example, %j, because %s", async (before, after, which, counts) => {
      const { id, name, versionId, nodes } = await given(before);
      const second = await upload(service, name, bodyOf(after));
      expect(second.counts).toEqual(counts);
      expect(second.versionId === versionId).toBe(counts.every((count) => count === 0));
      const isSame = which === "the same";
      const [[node, exampleId, input] = []] = await stateOf(id);
      expect(node === nodes[0]).toBe(isSame);
      expect(exampleId).toBe(isSame ? before[0] : after[0]);
      expect(input).toEqual({ content: after[1] });
    });
  });

  describe("a batch", () => {
    test("200: one of each: kept, patched, deleted, created", async () => {
      const { id, name, nodes } = await given([null, 1], ["a", 1], ["b", 1], [null, 2]);
      const { counts } = await upload(service, name, bodyOf(["a", 9], [null, 2], ["c", 3], [null, 4]));
      expect(counts).toEqual([2, 1, 2]);
      const [kept, patched] = [nodes[3], nodes[1]];
      expect(await stateOf(id)).toEqual([
        [patched, "a", { content: 9 }],
        [kept, null, { content: 2 }],
        [expect.any(String), "c", { content: 3 }],
        [expect.any(String), null, { content: 4 }],
      ]);
    });

    test("200: append never deletes", async () => {
      const { id, name, nodes } = await given([null, 1], ["a", 1], ["b", 1]);
      const { counts } = await upload(service, name, { action: "append", ...bodyOf(["a", 9], [null, 2]) });
      expect(counts).toEqual([1, 1, 0]);
      expect(await stateOf(id)).toEqual([
        [nodes[0], null, { content: 1 }],
        [nodes[1], "a", { content: 9 }],
        [nodes[2], "b", { content: 1 }],
        [expect.any(String), null, { content: 2 }],
      ]);
    });

    test("200: what has an id is matched before what has none, in whatever order they come", async () => {
      const { id, name, nodes } = await given(["a", 1], [null, 1]);
      const { counts } = await upload(service, name, bodyOf([null, 1], ["a", 1]));
      expect(counts).toEqual([0, 0, 0]);
      expect((await stateOf(id)).map(([node]) => node)).toEqual(nodes);
    });

    test("200: the order of an upload changes nothing", async () => {
      const { name, versionId } = await given([null, 1], [null, 2], ["a", 3]);
      const second = await upload(service, name, bodyOf(["a", 3], [null, 2], [null, 1]));
      expect(second).toMatchObject({ versionId, counts: [0, 0, 0] });
    });
  });

  describe("versions", () => {
    const count = async (id: string) => (await service.get(`/v1/datasets/${id}/versions`)).body.data.length;

    test.each(["append", "update"])("200: %s without a change makes none", async (action) => {
      const { id, name, versionId } = await given([null, 1], ["a", 2]);
      const again = await upload(service, name, { action, ...bodyOf([null, 1], ["a", 2]) });
      expect(again).toEqual({ id, versionId, counts: [0, 0, 0] });
      expect(await count(id)).toBe(1);
    });

    test("200: whatever an upload changes is one", async () => {
      const { id, name, versionId } = await given([null, 1], ["a", 2]);
      const second = await upload(service, name, bodyOf(["a", 3], [null, 4], [null, 5]));
      expect(second.versionId).not.toBe(versionId);
      expect(await count(id)).toBe(2);
    });

    test.each(["create", "append", "update"])("200: an upload by %s of nothing makes an empty one", async (action) => {
      const { id, counts } = await upload(service, newName(), { action, inputs: [] });
      expect(counts).toEqual([0, 0, 0]);
      expect(await count(id)).toBe(1);
    });

    test.each(["append", "update"])("200: a second upload by %s of nothing makes none", async (action) => {
      const { id, name, versionId } = await given();
      expect((await upload(service, name, { action, inputs: [] })).versionId).toBe(versionId);
      expect(await count(id)).toBe(1);
    });

    test("200: a dataset that has none gets its first", async () => {
      const name = newName();
      await service.database.query("insert into datasets (name) values ($1)", [name]);
      const { id, counts } = await upload(service, name, { action: "append", ...bodyOf([null, 1]) });
      expect(counts).toEqual([1, 0, 0]);
      expect(await count(id)).toBe(1);
    });

    test("200: update with nothing deletes every example and keeps the dataset", async () => {
      const { id, name } = await given([null, 1], ["a", 2]);
      expect(await upload(service, name, { inputs: [] })).toMatchObject({ id, counts: [0, 0, 2] });
      expect(await stateOf(id)).toEqual([]);
    });
  });

  describe("duplicates", () => {
    test("200: the same content twice, without ids, is two examples; the same again is no change", async () => {
      const { id, name, versionId } = await given([null, 1], [null, 1]);
      expect(await stateOf(id)).toHaveLength(2);
      const again = await upload(service, name, { action: "append", ...bodyOf([null, 1], [null, 1]) });
      expect(again).toMatchObject({ versionId, counts: [0, 0, 0] });
    });

    test("200: one more than there are is created", async () => {
      const { name } = await given([null, 1]);
      const { counts } = await upload(service, name, { action: "append", ...bodyOf([null, 1], [null, 1]) });
      expect(counts).toEqual([1, 0, 0]);
    });

    test("200: of two the first stays when one is left", async () => {
      const { id, name, nodes } = await given([null, 1], [null, 1]);
      expect((await upload(service, name, bodyOf([null, 1]))).counts).toEqual([0, 0, 1]);
      expect(await stateOf(id)).toEqual([[nodes[0], null, { content: 1 }]]);
    });
  });

  describe("the user's ids", () => {
    test("200: a deleted example comes back under its id, as itself", async () => {
      const { id, name, nodes } = await given(["a", 1], ["b", 1]);
      const without = await upload(service, name, bodyOf(["b", 1]));
      const { counts } = await upload(service, name, bodyOf(["a", 2], ["b", 1]));
      expect(counts).toEqual([1, 0, 0]);
      expect(await stateOf(id)).toEqual([
        [nodes[0], "a", { content: 2 }],
        [nodes[1], "b", { content: 1 }],
      ]);
      expect(await examplesOf(service, id, { version_id: without.versionId })).toHaveLength(1);
    });

    test.each([
      ["without its id", null, 1],
      ["under another id", "b", 1],
    ])("200: a deleted example does not come back %s, though its content does", async (_, exampleId, content) => {
      const { id, name, nodes } = await given(["a", 1]);
      await upload(service, name, { inputs: [] });
      expect((await upload(service, name, bodyOf([exampleId, content]))).counts).toEqual([1, 0, 0]);
      const [[node] = []] = await stateOf(id);
      expect(node).not.toBe(nodes[0]);
    });

    test("200: a deleted example that had none does not come back", async () => {
      const { id, name, nodes } = await given([null, 1]);
      await upload(service, name, { inputs: [] });
      await upload(service, name, bodyOf([null, 1]));
      const [[node] = []] = await stateOf(id);
      expect(node).not.toBe(nodes[0]);
    });

    test("200: an empty one is one", async () => {
      const { id, name, nodes } = await given(["", 1]);
      expect((await upload(service, name, bodyOf(["", 2]))).counts).toEqual([0, 1, 0]);
      expect(await stateOf(id)).toEqual([[nodes[0], "", { content: 2 }]]);
    });

    test("200: they are each dataset's own", async () => {
      const first = await given(["a", 1]);
      const second = await given(["a", 2]);
      expect(second.nodes).not.toEqual(first.nodes);
      expect(await stateOf(first.id)).toEqual([[first.nodes[0], "a", { content: 1 }]]);
    });

    test.each([idOf("DatasetVersion", 1), idOf("Dataset", 1), idOf("DatasetExample", "one"), "DatasetExample:1"])(
      "200: %s is one, for it is no example's node id",
      async (exampleId) => {
        const { id } = await given([exampleId, 1]);
        expect((await stateOf(id)).map(([, id]) => id)).toEqual([exampleId]);
      },
    );
  });

  describe("node ids", () => {
    test("200: name the example, which is kept or patched, and are not stored as its id", async () => {
      const { id, name, nodes } = await given([null, 1], [null, 1], [null, 1]);
      const [first = "", second = ""] = nodes;
      expect((await upload(service, name, bodyOf([second, 2], [first, 1]))).counts).toEqual([0, 1, 1]);
      expect(await stateOf(id)).toEqual([
        [first, null, { content: 1 }],
        [second, null, { content: 2 }],
      ]);
    });

    test("200: name an example that has an id of the user's, too, and leave it that", async () => {
      const { id, name, nodes } = await given(["a", 1]);
      expect((await upload(service, name, bodyOf([nodes[0] ?? "", 2]))).counts).toEqual([0, 1, 0]);
      expect(await stateOf(id)).toEqual([[nodes[0], "a", { content: 2 }]]);
    });

    test("200: a dataset comes back from its own examples unchanged", async () => {
      const { id, name, versionId } = await given([null, 1], [null, 1], ["a", 1]);
      const examples = await examplesOf(service, id);
      const again = { inputs: examples.map(({ input }) => input), example_ids: examples.map(({ id }) => id) };
      expect(await upload(service, name, again)).toMatchObject({ versionId, counts: [0, 0, 0] });
    });

    test.each(["append", "update"])(
      "422: that name no live example of the dataset are all listed (%s)",
      async (action) => {
        const other = await given([null, 1]);
        const { id, name, nodes } = await given([null, 1], [null, 2]);
        const [kept = "", deleted = ""] = nodes;
        await upload(service, name, bodyOf([kept, 1]));
        const unknown = [idOf("DatasetExample", 999_999_999), other.nodes[0] ?? "", deleted, idOf("DatasetExample", 0)];
        const { status, body } = await refused({
          name,
          action,
          ...bodyOf([kept, 9], ...unknown.map((id): Given => [id, 9]), ["new", 9]),
        });
        expect(status).toBe(422);
        const listed = unknown.map((id) => `'${id}'`).join(", ");
        expect(body.detail).toBe(`No examples found in this dataset with the following IDs: ${listed}`);
        expect(body.errors).toMatchObject([{ pointer: "/body/example_ids" }]);
        expect(await stateOf(id)).toEqual([[kept, null, { content: 1 }]]);
      },
    );

    test("422: one with a number larger than any row has", async () => {
      const exampleId = idOf("DatasetExample", "9".repeat(30));
      const { status, body } = await refused({ name: newName(), ...bodyOf([exampleId, 1]) });
      expect(status).toBe(422);
      expect(body.detail).toContain(exampleId);
    });

    test("422: one of an example that the upload names by the user's id as well", async () => {
      const { id, name, nodes } = await given(["a", 1]);
      const { status, body } = await refused({ name, ...bodyOf(["a", 2], [nodes[0] ?? "", 3]) });
      expect(status).toBe(422);
      expect(body.errors).toMatchObject([{ pointer: "/body/example_ids", code: "unique" }]);
      expect(await stateOf(id)).toEqual([[nodes[0], "a", { content: 1 }]]);
    });
  });
});
