import { createHash, type Hash } from "node:crypto";
import type { Kysely, Transaction } from "kysely";
import type { DB } from "../generated/schema.d.ts";
import { findAnswer, insertAnswer, tryLockKey } from "./db/idempotent-answers.ts";
import { JsonText } from "./json.ts";
import { problem } from "./problem.ts";

/** A request that came with an `idempotency-key`. */
export interface KeyedRequest {
  /** Whom and what the key counts for: the same word of another caller, or on another path, is another key. */
  scope: { caller: string; operation: string; path: string; key: string };
  query: string;
  /** Has been given the whole body by the time that the transaction begins. */
  body: Hash;
}

/**
 * Runs the work of a request in a transaction and gives the body of the answer. If the request has a key, the answer is kept in the same
 * transaction, and given without doing the work when the request comes again: so all that the answer says is read in the transaction.
 * What fails leaves nothing behind, and may be tried again under its key.
 */
export type TransactOnce = <Body>(
  work: (trx: Transaction<DB>) => Promise<Body | JsonText<Body>>,
) => Promise<Body | JsonText<Body>>;

/** `onReplay` is told when the answer is one that was given before. */
export function onceByKey(db: Kysely<DB>, request: KeyedRequest | undefined, onReplay: () => void): TransactOnce {
  if (request === undefined) return (work) => db.transaction().execute(work);
  return (work) =>
    db.transaction().execute(async (trx) => {
      const { keyHash, requestHash } = hashesOf(request);
      if (!(await tryLockKey(trx, keyHash))) {
        const detail = "A request with this idempotency-key is under way. Try again for its answer.";
        throw problem("request_in_progress", detail, { "Retry-After": "1" });
      }
      const kept = await findAnswer(trx, keyHash); // after the lock, in a statement of its own: it has to see what was committed meanwhile
      if (kept) {
        if (!kept.request_hash.equals(requestHash))
          throw problem("idempotency_key_reused", "This idempotency-key came with another query or body before.");
        onReplay();
        return new JsonText(kept.answer);
      }
      const body = await work(trx);
      const answer = body instanceof JsonText ? body.text : JSON.stringify(body);
      await insertAnswer(trx, { keyHash, requestHash, answer });
      return body;
    });
}

function hashesOf({ scope, query, body }: KeyedRequest) {
  const { caller, operation, path, key } = scope;
  return {
    keyHash: createHash("sha256")
      .update(JSON.stringify([caller, operation, path, key]))
      .digest(),
    requestHash: createHash("sha256").update(query).update("\n").update(body.copy().digest()).digest(),
  };
}
