/** All figures, by the names that `pnpm bench` knows them by, in the order in which they are taken. */
import * as batchWrites from "./figures/batch-writes.mjs";
import * as deletes from "./figures/deletes.mjs";
import * as exports from "./figures/exports.mjs";
import * as incomplete from "./figures/incomplete.mjs";
import * as memory from "./figures/memory.mjs";
import * as pages from "./figures/pages.mjs";
import * as processes from "./figures/processes.mjs";
import * as reads from "./figures/reads.mjs";
import * as singleWrites from "./figures/single-writes.mjs";
import * as smallReads from "./figures/small-reads.mjs";
import * as starts from "./figures/starts.mjs";
import * as summaries from "./figures/summaries.mjs";
import * as uploads from "./figures/uploads.mjs";
import * as validation from "./figures/validation.mjs";

export const figures = new Map(
  Object.entries({
    "single-writes": singleWrites,
    processes,
    validation,
    "batch-writes": batchWrites,
    uploads,
    "small-reads": smallReads,
    reads,
    pages,
    incomplete,
    summaries,
    exports,
    starts,
    memory,
    deletes,
  }),
);
