import { decodeId, type IdType } from "./id.ts";
import { invalid } from "./problem.ts";

/** No page has more rows, whatever is asked for. */
const maximumPage = 1000;

/** How many rows a page has, given the caller's `limit`. */
export function pageSize(limit: number): number {
  return Math.min(limit, maximumPage);
}

/**
 * The row id that a page begins with, inclusive, as Phoenix's cursors are; undefined for the first page (no cursor, or an empty one).
 * @throws a Problem (422) if the cursor is not the id of such a row.
 */
export function rowidOfCursor(type: IdType, cursor: string | undefined): number | undefined {
  if (!cursor) return undefined;
  const decoded = decodeId(cursor);
  if (decoded?.type !== type || decoded.rowid === undefined) {
    throw invalid("/query/cursor", `Invalid cursor format: ${cursor}`, "cursor");
  }
  return decoded.rowid;
}
