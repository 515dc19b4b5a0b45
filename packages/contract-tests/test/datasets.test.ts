import { describe, expect, test } from "vitest";
import { givenDataset, givenExperimentOver, givenRun } from "../src/given.ts";
import { untilRemoved } from "../src/removals.ts";
import { idOf } from "../src/requests.ts";
import { useService } from "../src/service.ts";
import { examplesOf, newName, upload } from "../src/uploads.ts";

const service = useService();

const nothing = idOf("Dataset", 999_999_999);

describe("listDatasets", () => {
  async function list(query: Record<string, string> = {}): Promise<{ names: string[]; next: string | null }> {
    const { status, body } = await service.get(`/v1/datasets?${new URLSearchParams(query)}`);
    expect(status).toBe(200);
    return { names: body.data.map(({ name }: { name: string }) => name), next: body.next_cursor };
  }

  test("200: newest first; the cursor is the id of the first dataset of the next page", async () => {
    const [first, second, third] = [
      await givenDataset(service, []),
      await givenDataset(service, []),
      await givenDataset(service, []),
    ];
    const page = await list({ limit: "2" });
    expect(page).toEqual({ names: [third.name, second.name], next: first.id });
    expect((await list({ limit: "1", cursor: first.id })).names).toEqual([first.name]);
  });

  test("200: there is no cursor after the last page", async () => {
    await givenDataset(service, []);
    expect((await list({ limit: "1000" })).next).toBeNull();
  });

  test("200: ten to a page; an empty cursor is none", async () => {
    for (let n = 0; n < 11; n++) await givenDataset(service, []);
    const page = await list();
    expect(page.names).toHaveLength(10);
    expect(await list({ cursor: "" })).toEqual(page);
  });

  test("200: only the dataset of exactly the name that is asked for", async () => {
    const name = newName();
    await upload(service, name, { inputs: [] });
    await upload(service, `${name} 2`, { inputs: [] });
    expect(await list({ name })).toEqual({ names: [name], next: null });
    expect(await list({ name: name.toUpperCase() })).toEqual({ names: [], next: null });
    expect(await list({ name: `${name} ` })).toEqual({ names: [], next: null });
  });

  test("200: the dataset of an id, unless another has that for a name", async () => {
    const { id, name } = await givenDataset(service, []);
    expect(await list({ name: id })).toEqual({ names: [name], next: null });
    for (const none of [
      `${id} `,
      idOf("Dataset", 999_999_999),
      idOf("Dataset", "9".repeat(30)),
      idOf("Dataset", "one"),
    ])
      expect(await list({ name: none })).toEqual({ names: [], next: null });
    await upload(service, id, { inputs: [] });
    expect(await list({ name: id })).toEqual({ names: [id], next: null });
    expect(await list({ name: id, cursor: id })).toEqual({ names: [], next: null });
  });

  test("200: an empty name is no filter", async () => {
    const { name } = await givenDataset(service, []);
    expect((await list({ name: "" })).names[0]).toBe(name);
  });

  test("200: a dataset looks as it does alone", async () => {
    const { id, name } = await givenDataset(service, [{ n: 1 }, { n: 2 }], { description: "what users ask" });
    const alone = await service.get(`/v1/datasets/${id}`);
    const listed = await service.get(`/v1/datasets?${new URLSearchParams({ name })}`);
    expect(listed.body.data).toEqual([alone.body.data]);
  });

  test.each([
    ["limit", "0"],
    ["limit", "-1"],
    ["limit", "1.5"],
    ["limit", "ten"],
    ["limit", ""],
    ["cursor", "not-a-cursor"],
    ["cursor", idOf("Dataset", "one")],
    ["name", "a\0b"],
  ])("422: the %s %j", async (parameter, value) => {
    const { status, body } = await service.get(`/v1/datasets?${new URLSearchParams({ [parameter]: value })}`);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: `/query/${parameter}` }]);
  });
});

describe("getDataset", () => {
  const get = async (id: string) => (await service.get(`/v1/datasets/${id}`)).body.data;

  test("200: the dataset, its fields in Phoenix's order", async () => {
    const { id, name } = await givenDataset(service, [{ n: 1 }], { description: "what users ask" });
    const dataset = await get(id);
    expect(Object.entries(dataset)).toEqual([
      ["id", id],
      ["name", name],
      ["description", "what users ask"],
      ["metadata", {}],
      ["created_at", expect.any(String)],
      ["updated_at", expect.any(String)],
      ["example_count", 1],
    ]);
  });

  test("200: the count is of live examples, however often they were revised", async () => {
    const name = newName();
    const example_ids = ["a", "b", "c"];
    const { id } = await upload(service, name, { inputs: [{ v: 1 }, { v: 1 }, { v: 1 }], example_ids });
    await upload(service, name, { inputs: [{ v: 2 }, { v: 2 }, { v: 2 }], example_ids });
    expect((await get(id)).example_count).toBe(3);
    await upload(service, name, { inputs: [{ v: 2 }], example_ids: ["a"] });
    expect((await get(id)).example_count).toBe(1);
    await upload(service, name, { inputs: [] });
    expect((await get(id)).example_count).toBe(0);
    await upload(service, name, { inputs: [{ v: 3 }, { v: 3 }], example_ids: ["a", "d"] }); // a is revived
    expect((await get(id)).example_count).toBe(2);
  });

  test("200: a dataset that never had an example has none", async () => {
    const { id } = await givenDataset(service, []);
    expect((await get(id)).example_count).toBe(0);
  });

  test("404: no such dataset", async () => {
    const { status, body } = await service.get(`/v1/datasets/${nothing}`);
    expect(status).toBe(404);
    expect(body).toMatchObject({ code: "not_found", detail: `Dataset with ID ${nothing} not found` });
  });

  test("404: the id of something else, which the answer names", async () => {
    const id = idOf("Experiment", 1);
    const { status, body } = await service.get(`/v1/datasets/${id}`);
    expect(status).toBe(404);
    expect(body.detail).toBe(`ID ${id} refers to a Experiment`);
  });

  test("422: no id", async () => {
    const { status, body } = await service.get("/v1/datasets/questions");
    expect(status).toBe(422);
    expect(body.detail).toBe("Invalid dataset ID format: questions");
  });
});

describe("updateDataset", () => {
  const update = (id: string, body: unknown) => service.patch(`/v1/datasets/${id}`, body);
  const get = async (id: string) => (await service.get(`/v1/datasets/${id}`)).body.data;

  test("200: all three fields; the dataset as it is now", async () => {
    const { id } = await givenDataset(service, [{ n: 1 }], { description: "what users ask" });
    const before = await get(id);
    const changes = { name: newName(), description: "what they wonder", metadata: { owner: "search" } };
    const { status, body } = await update(id, changes);
    expect(status).toBe(200);
    expect(body.data).toEqual({ ...before, ...changes, updated_at: expect.any(String) });
    expect(body.data.updated_at > before.updated_at).toBe(true);
    expect(await get(id)).toEqual(body.data);
  });

  test.each([
    ["the name", { name: " Any name, (v2) " }],
    ["the description", { description: "" }],
    ["no description", { description: null }],
    ["the metadata", { metadata: { a: 1 } }],
    ["no metadata", { metadata: {} }],
  ])("200: %s, and what is absent stays", async (_, changes) => {
    const { id } = await givenDataset(service, [], { description: "what users ask" });
    await update(id, { metadata: { b: 2, a: 0 } });
    const before = await get(id);
    const { body } = await update(id, changes);
    expect(body.data).toEqual({ ...before, ...changes, updated_at: expect.any(String) });
  });

  test("200: metadata is kept as it was sent", async () => {
    const { id } = await givenDataset(service, []);
    const metadata = String.raw`{"b":1.0,"a":[1e400,12345678901234567890],"2":"\u0000\ud800"}`;
    expect((await update(id, `{"metadata": ${metadata}}`)).text).toContain(`"metadata":${metadata},`);
  });

  test("200: the old name is free, and uploads find the dataset under the new one", async () => {
    const { id, name } = await givenDataset(service, [{ n: 1 }]);
    const renamed = newName();
    await update(id, { name: renamed });
    expect((await upload(service, renamed, { action: "append", inputs: [{ n: 2 }] })).id).toBe(id);
    expect((await upload(service, name, { action: "create", inputs: [] })).id).not.toBe(id);
  });

  test("200: its own name is not taken; it was updated all the same", async () => {
    const { id, name } = await givenDataset(service, []);
    const before = await get(id);
    const { status, body } = await update(id, { name });
    expect(status).toBe(200);
    expect(body.data.updated_at > before.updated_at).toBe(true);
  });

  test("200: no version is made", async () => {
    const { id, versionId } = await givenDataset(service, [{ n: 1 }]);
    await update(id, { description: "other" });
    const { body } = await service.get(`/v1/datasets/${id}/versions`);
    expect(body.data).toMatchObject([{ version_id: versionId }]);
  });

  test("409: another dataset has the name, and nothing else is changed either", async () => {
    const [one, two] = [await givenDataset(service, []), await givenDataset(service, [])];
    const before = await get(one.id);
    const { status, body } = await update(one.id, { name: two.name, description: "other" });
    expect([status, body.code]).toEqual([409, "dataset_exists"]);
    expect(body.detail).toBe(`A dataset named "${two.name}" already exists.`);
    expect(await get(one.id)).toEqual(before);
  });

  test("200 for one, 409 for four: five take one name at once", async () => {
    const datasets = await Promise.all(Array.from({ length: 5 }, () => givenDataset(service, [])));
    const name = newName();
    const answers = await Promise.all(datasets.map(({ id }) => update(id, { name })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409]);
  });

  test("404: no such dataset", async () => {
    const { status, body } = await update(nothing, { name: newName() });
    expect([status, body.detail]).toEqual([404, `Dataset with ID ${nothing} does not exist`]);
  });

  test("422: no field that there is, be there such a dataset or not", async () => {
    const { id } = await givenDataset(service, []);
    for (const [at, changes] of [
      [id, {}],
      [id, { example_count: 7 }],
      [nothing, {}],
    ] as const) {
      const { status, body } = await update(at, changes);
      expect([status, body.detail]).toEqual([422, "No fields to update"]);
    }
  });

  test.each([
    ["name", null],
    ["name", ""],
    ["name", "x".repeat(501)],
    ["description", 1],
    ["metadata", null],
    ["metadata", []],
  ])("422: the %s %j, and nothing else is changed either", async (field, value) => {
    const { id } = await givenDataset(service, []);
    const before = await get(id);
    const { status, body } = await update(id, { name: newName(), metadata: {}, [field]: value });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: `/body/${field}` }]);
    expect(await get(id)).toEqual(before);
  });

  test("422: no id", async () => {
    const { status, body } = await update("questions", { name: newName() });
    expect([status, body.detail]).toEqual([422, "Invalid dataset ID format: questions"]);
  });
});

describe("deleteDatasetById", () => {
  const remove = (id: string) => service.delete(`/v1/datasets/${id}`);

  async function rowCounts(): Promise<Record<string, number>> {
    const tables = await service.database.query("select relname from pg_stat_user_tables");
    const counts = tables.rows.map(async ({ relname }) => {
      const { rows } = await service.database.query(`select count(*)::integer from ${relname}`);
      return [relname, rows[0].count];
    });
    return Object.fromEntries(await Promise.all(counts));
  }

  test("204: it is gone, and its name is free", async () => {
    const name = newName();
    const { id } = await upload(service, name, { inputs: [{ n: 1 }] });
    expect((await remove(id)).status).toBe(204);
    for (const path of ["", "/versions", "/examples", "/experiments"])
      expect((await service.get(`/v1/datasets/${id}${path}`)).status, path).toBe(404);
    const again = await upload(service, name, { action: "create", inputs: [{ n: 2 }] });
    expect(again.id).not.toBe(id);
  });

  test("204: its experiments go with it, and other datasets' do not", async () => {
    const [gone, kept] = [await givenDataset(service, [{ n: 1 }]), await givenDataset(service, [{ n: 1 }])];
    const experiment = await givenExperimentOver(service, gone);
    const other = await givenExperimentOver(service, kept);
    await givenRun(service, experiment.id, experiment.exampleIds[0]);
    await givenRun(service, other.id, other.exampleIds[0]);
    await remove(gone.id);
    expect((await service.get(`/v1/experiments/${experiment.id}`)).status).toBe(404);
    expect((await service.get(`/v1/experiments/${experiment.id}/runs`)).body).toEqual({ data: [], next_cursor: null });
    expect((await service.get(`/v1/experiments/${other.id}`)).body.data.successful_run_count).toBe(1);
  });

  test("204: nothing of it is left in the database, the projects of its experiments neither", async () => {
    const split = newName();
    await givenDataset(service, [{ n: 0 }], { splits: [split] });
    await untilRemoved(service);
    const before = await rowCounts();
    const dataset = await givenDataset(service, [{ n: 1 }], { example_ids: ["a"], splits: [split] });
    await upload(service, dataset.name, { inputs: [{ n: 2 }], example_ids: ["a"] });
    const experiment = await givenExperimentOver(service, dataset);
    await givenRun(service, experiment.id, experiment.exampleIds[0]);
    await remove(dataset.id);
    await untilRemoved(service);
    expect(await rowCounts()).toEqual(before);
  });

  test("204: splits are everyone's and stay", async () => {
    const inputs = [{ n: 1 }];
    const gone = await givenDataset(service, inputs, { splits: ["shared"] });
    const kept = await givenDataset(service, inputs, { splits: ["shared"] });
    await remove(gone.id);
    expect(await examplesOf(service, kept.id, { split: "shared" })).toMatchObject([{ input: { n: 1 } }]);
  });

  test("404: no such dataset, also if it was deleted before", async () => {
    const { id } = await givenDataset(service, []);
    await remove(id);
    for (const missing of [id, nothing]) {
      const { status, body } = await remove(missing);
      expect(status).toBe(404);
      expect(body.detail).toBe("Dataset does not exist");
    }
  });

  test.each([
    ["no id", "questions"],
    ["the id of something else", idOf("Experiment", 1)],
  ])("422: %s", async (_, id) => {
    const { status, body } = await remove(id);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: "/path/dataset_id" }]);
  });
});
