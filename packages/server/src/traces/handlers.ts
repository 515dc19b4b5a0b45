import type { Handler } from "../operation.ts";
import { decodeExport, encodeResponse } from "./otlp.ts";
import { insertMissingProjects, insertMissingSpans } from "./queries.ts";
import { spansOf } from "./spans.ts";

export const exportTraces: Handler<"exportTraces"> = async ({ headers, body }, { db }) => {
  const { spans, rejected } = spansOf(decodeExport(body), headers["x-project-name"]);
  if (spans.length > 0) {
    await db.transaction().execute(async (transaction) => {
      await insertMissingProjects(transaction, [...new Set(spans.map(({ project_name }) => project_name))]);
      await insertMissingSpans(transaction, spans);
    });
  }
  return encodeResponse(body.mediaType, rejected);
};
