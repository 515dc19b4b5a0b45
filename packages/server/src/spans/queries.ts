import { type Kysely, sql } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { jsonObject, readPage, wireId, wireTime } from "../db/wire.ts";
import { type SpanFilter, streamsOf } from "./filter.ts";

/** The spans of a project that fit a filter, the last stored first. */
export function readSpans(
  db: Kysely<DB>,
  projectId: number,
  filter: SpanFilter,
  from: number | undefined,
  size: number,
) {
  const { streams, conditions } = streamsOf(projectId, filter);
  const all = [sql`project_id = ${projectId}`, ...conditions, ...(from === undefined ? [] : [sql`id <= ${from}`])];
  const page = sql<{ id: number }>`(
    select fitting.id from ${streams} cross join lateral (
      select id from spans where ${sql.join(all, sql` and `)} order by id desc nulls last limit ${size + 1}
    ) as fitting order by fitting.id desc limit ${size + 1}
  )`;
  const query = db
    .selectFrom(page.as("page"))
    .innerJoin("spans", "spans.id", "page.id")
    .orderBy("spans.id", "desc")
    .select(({ ref }) => [
      "spans.id as rowid",
      jsonObject({
        id: wireId("Span", ref("spans.id")),
        name: ref("spans.name"),
        context: jsonObject({ trace_id: ref("spans.trace_id"), span_id: ref("spans.span_id") }),
        span_kind: ref("spans.span_kind"),
        parent_id: ref("spans.parent_id"),
        start_time: wireTime(ref("spans.start_time")),
        end_time: wireTime(ref("spans.end_time")),
        status_code: ref("spans.status_code"),
        status_message: ref("spans.status_message"),
        attributes: ref("spans.attributes"),
        events: ref("spans.events"),
      }).as("json"),
    ]);
  return readPage(query, size);
}

/**
 * Deletes the first `count` spans of projects (ids ascending), of the first project those after `after`. Gives the last that is gone, and how
 * many are; undefined if there are none. Starting behind what was deleted, it does not wade through what is left of that in the index.
 */
export async function deleteSpansAfter(db: Kysely<DB>, projectIds: number[], after: number, count: number) {
  const { rows } = await sql<{ project_id: number; id: number; count: number }>`
    with next as (
      select next.id from unnest(${projectIds}::bigint[]) with ordinality as given (project_id, place)
      cross join lateral (
        select id from spans
        where spans.project_id = given.project_id and id > case when place = 1 then ${after}::bigint else 0 end
        order by id nulls first limit ${count} for update
      ) as next limit ${count}
    ), deleted as (
      delete from spans using next where spans.id = next.id returning project_id, spans.id
    ), changed as (
      select id from projects where id in (select project_id from deleted) order by id for no key update
    ), counted as (
      update projects set span_changes = span_changes + 1 from changed where projects.id = changed.id
    )
    select project_id, id, count(*) over () as count from deleted order by project_id desc, id desc limit 1
  `.execute(db);
  return rows[0];
}
