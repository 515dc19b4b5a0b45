/** All figures, by the names that `pnpm bench` knows them by, in the order in which they are taken. */
import * as batchWrites from "./figures/batch-writes.mjs";
import * as singleWrites from "./figures/single-writes.mjs";
import * as uploads from "./figures/uploads.mjs";
import * as validation from "./figures/validation.mjs";

export const figures = new Map(
  Object.entries({
    "single-writes": singleWrites,
    validation,
    "batch-writes": batchWrites,
    uploads,
  }),
);
