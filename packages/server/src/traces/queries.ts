import { sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import type { ExportedSpan } from "./spans.ts";

/** Ids for spans to come, ascending. With ids of their own they keep the order of their export, in whatever order they are written. */
export async function takeSpanIds(trx: Transaction<DB>, count: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence('spans', 'id')) as id from generate_series(1, ${count}::integer) order by id
  `.execute(trx);
  return rows.map(({ id }) => id);
}

/**
 * Stores the spans that are not there yet, in the order of their keys (by code point, as JavaScript sorts). A statement of its own sees the
 * projects that others have created meanwhile. Its lock lets a project be deleted, its spans with it, before or after, but not between.
 *
 * The values do not go as arrays: the driver would escape each quote in them by a regular expression, for which a large export needs
 * gigabytes. As JSON has no line breaks, texts of it go as lines.
 */
export async function insertMissingSpans(db: Transaction<DB>, spans: (ExportedSpan & { id: number })[]): Promise<void> {
  const columns = spans.map(({ attributes: _, events: __, links: ___, ...rest }) => rest);
  const lines = (column: "attributes" | "events" | "links") => spans.map((span) => span[column].text).join("\n");
  await sql`
    insert into spans (id, project_id, trace_id, span_id, parent_id, name, span_kind, start_time, end_time,
                       status_code, status_message, prompt_token_count, completion_token_count, attributes, events, links)
    select exported.id, projects.id, trace_id, span_id, parent_id, exported.name, span_kind, start_time, end_time,
           status_code, status_message, exported.prompt_token_count, exported.completion_token_count, attributes::json, events::json, links::json
    from rows from (
      json_to_recordset(${JSON.stringify(columns)}) as (
        id bigint, project_name text, trace_id text, span_id text, parent_id text, name text, span_kind text,
        start_time timestamptz, end_time timestamptz, status_code text, status_message text,
        prompt_token_count integer, completion_token_count integer
      ),
      string_to_table(${lines("attributes")}, chr(10)),
      string_to_table(${lines("events")}, chr(10)),
      string_to_table(${lines("links")}, chr(10))
    ) as exported (id, project_name, trace_id, span_id, parent_id, name, span_kind, start_time, end_time,
                   status_code, status_message, prompt_token_count, completion_token_count, attributes, events, links)
    join projects on projects.name = project_name
    order by trace_id collate "C", span_id collate "C"
    for key share of projects
    on conflict (trace_id, span_id) do nothing`.execute(db);
}
