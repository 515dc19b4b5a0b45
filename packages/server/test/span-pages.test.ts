/** What is read to answer for spans: a page of a project costs a page, however many spans there are, in it and in others. */
import { describe, expect, test } from "vitest";
import type { SpanFilter } from "../src/spans/filter.ts";
import { readSpans } from "../src/spans/queries.ts";
import { withTokenCounts } from "../src/spans/token-counts.ts";
import { useFilled } from "./rows-read.ts";

const [old, recent, small] = [2, 3, 4]; // 1 is the default project
const spansOfOld = 40_000;
const days = 20;

/** One project has the older half of the spans, another the newer, and a third a few of all times. Eight make a trace, each the child of the one before. */
const fill = `
  insert into projects (name) values ('old'), ('recent'), ('small');
  insert into spans (project_id, trace_id, span_id, parent_id, name, span_kind, start_time, end_time, status_code, status_message,
    prompt_token_count, attributes, events, links)
  select case when t % 100 = 0 then ${small} when t <= ${spansOfOld / 8} then ${old} else ${recent} end,
    md5(t::text), md5(t || '/' || k)::char(16), case when k > 0 then md5(t || '/' || k - 1)::char(16) end,
    'step ' || k, case when k = 7 then 'LLM' else 'CHAIN' end, time, time, case when t % 500 = 1 then 'ERROR' else 'OK' end, '',
    case when k > 5 then 10 end, '{}', '[]', '[]'
  from generate_series(1, ${spansOfOld / 4}) as t, generate_series(0, 7) as k,
    lateral (select timestamptz '2026-11-01Z' + t * interval '1 day' * ${days} / ${spansOfOld / 8}) as at (time)
  order by t, k;
  analyze spans`;

const { client, rowsRead, rowsToRemove } = useFilled(fill);

const size = 50;
/** The ids of a page and of one row more, and those rows; some to spare. */
const aPage = 3 * (size + 1);

describe.each([
  ["the project with the older half", old],
  ["the one with the newer half", recent],
  ["a small one", small],
])("a page of %s costs no more than it has", (_, project) => {
  test.each<[string, SpanFilter, number]>([
    ["without a filter", {}, 1],
    ["of roots", { parent_id: null }, 1],
    ["of children of what has none", { parent_id: "0000000000000000" }, 1],
    ["of a trace that is not there", { trace_id: ["0".repeat(32)] }, 1],
    ["of a span that is not there", { span_id: ["0000000000000000"] }, 1],
    ["of a name", { name: ["step 3"] }, 1],
    ["of several names", { name: ["step 3", "step 4", "step 99"] }, 2],
    ["of a name that none has", { name: ["step 99"] }, 1],
    ["of a kind", { span_kind: ["LLM"] }, 1],
    ["of several kinds", { span_kind: ["LLM", "CHAIN"] }, 2],
    ["of a kind that none has", { span_kind: ["TOOL"] }, 1],
    ["of a rare status", { status_code: ["ERROR"] }, 1],
    ["of a status that none has", { status_code: ["UNSET"] }, 1],
    ["of all statuses", { status_code: ["OK", "ERROR", "UNSET"] }, 3],
    ["of a rare status and a kind", { status_code: ["ERROR"], span_kind: ["CHAIN"] }, 1],
    ["of the first day", { end_time: "2026-11-02T00:00:00Z" }, 1],
    ["of the last day", { start_time: "2026-12-10T00:00:00Z" }, 1],
    ["of a day on which nothing was", { start_time: "2027-01-01T00:00:00Z" }, 1],
    ["of five days: a page of each", { start_time: "2026-11-03T00:00:00Z", end_time: "2026-11-08T00:00:00Z" }, 5],
    ["of all days: a page of each", { start_time: "2026-01-01T00:00:00Z" }, 2 * days],
  ])("%s", async (_, filter, pages) => {
    expect(await rowsRead((db) => readSpans(db, project, filter, undefined, size))).toBeLessThanOrEqual(pages * aPage);
  });

  test("from a cursor on", async () => {
    const { rows } = await client.query("select (min(id) + max(id)) / 2 as id from spans where project_id = $1", [
      project,
    ]);
    const from = Number(rows[0].id);
    for (const filter of [{}, { name: ["step 3"] }, { parent_id: null }])
      expect(await rowsRead((db) => readSpans(db, project, filter, from, size))).toBeLessThanOrEqual(aPage);
  });

  test("of some hours: and what else is in these days", async () => {
    const hours = { start_time: "2026-11-05T10:00:00Z", end_time: "2026-11-05T11:00:00Z" };
    const ofDay = spansOfOld / days;
    expect(await rowsRead((db) => readSpans(db, project, hours, undefined, size))).toBeLessThanOrEqual(ofDay + aPage);
  });

  test("of roots of a day: and what else is in it", async () => {
    const filter = { parent_id: null, start_time: "2026-11-05T00:00:00Z", end_time: "2026-11-06T00:00:00Z" };
    expect(await rowsRead((db) => readSpans(db, project, filter, undefined, size))).toBeLessThanOrEqual(10 * aPage);
  });
});

test("tokens cost the calls of the traces and what stands above them", async () => {
  const { rows } = await client.query("select distinct trace_id from spans limit 1000");
  expect(rows).toHaveLength(1000);
  expect(await rowsRead((db) => withTokenCounts(db, rows, undefined))).toBeLessThanOrEqual(10 * rows.length);
});

test("to delete spans costs those, not what was deleted before", async () => {
  const { rows } = await client.query(
    "select max(id) as id from (select id from spans where project_id = $1 order by id limit 20000) as first",
    [old],
  );
  const removal = { kind: "project", rowid: old } as const;
  expect(await rowsToRemove(removal, { step: 0, after: [rows[0].id] })).toBeLessThanOrEqual(1.1 * (2 * 2000));
});
