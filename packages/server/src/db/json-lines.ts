import { type RawBuilder, sql } from "kysely";

/**
 * JSON texts as the rows of a set-returning function. They go as the lines of one text, since JSON has no line breaks: in an array the
 * driver would escape each quote of them by a regular expression, for which tens of megabytes need gigabytes. There is at least one.
 */
export function jsonLines(texts: string[]): RawBuilder<string> {
  return sql`string_to_table(${texts.join("\n")}, chr(10))`;
}
