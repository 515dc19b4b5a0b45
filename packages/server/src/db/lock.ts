/**
 * Splits and labels are shared by all datasets, so no dataset's lock stands for them. Who is in one and who renames or deletes it keep out
 * of each other's way by the lock of the table, taken after that of the dataset and before any row: by rows alone, one could wait for a
 * name while it holds the split that the other waits for.
 */
import { sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";

type Table = "splits" | "labels";

/** Keeps what is in these tables from being renamed and deleted until the transaction ends. Any number of transactions do so at a time. */
export async function keep(trx: Transaction<DB>, ...tables: Table[]): Promise<void> {
  await sql`lock table ${sql.join(tables.map((table) => sql.table(table)))} in row exclusive mode`.execute(trx);
}

/** Waits for all who keep what is in the table or add to it, and is alone in changing it until the transaction ends. Others may read. */
export async function haveAlone(trx: Transaction<DB>, table: Table): Promise<void> {
  await sql`lock table ${sql.table(table)} in share row exclusive mode`.execute(trx);
}
