import { sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";

/** Ids for rows to come, ascending. Rows that bring their ids keep an order of their own, in whatever order they are written. */
export async function takeRowIds(trx: Transaction<DB>, table: "examples" | "spans", count: number): Promise<number[]> {
  if (count === 0) return [];
  const { rows } = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence(${table}, 'id')) as id from generate_series(1, ${count}::integer) order by id
  `.execute(trx);
  return rows.map(({ id }) => id);
}
