import type { Kysely } from "kysely";
import type { DB } from "../generated/schema.d.ts";
import { recountDataset } from "./datasets/recount.ts";
import { inTransaction } from "./db/transaction.ts";
import { recountExperiment } from "./experiments/recount.ts";
import { encodeId } from "./id.ts";

/** A count that was wrong: what was kept, and what is there. */
export interface WrongCount {
  name: string;
  kept: number;
  counted: number;
}

/** A count that has been mended, and the id of the dataset or the experiment that it is of. */
export interface MendedCount extends WrongCount {
  id: string;
}

const recounts = {
  datasets: { type: "Dataset", mend: recountDataset },
  experiments: { type: "Experiment", mend: recountExperiment },
} as const;

/**
 * Counts anew all that counts are kept of, and mends those that are wrong, each dataset and each experiment in a transaction of its own: the
 * service may run meanwhile.
 */
export async function* recount(db: Kysely<DB>): AsyncGenerator<MendedCount> {
  for (const table of ["datasets", "experiments"] as const) {
    const { type, mend } = recounts[table];
    for await (const rowid of idsIn(db, table)) {
      const wrong = await inTransaction(db, (trx) => mend(trx, rowid));
      yield* wrong.map((each) => ({ id: encodeId(type, rowid), ...each }));
    }
  }
}

const idsAtATime = 1000;

async function* idsIn(db: Kysely<DB>, table: keyof typeof recounts): AsyncGenerator<number> {
  for (let last = 0; ; ) {
    const rows = await db
      .selectFrom(table)
      .where("id", ">", last)
      .orderBy("id")
      .limit(idsAtATime)
      .select("id")
      .execute();
    yield* rows.map(({ id }) => id);
    if (rows.length < idsAtATime) return;
    last = rows.at(-1)?.id ?? last;
  }
}
