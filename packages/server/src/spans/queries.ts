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
