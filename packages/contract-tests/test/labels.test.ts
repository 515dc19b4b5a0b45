import { describe, expect, test } from "vitest";
import { givenDataset, givenLabel } from "../src/given.ts";
import { atOnce, whileTheyWait } from "../src/races.ts";
import { idOf } from "../src/requests.ts";
import { useService } from "../src/service.ts";
import { newName, upload } from "../src/uploads.ts";

const service = useService();

const noDataset = idOf("Dataset", 999_999_999);
const noLabel = idOf("DatasetLabel", 999_999_999);
const malformed = ["reviewed", idOf("Dataset", 1), idOf("DatasetLabel", "one"), "RGF0YXNldExhYmVsOjE"];

const labelPath = (label: string) => `/v1/dataset_labels/${encodeURIComponent(label)}`;
const labelsPath = (dataset: string) => `/v1/datasets/${encodeURIComponent(dataset)}/labels`;

const create = (body: object) => service.post("/v1/dataset_labels", body);
const get = (label: string) => service.get(labelPath(label));
const update = (label: string, body: object) => service.patch(labelPath(label), body);
const remove = (label: string) => service.delete(labelPath(label));
const set = (dataset: string, ids: string[]) => service.put(labelsPath(dataset), { dataset_label_ids: ids });
const add = (dataset: string, label: string) => service.put(`${labelsPath(dataset)}/${encodeURIComponent(label)}`);
const take = (dataset: string, label: string) => service.delete(`${labelsPath(dataset)}/${encodeURIComponent(label)}`);

/** The ids of a dataset's labels. */
async function labelsOf(dataset: string): Promise<string[]> {
  const { status, body, text } = await service.get(labelsPath(dataset));
  expect(status, text).toBe(200);
  return body.data.map(({ id }: { id: string }) => id);
}

const notFound = { status: 404, body: { code: "not_found", detail: "Dataset label not found" } };

/** Labels, the oldest first. */
const threeLabels = async () =>
  [await givenLabel(service), await givenLabel(service), await givenLabel(service)] as const;

describe("listDatasetLabels", () => {
  test("200: newest first, in pages; a label looks as it does alone", async () => {
    const [first, second, third] = await threeLabels();
    const { body } = await service.get("/v1/dataset_labels?limit=2");
    expect(body).toEqual({
      data: [(await get(third)).body.data, (await get(second)).body.data],
      next_cursor: first,
    });
  });

  test("422: the cursor of another list", async () => {
    const { status, body } = await service.get(`/v1/dataset_labels?cursor=${idOf("Dataset", 1)}`);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: "/query/cursor" }]);
  });
});

describe("createDatasetLabel", () => {
  test("201: the label, its fields in Phoenix's order", async () => {
    const name = newName();
    const { status, body } = await create({ name, color: "#00cc88", description: "read by two people" });
    expect(status).toBe(201);
    expect(Object.entries(body.data)).toEqual([
      ["id", expect.stringMatching(/^RGF0YXNldExhYmVsO/)],
      ["name", name],
      ["description", "read by two people"],
      ["color", "#00cc88"],
    ]);
    expect((await get(body.data.id)).body).toEqual(body);
  });

  test.each([[{}], [{ description: null }]])("201: without a description: %j", async (fields) => {
    expect((await create({ name: newName(), color: "#000000", ...fields })).body.data.description).toBeNull();
  });

  test("201: the name is kept as it is", async () => {
    const name = ` ${newName()} `;
    expect((await create({ name, color: "#000000" })).body.data.name).toBe(name);
    expect((await create({ name: name.trim(), color: "#000000" })).status).toBe(201);
  });

  test("409: the name is taken", async () => {
    const name = newName();
    await create({ name, color: "#000000" });
    expect(await create({ name, color: "#ffffff" })).toMatchObject({
      status: 409,
      body: { code: "label_exists", detail: `A dataset label named '${name}' already exists` },
    });
  });

  test("201 for one, 409 for nineteen: twenty create one name at once", async () => {
    const name = newName();
    const statuses = (await atOnce(20, () => create({ name, color: "#000000" }))).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([201, ...Array(19).fill(409)]);
  });

  test.each(["not-a-color", "#GGGGGG", "#FFF", "#FFFFFF", "00cc88", "#00cc88 ", "#00cc88\n", "", null])(
    "422: the color %j",
    async (color) => {
      const { status, body } = await create({ name: newName(), color });
      expect(status).toBe(422);
      expect(body.errors).toMatchObject([{ pointer: "/body/color" }]);
    },
  );

  test.each([["name"], ["color"]])("422: no %s", async (field) => {
    const { status, body } = await create({ name: newName(), color: "#000000", [field]: undefined });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: `/body/${field}`, code: "required" }]);
  });

  test("422: a name that is empty", async () => {
    expect((await create({ name: "", color: "#000000" })).body.errors).toMatchObject([{ pointer: "/body/name" }]);
  });
});

describe("getDatasetLabel", () => {
  test("404: no such label", async () => {
    expect(await get(noLabel)).toMatchObject(notFound);
  });

  test.each(malformed)("422: the id %s", async (id) => {
    expect(await get(id)).toMatchObject({ status: 422, body: { detail: `Invalid dataset label ID: ${id}` } });
  });
});

describe("updateDatasetLabel", () => {
  const given = async () => (await create({ name: newName(), color: "#00cc88", description: "as it was" })).body.data;

  test.each([
    ["the name", { name: "renamed" }, { name: "renamed" }],
    ["the color", { color: "#123456" }, { color: "#123456" }],
    ["the description", { description: "as it is" }, { description: "as it is" }],
    ["the description, to none", { description: null }, { description: null }],
    ["the color; a name that is null is ignored", { color: "#123456", name: null }, { color: "#123456" }],
    ["the description; a color that is null is ignored", { description: null, color: null }, { description: null }],
  ])("200: %s, and nothing else", async (_, body, changed) => {
    const label = await given();
    const answer = await update(label.id, body);
    expect(answer).toMatchObject({ status: 200, body: { data: { ...label, ...changed } } });
    expect((await get(label.id)).body).toEqual(answer.body);
  });

  test("200: to its own name", async () => {
    const label = await given();
    expect((await update(label.id, { name: label.name })).body).toEqual({ data: label });
  });

  test("404: no such label", async () => {
    expect(await update(noLabel, { color: "#000000" })).toMatchObject(notFound);
    expect(await update(noLabel, { name: newName() })).toMatchObject(notFound);
  });

  test("409: the name is taken; nothing is changed", async () => {
    const [label, other] = [await given(), await given()];
    expect(await update(label.id, { name: other.name, color: "#000000" })).toMatchObject({
      status: 409,
      body: { code: "label_exists", detail: `A dataset label named '${other.name}' already exists` },
    });
    expect((await get(label.id)).body.data).toEqual(label);
  });

  test("409 for both: two exchange their names at once", async () => {
    const [label, other] = [await given(), await given()];
    const answers = await whileTheyWait(service, "lock table labels in row exclusive mode", [
      () => update(label.id, { name: other.name }),
      () => update(other.id, { name: label.name }),
    ]);
    expect(answers).toMatchObject([
      { status: 409, body: { code: "label_exists" } },
      { status: 409, body: { code: "label_exists" } },
    ]);
  });

  test.each([[{}], [{ name: null }], [{ name: null, color: null }]])("422: nothing to change: %j", async (body) => {
    const label = await given();
    expect(await update(label.id, body)).toMatchObject({ status: 422, body: { detail: "No fields to update" } });
  });

  test.each([
    ["name", ""],
    ["color", "#FFFFFF"],
    ["color", "red"],
  ])("422: the %s %j", async (field, value) => {
    const label = await given();
    const { status, body } = await update(label.id, { [field]: value });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: `/body/${field}` }]);
  });

  test.each(malformed)("422: the id %s", async (id) => {
    expect((await update(id, { color: "#000000" })).status).toBe(422);
  });
});

describe("deleteDatasetLabel", () => {
  test("204: it is gone, also from the datasets that had it", async () => {
    const dataset = await givenDataset(service, []);
    const [label, other] = await threeLabels();
    await set(dataset.id, [label, other]);
    expect(await remove(label)).toMatchObject({ status: 204, text: "" });
    expect(await get(label)).toMatchObject(notFound);
    expect(await labelsOf(dataset.id)).toEqual([other]);
  });

  test("404: it is gone already", async () => {
    const label = await givenLabel(service);
    await remove(label);
    expect(await remove(label)).toMatchObject(notFound);
  });

  test.each(malformed)("422: the id %s", async (id) => {
    expect((await remove(id)).status).toBe(422);
  });
});

describe("listDatasetLabelsForDataset", () => {
  test("200: none", async () => {
    const { id } = await givenDataset(service, []);
    expect((await service.get(labelsPath(id))).text).toBe('{"data":[]}');
  });

  test("200: those of this dataset, newest first, by its id and by its name; a label looks as it does alone", async () => {
    const [{ id, name }, other] = [await givenDataset(service, []), await givenDataset(service, [])];
    const [first, second, third] = await threeLabels();
    await set(id, [third, first]);
    await set(other.id, [second]);
    expect(await labelsOf(id)).toEqual([third, first]);
    const { body } = await service.get(labelsPath(name));
    expect(body).toEqual({ data: [(await get(third)).body.data, (await get(first)).body.data] });
  });

  test("200: all of them, however many", async () => {
    const { id } = await givenDataset(service, []);
    const { rows } = await service.database.query(
      "insert into labels (name, color) select 'one of ' || n, '#000000' from generate_series(1, 1500) as n returning id",
    );
    const labels = rows.map((row) => idOf("DatasetLabel", row.id)).reverse();
    expect((await set(id, labels)).body.data).toHaveLength(1500);
    expect(await labelsOf(id)).toEqual(labels);
  });

  test("404: no such dataset, by id and by name", async () => {
    expect(await service.get(labelsPath(noDataset))).toMatchObject({
      status: 404,
      body: { detail: `Dataset with ID ${noDataset} not found` },
    });
    expect(await service.get(labelsPath("a/b of nobody"))).toMatchObject({
      status: 404,
      body: { detail: "Dataset with name a/b of nobody not found" },
    });
  });

  test("422: nothing is called NUL", async () => {
    expect((await service.get(labelsPath("\0"))).status).toBe(422);
  });
});

describe("setDatasetLabelsForDataset", () => {
  test("200: adds those that it lacks, takes off those that are not among them", async () => {
    const { id, name } = await givenDataset(service, []);
    const [first, second, third] = await threeLabels();
    await set(id, [first, second]);
    const { status, body } = await set(name, [third, second, third]);
    expect(status).toBe(200);
    expect(body).toEqual({ data: [(await get(third)).body.data, (await get(second)).body.data] });
    expect(await labelsOf(id)).toEqual([third, second]);
  });

  test.each([
    ["none are none", { dataset_label_ids: [] }],
    ["none are given", {}],
  ])("200: %s", async (_, body) => {
    const { id } = await givenDataset(service, []);
    await add(id, await givenLabel(service));
    expect(await service.put(labelsPath(id), body)).toMatchObject({ status: 200, text: '{"data":[]}' });
    expect(await labelsOf(id)).toEqual([]);
  });

  test("404: a label that there is not; nothing is changed", async () => {
    const { id } = await givenDataset(service, []);
    const [first, second] = await threeLabels();
    await set(id, [first]);
    expect(await set(id, [second, noLabel])).toMatchObject({
      status: 404,
      body: { detail: "One or more dataset labels not found" },
    });
    expect(await labelsOf(id)).toEqual([first]);
  });

  test("404: no such dataset", async () => {
    expect((await set(noDataset, [])).status).toBe(404);
    expect((await set(newName(), [await givenLabel(service)])).status).toBe(404);
  });

  test.each(malformed)("422: the id %s", async (bad) => {
    const { id } = await givenDataset(service, []);
    expect(await set(id, [await givenLabel(service), bad])).toMatchObject({
      status: 422,
      body: { detail: `Invalid dataset label ID: ${bad}`, errors: [{ pointer: "/body/dataset_label_ids/1" }] },
    });
  });

  test("200: twenty at once leave what one of them wanted, whole", async () => {
    const { id } = await givenDataset(service, []);
    const labels = await Promise.all(Array.from({ length: 40 }, () => givenLabel(service)));
    const wanted = (n: number) => labels.slice(2 * n, 2 * n + 2).toSorted();
    const answers = await atOnce(20, (n) => set(id, wanted(n)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(Array.from({ length: 20 }, (_, n) => wanted(n))).toContainEqual((await labelsOf(id)).toSorted());
  });
});

describe("addDatasetLabelToDataset", () => {
  test("200: the label, however often", async () => {
    const { id, name } = await givenDataset(service, []);
    const [first, second] = await threeLabels();
    await add(id, first);
    for (let twice = 0; twice < 2; twice++) {
      expect(await add(name, second)).toMatchObject({ status: 200, body: (await get(second)).body });
      expect(await labelsOf(id)).toEqual([second, first]);
    }
  });

  test("200: to a dataset whose name has a slash", async () => {
    const name = `a/b ${newName()}`;
    const { id } = await upload(service, name, { inputs: [] });
    const label = await givenLabel(service);
    expect((await add(name, label)).status).toBe(200);
    expect(await labelsOf(id)).toEqual([label]);
  });

  test("404: no such dataset, no such label", async () => {
    const { id } = await givenDataset(service, []);
    expect(await add(id, noLabel)).toMatchObject(notFound);
    expect((await add(noDataset, await givenLabel(service))).status).toBe(404);
  });

  test.each(malformed)("422: the id %s", async (bad) => {
    const { id } = await givenDataset(service, []);
    expect((await add(id, bad)).status).toBe(422);
    expect((await add(noDataset, bad)).status).toBe(422);
  });
});

describe("removeDatasetLabelFromDataset", () => {
  test("204: the dataset loses it, others and the label itself stay", async () => {
    const [one, other] = [await givenDataset(service, []), await givenDataset(service, [])];
    const [first, second] = await threeLabels();
    await set(one.id, [first, second]);
    await set(other.id, [first]);
    expect(await take(one.name, first)).toMatchObject({ status: 204, text: "" });
    expect(await labelsOf(one.id)).toEqual([second]);
    expect(await labelsOf(other.id)).toEqual([first]);
    expect((await get(first)).status).toBe(200);
  });

  test("204: it is not on it; there is no such label", async () => {
    const { id } = await givenDataset(service, []);
    expect((await take(id, await givenLabel(service))).status).toBe(204);
    expect((await take(id, noLabel)).status).toBe(204);
  });

  test("404: no such dataset", async () => {
    expect((await take(noDataset, noLabel)).status).toBe(404);
  });

  test.each(malformed)("422: the id %s", async (bad) => {
    const { id } = await givenDataset(service, []);
    expect((await take(id, bad)).status).toBe(422);
  });
});

describe("a dataset that is deleted", () => {
  test("204: takes its labels off, and they stay for others", async () => {
    const { id } = await givenDataset(service, []);
    const label = await givenLabel(service);
    await add(id, label);
    expect((await service.delete(`/v1/datasets/${id}`)).status).toBe(204);
    const { rows } = await service.database.query("select from label_datasets where label_id = $1", [
      Buffer.from(label, "base64").toString().split(":")[1],
    ]);
    expect(rows).toEqual([]);
    expect((await get(label)).status).toBe(200);
  });

  test("404: meanwhile, one cannot put a label on it, alone or among others", async () => {
    const { id } = await givenDataset(service, []);
    const label = await givenLabel(service);
    const [, rowid] = Buffer.from(id, "base64").toString().split(":");
    const requests = [() => add(id, label), () => set(id, [label])];
    const answers = await whileTheyWait(service, `delete from datasets where id = ${rowid}`, requests);
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  });
});

describe("a label that is deleted", () => {
  const deleting = async (label: string) => {
    const [, rowid] = Buffer.from(label, "base64").toString().split(":");
    return `lock table labels in share row exclusive mode; delete from labels where id = ${rowid}`;
  };

  test("404: meanwhile, it cannot be put on a dataset, alone or among others, nor changed, nor deleted", async () => {
    const [one, other] = [await givenDataset(service, []), await givenDataset(service, [])];
    const label = await givenLabel(service);
    const answers = await whileTheyWait(service, await deleting(label), [
      () => add(one.id, label),
      () => set(other.id, [label]),
      () => update(label, { name: newName() }),
      () => update(label, { color: "#000000" }),
      () => remove(label),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(404));
    expect(await labelsOf(one.id)).toEqual([]);
  });

  test("no request waits for another in a circle: datasets lose and get two labels while these and the datasets are deleted", async () => {
    for (let round = 0; round < 10; round++) {
      const labels = await threeLabels();
      const datasets = await Promise.all(Array.from({ length: 6 }, () => givenDataset(service, [])));
      for (const { id } of datasets) await set(id, labels.slice(0, 2));
      const answers = await Promise.all([
        ...datasets.map(({ id }, n) => set(id, [labels[n % 3] ?? "", labels[(n + 1) % 3] ?? ""])),
        ...labels.map(remove),
        ...datasets.slice(3).map(({ id }) => service.delete(`/v1/datasets/${id}`)),
        ...datasets.map(({ id }) => add(id, labels[0])),
      ]);
      for (const { status, text } of answers) expect([200, 204, 404], text).toContain(status);
    }
  });
});
