import type pg from "pg";

/** More than the service has. What comes after them, of which there is no end where a list makes the statement, goes without a name. */
const most = 1000;

/**
 * A client of Postgres, made one that names its statements. Each connection keeps what has a name parsed, and also planned, once Postgres finds that one
 * plan is as good as those it made for each time's values.
 */
export function preparing(Client: typeof pg.Client): typeof pg.Client {
  const names = new Map<string, string>();
  const nameOf = (text: string) => {
    if (!names.has(text) && names.size < most) names.set(text, `assay_${names.size}`);
    return names.get(text);
  };
  return class extends Client {
    // biome-ignore lint/suspicious/noExplicitAny: it has seven signatures, and keeps them
    override query(text: any, values?: any, callback?: any): any {
      const name = typeof text === "string" && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
      return name === undefined ? super.query(text, values, callback) : super.query({ name, text, values }, callback);
    }
  };
}
