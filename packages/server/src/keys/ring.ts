import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { DB } from "../../generated/schema.d.ts";
import type { KeyKind } from "../contract.ts";
import { findKeyByHash, updateLastUse } from "./queries.ts";
import { digest, isSecret } from "./secret.ts";

/** A key that is not refused. */
export interface Key {
  id: number;
  kind: KeyKind;
  /** The only datasets that it sees; null for all. */
  dataset_ids: number[] | null;
}

interface Remembered {
  found: ReturnType<typeof findKeyByHash>;
  since: number;
}

/** Milliseconds for which a key is not looked up again. A key that is revoked elsewhere is refused after as much, five seconds at most. */
const remembered = 4000;
const mostRemembered = 10_000;

/** The keys of those who call, as the database has them or had them a moment ago. */
export class KeyRing {
  readonly #db: Kysely<DB>;
  readonly #log: Logger;
  readonly #readOnly: boolean;
  readonly #byHash = new Map<string, Remembered>();

  constructor(db: Kysely<DB>, { log, readOnly }: { log: Logger; readOnly: boolean }) {
    this.#db = db;
    this.#log = log;
    this.#readOnly = readOnly;
  }

  /** The key of a secret; undefined if there is none, or it has expired. */
  async find(secret: string): Promise<Key | undefined> {
    if (!isSecret(secret)) return undefined;
    const hash = digest(secret);
    const key = await this.#remember(hash);
    return key && (key.expires_at === null || key.expires_at > Date.now()) ? key : undefined;
  }

  /** Refuses a key from now on. */
  forget(hash: Buffer): void {
    this.#byHash.delete(hash.toString("latin1"));
  }

  #remember(hash: Buffer): Remembered["found"] {
    const name = hash.toString("latin1");
    const known = this.#byHash.get(name);
    const now = performance.now();
    if (known && now - known.since < remembered) return known.found;
    this.#byHash.delete(name);
    if (this.#byHash.size >= mostRemembered) this.#byHash.clear();
    const found = this.#look(hash);
    found.catch(() => this.#byHash.delete(name)); // the next caller asks again
    this.#byHash.set(name, { found, since: now });
    return found;
  }

  async #look(hash: Buffer): Remembered["found"] {
    const key = await findKeyByHash(this.#db, hash);
    if (key?.is_use_due && !this.#readOnly) {
      // Nobody waits for it, and no request fails of it.
      updateLastUse(this.#db, key.id).catch((error: Error) =>
        this.#log.warn({ error: error.message }, "the use of a key could not be noted"),
      );
    }
    return key;
  }
}
