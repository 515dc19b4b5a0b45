import type { Kysely, Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { inOneState, readTogether } from "../db/together.ts";
import type { Cache } from "./cache.ts";
import type { MeasuredRuns } from "./measure.ts";
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

/** Reads the experiments that are there, all in one state, and measures those that are not too large. */
export async function readMeasured(
  db: Kysely<DB>,
  workers: Workers,
  keptRuns: Cache<MeasuredRuns>,
  ids: number[],
  only: string[] | undefined,
): Promise<Read[]> {
  const { states, tooLarge, runsOf, evaluations } = await readColumns(db, workers, keptRuns, ids, only);
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

/** Measures runs while evaluations are read: those that are kept are neither read nor measured again, until one of the experiment's is written. */
async function readColumns(
  db: Kysely<DB>,
  workers: Workers,
  keptRuns: Cache<MeasuredRuns>,
  ids: number[],
  only: string[] | undefined,
) {
  const { states, tooLarge, kept, measuring, evaluations } = await inOneState(db).execute(async (trx) => {
    const states = await readStates(trx, ids);
    const tooLarge = await findTooLarge(trx, states, only);
    const readable = states.filter(({ id }) => !tooLarge.has(id));
    const kept = readable.flatMap((state) => keptRuns.get(keyOfRuns(state)) ?? []);
    const isKept = new Set(kept.map(({ id }) => id));
    const toRead = readable.map(({ id }) => id);
    const [{ measuring }, evaluations] = await readTogether(
      db,
      trx,
      async (own) => {
        const unknown = toRead.filter((id) => !isKept.has(id));
        const measuring = fewAtATime(await readRunColumns(own, unknown), (each) => workers.run("measureRuns", each));
        measuring.catch(() => {}); // it is waited for below, unless the evaluations cannot be read
        return { measuring };
      },
      (own) => readEvaluationColumns(own, toRead, only),
    );
    return { states, tooLarge, kept, measuring, evaluations };
  });
  const runsOf = new Map([...kept, ...(await measuring)].map((runs) => [runs.id, runs]));
  for (const state of states) {
    const runs = runsOf.get(state.id);
    if (runs) keptRuns.set(keyOfRuns(state), runs);
  }
  return { states, tooLarge, runsOf, evaluations };
}

const keyOfRuns = ({ id, last_run }: { id: number; last_run: number }) => `${id}:${last_run}`;

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
