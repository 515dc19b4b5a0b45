import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { Client, type QueryConfig, type QueryResult } from "pg";
import { inject } from "vitest";

/** A statement that a service sent, with the parameters that it first had in a process, as texts. */
export interface Statement {
  sql: string;
  values: (string | null)[];
  /** What was set before it in its transaction of how Postgres plans. */
  settings?: string | undefined;
}

const known = new Map<string, { isOrdered: boolean }>();
const file = `${process.pid}-${Math.random().toString(36).slice(2)}`;

/**
 * The connection of a service under test. It notes each statement, for `check-statements.ts` to look at after the last test, and turns around the rows
 * of whatever has no order: who counts on one that Postgres does not promise, and Citus does not keep, gets wrong answers.
 */
export class WatchedClient extends Client {
  #settings: string | undefined;

  // biome-ignore lint/suspicious/noExplicitAny: the driver takes a statement in a dozen forms, which are passed on as they are
  override query(given: any, ...rest: any[]): any {
    const { text, values = rest[0] } = typeof given === "string" ? { text: given } : (given as QueryConfig);
    if (/^begin\b/i.test(text)) this.#settings = undefined;
    if (text.includes("set_config('enable_")) this.#settings = text;
    const { isOrdered } = known.get(text) ?? note(text, Array.isArray(values) ? values : [], this.#settings);
    const sent = super.query(given, ...rest) as unknown;
    if (isOrdered || !(sent instanceof Promise)) return sent;
    return sent.then((result: QueryResult) => {
      result.rows?.reverse();
      return result;
    });
  }
}

function note(text: string, values: unknown[], settings: string | undefined): { isOrdered: boolean } {
  const noted = { isOrdered: isOrdered(text) };
  known.set(text, noted);
  const statement: Statement = { sql: text, values: values.map(textOf), settings };
  appendFileSync(join(inject("seen"), "statements", file), `${JSON.stringify(statement)}\n`);
  return noted;
}

/** Whether the rows of a statement come in an order: nothing that is in parentheses decides that, nor what an insertion reads. */
function isOrdered(text: string): boolean {
  let outermost = text.replaceAll(/'[^']*'/g, "");
  for (let before = ""; before !== outermost; ) {
    before = outermost;
    outermost = outermost.replaceAll(/\([^()]*\)/g, "");
  }
  return /\border by\b/i.test(outermost) && !/\breturning\b/i.test(outermost);
}

/** A parameter as the driver sends it. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Buffer.isBuffer(value)) return `\\x${value.toString("hex")}`;
  if (Array.isArray(value)) return `{${value.map(elementOf).join()}}`;
  return value instanceof Date ? value.toISOString() : String(value);
}

function elementOf(value: unknown): string {
  const text = textOf(value);
  return text === null ? "NULL" : `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
}
