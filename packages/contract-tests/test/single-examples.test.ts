/** Examples one at a time: each change is a version of the dataset, as if it had been uploaded. */
import { describe, expect, test } from "vitest";
import { type GivenDataset, givenDataset, givenExperimentOver } from "../src/given.ts";
import { idOf } from "../src/requests.ts";
import { type Answer, useService } from "../src/service.ts";
import { examplesOf, newName, upload } from "../src/uploads.ts";

const service = useService();

const create = (datasetId: string, body: unknown) => service.post(`/v1/datasets/${datasetId}/examples`, body);
const pathOf = (datasetId: string, exampleId = "") => `/v1/datasets/${datasetId}/examples/${exampleId}`;
const get = (datasetId: string, exampleId?: string, query = "") =>
  service.get(`${pathOf(datasetId, exampleId)}${query}`);
const update = (datasetId: string, exampleId: string | undefined, body: unknown) =>
  service.patch(pathOf(datasetId, exampleId), body);
const remove = (datasetId: string, exampleId?: string) => service.delete(pathOf(datasetId, exampleId));

/** What a change answers, which must be a success. */
function changed({ status, body, text }: Answer, expected = 200) {
  expect(status, text).toBe(expected);
  return body.data;
}

const datasetOf = async (id: string) => (await service.get(`/v1/datasets/${id}`)).body.data;

/** The versions of a dataset, newest first. */
async function versionsOf(id: string): Promise<string[]> {
  const { body } = await service.get(`/v1/datasets/${id}/versions?limit=1000`);
  return body.data.map(({ version_id }: { version_id: string }) => version_id);
}

/** Something done must not have changed the dataset. */
async function expectNoChange(id: string, act: () => Promise<unknown>): Promise<void> {
  const state = async () => [await datasetOf(id), await versionsOf(id), await examplesOf(service, id)];
  const before = await state();
  await act();
  expect(await state()).toEqual(before);
}

const nothing = idOf("DatasetExample", 999_999_999);

/** What is true of whatever is asked about an example that is not there. */
function describeMissing(ask: (datasetId: string, exampleId: string) => Promise<Answer>) {
  test("404: no such dataset", async () => {
    const { exampleIds } = await givenDataset(service, [{ n: 1 }]);
    const missing = idOf("Dataset", 999_999_999);
    const { status, body } = await ask(missing, exampleIds[0] ?? "");
    expect([status, body.detail]).toEqual([404, `Dataset with ID ${missing} does not exist`]);
  });

  test("404: no such example in the dataset, also if another dataset has it or it is deleted", async () => {
    const [dataset, other] = [await givenDataset(service, [{ n: 1 }]), await givenDataset(service, [{ n: 1 }])];
    await upload(service, dataset.name, { inputs: [] });
    const missing = [nothing, other.exampleIds[0] ?? "", dataset.exampleIds[0] ?? "", idOf("Dataset", 1)];
    await expectNoChange(other.id, async () => {
      for (const id of missing) {
        const { status, body } = await ask(dataset.id, id);
        expect([status, body.detail]).toEqual([404, `DatasetExample with ID ${id} does not exist`]);
      }
    });
  });

  test("422: no id", async () => {
    const { id } = await givenDataset(service, []);
    const { status, body } = await ask(id, "q1");
    expect([status, body.detail]).toEqual([422, "Invalid dataset example ID format: q1"]);
    expect(body.errors).toMatchObject([{ pointer: "/path/example_id" }]);
  });
}

describe("createDatasetExample", () => {
  test("201: the example, and the version that has it and no other change", async () => {
    const dataset = await givenDataset(service, [{ n: 1 }]);
    const before = await datasetOf(dataset.id);
    const body = { input: { n: 2 }, output: { a: 2 }, metadata: { m: 2 }, id: "mine" };
    const { example, ...about } = changed(await create(dataset.id, body), 201);
    const [versionId] = await versionsOf(dataset.id);
    expect(Object.entries(about)).toEqual([
      ["dataset_id", dataset.id],
      ["version_id", versionId],
    ]);
    expect(await versionsOf(dataset.id)).toEqual([versionId, dataset.versionId]);
    expect(Object.entries(example)).toEqual([
      ["id", "mine"],
      ["node_id", expect.any(String)],
      ["input", { n: 2 }],
      ["output", { a: 2 }],
      ["metadata", { m: 2 }],
      ["updated_at", expect.any(String)],
      ["source", null],
    ]);
    expect((await examplesOf(service, dataset.id)).at(-1)).toEqual(example);
    expect(await examplesOf(service, dataset.id, { version_id: dataset.versionId })).toMatchObject([
      { input: { n: 1 } },
    ]);
    const after = await datasetOf(dataset.id);
    expect(after.example_count).toBe(2);
    expect(after.updated_at > before.updated_at).toBe(true);
  });

  test("201: an input is enough; without an id of the user's the id is the node id", async () => {
    const { id } = await givenDataset(service, []);
    const { example } = changed(await create(id, { input: {}, id: null, splits: null, span_id: null }), 201);
    expect(example).toMatchObject({ input: {}, output: {}, metadata: {}, source: null });
    expect(example.id).toBe(example.node_id);
    expect((await datasetOf(id)).example_count).toBe(1);
  });

  test("201: content is kept as it was sent", async () => {
    const { id } = await givenDataset(service, []);
    const content = String.raw`{"b":1.0,"a":[1e400,12345678901234567890],"2":"\u0000\ud800"}`;
    const { text } = await create(id, `{"input": ${content},\n"output": ${content}, "metadata": {"b" : ${content}}}`);
    expect(text).toContain(`"input":${content},"output":${content},"metadata":{"b":${content}},`);
  });

  test("201: of the same content there may be many", async () => {
    const { id } = await givenDataset(service, [{ n: 1 }]);
    changed(await create(id, { input: { n: 1 } }), 201);
    expect(await examplesOf(service, id)).toMatchObject([{ input: { n: 1 } }, { input: { n: 1 } }]);
  });

  test("201: an upload takes it for one of its own", async () => {
    const { id, name } = await givenDataset(service, []);
    changed(await create(id, { input: { n: 1.0 }, id: "a" }), 201);
    changed(await create(id, { input: { n: 2 } }), 201);
    const { counts } = await upload(service, name, { inputs: [{ n: 1 }, { n: 2 }], example_ids: ["a", null] });
    expect(counts).toEqual([0, 0, 0]);
  });

  test("201: in splits, which are made if they do not exist, their names trimmed and blank ones dropped", async () => {
    const [older, newer] = [newName(), newName()];
    const { id } = await givenDataset(service, [{ n: 1 }], { splits: [older] });
    changed(await create(id, { input: { n: 2 }, splits: [` ${older} `, newer, "", null, newer] }), 201);
    changed(await create(id, { input: { n: 3 }, splits: newer }), 201);
    expect(await examplesOf(service, id, { split: older })).toMatchObject([{ input: { n: 1 } }, { input: { n: 2 } }]);
    expect(await examplesOf(service, id, { split: newer })).toMatchObject([{ input: { n: 2 } }, { input: { n: 3 } }]);
  });

  test("201: from a span, if that is known", async () => {
    const { id } = await givenDataset(service, []);
    const spanId = "00f067aa0ba902b7";
    const span = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId, name: "s", kind: 1 };
    const times = { startTimeUnixNano: "1", endTimeUnixNano: "2" };
    const spans = { resourceSpans: [{ scopeSpans: [{ spans: [{ ...span, ...times }] }] }] };
    expect((await service.post("/v1/traces", spans)).status).toBe(200);
    const { example } = changed(await create(id, { input: {}, span_id: ` ${spanId} ` }), 201);
    expect(example.source).toEqual({ span_id: spanId, span_node_id: expect.any(String) });
    for (const span_id of ["ffffffffffffffff", " "])
      expect(changed(await create(id, { input: {}, span_id }), 201).example.source).toBeNull();
  });

  test("201: a deleted example is created again under the id that the user gave it", async () => {
    const { id, name, exampleIds } = await givenDataset(service, [{ n: 1 }], { example_ids: ["a"], splits: ["s"] });
    await upload(service, name, { inputs: [] });
    const { example } = changed(await create(id, { input: { n: 2 }, id: "a" }), 201);
    expect(example).toMatchObject({ id: "a", node_id: exampleIds[0], input: { n: 2 } });
    expect(await examplesOf(service, id)).toEqual([example]);
    expect(await examplesOf(service, id, { split: "s" })).toEqual([]);
    expect((await datasetOf(id)).example_count).toBe(1);
  });

  test("201: the same id in another dataset is another example", async () => {
    const [one, two] = [await givenDataset(service, [{}], { example_ids: ["a"] }), await givenDataset(service, [])];
    const { example } = changed(await create(two.id, { input: {}, id: "a" }), 201);
    expect(example.node_id).not.toBe(one.exampleIds[0]);
  });

  test("201 for each: many at once make a version each, and none is lost", async () => {
    const { id } = await givenDataset(service, []);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => create(id, { input: { n }, splits: ["s"] })),
    );
    const versions = answers.map((answer) => changed(answer, 201).version_id);
    expect(new Set(versions).size).toBe(20);
    expect((await datasetOf(id)).example_count).toBe(20);
    expect(await examplesOf(service, id, { split: "s" })).toHaveLength(20);
  });

  test("409: a live example has the id", async () => {
    const { id, exampleIds } = await givenDataset(service, [{ n: 1 }], { example_ids: ["a"] });
    await expectNoChange(id, async () => {
      const { status, body } = await create(id, { input: { n: 1 }, id: "a", splits: ["never made"] });
      expect([status, body.code]).toEqual([409, "example_exists"]);
      expect(body.detail).toBe(`The dataset has an example with the id 'a', ${exampleIds[0]}.`);
    });
    const { rows } = await service.database.query("select from splits where name = 'never made'");
    expect(rows).toHaveLength(0);
  });

  test("201 for one, 409 for nine: ten at once with one id", async () => {
    const { id } = await givenDataset(service, []);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => create(id, { input: { n }, id: "a" })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
    expect((await datasetOf(id)).example_count).toBe(1);
  });

  test("404: no such dataset", async () => {
    const id = idOf("Dataset", 999_999_999);
    const { status, body } = await create(id, { input: {} });
    expect([status, body.detail]).toEqual([404, `Dataset with ID ${id} does not exist`]);
  });

  test("422: an id of the form that Assay gives, whether it is one or not", async () => {
    const { id, exampleIds } = await givenDataset(service, [{ n: 1 }]);
    await expectNoChange(id, async () => {
      for (const taken of [exampleIds[0], nothing]) {
        const { status, body } = await create(id, { input: {}, id: taken });
        expect(status).toBe(422);
        expect(body.errors).toMatchObject([{ pointer: "/body/id" }]);
      }
    });
    const other = idOf("Dataset", 1);
    expect(changed(await create(id, { input: {}, id: other }), 201).example.id).toBe(other);
  });

  test.each([
    ["no input", {}, "/body/input"],
    ["an input that is no object", { input: [] }, "/body/input"],
    ["an output that is null", { input: {}, output: null }, "/body/output"],
    ["splits of another type", { input: {}, splits: [1] }, "/body/splits/0"],
  ])("422: %s", async (_, body, pointer) => {
    const { id } = await givenDataset(service, []);
    const answer = await create(id, body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ pointer }]);
  });
});

describe("getDatasetExample", () => {
  async function givenVersions() {
    const first = await givenDataset(service, [{ v: 1 }, { v: 1 }], { example_ids: ["a", "b"] });
    const second = await upload(service, first.name, { inputs: [{ v: 2 }, { v: 1 }], example_ids: ["a", "b"] });
    const third = await upload(service, first.name, { inputs: [{ v: 1 }], example_ids: ["b"] });
    return { dataset: first, versions: [first.versionId, second.versionId, third.versionId] };
  }

  test("200: an example as it is in the list of them, and the version", async () => {
    const dataset = await givenDataset(service, [{ n: 1 }, { n: 2 }], { example_ids: ["a", null] });
    const examples = await examplesOf(service, dataset.id);
    for (const example of examples) {
      const data = changed(await get(dataset.id, example.node_id));
      expect(data).toEqual({ dataset_id: dataset.id, version_id: dataset.versionId, example });
    }
  });

  test("200: as it was in a version; without one, or with an empty one, in the latest", async () => {
    const { dataset, versions } = await givenVersions();
    const [a, b] = dataset.exampleIds;
    const at = async (exampleId: string | undefined, query: string) => {
      const { version_id, example } = changed(await get(dataset.id, exampleId, query));
      return [version_id, example.input];
    };
    expect(await at(a, `?version_id=${versions[0]}`)).toEqual([versions[0], { v: 1 }]);
    expect(await at(a, `?version_id=${versions[1]}`)).toEqual([versions[1], { v: 2 }]);
    for (const query of ["", "?version_id="]) expect(await at(b, query)).toEqual([versions[2], { v: 1 }]);
  });

  test("404: the version has not the example", async () => {
    const { dataset, versions } = await givenVersions();
    expect((await get(dataset.id, dataset.exampleIds[0], `?version_id=${versions[2]}`)).status).toBe(404);
    const { version_id, example } = changed(await create(dataset.id, { input: {} }), 201);
    expect((await get(dataset.id, example.node_id, `?version_id=${versions[2]}`)).status).toBe(404);
    expect((await get(dataset.id, example.node_id, `?version_id=${version_id}`)).status).toBe(200);
  });

  test("404: no such version of the dataset, also if another dataset has it", async () => {
    const [dataset, other] = [await givenDataset(service, [{}]), await givenDataset(service, [{}])];
    for (const versionId of [other.versionId, idOf("DatasetVersion", 999_999_999), idOf("Dataset", 1)]) {
      const { status, body } = await get(dataset.id, dataset.exampleIds[0], `?version_id=${versionId}`);
      expect([status, body.detail]).toEqual([404, `DatasetVersion with ID ${versionId} does not exist`]);
    }
  });

  test("422: no version id", async () => {
    const { id, exampleIds } = await givenDataset(service, [{}]);
    const { status, body } = await get(id, exampleIds[0], "?version_id=latest");
    expect([status, body.detail]).toEqual([422, "Invalid dataset version ID format: latest"]);
  });

  describeMissing(get);
});

describe("updateDatasetExample", () => {
  const content = { outputs: [{ a: 1 }], metadata: [{ m: 1 }], example_ids: ["a"], splits: ["kept"] };
  const given = (): Promise<GivenDataset> => givenDataset(service, [{ n: 1 }], content);

  test.each([
    ["input", { input: { n: 2 } }],
    ["output", { output: {} }],
    ["metadata", { metadata: { k: "v" } }],
    ["all of them", { input: { n: 2 }, output: { a: 2 }, metadata: { m: 2 } }],
  ])("200: %s in place of what was there, in a version of its own; the rest stays", async (_, changes) => {
    const dataset = await given();
    const [before] = await examplesOf(service, dataset.id);
    const { version_id, example } = changed(await update(dataset.id, dataset.exampleIds[0], changes));
    expect(example).toEqual({ ...before, ...changes, updated_at: expect.any(String) });
    expect(example.updated_at > (before?.updated_at ?? "")).toBe(true);
    expect(await versionsOf(dataset.id)).toEqual([version_id, dataset.versionId]);
    expect(await examplesOf(service, dataset.id, { split: "kept" })).toEqual([example]);
    expect(await examplesOf(service, dataset.id, { version_id: dataset.versionId })).toEqual([before]);
  });

  test("200: the dataset has as many examples, and was updated", async () => {
    const { id, exampleIds } = await given();
    const before = await datasetOf(id);
    await update(id, exampleIds[0], { input: { n: 2 } });
    const after = await datasetOf(id);
    expect(after).toEqual({ ...before, updated_at: expect.any(String) });
    expect(after.updated_at > before.updated_at).toBe(true);
  });

  test("200: content that says the same makes no version, and stays as it is spelled", async () => {
    const { body } = await service.post(
      "/v1/datasets/upload?sync=true",
      `{"name":"${newName()}","inputs":[{"a":1.0,"b":2}]}`,
    );
    const { dataset_id: id, version_id } = body.data;
    const [before] = await examplesOf(service, id);
    await expectNoChange(id, async () => {
      const answer = await update(id, before?.node_id, { input: { b: 2, a: 1 }, metadata: {} });
      expect(changed(answer).version_id).toBe(version_id);
      expect(answer.text).toContain('"input":{"a":1.0,"b":2}');
    });
  });

  test("200: without a change the version is the latest, whoever made it", async () => {
    const { id, exampleIds } = await given();
    const { version_id } = changed(await create(id, { input: {} }), 201);
    expect(changed(await update(id, exampleIds[0], { output: { a: 1 } })).version_id).toBe(version_id);
  });

  test("200: content is kept as it was sent, and what is not given as it was stored", async () => {
    const exact = (n: number) => String.raw`{"b":${n}.0,"a":[1e400,12345678901234567890],"2":"\u0000\ud800"}`;
    const { id } = await givenDataset(service, []);
    const { example } = changed(await create(id, `{"input":${exact(1)},"output":${exact(1)}}`), 201);
    const { text } = await update(id, example.node_id, `{"output":${exact(2)}}`);
    expect(text).toContain(`"input":${exact(1)},"output":${exact(2)},"metadata":{},`);
  });

  test("200: changes of different parts at once are all there in the end", async () => {
    const { id, exampleIds } = await given();
    const parts = ["input", "output", "metadata"];
    const answers = await Promise.all(parts.map((part) => update(id, exampleIds[0], { [part]: { from: part } })));
    for (const answer of answers) changed(answer);
    const { example } = changed(await get(id, exampleIds[0]));
    for (const part of parts) expect(example[part]).toEqual({ from: part });
    expect(await versionsOf(id)).toHaveLength(4);
  });

  test("200: an experiment over an earlier version keeps what it runs over", async () => {
    const dataset = await given();
    const experiment = await givenExperimentOver(service, dataset);
    await update(dataset.id, dataset.exampleIds[0], { input: { n: 2 } });
    const { body } = await service.get(`/v1/experiments/${experiment.id}/incomplete-runs`);
    expect(body.data).toMatchObject([{ dataset_example: { input: { n: 1 } } }]);
  });

  test("422: no field that there is", async () => {
    const { id, exampleIds } = await given();
    for (const body of [{}, { id: "b", splits: ["s"] }]) {
      const answer = await update(id, exampleIds[0], body);
      expect([answer.status, answer.body.detail]).toEqual([422, "No fields to update"]);
    }
    expect((await update(id, nothing, {})).status).toBe(422);
  });

  test.each(["input", "output", "metadata"])("422: the %s null", async (part) => {
    const { id, exampleIds } = await given();
    await expectNoChange(id, async () => {
      const { status, body } = await update(id, exampleIds[0], { input: { n: 2 }, [part]: null });
      expect(status).toBe(422);
      expect(body.errors).toMatchObject([{ pointer: `/body/${part}` }]);
    });
  });

  describeMissing((datasetId, exampleId) => update(datasetId, exampleId, { input: { n: 2 } }));
});

describe("deleteDatasetExample", () => {
  test("200: the example as it was, and the version that no longer has it", async () => {
    const dataset = await givenDataset(service, [{ n: 1 }, { n: 2 }], { example_ids: ["a", "b"] });
    await update(dataset.id, dataset.exampleIds[0], { output: { a: 1 } });
    const [gone, kept] = await examplesOf(service, dataset.id);
    const data = changed(await remove(dataset.id, dataset.exampleIds[0]));
    const versions = await versionsOf(dataset.id);
    expect(data).toEqual({ dataset_id: dataset.id, version_id: versions[0], example: gone });
    expect(versions).toHaveLength(3);
    expect(await examplesOf(service, dataset.id)).toEqual([kept]);
    expect(await examplesOf(service, dataset.id, { version_id: versions[1] ?? "" })).toEqual([gone, kept]);
  });

  test("200: the dataset has one less, and was updated", async () => {
    const { id, exampleIds } = await givenDataset(service, [{ n: 1 }, { n: 2 }]);
    const before = await datasetOf(id);
    await remove(id, exampleIds[0]);
    const after = await datasetOf(id);
    expect(after.example_count).toBe(1);
    expect(after.updated_at > before.updated_at).toBe(true);
  });

  test("200: it is in no split any more, in none of the versions", async () => {
    const { id, exampleIds, versionId } = await givenDataset(service, [{ n: 1 }], { splits: ["s"] });
    await remove(id, exampleIds[0]);
    expect(await examplesOf(service, id, { split: "s", version_id: versionId })).toEqual([]);
    expect(await examplesOf(service, id, { version_id: versionId })).toHaveLength(1);
  });

  test("200: an experiment over it goes on", async () => {
    const dataset = await givenDataset(service, [{ n: 1 }]);
    const experiment = await givenExperimentOver(service, dataset);
    await remove(dataset.id, dataset.exampleIds[0]);
    const { body } = await service.get(`/v1/experiments/${experiment.id}/incomplete-runs`);
    expect(body.data).toMatchObject([{ dataset_example: { node_id: dataset.exampleIds[0] } }]);
  });

  test("200 for one, 404 for nine: ten delete one at once", async () => {
    const { id, exampleIds } = await givenDataset(service, [{ n: 1 }, { n: 2 }]);
    const answers = await Promise.all(Array.from({ length: 10 }, () => remove(id, exampleIds[0])));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(9);
    expect((await datasetOf(id)).example_count).toBe(1);
    expect(await versionsOf(id)).toHaveLength(2);
  });

  describeMissing(remove);
});
