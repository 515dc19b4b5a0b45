/** Answers that are kept, so that a request that comes again is given the one it had. */
import { sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";

/** Keeps others from this key until the transaction ends. False, at once, if somebody has it. */
export async function tryLockKey(trx: Transaction<DB>, keyHash: Buffer): Promise<boolean> {
  // The lock ends with the transaction, and so needs no session of its own: pgbouncer may lend the connection to others in between.
  const { rows } = await sql<{ locked: boolean }>`
    select pg_try_advisory_xact_lock(${String(keyHash.readBigInt64BE())}::bigint) as locked
  `.execute(trx);
  return rows[0]?.locked ?? false;
}

/** The answer that is kept for a key; undefined if there is none that is less than a day old. */
export function findAnswer(trx: Transaction<DB>, keyHash: Buffer) {
  return trx
    .selectFrom("idempotent_answers")
    .where("key_hash", "=", keyHash)
    .where(sql<boolean>`created_at > now() - interval '1 day'`)
    .select(["request_hash", "answer"])
    .executeTakeFirst();
}

/** How many old answers go when one is written: more than one, so that they become fewer, and few, so that nobody waits. */
const removedAtATime = 100;

/** Keeps an answer, in place of one that was too old, and removes others that are. */
export async function insertAnswer(
  trx: Transaction<DB>,
  { keyHash, requestHash, answer }: { keyHash: Buffer; requestHash: Buffer; answer: string },
): Promise<void> {
  await sql`
    with old as (
      select key_hash from idempotent_answers where created_at <= now() - interval '1 day' and key_hash <> ${keyHash}
      order by created_at limit ${removedAtATime} for update skip locked
    ), removed as (
      delete from idempotent_answers where key_hash in (select key_hash from old)
    )
    insert into idempotent_answers (key_hash, request_hash, answer) values (${keyHash}, ${requestHash}, ${answer})
    on conflict (key_hash) do update set request_hash = excluded.request_hash, answer = excluded.answer, created_at = now()
  `.execute(trx);
}
