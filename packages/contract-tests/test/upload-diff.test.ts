/** How an upload is compared with the examples that a dataset has. */
import { describe, expect, test } from "vitest";
import { givenDataset } from "../src/given.ts";
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

  describe("the same content", () => {
    const same = [
      ["keys in another order", '{"a":1,"b":{"c":2,"d":3}}', '{"b":{"d":3,"c":2},"a":1}'],
      ["white space", '{"a":[1,2]}', '{ "a" : [ 1 ,\n\t2 ] }'],
      ["a fraction of nothing", '{"a":1}', '{"a":1.0}'],
      ["an exponent", '{"a":1500}', '{"a":15e+02}'],
      ["a fraction and an exponent", '{"a":1500}', '{"a":0.0015E6}'],
      ["zero", '{"a":0}', '{"a":-0.0}'],
      ["digits beyond a double", '{"a":12345678901234567890}', '{"a":1234567890123456789.0e1}'],
      ["an exponent beyond a double", '{"a":1e400}', '{"a":10e399}'],
      ["an exponent with zeros before it", '{"a":1e5}', '{"a":1e0000000000000000005}'],
      ["escapes", '{"a":"é\\n/"}', '{"a":"\\u00e9\\u000a\\/"}'],
      ["escapes in a key", '{"é":1}', '{"\\u00E9":1}'],
    ] as const;
    test.each(same)("200: %s: %s and %s are one example", async (_, first, second) => {
      const name = newName();
      const send = (input: string) =>
        service.post("/v1/datasets/upload?sync=true", `{"name":"${name}","action":"update","inputs":[${input}]}`);
      const { version_id } = (await send(first)).body.data;
      expect((await send(second)).body.data).toMatchObject({ version_id, num_created_examples: 0 });
    });

    const different = [
      ["a number and text", '{"a":1}', '{"a":"1"}'],
      ["null and nothing", '{"a":null}', "{}"],
      ["no and nothing", '{"a":false}', '{"a":null}'],
      ["items in another order", '{"a":[1,2]}', '{"a":[2,1]}'],
      ["a list in a list", '{"a":[[1],2]}', '{"a":[1,[2]]}'],
      ["empty lists and objects", '{"a":[]}', '{"a":{}}'],
      ["numbers that a double cannot tell apart", '{"a":12345678901234567890}', '{"a":12345678901234567891}'],
      ["fractions that a double cannot tell apart", '{"a":0.1}', '{"a":0.1000000000000000000001}'],
      ["numbers too large for a double", '{"a":1e400}', '{"a":1e401}'],
      ["numbers too small for a double", '{"a":1e-400}', '{"a":0}'],
      ["exponents beyond every use", '{"a":1e99999999999999999998}', '{"a":1e99999999999999999999}'],
      ["a sign", '{"a":1}', '{"a":-1}'],
      ["a space", '{"a":"b"}', '{"a":"b "}'],
      ["letters that look alike", '{"a":"é"}', '{"a":"e\\u0301"}'],
      ["lone surrogates", '{"a":"\\ud800"}', '{"a":"\\ud801"}'],
      ["keys of the language", '{"__proto__":1}', '{"constructor":1}'],
      ["what __proto__ holds", '{"__proto__":{"a":1}}', '{"__proto__":{"a":2}}'],
    ] as const;
    test.each(different)("200: %s: %s and %s are two examples", async (_, first, second) => {
      const body = `{"name":"${newName()}","inputs":[${first}]}`;
      const { data } = (await service.post("/v1/datasets/upload?sync=true", body)).body;
      const append = body.replace(first, second).replace("{", '{"action":"append",');
      const again = await service.post("/v1/datasets/upload?sync=true", append);
      expect(again.body.data).toMatchObject({ dataset_id: data.dataset_id, num_created_examples: 1 });
    });

    test.each(["input", "output", "metadata"])("200: the %s is part of it", async (part) => {
      const name = newName();
      const bodyWith = (n: number) => ({
        inputs: [{ n: part === "input" ? n : 0 }],
        outputs: [{ n: part === "output" ? n : 0 }],
        metadata: [{ n: part === "metadata" ? n : 0 }],
        example_ids: ["a"],
      });
      await upload(service, name, bodyWith(1));
      expect((await upload(service, name, bodyWith(2))).counts).toEqual([0, 1, 0]);
    });

    test("200: what stands in the input is not what stands in the output", async () => {
      const name = newName();
      await upload(service, name, { inputs: [{ a: 1 }], outputs: [{}] });
      const { counts } = await upload(service, name, { inputs: [{}], outputs: [{ a: 1 }] });
      expect(counts).toEqual([1, 0, 1]);
    });

    test("200: a number of 400,000 digits holds nobody up", async () => {
      const number = `1${"0".repeat(400_000)}1`; // quadratic time would be minutes, in which nobody is answered
      const body = `{"name":"${newName()}","inputs":[{"a":${number}}]}`;
      expect((await service.post("/v1/datasets/upload?sync=true", body)).status).toBe(200);
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

  describe("spans", () => {
    const traceId = "0af7651916cd43dd8448eb211c80319c";

    /** Stores a span and gives what an example that was made from it says. */
    async function givenSpan(span_id: string) {
      const times = { startTimeUnixNano: "1795339862123456789", endTimeUnixNano: "1795339862812500000" };
      const span = { traceId, spanId: span_id, name: "chat", ...times };
      const exported = { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] };
      expect((await service.post("/v1/traces", exported)).status).toBe(200);
      const { rows } = await service.database.query("select id from spans where span_id = $1", [span_id]);
      return { span_id, span_node_id: idOf("Span", rows[0].id) };
    }

    const sourcesOf = async (id: string) => (await examplesOf(service, id)).map(({ source }) => source);

    test("200: an example knows the span that it was made from, if that is stored", async () => {
      const source = await givenSpan("00000000000000a1");
      const { id } = await upload(service, newName(), {
        inputs: [{}, {}, {}, {}, {}],
        span_ids: [source.span_id, ` ${source.span_id}\n`, "00000000000000ff", " ", null],
      });
      expect(await sourcesOf(id)).toEqual([source, source, null, null, null]);
    });

    test("200: a patch leaves the link as it is", async () => {
      const [first, second] = [await givenSpan("00000000000000b1"), await givenSpan("00000000000000b2")];
      const { id, name } = await givenDataset(service, [{ v: 1 }, { v: 1 }], {
        example_ids: ["a", "b"],
        span_ids: [first.span_id, null],
      });
      const { counts } = await upload(service, name, {
        inputs: [{ v: 2 }, { v: 2 }],
        example_ids: ["a", "b"],
        span_ids: [second.span_id, second.span_id],
      });
      expect(counts).toEqual([0, 2, 0]);
      expect(await sourcesOf(id)).toEqual([first, null]);
    });

    test("200: so does an example's coming back", async () => {
      const [first, second] = [await givenSpan("00000000000000c1"), await givenSpan("00000000000000c2")];
      const body = { inputs: [{}], example_ids: ["a"] };
      const { id, name } = await givenDataset(service, body.inputs, { ...body, span_ids: [first.span_id] });
      await upload(service, name, { inputs: [] });
      await upload(service, name, { ...body, span_ids: [second.span_id] });
      expect(await sourcesOf(id)).toEqual([first]);
    });

    test("200: a link is no change", async () => {
      const { span_id } = await givenSpan("00000000000000d1");
      const { id, name, versionId } = await givenDataset(service, [{}]);
      const again = await upload(service, name, { inputs: [{}], span_ids: [span_id] });
      expect(again).toMatchObject({ versionId, counts: [0, 0, 0] });
      expect(await sourcesOf(id)).toEqual([null]);
    });

    test("200: without its span an example has no source", async () => {
      const { span_id } = await givenSpan("00000000000000e1");
      const { id } = await upload(service, newName(), { inputs: [{}], span_ids: [span_id] });
      await service.database.query("delete from spans where span_id = $1", [span_id]);
      expect(await sourcesOf(id)).toEqual([null]);
    });
  });
});
