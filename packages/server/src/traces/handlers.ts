import { inTransaction } from "../db/transaction.ts";
import type { Handler } from "../operation.ts";
import { countSpanChange, insertMissingProjects } from "../projects/queries.ts";
import { decodeExport, encodeResponse } from "./otlp.ts";
import { deleteLeftSpans, insertMissingSpans, takeSpanIds } from "./queries.ts";
import { type ExportedSpan, spansOf } from "./spans.ts";

/** How many spans go in one statement. Clients send up to 512; a body of 64 MiB holds enough to make texts that V8 cannot. */
const batch = 1000;

export const exportTraces: Handler<"exportTraces"> = async ({ headers, body }, { db }) => {
  const { spans, rejected } = spansOf(decodeExport(body), headers["x-project-name"]);
  if (spans.length > 0) {
    await inTransaction(db, async (transaction) => {
      const ids = await takeSpanIds(transaction, spans.length);
      // Whoever stores the same spans does so in the same order: transactions wait for one another and do not deadlock.
      const ordered = spans
        .map((span, index) => ({ ...span, id: ids[index] ?? 0 }))
        .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
      const projects = [...new Set(spans.map(({ project_name }) => project_name))];
      await insertMissingProjects(transaction, projects);
      await deleteLeftSpans(transaction, spans);
      for (let start = 0; start < ordered.length; start += batch) {
        await insertMissingSpans(transaction, ordered.slice(start, start + batch));
      }
      await countSpanChange(transaction, projects);
    });
  }
  return encodeResponse(body.mediaType, rejected);
};

const keyOf = ({ trace_id, span_id }: ExportedSpan) => trace_id + span_id;
