/** How a page of spans that fit a filter is found at the cost of that page, however many spans there are. */
import { type RawBuilder, sql } from "kysely";

/** Which spans are asked for: those that fit every filter, and of each any value. Times are texts that `timestamp` made. */
export interface SpanFilter {
  trace_id?: string[] | undefined;
  span_id?: string[] | undefined;
  name?: string[] | undefined;
  span_kind?: string[] | undefined;
  status_code?: string[] | undefined;
  /** Null for roots. */
  parent_id?: string | null | undefined;
  start_time?: string | undefined;
  end_time?: string | undefined;
}

/** Holds for spans with this value. An index has the beginning of a text that may be of any length. */
const holds = {
  span_id: (value: RawBuilder<unknown>) => sql`span_id = ${value}`,
  trace_id: (value: RawBuilder<unknown>) => sql`trace_id = ${value}`,
  name: (value: RawBuilder<unknown>) => sql`left(name, 100) = left(${value}, 100) and name = ${value}`,
  status_code: (value: RawBuilder<unknown>) => sql`status_code = ${value}`,
  span_kind: (value: RawBuilder<unknown>) => sql`left(span_kind, 100) = left(${value}, 100) and span_kind = ${value}`,
};

/** The filters that may have several values, from the one that leaves fewest spans to the one that leaves most. */
const lists = ["span_id", "trace_id", "name", "status_code", "span_kind"] as const;

/**
 * A filter as streams, each in the order of the list as an index has it, and the conditions on their spans: a page is made of a page of each.
 * An index has the spans with one value in that order, not those with any of several; so several values make as many streams, of one filter
 * that has some. A range of time is a stream for each of its days, unless ids leave few spans anyway.
 */
export function streamsOf(projectId: number, filter: SpanFilter) {
  const { parent_id, start_time, end_time } = filter;
  const given = lists.flatMap((column) => (filter[column]?.length ? [{ column, values: filter[column] }] : []));
  const hasIds =
    typeof parent_id === "string" || given.some(({ column }) => column === "span_id" || column === "trace_id");
  const byDay = !hasIds && (start_time !== undefined || end_time !== undefined);
  const several = byDay ? undefined : given.find(({ values }) => values.length > 1);
  const conditions = given.map(({ column, values }) => {
    if (column === several?.column) return holds[column](sql`stream.value`);
    return values.length === 1
      ? holds[column](sql`${values[0]}::text`)
      : sql`${sql.ref(column)} = any(${values}::text[])`;
  });
  if (parent_id !== undefined)
    conditions.push(parent_id === null ? sql`parent_id is null` : sql`parent_id = ${parent_id}`);
  if (start_time !== undefined) conditions.push(sql`start_time >= ${start_time}`);
  if (end_time !== undefined) conditions.push(sql`start_time < ${end_time}`);
  if (byDay) conditions.push(sql`${dayOf(sql`start_time`)} = stream.value`);
  const single = sql`(values (null))`;
  const streams = byDay
    ? daysWithin(projectId, filter)
    : several
      ? sql`unnest(${[...new Set(several.values)]}::text[])`
      : single;
  return { streams: sql`${streams} as stream (value)`, conditions };
}

/** The day of a moment in UTC, as an index has it. */
const dayOf = (time: RawBuilder<unknown>) => sql`(${time} at time zone 'UTC')::date`;

/** The days in a range of time on which spans of a project started: each is the first after the one before. */
function daysWithin(projectId: number, { start_time = "-infinity", end_time = "infinity" }: SpanFilter) {
  const day = dayOf(sql`start_time`);
  const lastDay = dayOf(sql`(${end_time}::timestamptz - interval '1 microsecond')`);
  const first = (condition: RawBuilder<unknown>) => sql`(
    select ${day} as day from spans where project_id = ${projectId} and ${condition} and ${day} <= ${lastDay} order by day limit 1
  )`;
  return sql`(
    with recursive days (value) as (
      ${first(sql`${day} >= ${dayOf(sql`${start_time}::timestamptz`)}`)}
      union all
      select ${first(sql`${day} > value`)} from days where value is not null
    )
    select value from days where value is not null
  )`;
}
