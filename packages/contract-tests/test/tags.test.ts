import { describe, expect, test } from "vitest";
import { type GivenDataset, givenDataset, givenExperiment, givenExperimentOver } from "../src/given.ts";
import { idOf } from "../src/requests.ts";
import { useService } from "../src/service.ts";

const service = useService();

const tag = (experimentId: string, body: unknown) => service.post(`/v1/experiments/${experimentId}/tags`, body);
const untag = (experimentId: string, identifier: string) =>
  service.delete(`/v1/experiments/${experimentId}/tags/${encodeURIComponent(identifier)}`);
const tagsOf = async (experimentId: string) => (await service.get(`/v1/experiments/${experimentId}/tags`)).body.data;
const namesOf = async (experimentId: string) => (await tagsOf(experimentId)).map(({ name }: { name: string }) => name);

/** Gives a tag to an experiment and gives its id. */
async function givenTag(experimentId: string, name: string, fields: object = {}): Promise<string> {
  const { status, body, text } = await tag(experimentId, { name, ...fields });
  expect(status, text).toBe(200);
  return body.data.id;
}

/** Two experiments over one dataset. */
async function givenSiblings(): Promise<{ dataset: GivenDataset; one: string; other: string }> {
  const dataset = await givenDataset(service, [{ n: 1 }]);
  const [one, other] = [await givenExperimentOver(service, dataset), await givenExperimentOver(service, dataset)];
  return { dataset, one: one.id, other: other.id };
}

const noExperiments = [idOf("Experiment", 999_999), idOf("Experiment", 0)];
const noIds = [
  ["nonsense", "Invalid experiment ID format: nonsense"],
  [idOf("Dataset", 1), `Invalid experiment ID: ${idOf("Dataset", 1)}`],
] as const;

describe("listExperimentTags", () => {
  test("200: none", async () => {
    const { id } = await givenExperiment(service);
    const { status, text } = await service.get(`/v1/experiments/${id}/tags`);
    expect([status, text]).toEqual([200, '{"data":[]}']);
  });

  test("200: in the order of their names, and no other experiment's", async () => {
    const { one, other } = await givenSiblings();
    for (const name of ["main", "b_1", "baseline", "b-2", "0"]) await givenTag(one, name);
    await givenTag(other, "theirs");
    expect(await namesOf(one)).toEqual(["0", "b-2", "b_1", "baseline", "main"]);
  });

  test.each(noExperiments)("404: there is no experiment %s", async (id) => {
    const { status, body } = await service.get(`/v1/experiments/${id}/tags`);
    expect([status, body.detail]).toEqual([404, "Experiment not found"]);
  });

  test.each(noIds)("422: the id %s", async (id, detail) => {
    const { status, body } = await service.get(`/v1/experiments/${id}/tags`);
    expect([status, body.detail]).toEqual([422, detail]);
  });
});

describe("upsertExperimentTag", () => {
  test("200: the tag, as it is listed from then on", async () => {
    const { id } = await givenExperiment(service);
    const { status, body } = await tag(id, { name: "baseline", description: "in production" });
    expect(status).toBe(200);
    expect(Object.entries(body.data)).toEqual([
      ["id", expect.any(String)],
      ["name", "baseline"],
      ["description", "in production"],
    ]);
    expect(Buffer.from(body.data.id, "base64").toString()).toMatch(/^ExperimentTag:\d+$/);
    expect(await tagsOf(id)).toEqual([body.data]);
  });

  test("200: given again it is the same tag, described anew, by nothing if nothing is said", async () => {
    const { id } = await givenExperiment(service);
    const tagId = await givenTag(id, "baseline", { description: "first" });
    expect(await givenTag(id, "baseline", { description: "second" })).toBe(tagId);
    expect(await tagsOf(id)).toEqual([{ id: tagId, name: "baseline", description: "second" }]);
    expect(await givenTag(id, "baseline")).toBe(tagId);
    expect(await tagsOf(id)).toEqual([{ id: tagId, name: "baseline", description: null }]);
  });

  test("200: given to a sibling it moves there and keeps its id", async () => {
    const { one, other } = await givenSiblings();
    const tagId = await givenTag(one, "baseline", { description: "of the one" });
    await givenTag(one, "stays");
    expect(await givenTag(other, "baseline")).toBe(tagId);
    expect(await namesOf(one)).toEqual(["stays"]);
    expect(await tagsOf(other)).toEqual([{ id: tagId, name: "baseline", description: null }]);
  });

  test("200: each dataset has its own tag of a name", async () => {
    const [one, other] = [await givenExperiment(service), await givenExperiment(service)];
    const ids = [await givenTag(one.id, "baseline"), await givenTag(other.id, "baseline")];
    expect(new Set(ids).size).toBe(2);
    expect([await namesOf(one.id), await namesOf(other.id)]).toEqual([["baseline"], ["baseline"]]);
  });

  test("200: given to many at once, one has it in the end, and all were told one id", async () => {
    const dataset = await givenDataset(service, [{ n: 1 }]);
    const experiments = await Promise.all(Array.from({ length: 12 }, () => givenExperimentOver(service, dataset)));
    const ids = await Promise.all(experiments.map(({ id }) => givenTag(id, "baseline")));
    expect(new Set(ids).size).toBe(1);
    const names = await Promise.all(experiments.map(({ id }) => namesOf(id)));
    expect(names.flat()).toEqual(["baseline"]);
  });

  test("200 or 404: while experiments and the dataset are deleted; nothing is left", async () => {
    const dataset = await givenDataset(service, [{ n: 1 }]);
    const experiments = await Promise.all(Array.from({ length: 12 }, () => givenExperimentOver(service, dataset)));
    const tagging = experiments.flatMap(({ id }, index) => [
      tag(id, { name: "baseline" }),
      tag(id, { name: `tag-${index}` }),
      ...(index % 3 === 0 ? [service.delete(`/v1/experiments/${id}`)] : []),
    ]);
    const deleted = service.delete(`/v1/datasets/${dataset.id}`);
    for (const { status } of await Promise.all(tagging)) expect([200, 204, 404]).toContain(status);
    expect((await deleted).status).toBe(204);
    const { rows } = await service.database.query("select from experiment_tags where dataset_id = $1", [
      Buffer.from(dataset.id, "base64").toString().split(":")[1],
    ]);
    expect(rows).toEqual([]);
  });

  test.each(noExperiments)("404: there is no experiment %s", async (id) => {
    const { status, body } = await tag(id, { name: "baseline" });
    expect([status, body.detail]).toEqual([404, "Experiment not found"]);
  });

  test.each(noIds)("422: the id %s", async (id, detail) => {
    const { status, body } = await tag(id, { name: "baseline" });
    expect([status, body.detail]).toEqual([422, detail]);
  });

  test.each(["a", "7", "v2", "a-b_c", "a--b", "a".repeat(500)])("200: the name %s", async (name) => {
    const { id } = await givenExperiment(service);
    await givenTag(id, name);
    expect(await namesOf(id)).toEqual([name]);
  });

  test.each(["", "Not Ok", "Baseline", "-a", "a-", "_a", "a_", "a b", "a.b", "é", "a\n", "a/b", "a".repeat(501)])(
    "422: the name %j",
    async (name) => {
      const { id } = await givenExperiment(service);
      const { status, body } = await tag(id, { name });
      expect(status).toBe(422);
      expect(body.errors).toEqual([expect.objectContaining({ pointer: "/body/name" })]);
      expect(await tagsOf(id)).toEqual([]);
    },
  );
});

describe("deleteExperimentTag", () => {
  test("204: by name or by id, and again", async () => {
    const { id } = await givenExperiment(service);
    await givenTag(id, "by-name");
    const tagId = await givenTag(id, "by-id");
    await givenTag(id, "stays");
    for (const identifier of ["by-name", tagId, "by-name", tagId]) {
      const { status, text } = await untag(id, identifier);
      expect([status, text]).toEqual([204, ""]);
    }
    expect(await namesOf(id)).toEqual(["stays"]);
  });

  test("204: of what the experiment does not have, nothing changes", async () => {
    const { one, other } = await givenSiblings();
    const elsewhere = await givenExperiment(service);
    const ids = [await givenTag(other, "baseline"), await givenTag(elsewhere.id, "baseline")];
    for (const identifier of [...ids, "baseline", "unknown", idOf("ExperimentTag", 999_999)])
      expect((await untag(one, identifier)).status).toBe(204);
    expect([await namesOf(other), await namesOf(elsewhere.id)]).toEqual([["baseline"], ["baseline"]]);
  });

  test.each(noExperiments)("404: there is no experiment %s", async (id) => {
    const { status, body } = await untag(id, "baseline");
    expect([status, body.detail]).toEqual([404, "Experiment not found"]);
  });

  test.each(noIds)("422: the id %s", async (id, detail) => {
    const { status, body } = await untag(id, "baseline");
    expect([status, body.detail]).toEqual([422, detail]);
  });

  test.each(["Not Ok", "a-", idOf("Experiment", 1), idOf("ExperimentTag", "x"), "🙂"])(
    "422: the tag %s",
    async (name) => {
      const { id } = await givenExperiment(service);
      const { status, body } = await untag(id, name);
      expect([status, body.detail]).toEqual([422, `Invalid tag identifier: ${name}`]);
      expect(body.errors).toEqual([expect.objectContaining({ pointer: "/path/tag_identifier" })]);
    },
  );
});

describe("listExperiments", () => {
  const find = async (datasetId: string, query: string) => {
    const { body } = await service.get(`/v1/datasets/${datasetId}/experiments?${query}`);
    return body.data.map(({ id }: { id: string }) => id);
  };

  test("200: with a tag, the experiment that it points at", async () => {
    const { dataset, one, other } = await givenSiblings();
    await givenTag(one, "baseline");
    expect(await find(dataset.id, "tag=baseline")).toEqual([one]);
    await givenTag(other, "baseline");
    expect(await find(dataset.id, "tag=baseline")).toEqual([other]);
    expect(await find(dataset.id, "tag=")).toEqual([other, one]);
  });

  test("200: with a tag that is another dataset's, or none, no experiment", async () => {
    const elsewhere = await givenExperiment(service);
    await givenTag(elsewhere.id, "elsewhere");
    const { dataset } = await givenSiblings();
    for (const name of ["elsewhere", "Not+Ok"]) expect(await find(dataset.id, `tag=${name}`)).toEqual([]);
  });
});

describe("deleteExperiment", () => {
  test("204: its tags go with it, and are free for others", async () => {
    const { one, other } = await givenSiblings();
    const tagId = await givenTag(one, "baseline");
    await service.delete(`/v1/experiments/${one}`);
    expect(await givenTag(other, "baseline")).not.toBe(tagId);
  });
});
