import { createHash, type Hash } from "node:crypto";
import type { Request, RequestHandler } from "express";
import type { Kysely, Transaction } from "kysely";
import type { DB } from "../generated/schema.d.ts";
import type { Document, Operation } from "./contract.ts";
import { findAnswer, insertAnswer, tryLockKey } from "./db/idempotent-answers.ts";
import { inTransaction } from "./db/transaction.ts";
import { JsonText } from "./json.ts";
import type { FormBody } from "./operation.ts";
import { problem } from "./problem.ts";
import { parametersIn } from "./query.ts";

const header = "idempotency-key";

/** Has the body of a request with an `idempotency-key` hashed as it is read, if the operation takes one. */
export function hashBody(operation: Operation, document: Document): RequestHandler[] {
  if (!parametersIn(document, operation, "header").some(({ name }) => name === header)) return [];
  return [
    (request, _response, next) => {
      if (request.headers[header] !== undefined) request.bodyHash = createHash("sha256");
      next();
    },
  ];
}

/** A form says the same when its fields and its file do: sent again by the same client it has another boundary. */
export function hashForm(form: FormBody<{ file: Blob }>, hash: Hash | undefined): FormBody<{ file: Blob }> {
  if (hash === undefined) return form;
  const { fields, file } = form;
  hash.update(JSON.stringify([Object.entries(fields).sort(), file.name, file.contentType]));
  return { ...form, file: { ...file, bytes: hashed(file.bytes, hash) } };
}

async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

/**
 * Runs the work of a request in a transaction and gives the body of the answer. If the request has a key, the answer is kept in the same
 * transaction, and given without doing the work when the request comes again: so all that the answer says is read in the transaction.
 * What fails leaves nothing behind, and may be tried again under its key. Like all that is done `inTransaction`, it may run more than once.
 */
export type TransactOnce = <Body>(
  work: (trx: Transaction<DB>) => Promise<Body | JsonText<Body>>,
) => Promise<Body | JsonText<Body>>;

/** `onReplay` is told when the answer is one that was given before. The body has been read by the time that the transaction begins. */
export function onceByKey(db: Kysely<DB>, request: Request, operation: Operation, onReplay: () => void): TransactOnce {
  const { bodyHash } = request;
  if (bodyHash === undefined) return (work) => inTransaction(db, work);
  const keyHash = hashOf(request.caller.name ?? "", operation.operationId, request.path, request.headers[header]);
  return (work) =>
    inTransaction(db, async (trx) => {
      const requestHash = hashOf(request.query, bodyHash.copy().digest("hex"));
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

const hashOf = (...parts: unknown[]): Buffer => createHash("sha256").update(JSON.stringify(parts)).digest();
