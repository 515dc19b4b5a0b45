import { describe, expect, test } from "vitest";
import {
  evaluationOf,
  type GivenDataset,
  givenDataset,
  givenEvaluation,
  givenExperiment,
  givenExperimentOver,
  givenRun,
  runOf,
} from "../src/given.ts";
import { untilRemoved } from "../src/removals.ts";
import { idOf } from "../src/requests.ts";
import { useService } from "../src/service.ts";

const service = useService();

const create = (datasetId: string, body: unknown) => service.post(`/v1/datasets/${datasetId}/experiments`, body);
const read = async (experimentId: string) => (await service.get(`/v1/experiments/${experimentId}`)).body.data;
const rowidOf = (id: string) => Buffer.from(id, "base64").toString().split(":")[1];
const list = async (datasetId: string, query = "") => {
  const { body } = await service.get(`/v1/datasets/${datasetId}/experiments${query}`);
  return { names: body.data.map(({ name }: { name: string }) => name), next: body.next_cursor };
};

/** The inputs of the examples that an experiment without runs runs over. */
async function snapshotOf(experimentId: string): Promise<unknown[]> {
  const { body } = await service.get(`/v1/experiments/${experimentId}/incomplete-runs`);
  return body.data.map(({ dataset_example }: { dataset_example: { input: unknown } }) => dataset_example.input);
}

/** The inputs of the examples that an experiment created with `body` runs over. */
async function snapshotOfNew(datasetId: string, body: unknown) {
  const { data } = (await create(datasetId, body)).body;
  const inputs = await snapshotOf(data.id);
  expect(data.example_count).toBe(inputs.length);
  return inputs;
}

describe("createExperiment", () => {
  test("200: the experiment, its fields in Phoenix's order, its runs all missing", async () => {
    const dataset = await givenDataset(service, [{ n: 1 }, { n: 2 }]);
    const { status, body } = await create(dataset.id, {
      name: "shorter prompt",
      description: "half the instructions",
      metadata: { model: "small-2" },
      version_id: dataset.versionId,
      splits: null,
      repetitions: 3,
    });
    expect(status).toBe(200);
    expect(Object.entries(body.data)).toEqual([
      ["id", expect.stringMatching(/^[A-Za-z0-9+/]+={0,2}$/)],
      ["dataset_id", dataset.id],
      ["dataset_version_id", dataset.versionId],
      ["name", "shorter prompt"],
      ["description", "half the instructions"],
      ["repetitions", 3],
      ["metadata", { model: "small-2" }],
      ["project_name", expect.stringMatching(/^Experiment-[0-9a-f]{24}$/)],
      ["created_at", expect.any(String)],
      ["updated_at", body.data.created_at],
      ["example_count", 2],
      ["successful_run_count", 0],
      ["failed_run_count", 0],
      ["missing_run_count", 6],
      ["splits", []],
    ]);
    expect(Buffer.from(body.data.id, "base64").toString()).toMatch(/^Experiment:\d+$/);
  });

  test("200: with nothing said, the latest version, once over each example", async () => {
    const dataset = await givenDataset(service, [{ n: 1 }]);
    const { versionId } = await givenDataset(service, [{ n: 2 }], { name: dataset.name });
    const { body } = await create(dataset.id, {});
    expect(body.data).toMatchObject({
      dataset_version_id: versionId,
      description: null,
      repetitions: 1,
      metadata: {},
      example_count: 1,
    });
  });

  test("200: null is as absent; fields that the contract does not have are ignored", async () => {
    const { id, versionId } = await givenDataset(service, [{ n: 1 }]);
    const nothing = { name: null, description: null, metadata: null, version_id: null, splits: null };
    const { body } = await create(id, { ...nothing, project_name: "mine", id: "mine" });
    expect(body.data).toMatchObject({ dataset_version_id: versionId, description: null, metadata: {} });
    expect(body.data.project_name).toMatch(/^Experiment-/);
  });

  test.each([{}, { name: null }, { name: "" }])("200: a name is made up for %j", async (body) => {
    const { id } = await givenDataset(service, [{ n: 1 }], { name: "My Data Set 1" });
    expect((await create(id, body)).body.data.name).toMatch(/^My-Data--[0-9a-f]{8}$/);
  });

  test("200: a made-up name takes eight whole characters of the dataset's", async () => {
    const { id } = await givenDataset(service, [{ n: 1 }], { name: "smiling😀😀" });
    expect((await create(id, {})).body.data.name).toMatch(/^smiling😀-[0-9a-f]{8}$/u);
  });

  test("200: a name is kept as it is and need not be unique", async () => {
    const { id } = await givenDataset(service, [{ n: 1 }]);
    const name = `  ünï\ncode 😀 \u2028 ${"long".repeat(5000)} `;
    await create(id, { name });
    await create(id, { name });
    expect((await list(id)).names).toEqual([name, name]);
  });

  test("200: metadata comes back as it was sent", async () => {
    const { id } = await givenDataset(service, [{ n: 1 }]);
    const metadata = String.raw`{"b":1.0,"a":[1e400,-0.0,12345678901234567890],"10":"\u0000\ud800","2":{"__proto__":1}}`;
    const { text, body } = await create(id, `{"metadata": ${metadata}}`);
    expect(text).toContain(`"metadata":${metadata},`);
    expect((await service.get(`/v1/experiments/${body.data.id}`)).text).toContain(`"metadata":${metadata},`);
  });

  describe("the examples that it runs over", () => {
    const atVersion = (dataset: GivenDataset) => snapshotOfNew(dataset.id, { version_id: dataset.versionId });

    test("200: are those that its version has: not those deleted by then, nor changed or added since", async () => {
      const example_ids = ["a", "b", "c"];
      const first = await givenDataset(service, [{ a: 1 }, { b: 1 }, { c: 1 }], { example_ids });
      const upload = { name: first.name, example_ids };
      const second = await givenDataset(service, [{ b: 2 }, { c: 1 }, { d: 1 }], {
        ...upload,
        example_ids: ["b", "c", "d"],
      });
      const third = await givenDataset(service, [{ a: 3 }, { b: 2 }, { c: 1 }], upload);
      expect(await atVersion(first)).toEqual([{ a: 1 }, { b: 1 }, { c: 1 }]);
      expect(await atVersion(second)).toEqual([{ b: 2 }, { c: 1 }, { d: 1 }]);
      expect(await atVersion(third)).toEqual([{ a: 3 }, { b: 2 }, { c: 1 }]);
    });

    test("200: stay the same when the dataset changes", async () => {
      const dataset = await givenDataset(service, [{ n: 1 }, { n: 2 }]);
      const { id } = await givenExperimentOver(service, dataset);
      await givenDataset(service, [{ n: 3 }], { name: dataset.name });
      expect(await snapshotOf(id)).toEqual([{ n: 1 }, { n: 2 }]);
      expect(await read(id)).toMatchObject({ example_count: 2, missing_run_count: 2 });
    });

    test("200: can be none", async () => {
      const { id } = await givenDataset(service, []);
      expect((await create(id, { repetitions: 3 })).body.data).toMatchObject({
        example_count: 0,
        missing_run_count: 0,
      });
    });

    test("200: are those in any of the given splits, by name or id, each once", async () => {
      const splits = [["train"], ["test", "hard"], ["hard"], null];
      const { id } = await givenDataset(service, [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }], { splits });
      const testId = await splitId("test");
      expect(await snapshotOfNew(id, { splits: ["hard"] })).toEqual([{ n: 2 }, { n: 3 }]);
      expect(await snapshotOfNew(id, { splits: [" test ", "train"] })).toEqual([{ n: 1 }, { n: 2 }]);
      expect(await snapshotOfNew(id, { splits: [testId] })).toEqual([{ n: 2 }]);
      expect(await snapshotOfNew(id, { splits: [testId, "test", "hard", "hard"] })).toEqual([{ n: 2 }, { n: 3 }]);
      expect(await snapshotOfNew(id, { splits: [] })).toHaveLength(4);
    });

    test("200: are in the splits now, whatever its version; splits that change later change nothing", async () => {
      const before = await givenDataset(service, [{ n: 1 }, { n: 2 }], { splits: ["then", null] });
      const then = (await create(before.id, { splits: ["then"] })).body.data;
      await givenDataset(service, [{ n: 1 }, { n: 2 }, { n: 3 }], { name: before.name, splits: [null, "now", "now"] });
      expect(await snapshotOfNew(before.id, { splits: ["now"], version_id: before.versionId })).toEqual([{ n: 2 }]);
      expect(await snapshotOf(then.id)).toEqual([{ n: 1 }]);
    });

    test("200: say which splits they are from, by the names that these had", async () => {
      const { id } = await givenDataset(service, [{ n: 1 }, { n: 2 }], {
        splits: ["said once", 'it\'s "said" {twice}, \\'],
      });
      const byId = await splitId("said once");
      const { data } = (await create(id, { splits: ['it\'s "said" {twice}, \\', byId, "said once"] })).body;
      expect(data.splits).toEqual(["said once", 'it\'s "said" {twice}, \\']);
      await service.database.query("delete from splits where name = 'said once'");
      expect((await read(data.id)).splits).toEqual(data.splits);
      expect((await create(id, { splits: [] })).body.data.splits).toEqual([]);
    });

    test("200: are none in a split that only other datasets use", async () => {
      await givenDataset(service, [{ n: 1 }], { splits: ["elsewhere"] });
      const { id } = await givenDataset(service, [{ n: 2 }]);
      expect(await snapshotOfNew(id, { splits: ["elsewhere"] })).toEqual([]);
    });

    async function splitId(name: string): Promise<string> {
      const { rows } = await service.database.query("select id from splits where name = $1", [name]);
      return idOf("DatasetSplit", rows[0].id);
    }
  });

  test("404: the dataset does not exist", async () => {
    for (const id of [idOf("Dataset", 999_999), idOf("DatasetVersion", 1), idOf("Dataset", "x")]) {
      const { status, body } = await create(id, {});
      expect(status).toBe(404);
      expect(body.detail).toBe(`Dataset with ID ${id} does not exist`);
    }
  });

  test("404: the version does not exist, or is another dataset's", async () => {
    const { id } = await givenDataset(service, [{ n: 1 }]);
    const other = await givenDataset(service, [{ n: 2 }]);
    for (const version of [idOf("DatasetVersion", 999_999), idOf("Dataset", 1), other.versionId]) {
      const { status, body } = await create(id, { version_id: version });
      expect(status).toBe(404);
      expect(body.detail).toBe(`DatasetVersion with ID ${version} does not exist`);
    }
  });

  test("404: a split does not exist", async () => {
    const { id } = await givenDataset(service, [{ n: 1 }], { splits: ["known"] });
    const byName = await create(id, { splits: ["known", "nope", "Known"] });
    expect([byName.status, byName.body.detail]).toEqual([404, "Dataset splits not found: nope, Known"]);
    const ids = [idOf("DatasetSplit", 888_888), idOf("DatasetSplit", 999_999)];
    const byId = await create(id, { splits: ["nope", ...ids] });
    expect([byId.status, byId.body.detail]).toEqual([404, "Dataset splits not found for IDs: 888888, 999999"]);
  });

  test("422: the dataset's id is none", async () => {
    const { status, body } = await create("nonsense", {});
    expect([status, body.detail]).toEqual([422, "Invalid dataset ID format: nonsense"]);
  });

  test.each([
    [{ version_id: "" }, "/body/version_id"],
    [{ version_id: "nonsense" }, "/body/version_id"],
    [{ repetitions: 0 }, "/body/repetitions"],
    [{ repetitions: -1 }, "/body/repetitions"],
    [{ repetitions: 10_001 }, "/body/repetitions"],
    [{ splits: ["train", " "] }, "/body/splits"],
  ])("422: %j", async (body, pointer) => {
    const dataset = await givenDataset(service, [{ n: 1 }], { splits: ["train"] });
    const answer = await create(dataset.id, body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer })]);
    expect((await list(dataset.id)).names).toEqual([]);
  });

  test("200: 10,000 repetitions", async () => {
    const { id } = await givenExperiment(service, 2, { repetitions: 10_000 });
    expect(await read(id)).toMatchObject({ repetitions: 10_000, missing_run_count: 20_000 });
  });
});

describe("getExperiment", () => {
  test("200: as it was created", async () => {
    const { id } = await givenDataset(service, [{ n: 1 }]);
    const { text, body } = await create(id, { name: "kept", description: "", metadata: { a: 1 }, repetitions: 2 });
    const answer = await service.get(`/v1/experiments/${body.data.id}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(answer.text).toBe(text);
  });

  test("200: times have `+00:00`, and no fraction or six digits of one", async () => {
    const { id } = await givenExperiment(service);
    const setTo = async (time: string) => {
      await service.database.query("update experiments set created_at = $1 where id = $2", [time, rowidOf(id)]);
      return (await read(id)).created_at;
    };
    expect(await setTo("2024-01-01T00:00:00Z")).toBe("2024-01-01T00:00:00+00:00");
    expect(await setTo("2024-01-01T00:00:00.0015Z")).toBe("2024-01-01T00:00:00.001500+00:00");
    expect(await setTo("2024-01-01T05:30:00.000001+05:30")).toBe("2024-01-01T00:00:00.000001+00:00");
  });

  describe("the counts", () => {
    const countsOf = async (experimentId: string) => {
      const experiment = await read(experimentId);
      const [listed] = (await service.get(`/v1/datasets/${experiment.dataset_id}/experiments`)).body.data;
      expect(listed).toEqual(experiment);
      const { successful_run_count, failed_run_count, missing_run_count } = experiment;
      return [successful_run_count, failed_run_count, missing_run_count];
    };

    test("200: follow successes, failures, refusals and replacements, in the list too", async () => {
      const { id, exampleIds } = await givenExperiment(service, 2, { repetitions: 2 });
      const [first, second] = exampleIds;
      expect(await countsOf(id)).toEqual([0, 0, 4]);
      await givenRun(service, id, first);
      expect(await countsOf(id)).toEqual([1, 0, 3]);
      await givenRun(service, id, second, { error: "timeout" });
      expect(await countsOf(id)).toEqual([1, 1, 2]);
      await givenRun(service, id, second, { error: "timeout again" });
      expect(await countsOf(id)).toEqual([1, 1, 2]);
      await expect(givenRun(service, id, first, { error: "too late" })).rejects.toThrow("already exists");
      expect(await countsOf(id)).toEqual([1, 1, 2]);
      await givenRun(service, id, second);
      expect(await countsOf(id)).toEqual([2, 0, 2]);
    });

    test("200: an error that is empty is an error", async () => {
      const { id, exampleIds } = await givenExperiment(service, 1, { repetitions: 2 });
      await givenRun(service, id, exampleIds[0], { error: "" });
      expect(await countsOf(id)).toEqual([0, 1, 1]);
    });

    test("200: all failed", async () => {
      const { id, exampleIds } = await givenExperiment(service, 2);
      for (const exampleId of exampleIds) await givenRun(service, id, exampleId, { error: "no" });
      expect(await countsOf(id)).toEqual([0, 2, 0]);
    });

    test("200: repetitions beyond the experiment's count too, and make the number of missing runs negative", async () => {
      const { id, exampleIds } = await givenExperiment(service, 1);
      for (const repetition_number of [1, 2, 3]) await givenRun(service, id, exampleIds[0], { repetition_number });
      await givenRun(service, id, exampleIds[0], { repetition_number: 4, error: "no" });
      expect(await countsOf(id)).toEqual([3, 1, -3]);
    });

    test("200: are each experiment's own", async () => {
      const dataset = await givenDataset(service, [{ n: 1 }]);
      const one = await givenExperimentOver(service, dataset);
      await givenRun(service, one.id, dataset.exampleIds[0]);
      const other = await givenExperimentOver(service, dataset);
      expect(await read(one.id)).toMatchObject({ successful_run_count: 1 });
      expect(await countsOf(other.id)).toEqual([0, 0, 1]);
    });
  });

  test("404: it does not exist", async () => {
    for (const id of [idOf("Experiment", 999_999), idOf("Dataset", 1)]) {
      const { status, body } = await service.get(`/v1/experiments/${id}`);
      expect([status, body.detail]).toEqual([404, `Experiment with ID ${id} does not exist`]);
    }
  });

  test("422: the id is none", async () => {
    const { status, body } = await service.get("/v1/experiments/nonsense");
    expect([status, body.detail]).toEqual([422, "Invalid experiment ID format: nonsense"]);
  });
});

describe("listExperiments", () => {
  const givenNamed = async (names: string[]) => {
    const { id } = await givenDataset(service, [{ n: 1 }]);
    for (const name of names) await create(id, { name });
    return id;
  };

  test("200: newest first; a cursor names the first of its page", async () => {
    const id = await givenNamed(["a", "b", "c", "d", "e"]);
    expect(await list(id)).toEqual({ names: ["e", "d", "c", "b", "a"], next: null });
    const { names, next } = await list(id, "?limit=2");
    expect(names).toEqual(["e", "d"]);
    expect((await read(next)).name).toBe("c");
    expect(await list(id, `?cursor=${next}`)).toEqual({ names: ["c", "b", "a"], next: null });
  });

  test("200: those of this dataset, over any of its versions", async () => {
    const id = await givenNamed(["before"]);
    const { name } = (await service.get(`/v1/datasets/${id}`)).body.data;
    await givenDataset(service, [{ n: 2 }], { name });
    await givenNamed(["another dataset's"]);
    await create(id, { name: "after" });
    expect((await list(id)).names).toEqual(["after", "before"]);
  });

  test("200: none", async () => {
    const { status, text } = await service.get(`/v1/datasets/${await givenNamed([])}/experiments`);
    expect([status, text]).toEqual([200, '{"data":[],"next_cursor":null}']);
  });

  test("200: fifty on a page unless told", async () => {
    const id = await givenNamed(Array.from({ length: 51 }, (_, index) => `${index}`));
    const page = await list(id);
    expect(page.names).toHaveLength(50);
    expect((await read(page.next)).name).toBe("0");
  });

  test("404: the dataset does not exist", async () => {
    for (const id of [idOf("Dataset", 999_999), idOf("Experiment", 1)]) {
      const { status, body } = await service.get(`/v1/datasets/${id}/experiments`);
      expect([status, body.detail]).toEqual([404, `Dataset with ID ${id} does not exist`]);
    }
  });

  test.each(["invalid-cursor", idOf("Dataset", 1)])("422: the cursor %s", async (cursor) => {
    const { status, body } = await service.get(`/v1/datasets/${await givenNamed(["a"])}/experiments?cursor=${cursor}`);
    expect([status, body.detail]).toEqual([422, `Invalid cursor format: ${cursor}`]);
  });

  test("422: the dataset's id is none", async () => {
    const { status, body } = await service.get("/v1/datasets/nonsense/experiments");
    expect([status, body.detail]).toEqual([422, "Invalid dataset ID format: nonsense"]);
  });
});

describe("updateExperiment", () => {
  const fields = { name: "before", description: "of old", metadata: { b: 1, a: 2 }, repetitions: 2 };
  const update = (id: string, body: unknown) => service.patch(`/v1/experiments/${id}`, body);

  test("200: the whole experiment as it is now, as it is read from then on", async () => {
    const { id, exampleIds } = await givenExperiment(service, 1, fields);
    await givenRun(service, id, exampleIds[0]);
    const before = await read(id);
    const changes = { name: "after", description: "new", metadata: { c: 3 } };
    const { status, body, text } = await update(id, changes);
    expect(status).toBe(200);
    expect(body.data).toEqual({ ...before, ...changes, updated_at: expect.any(String) });
    expect(body.data.updated_at > before.updated_at).toBe(true); // as texts, which have microseconds
    expect((await service.get(`/v1/experiments/${id}`)).text).toBe(text);
  });

  test.each([
    [{ name: "" }],
    [{ description: null }],
    [{ description: "" }],
    [{ metadata: {} }],
    [{ metadata: { a: 3 } }],
    [{ name: "n", metadata: {} }],
  ])("200: %j and nothing else", async (changes) => {
    const { id } = await givenExperiment(service, 1, fields);
    const { body } = await update(id, changes);
    expect(body.data).toMatchObject({ ...fields, ...changes });
    expect(body.data.metadata).toEqual({ ...fields, ...changes }.metadata);
  });

  test("200: metadata comes back as it was sent", async () => {
    const { id } = await givenExperiment(service);
    const metadata = String.raw`{"b":1.0,"a":[1e400,-0.0,12345678901234567890],"10":"\u0000\ud800"}`;
    expect((await update(id, `{"metadata": ${metadata}}`)).text).toContain(`"metadata":${metadata},`);
  });

  test("200: of another experiment nothing changes", async () => {
    const dataset = await givenDataset(service, [{ n: 1 }]);
    const [one, other] = [await givenExperimentOver(service, dataset), await givenExperimentOver(service, dataset)];
    const before = await read(other.id);
    await update(one.id, { name: "another" });
    expect(await read(other.id)).toEqual(before);
  });

  test("404: it does not exist", async () => {
    for (const id of [idOf("Experiment", 999_999), idOf("Dataset", 1)]) {
      const { status, body } = await update(id, { name: "x" });
      expect([status, body.detail]).toEqual([404, `Experiment with ID ${id} does not exist`]);
    }
  });

  test.each([
    [{ name: null }, ["name"]],
    [{ metadata: null }, ["metadata"]],
    [{ name: "new", description: "new", metadata: null }, ["metadata"]],
    [{ metadata: null, name: null }, ["name", "metadata"]],
  ])("422: %j, and nothing changes", async (changes, refused) => {
    const { id } = await givenExperiment(service, 1, fields);
    const { status, body } = await update(id, changes);
    expect(status).toBe(422);
    expect(body.errors).toEqual(
      refused.map((field) => ({
        pointer: `/body/${field}`,
        detail: expect.stringContaining(`${field} cannot be null`),
        code: "type",
      })),
    );
    expect(await read(id)).toMatchObject(fields);
  });

  test.each([[{}], [{ repetitions: 7 }]])(
    "422: %j changes nothing, whether the experiment exists or not",
    async (body) => {
      const { id } = await givenExperiment(service, 1, fields);
      const before = await read(id);
      for (const either of [id, idOf("Experiment", 999_999)]) {
        const answer = await update(either, body);
        expect([answer.status, answer.body.detail]).toEqual([422, "No fields to update"]);
      }
      expect(await read(id)).toEqual(before);
    },
  );

  test("422: the id is none", async () => {
    const { status, body } = await update("nonsense", { name: "x" });
    expect([status, body.detail]).toEqual([422, "Invalid experiment ID format: nonsense"]);
  });
});

describe("deleteExperiment", () => {
  test("204: it is gone with its runs and evaluations; its siblings stay", async () => {
    const dataset = await givenDataset(service, [{ n: 1 }]);
    const [one, other] = [await givenExperimentOver(service, dataset), await givenExperimentOver(service, dataset)];
    for (const { id } of [one, other])
      await givenEvaluation(service, await givenRun(service, id, dataset.exampleIds[0]), "accuracy");
    const { status, text } = await service.delete(`/v1/experiments/${one.id}`);
    expect([status, text]).toEqual([204, ""]);
    expect((await service.get(`/v1/experiments/${one.id}`)).status).toBe(404);
    expect((await service.get(`/v1/experiments/${one.id}/runs`)).body.data).toEqual([]);
    await untilRemoved(service);
    expect(await rowsOf(one.id)).toBe(0);
    expect(await rowsOf(other.id)).toBe(5); // its counters, an example, a run, an evaluation, and the count of those of its name
    expect((await read(other.id)).successful_run_count).toBe(1);
  });

  test("204: while runs and evaluations are recorded, which are a 404 from then on; nothing of it is left", async () => {
    const { id, exampleIds } = await givenExperiment(service, 1, { repetitions: 40 });
    const runId = await givenRun(service, id, exampleIds[0]);
    const record = (n: number) =>
      n % 2 === 0
        ? service.post(`/v1/experiments/${id}/runs`, runOf(exampleIds[0], { repetition_number: n }))
        : service.post("/v1/experiment_evaluations", evaluationOf(runId, `${n}`));
    const numbers = Array.from({ length: 20 }, (_, index) => index + 2);
    const before = numbers.map(record);
    const deleted = service.delete(`/v1/experiments/${id}`);
    const after = numbers.map((n) => record(n + 20));
    expect((await deleted).status).toBe(204);
    for (const { status } of await Promise.all([...before, ...after])) expect([200, 404]).toContain(status);
    await untilRemoved(service);
    expect(await rowsOf(id)).toBe(0);
  });

  /** How many rows the tables below `experiments` have of an experiment. */
  async function rowsOf(experimentId: string): Promise<number> {
    const tables = [
      "experiment_counters",
      "experiment_examples",
      "incomplete_examples",
      "experiment_runs",
      "evaluations",
      "evaluation_counters",
    ];
    const each = tables.map((table) => `select experiment_id from ${table}`).join(" union all ");
    const query = `select from (${each}) as rows where experiment_id = $1`;
    return (await service.database.query(query, [rowidOf(experimentId)])).rows.length;
  }

  const hasProject = async (name: string) =>
    (await service.database.query("select from projects where name = $1", [name])).rows.length === 1;
  const givenSpan = async (project: string) => {
    const span = { traceId: "0a".repeat(16), spanId: "0b".repeat(8), name: "task" };
    const resourceSpans = [{ scopeSpans: [{ spans: [span] }] }];
    const { status } = await service.post("/v1/traces", { resourceSpans }, { headers: { "x-project-name": project } });
    expect(status).toBe(200);
  };

  test.each(["", "?delete_project=false", "?delete_project=0"])(
    "204: its project stays when asked with %j",
    async (query) => {
      const { id } = await givenExperiment(service);
      const { project_name } = await read(id);
      expect((await service.delete(`/v1/experiments/${id}${query}`)).status).toBe(204);
      expect(await hasProject(project_name)).toBe(true);
    },
  );

  test.each(["?delete_project=true", "?delete_project=1"])(
    "204: its project goes too, spans and all, when asked with %j",
    async (query) => {
      const { id } = await givenExperiment(service);
      const { project_name } = await read(id);
      await givenSpan(project_name);
      expect((await service.delete(`/v1/experiments/${id}${query}`)).status).toBe(204);
      expect(await hasProject(project_name)).toBe(false);
      await untilRemoved(service);
      expect((await service.database.query("select from spans")).rows).toEqual([]);
    },
  );

  test("404: it does not exist", async () => {
    const { id } = await givenExperiment(service);
    await service.delete(`/v1/experiments/${id}`);
    const { status, body } = await service.delete(`/v1/experiments/${id}`);
    expect([status, body.detail]).toEqual([404, "Experiment does not exist"]);
    expect((await service.delete(`/v1/experiments/${idOf("Dataset", 1)}`)).status).toBe(404);
  });

  test("422: the id is none, or `delete_project` neither yes nor no", async () => {
    expect((await service.delete("/v1/experiments/nonsense")).status).toBe(422);
    const { id } = await givenExperiment(service);
    const { status, body } = await service.delete(`/v1/experiments/${id}?delete_project=maybe`);
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ pointer: "/query/delete_project" })]);
    expect((await read(id)).id).toBe(id);
  });
});

describe("deleteDatasetById", () => {
  test("204: its experiments go with it", async () => {
    const dataset = await givenDataset(service, [{ n: 1 }]);
    const { id } = await givenExperimentOver(service, dataset);
    const runId = await givenRun(service, id, dataset.exampleIds[0]);
    await givenEvaluation(service, runId, "accuracy");
    expect((await service.delete(`/v1/datasets/${dataset.id}`)).status).toBe(204);
    expect((await service.get(`/v1/experiments/${id}`)).status).toBe(404);
    const runs = await service.get(`/v1/experiments/${id}/runs`);
    expect([runs.status, runs.text]).toEqual([200, '{"data":[],"next_cursor":null}']);
  });
});
