import { type Kysely, type RawBuilder, sql } from "kysely";
import type pg from "pg";
import { to } from "pg-copy-streams";
import type { DB } from "../../generated/schema.d.ts";

/** A client of Postgres, made one that gives what `copy … to stdout (format binary)` sends: rows of cells, each the bytes of a value, none for null. */
export function copying(Client: typeof pg.Client): typeof pg.Client {
  return class extends Client {
    // biome-ignore lint/suspicious/noExplicitAny: it has seven signatures, and keeps them
    override query(text: any, values?: any, callback?: any): any {
      if (typeof text !== "string" || !text.startsWith("copy ")) return super.query(text, values, callback);
      return rowsIn(super.query(to(text))).then((rows) => ({ rows }));
    }
  };
}

/**
 * The rows that a statement without parameters selects, each cell the bytes that Postgres sends of its value, none for null. They are in memory that threads
 * share, so that it costs nothing to hand them to one. Large values come in half the bytes that they have as text, and no string is made of them.
 */
export async function readBytes(db: Kysely<DB>, select: RawBuilder<unknown>): Promise<Uint8Array[][]> {
  const { rows } = await sql<Uint8Array[]>`copy (${select}) to stdout (format binary)`.execute(db);
  return rows;
}

const signatureAndFlags = 11 + 4;

/** Each piece is taken apart as it comes: what is read is never there twice. */
async function rowsIn(stream: AsyncIterable<Buffer>): Promise<Uint8Array[][]> {
  const pieces = stream[Symbol.asyncIterator]();
  const take = taker(pieces);
  const takeInteger = async (size: 2 | 4) => Buffer.from(await take(size)).readIntBE(0, size);
  await take(signatureAndFlags);
  await take(await takeInteger(4)); // what else a header may have
  const rows: Uint8Array[][] = [];
  for (let cells = await takeInteger(2); cells !== -1; cells = await takeInteger(2)) {
    const row: Uint8Array[] = [];
    while (row.length < cells) row.push(await take(Math.max(await takeInteger(4), 0))); // the size of null is −1
    rows.push(row);
  }
  await pieces.next(); // the end: until it is read, the connection waits for that
  return rows;
}

/** Gives the next so many bytes of what comes in pieces. */
function taker(pieces: AsyncIterator<Buffer>): (size: number) => Promise<Uint8Array> {
  let piece: Buffer = Buffer.alloc(0);
  return async (size) => {
    const bytes = new Uint8Array(new SharedArrayBuffer(size));
    for (let filled = 0; filled < size; ) {
      if (piece.length === 0) {
        const next = await pieces.next();
        if (next.done) throw new Error("What COPY sent ended before its last row");
        piece = next.value;
      }
      const part = piece.subarray(0, size - filled);
      bytes.set(part, filled);
      filled += part.length;
      piece = piece.subarray(part.length);
    }
    return bytes;
  };
}
