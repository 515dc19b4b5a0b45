import { type Kysely, sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import type { KeyKind } from "../contract.ts";
import { jsonObject, readPage, wireId, wireTime } from "../db/wire.ts";

/** Keys as the contract has them, newest first. */
function keysAsJson(db: Kysely<DB>) {
  return db
    .selectFrom("api_keys")
    .orderBy("api_keys.id", "desc")
    .select(({ ref }) => [
      "api_keys.id as rowid",
      jsonObject({
        id: wireId("SystemApiKey", ref("api_keys.id")),
        name: ref("name"),
        description: ref("description"),
        kind: ref("kind"),
        dataset_ids: sql<string[] | null>`case when dataset_ids is not null then
          array_to_json(array(select ${wireId("Dataset", sql<number>`id`)} from unnest(dataset_ids) with ordinality as given (id, place) order by place)) end`,
        created_at: wireTime(ref("created_at")),
        expires_at: nullableTime("expires_at"),
        last_used_at: nullableTime("last_used_at"),
      }).as("json"),
    ]);
}

const nullableTime = (column: "expires_at" | "last_used_at") => sql<string | null>`${wireTime(sql.ref(column))}`;

export function readKeys(db: Kysely<DB>, from: number | undefined, size: number) {
  return readPage(
    keysAsJson(db).$if(from !== undefined, (query) => query.where("id", "<=", from ?? 0)),
    size,
  );
}

export async function readKey(db: Kysely<DB>, id: number) {
  return (await keysAsJson(db).where("id", "=", id).executeTakeFirstOrThrow()).json;
}

export interface NewKey {
  name: string;
  description: string | null;
  kind: KeyKind;
  dataset_ids: number[] | null;
  hash: Buffer;
  expires_at: string | null;
}

export async function insertKey(trx: Transaction<DB>, key: NewKey): Promise<number> {
  const { id } = await trx.insertInto("api_keys").values(key).returning("id").executeTakeFirstOrThrow();
  return id;
}

/** Deletes a key and gives its hash; undefined if there is none. */
export async function deleteKey(db: Kysely<DB>, id: number): Promise<Buffer | undefined> {
  return (await db.deleteFrom("api_keys").where("id", "=", id).returning("hash").executeTakeFirst())?.hash;
}

export function findKeyByHash(db: Kysely<DB>, hash: Buffer) {
  return db
    .selectFrom("api_keys")
    .where("hash", "=", hash)
    .select([
      "id",
      "kind",
      "dataset_ids",
      sql<number | null>`extract(epoch from expires_at)::double precision * 1000`.as("expires_at"),
      sql<boolean>`coalesce(last_used_at < now() - interval '1 minute', true)`.as("is_use_due"),
    ])
    .executeTakeFirst();
}

/** Notes that a key was used, unless another process has within a minute. */
export async function updateLastUse(db: Kysely<DB>, id: number): Promise<void> {
  await db
    .updateTable("api_keys")
    .set({ last_used_at: sql`now()` })
    .where("id", "=", id)
    .where(sql<boolean>`coalesce(last_used_at < now() - interval '1 minute', true)`)
    .execute();
}

/** Whether there is an admin key that is not refused. Others who ask wait until the transaction ends. */
export async function lockAdminKeys(trx: Transaction<DB>): Promise<boolean> {
  await sql`lock table api_keys in share row exclusive mode`.execute(trx);
  const key = await trx
    .selectFrom("api_keys")
    .where("kind", "=", "admin")
    .where(sql<boolean>`coalesce(expires_at > now(), true)`)
    .select("id")
    .executeTakeFirst();
  return key !== undefined;
}

/** Which of these are ids of datasets. They are not deleted before the transaction ends. */
export async function lockDatasetsForKey(trx: Transaction<DB>, ids: number[]): Promise<number[]> {
  const rows = await trx
    .selectFrom("datasets")
    .where(sql<boolean>`id = any(${ids}::bigint[])`)
    .orderBy("id")
    .select("id")
    .forKeyShare()
    .execute();
  return rows.map(({ id }) => id);
}
