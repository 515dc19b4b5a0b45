import { decodeId, encodeId, type IdType } from "./id.ts";
import { invalid } from "./problem.ts";

/** No page has more rows, whatever is asked for. */
const maximumPage = 1000;

/** How many rows a page has, given the caller's `limit`. */
export function pageSize(limit: number): number {
  return Math.min(limit, maximumPage);
}

/** The cursor of the page that begins with a row: its id, or the same of all the row ids that it takes to find it. */
export function encodeCursor(type: IdType, rowids: number | number[]): string {
  return encodeId(type, [rowids].flat().join(":"));
}

/**
 * The row id that a page begins with, inclusive, as Phoenix's cursors are; undefined for the first page (no cursor, or an empty one).
 * @throws a Problem (422) if the cursor is not the id of such a row.
 */
export function rowidOfCursor(type: IdType, cursor: string | undefined): number | undefined {
  if (!cursor) return undefined;
  const decoded = decodeId(cursor);
  if (decoded?.type !== type || decoded.rowid === undefined) throw invalidCursor(cursor);
  return decoded.rowid;
}

/**
 * The two row ids in a cursor of a list whose rows it takes two to find; undefined for the first page.
 * @throws a Problem (422) if the cursor has no such two.
 */
export function rowidsOfCursor(type: IdType, cursor: string | undefined): [number, number] | undefined {
  if (!cursor) return undefined;
  const [, given, first, second] = /^(\w+):(\d{1,16}):(\d{1,16})$/.exec(Buffer.from(cursor, "base64").toString()) ?? [];
  if (given !== type) throw invalidCursor(cursor);
  return [Number(first), Number(second)];
}

export const invalidCursor = (cursor: string) => invalid("/query/cursor", `Invalid cursor format: ${cursor}`, "cursor");
