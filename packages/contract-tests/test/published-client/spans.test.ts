import type { PhoenixClient } from "@arizeai/phoenix-client";
import { deleteExperiment, getExperiment, runExperiment } from "@arizeai/phoenix-client/experiments";
import { getSpans } from "@arizeai/phoenix-client/spans";
import { noopLogger as logger } from "@arizeai/phoenix-client/utils/noopLogger";
import { beforeAll, describe, expect, test } from "vitest";
import { givenSpans, newProject, newSpanId, newTraceId } from "../../src/given.ts";
import { usePhoenix } from "./phoenix.ts";
import { createSquares, flakySquare, square } from "./squares.ts";

const { service, phoenix } = usePhoenix();
let client: PhoenixClient;
beforeAll(() => {
  ({ client } = phoenix);
});

type Filters = Omit<Parameters<typeof getSpans>[0], "client" | "project">;

/** The names of the spans of a project that fit, from the first page to the last. */
async function namesOf(project: string, filters: Filters = {}) {
  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof getSpans>> = await getSpans({
      client,
      project: { project },
      ...filters,
      cursor,
    });
    names.push(...page.spans.map(({ name }) => name));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return names;
}

describe("getSpans", () => {
  test("gives the spans that runExperiment exported", async () => {
    const dataset = await createSquares(client, "traced squares", 3);
    const { id, runs } = await runExperiment({ client, logger, dataset, task: flakySquare(), repetitions: 2 });
    const { projectName } = await getExperiment({ client, experimentId: id });
    const { spans, nextCursor } = await getSpans({ client, project: { projectName: projectName ?? "" } });
    expect(nextCursor).toBeNull();
    expect(spans).toHaveLength(6);
    const traceIds = Object.values(runs).map(({ traceId }) => traceId);
    expect(spans.map(({ context }) => context.trace_id).toSorted()).toEqual(traceIds.toSorted());
    for (const span of spans) {
      expect(span).toMatchObject({
        name: "Task: flaky",
        span_kind: "CHAIN",
        parent_id: null,
        events: expect.any(Array),
      });
      expect(Date.parse(span.end_time)).toBeGreaterThanOrEqual(Date.parse(span.start_time));
    }
    const squares = spans.map(({ attributes }) => attributes?.["output.value"]).toSorted();
    expect(squares).toEqual(expect.arrayContaining([1, 4, 9].map((n) => JSON.stringify({ square: n }))));
  });

  test("finds what each of its filters asks for, page by page", async () => {
    const [project, traceId, otherTraceId, root] = [newProject(), newTraceId(), newTraceId(), newSpanId()];
    await givenSpans(service, project, [
      { traceId, spanId: root, name: "plan", kind: "AGENT", start: "2026-11-20T10:00:00Z" },
      { traceId, parentSpanId: root, name: "ask (v2), it's a+b", kind: "LLM", start: "2026-11-21T10:00:00Z" },
      { traceId, parentSpanId: root, name: "search", kind: "TOOL", status: "ERROR", start: "2026-11-22T10:00:00Z" },
      { traceId: otherTraceId, name: "plan", kind: "AGENT", status: "UNSET", start: "2026-11-23T10:00:00Z" },
    ]);
    const ask = "ask (v2), it's a+b";
    expect(await namesOf(project)).toEqual(["plan", "search", ask, "plan"]);
    expect(await namesOf(project, { limit: 1 })).toEqual(["plan", "search", ask, "plan"]);
    expect(await namesOf(project, { traceIds: [traceId] })).toEqual(["search", ask, "plan"]);
    expect(await namesOf(project, { traceIds: [traceId, otherTraceId], limit: 3 })).toHaveLength(4);
    expect(await namesOf(project, { parentId: root })).toEqual(["search", ask]);
    expect(await namesOf(project, { parentId: null })).toEqual(["plan", "plan"]);
    expect(await namesOf(project, { parentId: "null" })).toEqual(["plan", "plan"]);
    expect(await namesOf(project, { name: ask })).toEqual([ask]);
    expect(await namesOf(project, { name: [ask, "search"] })).toEqual(["search", ask]);
    expect(await namesOf(project, { spanKind: ["LLM", "TOOL"] })).toEqual(["search", ask]);
    expect(await namesOf(project, { statusCode: "ERROR" })).toEqual(["search"]);
    expect(await namesOf(project, { statusCode: ["UNSET", "OK"], spanKind: "AGENT" })).toEqual(["plan", "plan"]);
    const [startTime, endTime] = [new Date("2026-11-21T10:00:00Z"), "2026-11-22T10:00:00+00:00"];
    expect(await namesOf(project, { startTime })).toEqual(["plan", "search", ask]);
    expect(await namesOf(project, { startTime, endTime })).toEqual([ask]);
  });

  test("by attribute: an error with the status 422, and not every span", async () => {
    const attributes = { "user.id": 7 };
    await expect(namesOf("default", { attributes })).rejects.toMatchObject({ status: 422 });
  });

  test("of a project that is not there: an error with the status 404", async () => {
    await expect(namesOf("nobody's")).rejects.toMatchObject({ status: 404 });
  });
});

/** What the client has types for and no functions. */
describe("getProjects, getProject and deleteProject", () => {
  const listProjects = async (query: { include_experiment_projects?: boolean; name_contains?: string }) =>
    (await client.GET("/v1/projects", { params: { query } })).data?.data;

  test("give the projects of experiments if asked to, also those that experiments have left", async () => {
    const dataset = await createSquares(client, "left squares", 1);
    const { id: experimentId } = await runExperiment({ client, logger, dataset, task: square });
    const name = (await getExperiment({ client, experimentId })).projectName ?? "";
    expect(await listProjects({ name_contains: name })).toEqual([]);
    expect(await listProjects({ name_contains: name, include_experiment_projects: true })).toMatchObject([{ name }]);
    await deleteExperiment({ client, experimentId });
    expect(await listProjects({ name_contains: name })).toMatchObject([{ name }]);

    const params = { path: { project_identifier: name } };
    const { data } = await client.GET("/v1/projects/{project_identifier}", { params });
    expect(data?.data).toMatchObject({ name, description: expect.stringContaining("dataset_id: ") });
    await client.DELETE("/v1/projects/{project_identifier}", { params });
    await expect(client.GET("/v1/projects/{project_identifier}", { params })).rejects.toMatchObject({ status: 404 });
  });
});
