import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type GivenDataset, givenDataset, givenSplit } from "../src/given.ts";
import { idOf } from "../src/requests.ts";
import { useService } from "../src/service.ts";
import { examplesOf, newName, upload } from "../src/uploads.ts";

const service = useService();

const nothing = idOf("Dataset", 999_999_999);
const noSplit = idOf("DatasetSplit", 999_999_999);
const noExample = idOf("DatasetExample", 999_999_999);

const splitsPath = (dataset: string) => `/v1/datasets/${encodeURIComponent(dataset)}/splits`;
const splitPath = (dataset: string, split: string) => `${splitsPath(dataset)}/${encodeURIComponent(split)}`;

const list = (dataset: string) => service.get(splitsPath(dataset));
const create = (dataset: string, body: object) => service.post(splitsPath(dataset), body);
const get = (dataset: string, split: string) => service.get(splitPath(dataset, split));
const update = (dataset: string, split: string, body: object) => service.patch(splitPath(dataset, split), body);
const remove = (dataset: string, split: string) => service.delete(splitPath(dataset, split));

/** The ids of a dataset's examples that are in a split. */
const membersOf = async (dataset: string, split: string) =>
  (await examplesOf(service, dataset, { split })).map(({ node_id }) => node_id);

/** A dataset with the examples `a`, `b` and `c`, and the node ids of these. */
async function abc(fields: object = {}): Promise<GivenDataset & { a: string; b: string; c: string }> {
  const dataset = await givenDataset(service, [{}, {}, {}], { example_ids: ["a", "b", "c"], ...fields });
  const [a = "", b = "", c = ""] = dataset.exampleIds;
  return { ...dataset, a, b, c };
}

/** A dataset whose example `a` was deleted. */
async function withoutA() {
  const dataset = await abc();
  await upload(service, dataset.name, { inputs: [{}, {}], example_ids: ["b", "c"] });
  return dataset;
}

describe("listDatasetSplits", () => {
  const counts = async (dataset: string) =>
    (await list(dataset)).body.data.map(({ name, example_count }: { name: string; example_count: number }) => [
      name,
      example_count,
    ]);

  test("200: those that examples of the dataset are in, newest first, with how many", async () => {
    const [train, hard] = [newName(), newName()];
    const { id } = await abc({ splits: [train, train, null] });
    await abc({ splits: [train, hard, hard] });
    expect(await counts(id)).toEqual([[train, 2]]);
    const split = await givenSplit(service, id);
    expect(await counts(id)).toEqual([[train, 2]]);
    const { body } = await update(id, split, { add_example_ids: await membersOf(id, train) });
    expect(await counts(id)).toEqual([
      [body.data.name, 2],
      [train, 2],
    ]);
  });

  test("200: a split looks as it does alone", async () => {
    const { id, a } = await abc();
    const split = await givenSplit(service, id, { example_ids: [a] });
    expect((await list(id)).body).toEqual({ data: [(await get(id, split)).body.data], next_cursor: null });
  });

  test("200: as uploads leave them", async () => {
    const [train, hard] = [`a ${newName()}`, `b ${newName()}`]; // made in this order
    const { id, name } = await abc({ splits: [train, [train, hard], null] });
    await upload(service, name, { action: "append", inputs: [{}, {}], example_ids: ["a", "d"], splits: [null, train] });
    expect(await counts(id)).toEqual([
      [hard, 1],
      [train, 2],
    ]);
    await upload(service, name, { inputs: [{}, {}], example_ids: ["a", "d"] }); // deletes b and c
    expect(await counts(id)).toEqual([[train, 1]]);
    await upload(service, name, { inputs: [] });
    expect(await counts(id)).toEqual([]);
  });

  test("200: none that was deleted", async () => {
    const { id, a } = await abc();
    const split = await givenSplit(service, id, { example_ids: [a] });
    await remove(id, split);
    expect(await counts(id)).toEqual([]);
  });

  test("404: no such dataset, by id and by name", async () => {
    expect(await list(nothing)).toMatchObject({
      status: 404,
      body: { code: "not_found", detail: `Dataset with ID ${nothing} not found` },
    });
    expect(await list("nobody's")).toMatchObject({
      status: 404,
      body: { code: "not_found", detail: "Dataset with name nobody's not found" },
    });
  });

  test("422: the cursor of another list", async () => {
    const { id } = await abc();
    const { status, body } = await service.get(`${splitsPath(id)}?cursor=${idOf("Dataset", 1)}`);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: "/query/cursor" }]);
  });
});

describe("a dataset that is named", () => {
  test.each([
    "a/b",
    "/",
    "//a",
    "100%",
    "%2F",
    "a?b#c",
    "été 🙂",
    "a b+c",
    ":id",
    "..a",
    "'; drop table",
    "\u202e\u0301",
    "x".repeat(500),
  ])("200: %s", async (name) => {
    const { id } = await upload(service, name, { inputs: [{}], splits: ["in it"] });
    const [byName, byId] = [await list(name), await list(id)];
    expect(byName.status).toBe(200);
    expect(byName.body).toEqual(byId.body);
    expect(byName.body.data).toHaveLength(1);
  });

  test("200: whatever its name, though a client cannot ask for `.` and `..`", async () => {
    const names = fc
      .string({
        unit: fc.oneof(fc.constantFrom(..."/%\\?#.&+ "), fc.string({ unit: "binary", minLength: 1, maxLength: 1 })),
        minLength: 1,
        maxLength: 20,
      })
      .filter((name) => !/^(\.|\.\.)$/.test(name) && !name.includes("\0"));
    await fc.assert(
      fc.asyncProperty(names, async (name) => {
        const { id } = await upload(service, name, { inputs: [] });
        const split = await givenSplit(service, id);
        const { status, body } = await get(name, split);
        expect([status, body]).toEqual([200, (await get(id, split)).body]);
      }),
      { numRuns: 50 },
    );
  });

  test("404: one whose name is the id of another is found by its own id only", async () => {
    const { id, a } = await abc();
    const split = await givenSplit(service, id, { example_ids: [a] });
    const named = await upload(service, id, { inputs: [{}] });
    expect((await get(id, split)).body.data.example_count).toBe(1);
    expect((await get(named.id, split)).body.data.example_count).toBe(0);
  });

  test("422: nothing is called NUL", async () => {
    const { status, body } = await list("a\0b");
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: "/path/dataset_identifier" }]);
  });
});

describe("createDatasetSplit", () => {
  test("201: with nothing but a name, its fields in Phoenix's order", async () => {
    const { id } = await abc();
    const name = newName();
    const { status, body } = await create(id, { name });
    expect(status).toBe(201);
    expect(Object.entries(body.data)).toEqual([
      ["id", expect.stringMatching(/^RGF0YXNldFNwbGl0O/)],
      ["name", name],
      ["description", null],
      ["color", "#33c5e8"],
      ["metadata", {}],
      ["example_count", 0],
      ["created_at", expect.any(String)],
      ["updated_at", body.data.created_at],
    ]);
    expect((await get(id, body.data.id)).body).toEqual(body);
  });

  test("201: with everything, by the name of the dataset", async () => {
    const { id, name: dataset, a, b } = await abc();
    const name = newName();
    const columns = { name, description: " for tuning ", color: "rebeccapurple" };
    const { status, body } = await create(dataset, { ...columns, metadata: { seed: 7 }, example_ids: [b, a, b] });
    expect(status).toBe(201);
    expect(body.data).toMatchObject({ ...columns, metadata: { seed: 7 }, example_count: 2 });
    expect(await membersOf(id, name)).toEqual([a, b]);
  });

  test("201: the name is trimmed, a blank description and a color that is null are none", async () => {
    const { id } = await abc();
    const name = newName();
    const { body } = await create(id, { name: ` \t${name}\n`, description: "  ", color: null });
    expect(body.data).toMatchObject({ name, description: null, color: "#33c5e8" });
  });

  test("201: metadata come back as they were sent", async () => {
    const { id } = await abc();
    const metadata = '{"b":1.0,"a":12345678901234567890,"":"\\u0000\\ud800","n":[1e400,-0.0]}';
    const created = await service.post(splitsPath(id), `{"name":"${newName()}","metadata":${metadata}}`);
    expect(created.text).toContain(`"metadata":${metadata},`);
    expect((await get(id, created.body.data.id)).text).toBe(created.text);
  });

  test("404: examples that the dataset does not have, which the answer names, and no split is made", async () => {
    const { id, a } = await withoutA();
    const other = await abc();
    const name = newName();
    const missing = [a, other.b, noExample];
    const { status, body } = await create(id, { name, example_ids: [other.b, noExample, a] });
    expect(status).toBe(404);
    expect(body.detail).toBe(`Dataset examples not found in this dataset: ${missing.join(", ")}`);
    expect((await create(id, { name })).status).toBe(201);
  });

  test("404: no such dataset", async () => {
    expect((await create(nothing, { name: newName() })).status).toBe(404);
    expect((await create(newName(), { name: newName() })).status).toBe(404);
  });

  test("409: the name is taken, also where an upload has made it", async () => {
    const name = newName();
    const { id } = await abc({ splits: [name, null, null] });
    const { status, body } = await create(id, { name: `${name} ` });
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: "split_exists", detail: `A dataset split named '${name}' already exists` });
  });

  test.each([
    ["name", "", "Dataset split name cannot be empty"],
    ["name", " \t\n\u00a0", "Dataset split name cannot be empty"],
    ["name", undefined, "Dataset split name cannot be empty"],
    ["color", "", "Dataset split color cannot be empty"],
    ["color", " ", "Dataset split color cannot be empty"],
    ["metadata", null, undefined],
    ["metadata", [], undefined],
    ["example_ids", null, undefined],
  ])("422: %s %j", async (field, value, detail) => {
    const { id } = await abc();
    const { status, body } = await create(id, { name: newName(), [field]: value });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: `/body/${field}`, ...(detail && { detail }) }]);
  });

  test.each(["x", "", idOf("Dataset", 1), idOf("DatasetExample", "one")])("422: the example %j", async (bad) => {
    const { id, a } = await abc();
    const { status, body } = await create(id, { name: newName(), example_ids: [a, bad] });
    expect(status).toBe(422);
    expect(body).toMatchObject({
      detail: `Invalid dataset example ID: ${bad}`,
      errors: [{ pointer: "/body/example_ids/1" }],
    });
  });
});

describe("getDatasetSplit", () => {
  test("200: what an upload has made", async () => {
    const name = newName();
    const { id } = await abc({ splits: [name, null, name] });
    const [split] = (await list(id)).body.data;
    expect((await get(id, split.id)).body.data).toMatchObject({ name, color: "#808080", example_count: 2 });
  });

  test("200: the count is of the dataset in the path", async () => {
    const [one, other] = [await abc(), await abc()];
    const split = await givenSplit(service, one.id, { example_ids: [one.a, one.b] });
    expect((await get(one.id, split)).body.data.example_count).toBe(2);
    expect((await get(other.name, split)).body.data.example_count).toBe(0);
  });

  test("404: no such split, no such dataset", async () => {
    const { id } = await abc();
    expect(await get(id, noSplit)).toMatchObject({
      status: 404,
      body: { detail: `Dataset split with ID ${noSplit} not found` },
    });
    const split = await givenSplit(service, id);
    expect((await get(nothing, split)).status).toBe(404);
  });

  test.each(["train", idOf("Dataset", 1), idOf("DatasetSplit", "one")])("422: the id %s", async (bad) => {
    const { id } = await abc();
    expect(await get(id, bad)).toMatchObject({ status: 422, body: { detail: `Invalid dataset split ID: ${bad}` } });
  });
});

describe("updateDatasetSplit", () => {
  /** A split as it is, with every column set. */
  async function given() {
    const dataset = await abc();
    const columns = { name: newName(), description: "for tuning", color: "#00cc88", metadata: { seed: 7 } };
    const { body } = await create(dataset.id, { ...columns, example_ids: [dataset.a] });
    return { dataset, split: body.data };
  }

  test.each([
    ["the name, trimmed", { name: " renamed " }, { name: "renamed" }],
    ["the description", { description: " x " }, { description: " x " }],
    ["the description, to none, by null", { description: null }, { description: null }],
    ["the description, to none, by a blank", { description: " " }, { description: null }],
    ["the color", { color: "red" }, { color: "red" }],
    ["the metadata, whole", { metadata: { a: 1 } }, { metadata: { a: 1 } }],
  ])("200: %s, and nothing else", async (_, body, changed) => {
    const { dataset, split } = await given();
    const answer = await update(dataset.id, split.id, body);
    expect(answer.status).toBe(200);
    const { updated_at, ...rest } = answer.body.data;
    expect({ ...rest, updated_at: split.updated_at }).toEqual({ ...split, ...changed });
    expect(Date.parse(updated_at)).toBeGreaterThanOrEqual(Date.parse(split.updated_at));
    expect(updated_at).not.toBe(split.updated_at);
    expect((await get(dataset.id, split.id)).body).toEqual(answer.body);
  });

  test.each([
    ["nothing", () => ({})],
    [
      "what it is",
      ({ name, description, color, metadata }: Record<string, unknown>) => ({ name, description, color, metadata }),
    ],
    ["null for metadata and lists", () => ({ metadata: null, add_example_ids: null, remove_example_ids: null })],
    ["empty lists", () => ({ add_example_ids: [], remove_example_ids: [] })],
  ])("200: %s leaves it as it is, `updated_at` too", async (_, body) => {
    const { dataset, split } = await given();
    expect((await update(dataset.id, split.id, body(split))).body).toEqual({ data: split });
  });

  test("200: metadata that are equal but for their spelling are replaced", async () => {
    const { dataset, split } = await given();
    const { text } = await service.patch(splitPath(dataset.id, split.id), '{"metadata":{"seed": 7.0}}');
    expect(text).toContain('"metadata":{"seed":7.0}');
  });

  test("200: examples are put in and taken out, however often, and `updated_at` stays", async () => {
    const { dataset, split } = await given();
    const { id, a, b, c } = dataset;
    for (let twice = 0; twice < 2; twice++) {
      const body = { add_example_ids: [b, c, b], remove_example_ids: [a, a] };
      expect((await update(id, split.id, body)).body).toEqual({ data: { ...split, example_count: 2 } });
      expect(await membersOf(id, split.id)).toEqual([b, c]);
    }
    expect((await update(id, split.id, { remove_example_ids: [b, c] })).body.data.example_count).toBe(0);
  });

  test("200: an example that is to be put in and taken out is out", async () => {
    const { dataset, split } = await given();
    const { id, a, b, c } = dataset;
    await update(id, split.id, { add_example_ids: [a, b, c], remove_example_ids: [a, b] });
    expect(await membersOf(id, split.id)).toEqual([c]);
  });

  test("200: by way of a dataset that had nothing in it; others keep theirs", async () => {
    const { dataset, split } = await given();
    const other = await abc();
    const { body } = await update(other.name, split.id, { add_example_ids: [other.a, other.b] });
    expect(body.data.example_count).toBe(2);
    expect(await membersOf(dataset.id, split.id)).toEqual([dataset.a]);
  });

  test("200: an example that is deleted is in none, and may be taken out", async () => {
    const { id, a } = await withoutA();
    const split = await givenSplit(service, id);
    expect((await update(id, split, { remove_example_ids: [a] })).status).toBe(200);
  });

  test.each([
    ["add_example_ids", "of another dataset", async () => (await abc()).a],
    ["add_example_ids", "that is not there", async () => noExample],
    ["remove_example_ids", "of another dataset", async () => (await abc()).a],
    ["remove_example_ids", "that was never there", async () => noExample],
  ])("404: %s with an example %s; nothing is changed", async (field, _, example) => {
    const { dataset, split } = await given();
    const foreign = await example();
    const { status, body } = await update(dataset.id, split.id, { name: newName(), [field]: [dataset.b, foreign] });
    expect(status).toBe(404);
    expect(body.detail).toBe(`Dataset examples not found in this dataset: ${foreign}`);
    expect((await get(dataset.id, split.id)).body.data).toEqual(split);
  });

  test("404: an example that was deleted cannot be put in", async () => {
    const { id, a } = await withoutA();
    const split = await givenSplit(service, id);
    expect((await update(id, split, { add_example_ids: [a] })).status).toBe(404);
  });

  test("404: no such split, no such dataset", async () => {
    const { dataset, split } = await given();
    expect(await update(dataset.id, noSplit, {})).toMatchObject({
      status: 404,
      body: { detail: `Dataset split with ID ${noSplit} not found` },
    });
    expect((await update(nothing, split.id, {})).status).toBe(404);
    expect((await update(nothing, split.id, { add_example_ids: [dataset.b] })).status).toBe(404);
  });

  test("409: the name is taken; nothing is changed, who is in it neither", async () => {
    const { dataset, split } = await given();
    const other = await given();
    const { a, b } = dataset;
    const body = { name: other.split.name, add_example_ids: [b], remove_example_ids: [a] };
    const answer = await update(dataset.id, split.id, body);
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      code: "split_exists",
      detail: "A dataset split with this name already exists",
    });
    expect((await get(dataset.id, split.id)).body.data).toEqual(split);
    expect(await membersOf(dataset.id, split.id)).toEqual([a]);
  });

  test.each([
    ["name", null, "Dataset split name cannot be empty"],
    ["name", " ", "Dataset split name cannot be empty"],
    ["color", null, "Dataset split color cannot be empty"],
    ["color", "", "Dataset split color cannot be empty"],
  ])("422: %s %j", async (field, value, detail) => {
    const { dataset, split } = await given();
    const { status, body } = await update(dataset.id, split.id, { [field]: value });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: `/body/${field}`, detail }]);
  });

  test("422: an id that is none", async () => {
    const { dataset, split } = await given();
    const { status, body } = await update(dataset.id, split.id, { remove_example_ids: ["x"] });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([
      { pointer: "/body/remove_example_ids/0", detail: "Invalid dataset example ID: x" },
    ]);
  });
});

describe("deleteDatasetSplit", () => {
  test("204: it is gone from all datasets, and the examples stay", async () => {
    const [one, other] = [await abc(), await abc()];
    const split = await givenSplit(service, one.id, { example_ids: [one.a] });
    await update(other.id, split, { add_example_ids: [other.a] });
    expect(await remove(other.name, split)).toMatchObject({ status: 204, text: "" });
    expect((await get(one.id, split)).status).toBe(404);
    expect((await list(one.id)).body.data).toEqual([]);
    expect(await examplesOf(service, one.id)).toHaveLength(3);
    expect((await service.get(`/v1/datasets/${one.id}/examples?split=${encodeURIComponent(split)}`)).status).toBe(404);
  });

  test("404: it is gone already; no such dataset", async () => {
    const { id } = await abc();
    const split = await givenSplit(service, id);
    expect((await remove(nothing, split)).status).toBe(404);
    expect((await remove(id, split)).status).toBe(204);
    expect(await remove(id, split)).toMatchObject({
      status: 404,
      body: { detail: `Dataset split with ID ${split} not found` },
    });
  });

  test("422: an id that is none", async () => {
    const { id } = await abc();
    expect((await remove(id, "train")).status).toBe(422);
  });
});

describe("deleteDatasetById", () => {
  test("204: its splits stay, and are in no dataset", async () => {
    const [one, other] = [await abc(), await abc()];
    const split = await givenSplit(service, one.id, { example_ids: [one.a] });
    expect((await service.delete(`/v1/datasets/${one.id}`)).status).toBe(204);
    expect((await get(other.id, split)).body.data.example_count).toBe(0);
    const { rows } = await service.database.query("select from split_counts where split_id = $1", [
      Buffer.from(split, "base64").toString().split(":")[1],
    ]);
    expect(rows).toEqual([]);
  });
});

describe("example_count", () => {
  test("200: is the number of examples that a filter by the split finds, whatever was done", async () => {
    const names = [newName(), newName(), newName()];
    const splitsOfOne = fc.option(fc.subarray(names), { nil: null });
    const external = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 5 });
    const steps = fc.array(
      fc.oneof(
        fc.record({
          action: fc.constantFrom("append", "update"),
          ids: external,
          splits: fc.option(fc.array(splitsOfOne, { minLength: 5, maxLength: 5 })),
        }),
        fc.record({ split: fc.nat(2), add: external, remove: external }),
      ),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (steps) => {
        const { id, name } = await abc({ splits: names.map((split) => [split]) });
        const splits = (await list(id)).body.data.reverse();
        for (const step of steps) {
          if ("action" in step) {
            const { action, ids, splits } = step;
            const body = {
              action,
              inputs: ids.map(() => ({})),
              example_ids: ids,
              splits: splits?.slice(0, ids.length),
            };
            await upload(service, name, body);
          } else {
            const examples = await examplesOf(service, id);
            const live = (ids: string[]) =>
              examples.filter((each) => ids.includes(each.id)).map(({ node_id }) => node_id);
            const body = { add_example_ids: live(step.add), remove_example_ids: live(step.remove) };
            expect((await update(id, splits[step.split].id, body)).status).toBe(200);
          }
          const counted = await Promise.all(
            splits.map(async (split: { id: string }) => (await membersOf(id, split.id)).length),
          );
          const told = await Promise.all(
            splits.map(async (split: { id: string }) => (await get(id, split.id)).body.data.example_count),
          );
          expect(told).toEqual(counted);
          expect((await list(id)).body.data).toHaveLength(counted.filter((count) => count > 0).length);
        }
      }),
      { numRuns: 20 },
    );
  });
});
