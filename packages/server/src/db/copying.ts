import { type Kysely, type RawBuilder, sql } from "kysely";
import type pg from "pg";
import { to } from "pg-copy-streams";
import type { DB } from "../../generated/schema.d.ts";

/** A client of Postgres, made one that gives what `copy … to stdout` sends: its rows are pieces of that, as they came. */
export function copying(Client: typeof pg.Client): typeof pg.Client {
  return class extends Client {
    // biome-ignore lint/suspicious/noExplicitAny: it has seven signatures, and keeps them
    override query(text: any, values?: any, callback?: any): any {
      if (typeof text !== "string" || !text.startsWith("copy ")) return super.query(text, values, callback);
      return super
        .query(to(text))
        .toArray()
        .then((rows) => ({ rows }));
    }
  };
}

/**
 * The rows that a statement without parameters selects, each cell the bytes that Postgres sends of its value, none for null. They are in memory that threads
 * share, so that it costs nothing to hand them to one. Large values come in half the bytes that they have as text, and no string is made of them.
 */
export async function readBytes(db: Kysely<DB>, select: RawBuilder<unknown>): Promise<Uint8Array[][]> {
  const { rows: pieces } = await sql<Buffer>`copy (${select}) to stdout (format binary)`.execute(db);
  const take = taker(pieces);
  take(signatureAndFlags);
  take(integerIn(take(4))); // what else a header may have
  const rows: Uint8Array[][] = [];
  for (let cells = integerIn(take(2)); cells !== -1; cells = integerIn(take(2))) {
    rows.push(Array.from({ length: cells }, () => take(Math.max(integerIn(take(4)), 0)))); // the size of null is −1
  }
  return rows;
}

const signatureAndFlags = 11 + 4;

const integerIn = (bytes: Uint8Array) => Buffer.from(bytes).readIntBE(0, bytes.length);

/** Gives the next so many bytes of what came in pieces. */
function taker(pieces: Buffer[]): (size: number) => Uint8Array {
  let [piece, start] = [0, 0];
  return (size) => {
    const bytes = new Uint8Array(new SharedArrayBuffer(size));
    for (let filled = 0; filled < size; ) {
      const from = pieces[piece] ?? Buffer.alloc(size);
      const part = from.subarray(start, start + size - filled);
      bytes.set(part, filled);
      filled += part.length;
      [piece, start] = start + part.length < from.length ? [piece, start + part.length] : [piece + 1, 0];
    }
    return bytes;
  };
}
