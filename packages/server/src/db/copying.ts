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
  const sent = Buffer.concat(pieces);
  const rows: Uint8Array[][] = [];
  let at = headerSize + sent.readInt32BE(headerSize - 4);
  const cell = () => {
    const size = Math.max(sent.readInt32BE(at), 0); // −1 for null
    const bytes = new Uint8Array(new SharedArrayBuffer(size));
    bytes.set(sent.subarray(at + 4, at + 4 + size));
    at += 4 + size;
    return bytes;
  };
  for (;;) {
    const cells = sent.readInt16BE(at);
    at += 2;
    if (cells === -1) return rows;
    rows.push(Array.from({ length: cells }, cell));
  }
}

/** A signature of 11 bytes, flags, and how much of a header follows. */
const headerSize = 11 + 4 + 4;
