import { describe, expect, test } from "vitest";
import { idOf } from "../src/requests.ts";
import { useService } from "../src/service.ts";
import { examplesOf, newName, upload } from "../src/uploads.ts";

const service = useService();

const path = "/v1/datasets/upload?sync=true";

describe("uploadDataset", () => {
  const find = async (name: string) => (await service.get(`/v1/datasets?${new URLSearchParams({ name })}`)).body.data;

  describe("what it answers", () => {
    test("200: the dataset, the version and how many examples it changed", async () => {
      const { status, body } = await service.post(path, { name: newName(), inputs: [{ n: 1 }, { n: 2 }] });
      expect(status).toBe(200);
      expect(Object.entries(body.data)).toEqual([
        ["dataset_id", expect.stringMatching(/^[A-Za-z0-9+/]+=*$/)],
        ["version_id", expect.stringMatching(/^[A-Za-z0-9+/]+=*$/)],
        ["num_created_examples", 2],
        ["num_updated_examples", 0],
        ["num_deleted_examples", 0],
      ]);
      const [type] = Buffer.from(body.data.version_id, "base64").toString().split(":");
      expect(type).toBe("DatasetVersion");
    });

    test.each(["true", "1", "yes", "on", "T"])("200: so it does with sync=%s", async (sync) => {
      const { body } = await service.post(`/v1/datasets/upload?sync=${sync}`, { name: newName(), inputs: [] });
      expect(body.data.num_created_examples).toBe(0);
    });

    test.each(["", "?sync=false", "?sync=0", "?sync=true&sync=no"])(
      "200: null to %j, and the upload is done all the same",
      async (query) => {
        const name = newName();
        const { status, text } = await service.post(`/v1/datasets/upload${query}`, { name, inputs: [{ n: 1 }] });
        expect({ status, text }).toEqual({ status: 200, text: "null" });
        expect(await find(name)).toMatchObject([{ example_count: 1 }]);
      },
    );

    test.each(["", "maybe"])("422: sync=%s", async (sync) => {
      const { status, body } = await service.post(`/v1/datasets/upload?sync=${sync}`, { name: newName(), inputs: [] });
      expect(status).toBe(422);
      expect(body.errors).toMatchObject([{ pointer: "/query/sync" }]);
    });
  });

  describe("the action", () => {
    test.each(["create", "append", "update", "CREATE", "Append"])(
      "200: %s makes a dataset that does not exist",
      async (action) => {
        const { counts } = await upload(service, newName(), { action, inputs: [{ n: 1 }] });
        expect(counts).toEqual([1, 0, 0]);
      },
    );

    test.each([
      ["absent", {}],
      ["null", { action: null }],
      ["empty", { action: "" }],
      ["create", { action: "create" }],
      ["Create", { action: "Create" }],
    ])("409: a taken name is refused by create, which %s means", async (_, action) => {
      const name = newName();
      const first = await service.post(path, { name, inputs: [{ n: 1 }], ...action });
      const { status, body } = await service.post(path, { name, inputs: [{ n: 2 }], ...action });
      expect(status).toBe(409);
      expect(body).toMatchObject({ code: "dataset_exists", detail: `A dataset named "${name}" already exists.` });
      expect(await examplesOf(service, first.body.data.dataset_id)).toMatchObject([{ input: { n: 1 } }]);
    });

    test("409: also to whoever does not wait for the answer", async () => {
      const name = newName();
      await upload(service, name, { inputs: [] });
      expect((await service.post("/v1/datasets/upload", { name, inputs: [] })).status).toBe(409);
    });

    test("422: one that nobody knows, in the words that Phoenix's clients look for", async () => {
      const { status, body } = await service.post(path, { name: newName(), inputs: [], action: "upsert" });
      expect(status).toBe(422);
      expect(body).toMatchObject({
        detail: "Invalid dateset action: upsert",
        errors: [{ pointer: "/body/action", code: "enum" }],
      });
    });
  });

  describe("the fields", () => {
    test("200: a name is kept as it is", async () => {
      const name = ` ${newName()} "quoted"\n`;
      await upload(service, name, { inputs: [] });
      expect(await find(name)).toMatchObject([{ name }]);
    });

    test.each([
      ["absent", {}, ""],
      ["null", { description: null }, ""],
      ["text", { description: "what users ask" }, "what users ask"],
    ])("200: a description that is %s", async (_, fields, description) => {
      const name = newName();
      await upload(service, name, { inputs: [], ...fields });
      expect(await find(name)).toMatchObject([{ description }]);
    });

    test("200: only the upload that makes a dataset describes it", async () => {
      const name = newName();
      await upload(service, name, { inputs: [], description: "first" });
      await upload(service, name, { inputs: [{ n: 1 }], description: "second" });
      expect(await find(name)).toMatchObject([{ description: "first" }]);
    });

    test.each([
      ["absent", {}],
      ["null", { outputs: null, metadata: null }],
      ["empty", { outputs: [], metadata: [] }],
    ])("200: outputs and metadata that are %s mean {} for each example", async (_, fields) => {
      const { id } = await upload(service, newName(), { inputs: [{ n: 1 }], ...fields });
      expect(await examplesOf(service, id)).toMatchObject([{ input: { n: 1 }, output: {}, metadata: {} }]);
    });

    test("200: outputs and metadata stand by their inputs", async () => {
      const { id } = await upload(service, newName(), {
        inputs: [{ i: 1 }, { i: 2 }],
        outputs: [{ o: 1 }, { o: 2 }],
        metadata: [{ m: 1 }, {}],
      });
      expect(await examplesOf(service, id)).toMatchObject([
        { input: { i: 1 }, output: { o: 1 }, metadata: { m: 1 } },
        { input: { i: 2 }, output: { o: 2 }, metadata: {} },
      ]);
    });

    test("200: fields that the contract does not have are ignored", async () => {
      const strange = '"project_name":7,"__proto__":{"name":1},"constructor":[[]]';
      const { status, body } = await service.post(path, `{"name":"${newName()}","inputs":[{"n":1}],${strange}}`);
      expect(status).toBe(200);
      expect(body.data.num_created_examples).toBe(1);
    });
  });

  describe("the body", () => {
    test("200: JSON by another name", async () => {
      const headers = { "content-type": "application/vnd.api+json; charset=utf-8" };
      expect((await service.post(path, { name: newName(), inputs: [] }, { headers })).status).toBe(200);
    });

    test("400: without a media type, as Phoenix has it", async () => {
      const response = await service.fetch(path, { method: "POST" });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: "bad_request", detail: "Missing content-type header" });
    });

    test("400: not UTF-8", async () => {
      const body = Buffer.from(JSON.stringify({ name: `${newName()} é`, inputs: [] }), "latin1");
      const headers = { "content-type": "application/json" };
      const response = await service.fetch(path, { method: "POST", headers, body });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        detail: expect.stringContaining("There was an error parsing the body"),
      });
    });

    test.each([
      ["nothing", ""],
      ["half of it", '{"name":"x","inputs":[{"n":'],
      ["more than it", '{"name":"x","inputs":[]} {}'],
      ["no number of JSON's", '{"name":"x","inputs":[{"n":NaN}]}'],
      ["two commas", '{"name":"x","inputs":[{"n":1},,{"n":2}]}'],
      ["a control character", '{"name":"x","inputs":[{"n":"\u0001"}]}'],
      ["null", "null"],
      ["a list", "[]"],
      ["text", '"x"'],
    ])("422: %s", async (_, body) => {
      const answer = await service.post(path, body);
      expect(answer.status).toBe(422);
      expect(answer.body.errors).toMatchObject([{ pointer: "/body" }]);
    });
  });

  describe("what it refuses, in Phoenix's words, and stores nothing of", () => {
    const one = { inputs: [{}] };
    const two = { inputs: [{}, {}] };
    const notAList = "Input should be a list containing only dictionary objects";
    const split = "Split value must be a string";
    const refusals: [detail: string, pointer: string, body: object][] = [
      ["Dataset name is required", "/body/name", { ...one, name: undefined }],
      ["Dataset name is required", "/body/name", { ...one, name: "" }],
      ["Dataset name is required", "/body/name", { ...one, name: null }],
      ["Dataset name is required", "/body/name", { ...one, name: 7 }],
      ["input is required", "/body/inputs", {}],
      [notAList, "/body/inputs", { inputs: {} }],
      [notAList, "/body/inputs/1", { inputs: [{}, "q"] }],
      [notAList, "/body/inputs/0", { inputs: [null] }],
      ...["outputs", "metadata"].flatMap((field): typeof refusals => {
        const detail = `${field} should be a list of same length as input containing only dictionary objects`;
        return [
          [detail, `/body/${field}`, { ...one, [field]: { a: 1 } }],
          [detail, `/body/${field}`, { ...two, [field]: [{}] }],
          [detail, `/body/${field}`, { ...one, [field]: [{}, {}] }],
          [detail, `/body/${field}/0`, { ...one, [field]: ["a"] }],
          [detail, `/body/${field}/0`, { ...one, [field]: [null] }],
        ];
      }),
      ["splits must be a list", "/body/splits", { ...one, splits: "train" }],
      ["splits must have same length as inputs (0 != 1)", "/body/splits", { ...one, splits: [] }],
      ["splits must have same length as inputs (3 != 2)", "/body/splits", { ...two, splits: ["a", "b", "c"] }],
      [`${split}, list of strings, or None`, "/body/splits/0", { ...one, splits: [7] }],
      [`${split}, list of strings, or None`, "/body/splits/0", { ...one, splits: [true] }],
      [`${split}, list of strings, or None`, "/body/splits/1", { ...two, splits: ["train", { train: 1 }] }],
      [`${split} or None`, "/body/splits/0/1", { ...one, splits: [["train", 7]] }],
      ["span_ids must be a list", "/body/span_ids", { ...one, span_ids: "0123456789abcdef" }],
      ["span_ids must have same length as inputs (0 != 1)", "/body/span_ids", { ...one, span_ids: [] }],
      ["Span ID must be a string or None", "/body/span_ids/0", { ...one, span_ids: [7] }],
      ["example_ids must be a list", "/body/example_ids", { ...one, example_ids: "a" }],
      ["example_ids must have same length as inputs (1 != 2)", "/body/example_ids", { ...two, example_ids: ["a"] }],
      ["example_ids must contain only strings or None", "/body/example_ids/0", { ...one, example_ids: [7] }],
      [
        "Duplicate example_id in request: 'same-id'",
        "/body/example_ids",
        { ...two, example_ids: ["same-id", "same-id"] },
      ],
    ];

    describe.each([
      ["append", "true"],
      ["append", "false"],
      ["update", "true"],
      ["update", "false"],
    ])("by %s with sync=%s", (action, sync) => {
      test.each(refusals)("422: %s (%s of %j)", async (detail, pointer, fields) => {
        const name = newName();
        const { status, body } = await service.post(`/v1/datasets/upload?sync=${sync}`, { name, action, ...fields });
        expect(status).toBe(422);
        expect(body.detail).toContain(detail);
        expect(body.errors).toMatchObject([{ pointer }]);
        expect(await find(name)).toEqual([]);
      });
    });

    test("422: the first list that does not fit is named, and the action last", async () => {
      const fields = { outputs: [{}, {}], metadata: [{}, {}], splits: [], span_ids: [], example_ids: [], action: "x" };
      const refused: string[] = [];
      for (const field of Object.keys(fields)) {
        const { body } = await service.post(path, { name: newName(), ...one, ...fields });
        refused.push(body.errors[0].pointer);
        Reflect.deleteProperty(fields, field);
      }
      expect(refused).toEqual(
        ["outputs", "metadata", "splits", "span_ids", "example_ids", "action"].map((field) => `/body/${field}`),
      );
    });

    test.each([
      ["splits/0", (text: string) => ({ splits: [text] })],
      ["splits/0/0", (text: string) => ({ splits: [[text]] })],
      ["span_ids/0", (text: string) => ({ span_ids: [text] })],
      ["example_ids/0", (text: string) => ({ example_ids: [text] })],
    ])("422: %s cannot hold NUL or half of a surrogate pair", async (field, fieldsOf) => {
      for (const text of ["a\0", "\ud800b", "b\udc00"]) {
        const { status, body } = await service.post(path, { name: newName(), ...one, ...fieldsOf(text) });
        expect(status).toBe(422);
        expect(body.errors).toMatchObject([{ pointer: `/body/${field}`, code: "format" }]);
      }
    });

    const named: [field: string, bodyOf: (text: string) => object][] = [
      ["name", (text) => ({ name: text, inputs: [] })],
      ["splits/0", (text) => ({ name: newName(), ...one, splits: [text] })],
      ["splits/0/0", (text) => ({ name: newName(), ...one, splits: [[text]] })],
      ["example_ids/0", (text) => ({ name: newName(), ...one, example_ids: [text] })],
    ];
    test.each(named)("422: %s longer than 500 characters, whatever those are", async (field, bodyOf) => {
      expect((await service.post(path, bodyOf("🙂".repeat(500)))).status).toBe(200);
      const { status, body } = await service.post(path, bodyOf("🙂".repeat(501)));
      expect(status).toBe(422);
      expect(body.errors).toMatchObject([{ pointer: `/body/${field}`, code: "maxLength" }]);
    });
  });

  test("422: a refused upload takes back all that it did", async () => {
    const [name, split] = [newName(), newName()];
    const { status } = await service.post(path, {
      name,
      inputs: [{ n: 1 }, { n: 2 }],
      splits: [split, split],
      example_ids: [null, idOf("DatasetExample", 999_999_999)],
    });
    expect(status).toBe(422);
    expect(await find(name)).toEqual([]);
  });
});
