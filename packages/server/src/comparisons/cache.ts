import { LRUCache } from "lru-cache";

/**
 * Keeps what was made last of experiments, up to so many bytes together. A key begins with their ids, and a colon ends them: `7,12:…`. What is being made is
 * waited for, and not made twice. Of keys that are of the same thing, the last replaces the others.
 */
export class Cache<Value extends object | string> {
  readonly #cache: LRUCache<string, Value, () => Promise<Value>>;
  readonly #keysOf = new Map<string, Set<string>>();

  constructor(bytes: number, sizeOf: (value: Value) => number, thingOf = (key: string) => key) {
    const lastOf = new Map<string, string>();
    this.#cache = new LRUCache({
      maxSize: bytes,
      onInsert: (_value, key) => {
        for (const id of idsIn(key)) this.#keysOf.set(id, (this.#keysOf.get(id) ?? new Set()).add(key));
        const former = lastOf.get(thingOf(key));
        lastOf.set(thingOf(key), key);
        if (former !== undefined && former !== key) this.#cache.delete(former);
      },
      dispose: (_value, key, reason) => {
        if (reason === "set") return; // the key stays
        for (const id of idsIn(key)) {
          const keys = this.#keysOf.get(id);
          keys?.delete(key);
          if (keys?.size === 0) this.#keysOf.delete(id);
        }
        if (lastOf.get(thingOf(key)) === key) lastOf.delete(thingOf(key));
      },
      sizeCalculation: (value, key) => sizeOf(value) + 2 * key.length + 100,
      fetchMethod: (_key, _stale, { context: make }) => make(),
      ignoreFetchAbort: true, // what is dropped while it is made is still given to those who wait for it
    });
  }

  get(key: string): Value | undefined {
    return this.#cache.get(key);
  }

  set(key: string, value: Value): void {
    this.#cache.set(key, value);
  }

  async getOrMake(key: string, make: () => Promise<Value>): Promise<Value> {
    return (await this.#cache.fetch(key, { context: make })) ?? (await make()); // undefined by its type alone
  }

  /** Drops what it keeps of experiments that are gone. */
  forget(ids: number[]): void {
    for (const id of ids) for (const key of [...(this.#keysOf.get(String(id)) ?? [])]) this.#cache.delete(key);
  }
}

const idsIn = (key: string) => key.slice(0, key.indexOf(":")).split(",");

/** About how many bytes a value takes in memory. */
export function bytesOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value === "string") return 2 * value.length + 16;
  if (typeof value !== "object" || value === null) return 8;
  return Object.values(value).reduce((sum, each) => sum + bytesOf(each), 32);
}

/** Does what is asked for under a key once for all who ask while it is being done. */
export class Once<Value> {
  readonly #begun = new Map<string, Promise<Value>>();

  async do(key: string, work: () => Promise<Value>): Promise<Value> {
    const begun = this.#begun.get(key) ?? work().finally(() => this.#begun.delete(key));
    this.#begun.set(key, begun);
    return await begun;
  }
}
