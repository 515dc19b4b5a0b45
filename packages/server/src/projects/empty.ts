import type { Kysely } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { deleteSpansAfter } from "../spans/queries.ts";

/** A statement deletes no more spans than this: tens of milliseconds, a few seconds if each is a megabyte. */
const batch = 1000;

/**
 * Deletes the spans of projects, oldest first, a batch to a transaction: a project may have millions, for which one statement would hold
 * locks for minutes and then be cut off. Whoever then deletes a project finds it empty but for what arrived meanwhile.
 */
export async function emptyProjects(db: Kysely<DB>, ids: number[]): Promise<void> {
  let left = ids.toSorted((a, b) => a - b);
  let after = 0;
  for (;;) {
    const last = await deleteSpansAfter(db, left, after, batch);
    if (last === undefined || last.count < batch) return; // who goes on exporting does not keep this from its end
    left = left.slice(left.indexOf(last.project_id));
    after = last.id;
  }
}
