import type { Kysely } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { inTransaction } from "../db/transaction.ts";
import { insertKey, lockAdminKeys } from "./queries.ts";
import { digest, newSecret } from "./secret.ts";

/**
 * Makes an admin key if there is none, so that somebody can call at all. Of processes that start together, one makes it.
 * @returns its secret, to be shown now and never again; undefined if there is an admin key.
 */
export async function createFirstKey(db: Kysely<DB>): Promise<string | undefined> {
  return await inTransaction(db, async (trx) => {
    if (await lockAdminKeys(trx)) return undefined;
    const secret = newSecret();
    await insertKey(trx, {
      name: "first admin key",
      description: "Made when the service started with no other",
      kind: "admin",
      dataset_ids: null,
      hash: digest(secret),
      expires_at: null,
    });
    return secret;
  });
}
