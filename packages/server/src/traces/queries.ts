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
 * Removes what is left of spans with the keys of these whose projects are deleted, or they would pass for stored. The sweeper is kept from those
 * projects until the transaction ends: it goes through their spans in another order.
 */
export async function deleteLeftSpans(trx: Transaction<DB>, spans: ExportedSpan[]): Promise<void> {
  const given = sql`unnest(
    ${spans.map(({ trace_id }) => trace_id)}::text[], ${spans.map(({ span_id }) => span_id)}::text[]
  ) as given (trace_id, span_id)`;
  const { rows } = await sql<{ rowid: number }>`
    select rowid from removals
    where exists (select from removals where kind = 'project') -- or nothing is looked for
      and kind = 'project' and rowid = any(array(select project_id from ${given} join spans using (trace_id, span_id)))
    order by id for update
  `.execute(trx);
  if (rows.length === 0) return;
  await sql`
    delete from spans using ${given} where spans.trace_id = given.trace_id and spans.span_id = given.span_id
      and spans.project_id = any(${rows.map(({ rowid }) => rowid)}::bigint[])
  `.execute(trx);
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
