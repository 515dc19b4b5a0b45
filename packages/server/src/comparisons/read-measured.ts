import type { Kysely, Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { inOneState, readTogether } from "../db/together.ts";
import type { Measured } from "./measured.ts";
import { countEvaluations, readEvaluationColumns, readRunColumns, readStates } from "./queries.ts";
import { fewAtATime, type Workers } from "./workers.ts";

/** An answer has no more names of evaluations than this. */
export const mostNames = 100;
/** No more rows are read for one answer: examples, runs and evaluations together. */
export const mostRows = 10_000_000;

/** What there is to know of an experiment before anything is computed. */
export interface Current {
  id: number;
  /** Changes with every write to its runs and evaluations. */
  state: string;
  /** The names of its evaluations, in the order of their code points, or those that were asked for; and whether there are more. */
  names: string[];
  more: boolean;
  /** Whether it has more rows than are read. */
  tooLarge: boolean;
  /** How many of its runs have a trace; undefined if that is not known. */
  traced: number | undefined;
}

export type Read = Current & { measured: Measured | undefined };

/** Reads the experiments that are there, all in one state, and measures those that are not too large: runs while evaluations are read. */
export async function readMeasured(
  db: Kysely<DB>,
  workers: Workers,
  ids: number[],
  only: string[] | undefined,
): Promise<Read[]> {
  const { states, tooLarge, measuring, evaluations } = await inOneState(db).execute(async (trx) => {
    const states = await readStates(trx, ids);
    const tooLarge = await findTooLarge(trx, states, only);
    const readable = states.flatMap(({ id }) => (tooLarge.has(id) ? [] : id));
    const [{ measuring }, evaluations] = await readTogether(
      db,
      trx,
      async (own) => {
        const columns = await readRunColumns(own, readable);
        const measuring = fewAtATime(columns, (each) => workers.run("measureRuns", each));
        measuring.catch(() => {}); // it is waited for below, unless the evaluations cannot be read
        return { measuring };
      },
      (own) => readEvaluationColumns(own, readable, only),
    );
    return { states, tooLarge, measuring, evaluations };
  });
  const runsOf = new Map((await measuring).map((runs) => [runs.id, runs]));
  const columnsOf = Map.groupBy(evaluations, ({ experiment }) => experiment);
  const jobs = Array.from(columnsOf, ([id, columns]) => {
    const order = runsOf.get(id)?.order;
    return order ? columns.slice(0, mostNames).map((each) => ({ columns: each, order })) : [];
  });
  const metrics = await fewAtATime(jobs.flat(), async (job) => ({
    id: job.columns.experiment,
    metric: await workers.run("measureEvaluation", job),
  }));
  const metricsOf = Map.groupBy(metrics, ({ id }) => id);
  return states.map(({ id, state }) => {
    const names = columnsOf.get(id)?.map(({ name }) => name) ?? [];
    const runs = runsOf.get(id);
    return {
      id,
      state,
      names: only ?? names.slice(0, mostNames),
      more: !only && names.length > mostNames,
      tooLarge: tooLarge.has(id),
      traced: runs?.traced,
      measured: runs && { ...runs.measured, evaluations: metricsOf.get(id)?.map(({ metric }) => metric) ?? [] },
    };
  });
}

/** Which have too many rows. */
async function findTooLarge(
  trx: Transaction<DB>,
  states: Awaited<ReturnType<typeof readStates>>,
  only: string[] | undefined,
): Promise<Set<number>> {
  const most = states.reduce((sum, { rows, evaluations }) => sum + rows + evaluations, 0);
  if (most <= mostRows) return new Set();
  const ids = states.map(({ id }) => id);
  const counts = new Map((await countEvaluations(trx, ids, only)).map((row) => [row.experiment_id, row.count]));
  return new Set(states.flatMap(({ id, rows }) => (rows + (counts.get(id) ?? 0) > mostRows ? id : [])));
}
