import { describe, expect, test } from "vitest";
import { givenDataset, givenExperiment, givenExperimentOver, givenSpans, newProject } from "../src/given.ts";
import { untilRemoved } from "../src/removals.ts";
import { idOf } from "../src/requests.ts";
import { useService } from "../src/service.ts";

const service = useService();

interface Project {
  name: string;
  description: string | null;
  id: string;
}

async function list(query: Record<string, string> = {}): Promise<Project[]> {
  const { status, body, text } = await service.get(`/v1/projects?${new URLSearchParams({ limit: "1000", ...query })}`);
  expect(status, text).toBe(200);
  return body.data;
}

const get = (identifier: string) => service.get(`/v1/projects/${encodeURIComponent(identifier)}`);
const remove = (identifier: string) => service.delete(`/v1/projects/${encodeURIComponent(identifier)}`);

/** A project with so many spans. */
async function givenProject(spans = 1, name = newProject()): Promise<Project> {
  await givenSpans(
    service,
    name,
    Array.from({ length: spans }, () => ({})),
  );
  return (await get(name)).body.data;
}

async function projectOf(experimentId: string): Promise<string> {
  return (await service.get(`/v1/experiments/${experimentId}`)).body.data.project_name;
}

const rowidOf = (id: string) => Buffer.from(id, "base64").toString().split(":")[1];

async function spansIn(projectId: string): Promise<number> {
  const { rows } = await service.database.query("select count(*)::int from spans where project_id = $1", [
    rowidOf(projectId),
  ]);
  return rows[0].count;
}

describe("getProjects", () => {
  test("200: a new service has the default project", async () => {
    expect((await list()).at(-1)).toEqual({ name: "default", description: "Default project", id: idOf("Project", 1) });
  });

  test("200: projects, newest first, with what is known of them", async () => {
    const [first, second] = [await givenProject(), await givenProject()];
    expect((await list()).slice(0, 2)).toEqual([second, first]);
    expect(first).toEqual({ name: first.name, description: null, id: expect.any(String) });
  });

  test("200: those of experiments only if asked for", async () => {
    const { id } = await givenExperiment(service);
    const name = await projectOf(id);
    const names = async (query?: Record<string, string>) => (await list(query)).map((project) => project.name);
    expect(await names()).not.toContain(name);
    expect(await names({ include_experiment_projects: "false" })).not.toContain(name);
    expect(await names({ include_experiment_projects: "true" })).toContain(name);
  });

  test("200: the project of an experiment says what it is over", async () => {
    const dataset = await givenDataset(service, [{}]);
    const { id } = await givenExperimentOver(service, dataset);
    expect((await get(await projectOf(id))).body.data.description).toBe(
      `dataset_id: ${dataset.id}\ndataset_version_id: ${dataset.versionId}`,
    );
  });

  test("200: what a deleted experiment has left is a project like any other", async () => {
    const { id } = await givenExperiment(service);
    const name = await projectOf(id);
    await service.delete(`/v1/experiments/${id}`);
    expect((await list()).map((project) => project.name)).toContain(name);
  });

  test("200: what a deleted dataset has left is none", async () => {
    const dataset = await givenDataset(service, [{}]);
    const name = await projectOf((await givenExperimentOver(service, dataset)).id);
    await givenSpans(service, name, [{}]);
    await service.delete(`/v1/datasets/${dataset.id}`);
    expect(await list({ include_experiment_projects: "true", name_contains: name })).toEqual([]);
  });

  test("200: a project that is deleted and exported to again is still the experiment's", async () => {
    const { id } = await givenExperiment(service);
    const name = await projectOf(id);
    await remove(name);
    await givenSpans(service, name, [{}]);
    expect(await list({ name_contains: name })).toEqual([]);
    expect(await list({ name_contains: name, include_experiment_projects: "true" })).toMatchObject([{ name }]);
  });

  test.each([
    ["the middle of its name", "ueri", ["Queries (v2)"]],
    ["another case", "qUERIES", ["Queries (v2)"]],
    ["what is a pattern elsewhere", "_ueri", []],
    ["any number of percent signs", "%", ["100% sure"]],
    ["what only a part has", "(v2) ", []],
  ])("200: name_contains, %s", async (_, text, names) => {
    for (const name of ["Queries (v2)", "100% sure"]) await givenSpans(service, name, [{}]);
    expect((await list({ name_contains: text })).map(({ name }) => name)).toEqual(names);
  });

  test("200: an empty name_contains is no filter", async () => {
    expect(await list({ name_contains: "" })).toEqual(await list());
  });

  test("422: name_contains has what no name has", async () => {
    const { status, body } = await service.get("/v1/projects?name_contains=%00");
    expect([status, body.errors[0].pointer]).toEqual([422, "/query/name_contains"]);
  });
});

describe("getProject", () => {
  test("200: by its id, and by its name, whatever is in it", async () => {
    for (const name of [newProject(), "a/b?c#d%2F", "it's (v2)", "été 🙂", "Project:1"]) {
      const project = await givenProject(1, name);
      expect(project.name).toBe(name);
      expect((await get(project.id)).body).toEqual({ data: project });
    }
  });

  test("200: what is the id of a project is no name", async () => {
    const project = await givenProject();
    await givenProject(1, project.id);
    expect((await get(project.id)).body).toEqual({ data: project });
  });

  test("200: the id of something else is a name", async () => {
    const name = idOf("Dataset", 1);
    expect((await get((await givenProject(1, name)).name)).body.data.name).toBe(name);
  });

  test("404: there is none", async () => {
    const { status, body } = await get("nobody's");
    expect([status, body.detail]).toEqual([404, "Project with name nobody's not found"]);
    const id = idOf("Project", 999_999);
    expect((await get(id)).body.detail).toBe(`Project with ID ${id} not found`);
  });

  test("422: no name can be that", async () => {
    const { status, body } = await get("\0");
    expect([status, body.errors[0].pointer]).toEqual([422, "/path/project_identifier"]);
  });
});

describe("deleteProject", () => {
  test("204: the project and its spans, and no others", async () => {
    const [gone, goneByName, kept] = [await givenProject(2), await givenProject(2), await givenProject(2)];
    expect((await remove(gone.id)).status).toBe(204);
    expect((await remove(goneByName.name)).status).toBe(204);
    await untilRemoved(service);
    for (const { id } of [gone, goneByName]) {
      expect((await get(id)).status).toBe(404);
      expect(await spansIn(id)).toBe(0);
    }
    expect(await spansIn(kept.id)).toBe(2);
  });

  test("204: the name is free again", async () => {
    const { id, name } = await givenProject();
    await remove(id);
    expect((await givenProject(1, name)).id).not.toBe(id);
  });

  test("204: the experiment stays, of which it was the project", async () => {
    const { id } = await givenExperiment(service);
    const name = await projectOf(id);
    expect((await remove(name)).status).toBe(204);
    expect(await projectOf(id)).toBe(name);
  });

  test("204: examples that were made from its spans stay, without a source", async () => {
    const name = newProject();
    await givenSpans(service, name, [{ spanId: "00000000000000f1" }]);
    const { id } = await givenDataset(service, [{}], { span_ids: ["00000000000000f1"] });
    const sources = async () => (await service.get(`/v1/datasets/${id}/examples`)).body.data.examples[0].source;
    expect(await sources()).toMatchObject({ span_id: "00000000000000f1" });
    await remove(name);
    expect(await sources()).toBeNull();
  });

  test("204: several projects in one go, each to its last span", async () => {
    const dataset = await givenDataset(service, [{}]);
    const projects: Project[] = [];
    for (const spans of [700, 0, 700, 1000, 3]) {
      projects.push(await givenProject(spans, await projectOf((await givenExperimentOver(service, dataset)).id)));
    }
    await service.delete(`/v1/datasets/${dataset.id}`);
    await untilRemoved(service);
    for (const { id } of projects) expect(await spansIn(id)).toBe(0);
  });

  test("204 or 404: twice at once, and exported to meanwhile", async () => {
    const { id, name } = await givenProject(2500);
    const exported = Array.from({ length: 10 }, () => givenSpans(service, name, [{}, {}]));
    const [first, second] = [remove(id), remove(id)];
    expect([204, 404]).toContain((await first).status);
    expect([204, 404]).toContain((await second).status);
    await Promise.all(exported);
    expect((await get(id)).status).toBe(404);
    await untilRemoved(service);
    expect(await spansIn(id)).toBe(0);
  });

  test("403: the default project", async () => {
    for (const identifier of ["default", idOf("Project", 1)]) {
      const { status, body } = await remove(identifier);
      expect([status, body.code, body.detail]).toEqual([
        403,
        "default_project",
        "The default project cannot be deleted",
      ]);
    }
    expect((await get("default")).status).toBe(200);
  });

  test("404: there is none, also if it was deleted before", async () => {
    const { id, name } = await givenProject();
    await remove(id);
    for (const identifier of [id, name]) expect((await remove(identifier)).status).toBe(404);
  });
});
