import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { givenDataset, givenSpans, newProject, newSpanId, newTraceId, type SpanToExport } from "../src/given.ts";
import { idOf } from "../src/requests.ts";
import { useService } from "../src/service.ts";

const service = useService();

interface Span {
  id: string;
  name: string;
  context: { trace_id: string; span_id: string };
  span_kind: string;
  parent_id: string | null;
  start_time: string;
  status_code: string;
}

type Query = Record<string, string | string[]>;

const pathOf = (project: string, query: Query = {}) => {
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  );
  return `/v1/projects/${encodeURIComponent(project)}/spans?${new URLSearchParams(pairs)}`;
};

async function page(project: string, query?: Query): Promise<{ data: Span[]; next_cursor: string | null }> {
  const { status, body, text } = await service.get(pathOf(project, query));
  expect(status, text).toBe(200);
  return body;
}

const names = async (project: string, query?: Query) => (await page(project, query)).data.map(({ name }) => name);

/** A project with these spans. */
async function givenProject(spans: SpanToExport[]): Promise<string> {
  const project = newProject();
  await givenSpans(service, project, spans);
  return project;
}

describe("getSpans", () => {
  test("200: everything of a span, as it was exported", async () => {
    const project = newProject();
    const body = `{"resourceSpans":[{"scopeSpans":[{"spans":[{
      "traceId":"0AF7651916CD43DD8448EB211C80319C","spanId":"b7ad6b7169203331","parentSpanId":"00f067aa0ba902b7","name":"Task: answer",
      "startTimeUnixNano":"1795339862123456789","endTimeUnixNano":"1795339863000000000","status":{"code":2,"message":"no"},
      "attributes":[{"key":"openinference.span.kind","value":{"stringValue":"CHAIN"}},{"key":"b","value":{"intValue":"12345678901234567890"}},
        {"key":"a","value":{"doubleValue":1}},{"key":"2","value":{"stringValue":"\\u0000\\ud800"}},{"key":"1","value":{}}],
      "events":[{"name":"retry","timeUnixNano":"1795339862500000000","attributes":[{"key":"n","value":{"doubleValue":1.0}}]}]
    }]}]}]}`;
    const exported = await service.post("/v1/traces", body, { headers: { "x-project-name": project } });
    expect(exported.status, exported.text).toBe(200);
    const { rows } = await service.database.query("select max(id) as id from spans");
    expect((await service.get(pathOf(project))).text).toBe(
      `{"data":[{"id":"${idOf("Span", rows[0].id)}","name":"Task: answer",` +
        '"context":{"trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331"},' +
        '"span_kind":"CHAIN","parent_id":"00f067aa0ba902b7",' +
        '"start_time":"2026-11-22T09:31:02.123456+00:00","end_time":"2026-11-22T09:31:03+00:00","status_code":"ERROR","status_message":"no",' +
        '"attributes":{"openinference.span.kind":"CHAIN","b":12345678901234567890,"a":1.0,"2":"\\u0000\\ud800","1":null},' +
        '"events":[{"name":"retry","timestamp":"2026-11-22T09:31:02.500000+00:00","attributes":{"n":1.0}}]}],"next_cursor":null}',
    );
  });

  test("200: the last first, in the order of the exports and within them", async () => {
    const project = await givenProject([{ name: "a" }, { name: "b" }, { name: "c" }]);
    await givenSpans(service, project, [{ name: "d" }, { name: "e" }]);
    expect(await names(project)).toEqual(["e", "d", "c", "b", "a"]);
  });

  test("200: by the project's id as by its name, and of no other project", async () => {
    const project = await givenProject([{ name: "mine" }]);
    await givenProject([{ name: "another's" }]);
    const { id } = (await service.get(`/v1/projects/${encodeURIComponent(project)}`)).body.data;
    expect(await names(id)).toEqual(["mine"]);
    expect(await names(project)).toEqual(["mine"]);
  });

  test("200: a hundred, if nothing else is said", async () => {
    const project = await givenProject(Array.from({ length: 102 }, (_, n) => ({ name: String(n) })));
    const { data, next_cursor } = await page(project);
    expect(data).toHaveLength(100);
    expect(await names(project, { cursor: next_cursor ?? "" })).toEqual(["1", "0"]);
  });

  test("200: a project without spans has none", async () => {
    const dataset = await givenDataset(service, [{}]);
    const { body } = await service.post(`/v1/datasets/${dataset.id}/experiments`, {});
    expect(await page(body.data.project_name)).toEqual({ data: [], next_cursor: null });
  });

  describe("with filters", () => {
    const [traceId, otherTraceId, root, child] = [newTraceId(), newTraceId(), newSpanId(), newSpanId()];
    const long = "n".repeat(100);
    let project: string;
    beforeAll(async () => {
      project = await givenProject([
        { traceId, spanId: root, name: "root", kind: "CHAIN", start: "2026-11-20T00:00:00Z", status: "UNSET" },
        { traceId, spanId: child, parentSpanId: root, name: "child", kind: "LLM", start: "2026-11-20T23:59:59.999Z" },
        { traceId, parentSpanId: child, name: "grandchild", kind: "LLM", start: "2026-11-22T12:00:00Z" },
        { traceId: otherTraceId, name: "it's (v2), a+b", start: "2026-11-22T00:00:00Z", status: "ERROR" },
        { traceId: otherTraceId, name: `${long}1`, kind: `${long}1`, start: "1970-01-01T00:00:00Z" },
        { traceId: otherTraceId, name: `${long}2`, kind: `${long}2`, start: "2500-01-01T00:00:00Z" },
      ]);
      // In another project, the same: the filters must not find it.
      await givenSpans(service, newProject(), [
        { traceId, name: "root", kind: "CHAIN", start: "2026-11-20T00:00:00Z" },
      ]);
    });

    test.each<[string, () => Query, string[]]>([
      ["a trace", () => ({ trace_id: traceId }), ["grandchild", "child", "root"]],
      ["several traces", () => ({ trace_id: [traceId, otherTraceId, traceId], name: "root" }), ["root"]],
      ["a span", () => ({ span_id: child }), ["child"]],
      ["several spans", () => ({ span_id: [child, root, newSpanId()] }), ["child", "root"]],
      ["a parent", () => ({ parent_id: root }), ["child"]],
      ["no parent", () => ({ parent_id: "null" }), [`${long}2`, `${long}1`, "it's (v2), a+b", "root"]],
      ["a name", () => ({ name: "it's (v2), a+b" }), ["it's (v2), a+b"]],
      ["several names", () => ({ name: ["root", "child", "none"] }), ["child", "root"]],
      ["names that begin alike", () => ({ name: `${long}1` }), [`${long}1`]],
      ["several names that begin alike", () => ({ name: [`${long}2`, `${long}3`] }), [`${long}2`]],
      ["a kind", () => ({ span_kind: "LLM" }), ["grandchild", "child"]],
      ["several kinds", () => ({ span_kind: ["CHAIN", "UNKNOWN"] }), ["it's (v2), a+b", "root"]],
      ["kinds that begin alike", () => ({ span_kind: `${long}2` }), [`${long}2`]],
      ["a status", () => ({ status_code: "ERROR" }), ["it's (v2), a+b"]],
      ["several statuses", () => ({ status_code: ["ERROR", "UNSET"] }), ["it's (v2), a+b", "root"]],
      ["a kind and a parent", () => ({ span_kind: "LLM", parent_id: child }), ["grandchild"]],
      ["kinds and statuses", () => ({ span_kind: ["LLM", "CHAIN"], status_code: ["UNSET", "ERROR"] }), ["root"]],
      [
        "a start, inclusive",
        () => ({ start_time: "2026-11-22T00:00:00Z" }),
        [`${long}2`, "it's (v2), a+b", "grandchild"],
      ],
      ["an end, exclusive", () => ({ end_time: "2026-11-22T00:00:00Z" }), [`${long}1`, "child", "root"]],
      ["a day", () => ({ start_time: "2026-11-20", end_time: "2026-11-21" }), ["child", "root"]],
      [
        "a day elsewhere",
        () => ({ start_time: "2026-11-20T23:00:00-01:00", end_time: "1795305601" }),
        ["it's (v2), a+b"],
      ],
      [
        "all of time",
        () => ({ start_time: "0001-01-01", end_time: "9999-12-31", limit: "2" }),
        [`${long}2`, `${long}1`],
      ],
      ["no time at all", () => ({ start_time: "2026-11-21", end_time: "2026-11-20" }), []],
      [
        "a time and no parent",
        () => ({ start_time: "2026-11-20", end_time: "2026-11-23", parent_id: "null" }),
        ["it's (v2), a+b", "root"],
      ],
      ["a time and a trace", () => ({ end_time: "2026-11-21", trace_id: traceId }), ["child", "root"]],
      [
        "a time and kinds",
        () => ({ start_time: "2026-11-20T12:00:00Z", span_kind: ["LLM", "CHAIN"] }),
        ["grandchild", "child"],
      ],
      ["what is no trace", () => ({ trace_id: "nonsense" }), []],
      ["what is no span", () => ({ span_id: ["", "nonsense"] }), []],
      ["what is no parent", () => ({ parent_id: "" }), []],
      ["an unknown status", () => ({ status_code: "FINE" }), []],
    ])("200: %s", async (_, query, expected) => {
      expect((await names(project, query())).toSorted()).toEqual(expected.toSorted());
      const whole = await page(project, { ...query(), limit: "1000" });
      const order = (await names(project)).filter((name) => whole.data.some((span) => span.name === name));
      expect(whole.data.map(({ name }) => name)).toEqual(order);
    });
  });

  test("200: whatever the filters, pages are what the list leaves of them", async () => {
    const [traceIds, parentIds] = [
      [newTraceId(), newTraceId()],
      [newSpanId(), newSpanId()],
    ];
    const days = ["2026-11-20T10:00:00Z", "2026-11-20T22:00:00Z", "2026-11-21T10:00:00Z", "2026-11-25T10:00:00Z"];
    const kinds = ["LLM", "CHAIN", "TOOL"];
    const statuses = ["OK", "ERROR", "UNSET"] as const;
    const spans = fc.sample(
      fc.record<SpanToExport>(
        {
          traceId: fc.constantFrom(...traceIds),
          parentSpanId: fc.constantFrom(...parentIds),
          name: fc.constantFrom("a", "b", "c"),
          kind: fc.constantFrom(...kinds),
          start: fc.constantFrom(...days),
          status: fc.constantFrom(...statuses),
        },
        { requiredKeys: ["traceId", "name", "kind", "start", "status"] },
      ),
      { numRuns: 80, seed: 7 },
    );
    const project = await givenProject(spans);
    const all = (await page(project, { limit: "1000" })).data;
    const some = (values: readonly string[]) =>
      fc.array(fc.constantFrom(...values, "none"), { minLength: 1, maxLength: 3 });
    const filters = fc.record(
      {
        trace_id: some(traceIds),
        parent_id: fc.constantFrom(...parentIds, "null"),
        name: some(["a", "b", "c"]),
        span_kind: some(kinds),
        status_code: some(statuses),
        start_time: fc.constantFrom(...days),
        end_time: fc.constantFrom(...days),
        span_id: fc.subarray(
          all.map(({ context }) => context.span_id),
          { minLength: 1, maxLength: 5 },
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(filters, fc.integer({ min: 1, max: 40 }), async (filter, limit) => {
        const fits = (span: Span) =>
          (filter.trace_id?.includes(span.context.trace_id) ?? true) &&
          (filter.span_id?.includes(span.context.span_id) ?? true) &&
          (filter.parent_id === undefined || filter.parent_id === String(span.parent_id)) &&
          (filter.name?.includes(span.name) ?? true) &&
          (filter.span_kind?.includes(span.span_kind) ?? true) &&
          (filter.status_code?.includes(span.status_code) ?? true) &&
          (filter.start_time === undefined || Date.parse(span.start_time) >= Date.parse(filter.start_time)) &&
          (filter.end_time === undefined || Date.parse(span.start_time) < Date.parse(filter.end_time));
        const read: Span[] = [];
        for (let cursor: string | null = ""; cursor !== null; ) {
          const { data, next_cursor } = await page(project, { ...filter, limit: String(limit), cursor });
          expect(data.length).toBe(next_cursor === null ? data.length : limit);
          read.push(...data);
          cursor = next_cursor;
        }
        expect(read).toEqual(all.filter(fits));
      }),
      { numRuns: 300 },
    );
  });

  test("404: no such project", async () => {
    const { status, body } = await service.get(pathOf("nobody's"));
    expect([status, body.detail]).toEqual([404, "Project with name nobody's not found"]);
    expect((await service.get(pathOf(idOf("Project", 999_999)))).status).toBe(404);
  });

  test.each([
    ["start_time", "yesterday"],
    ["end_time", "2026-13-01"],
    ["end_time", ""],
    ["name", "\0"],
    ["attribute", "user.id:7"],
  ])("422: %s is %j", async (name, value) => {
    const { status, body } = await service.get(pathOf("default", { [name]: value }));
    expect(status).toBe(422);
    expect(body.errors[0].pointer).toMatch(new RegExp(`^/query/${name}`));
  });
});
