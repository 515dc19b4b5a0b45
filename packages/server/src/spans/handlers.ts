import { pageSize, rowidOfCursor } from "../cursor.ts";
import { jsonPage } from "../db/wire.ts";
import { resolveIdentifier } from "../identifier.ts";
import type { Handler } from "../operation.ts";
import { invalid } from "../problem.ts";
import { findProjectBy } from "../projects/queries.ts";
import { timestamp } from "../timestamp.ts";
import { readSpans } from "./queries.ts";

export const getSpans: Handler<"getSpans"> = async ({ path, query }, { db, scope }) => {
  const { cursor, limit, start_time, end_time, attribute, parent_id, ...lists } = query;
  const from = rowidOfCursor("Span", cursor);
  const filter = {
    ...lists,
    parent_id: parent_id === "null" ? null : parent_id,
    start_time: start_time === undefined ? undefined : timestamp(start_time, "/query/start_time"),
    end_time: end_time === undefined ? undefined : timestamp(end_time, "/query/end_time"),
  };
  if (attribute?.length) {
    const pointer = "/query/attribute";
    throw invalid(pointer, "Spans cannot be filtered by attribute: it would take reading each of them", "unsupported");
  }
  const project = await resolveIdentifier("Project", path.project_identifier, (by) =>
    findProjectBy(db, by, scope.datasets),
  );
  return jsonPage(await readSpans(db, project.id, filter, from, pageSize(limit)), "Span");
};
