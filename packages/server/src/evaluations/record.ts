import type { Kysely } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { GroupCommit } from "../db/group-commit.ts";
import { takeIds } from "../experiments/counters.ts";
import { type NewEvaluation, upsertEvaluations } from "./queries.ts";

/** Records evaluations, those of one experiment together. Gives the id of each, undefined if there is no such run. */
export function evaluationRecorder(db: Kysely<DB>): GroupCommit<NewEvaluation, number | undefined> {
  return new GroupCommit<NewEvaluation, number | undefined>({
    write: (experimentId, evaluations) => recordEvaluations(db, experimentId, evaluations),
    keyOf,
    sizeOf: ({ explanation, error, metadata }) => metadata.length + (explanation?.length ?? 0) + (error?.length ?? 0),
  });
}

const keyOf = ({ experiment_run_id, name }: Pick<NewEvaluation, "experiment_run_id" | "name">) =>
  `${experiment_run_id}:${name}`;

async function recordEvaluations(
  db: Kysely<DB>,
  experimentId: number,
  evaluations: NewEvaluation[],
): Promise<(number | undefined)[]> {
  return await db.transaction().execute(async (trx) => {
    const firstId = await takeIds(trx, experimentId, "last_evaluation", evaluations.length);
    const rows = firstId === undefined ? [] : await upsertEvaluations(trx, experimentId, firstId, evaluations);
    const written = new Map(rows.map((row) => [keyOf(row), row.id]));
    return evaluations.map((evaluation) => written.get(keyOf(evaluation)));
  });
}
