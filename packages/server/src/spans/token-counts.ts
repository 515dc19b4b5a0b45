import { type Kysely, sql } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { type Datasets, isSeenProject } from "../scope.ts";

/** Tokens of a trace; null where its spans say nothing of them. */
export interface TokenCounts {
  prompt_token_count: number | null;
  completion_token_count: number | null;
}

/**
 * Rows with the tokens of their traces: the sums over their calls to models, which are spans of the kind LLM. A call inside a call
 * is the same call as another instrumentation saw it (a framework's, around that of the model's vendor), or a part of it, whose tokens the
 * outer one repeats: only the innermost counts. Spans of other kinds are no calls, whatever totals they repeat.
 */
export async function withTokenCounts<Row extends { trace_id: string | null }>(
  db: Kysely<DB>,
  rows: Row[],
  within: Datasets,
) {
  const traceIds = new Set(
    rows.flatMap(({ trace_id }) => (trace_id !== null && isTraceId.test(trace_id) ? trace_id : [])),
  );
  const sums = traceIds.size === 0 ? [] : await sumTokens(db, [...traceIds], within);
  const countsOf = new Map(sums.map(({ trace_id, ...counts }) => [trace_id, counts]));
  return rows.map((row) => ({ ...row, ...(countsOf.get(row.trace_id ?? "") ?? none) }));
}

const isTraceId = /^[0-9a-f]{32}$/;
const none: TokenCounts = { prompt_token_count: null, completion_token_count: null };

/** A parent may come after its children, or never: what stands above a call is looked up, as far as it is there. */
async function sumTokens(db: Kysely<DB>, traceIds: string[], within: Datasets) {
  const isSeen = isSeenProject(sql`spans.project_id`, within);
  const { rows } = await sql<TokenCounts & { trace_id: string }>`
    with recursive calls as (
      select trace_id, span_id, parent_id, prompt_token_count, completion_token_count, count(*) over (partition by trace_id) as of_trace
      from spans
      where trace_id = any(${traceIds}::text[]) and (prompt_token_count is not null or completion_token_count is not null) and ${isSeen}
    ), above (trace_id, span_id) as (
      select trace_id, parent_id from calls where of_trace > 1
      union
      select trace_id, (select parent_id from spans where spans.trace_id = above.trace_id and spans.span_id = above.span_id and ${isSeen})
      from above where span_id is not null
    )
    select trace_id, sum(prompt_token_count) as prompt_token_count, sum(completion_token_count) as completion_token_count
    from calls
    where not exists (select from above where above.trace_id = calls.trace_id and above.span_id = calls.span_id)
    group by trace_id
  `.execute(db);
  return rows;
}
