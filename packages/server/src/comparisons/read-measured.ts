import type { Kysely, Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { inOneState, readTogether } from "../db/together.ts";
import type { Cache } from "./cache.ts";
import type { EvaluationColumns, MeasuredRuns } from "./measure.ts";
import type { EvaluationMetric, Measured } from "./measured.ts";
import { type Current, readCurrent, readEvaluationColumns, readRunColumns } from "./queries.ts";
import { fewAtATime, type Workers } from "./workers.ts";

/** No more rows of an experiment are read: examples, runs and evaluations together. */
export const mostRows = 10_000_000;

/** What has been measured. It holds: of an experiment's runs until one is written, and of its evaluations of one name until one of these is. */
export interface Kept {
  runs: Cache<MeasuredRuns>;
  evaluations: Cache<EvaluationMetric>;
}

const keyOfRuns = ({ id, last_run }: Current) => `${id}:${last_run}`;
const keyOfEvaluations = ({ id }: Current, { name, state }: Current["evaluations"][number]) => `${id}:${state}:${name}`;

interface Known {
  current: Current;
  runs: MeasuredRuns | undefined;
  evaluations: EvaluationMetric[];
}

function knownOf(kept: Kept, current: Current): Known {
  const evaluations = current.evaluations.flatMap(
    (each) => kept.evaluations.get(keyOfEvaluations(current, each)) ?? [],
  );
  return { current, runs: kept.runs.get(keyOfRuns(current)), evaluations };
}

/** An experiment as it is now, if nothing of it has to be read. */
export function measuredIfKept(kept: Kept, current: Current): Measured | undefined {
  const { runs, evaluations } = knownOf(kept, current);
  return runs && evaluations.length === current.evaluations.length ? { ...runs.measured, evaluations } : undefined;
}

/** How many of its runs have a trace; undefined if that is not known. */
export const tracedIn = (kept: Kept, current: Current) => kept.runs.get(keyOfRuns(current))?.traced;

/**
 * Reads what is not kept of the experiments that are there, all in one state, and measures those that have not too many rows. With `only`, they are measured
 * as if they had no evaluations but those of these names.
 */
export async function readMeasured(
  db: Kysely<DB>,
  workers: Workers,
  kept: Kept,
  ids: number[],
  only: string[] | undefined,
): Promise<[id: number, Measured][]> {
  const { known, measuring, columns } = await readColumns(db, workers, kept, ids, only);
  const runsOf = new Map((await measuring).map((runs) => [runs.id, runs]));
  for (const { runs } of known) if (runs) runsOf.set(runs.id, runs);
  const metrics = await fewAtATime(columns, async (each) => {
    const order = runsOf.get(each.experiment)?.order;
    return { id: each.experiment, metric: order && (await workers.run("measureEvaluation", { columns: each, order })) };
  });
  const metricsOf = Map.groupBy(metrics, ({ id }) => id);
  return known.flatMap(({ current, evaluations }) => {
    const runs = runsOf.get(current.id);
    if (!runs) return [];
    kept.runs.set(keyOfRuns(current), runs);
    const read = metricsOf.get(current.id)?.flatMap(({ metric }) => metric ?? []) ?? [];
    const byName = new Map([...evaluations, ...read].map((metric) => [metric.name, metric]));
    const all = current.evaluations.flatMap((each) => {
      const metric = byName.get(each.name);
      if (metric) kept.evaluations.set(keyOfEvaluations(current, each), metric);
      return metric ?? [];
    });
    return [[current.id, { ...runs.measured, evaluations: all }]];
  });
}

/** Runs are measured while evaluations are read. */
async function readColumns(db: Kysely<DB>, workers: Workers, kept: Kept, ids: number[], only: string[] | undefined) {
  return await inOneState(db).execute(async (trx) => {
    const all = await readCurrent(trx, ids, only);
    const known = all.filter(({ rows }) => rows <= mostRows).map((current) => knownOf(kept, current));
    const [{ measuring }, columns] = await readTogether(
      db,
      trx,
      async (own) => {
        const unknown = known.flatMap(({ current, runs }) => (runs ? [] : current.id));
        const measuring = fewAtATime(await readRunColumns(own, unknown), (each) => workers.run("measureRuns", each));
        measuring.catch(() => {}); // it is waited for later, unless the evaluations cannot be read
        return { measuring };
      },
      (own) => readUnknownEvaluations(own, known, only !== undefined),
    );
    return { known, measuring, columns };
  });
}

/** By one statement: where an experiment lacks some names, and another others, it reads some that are known. They are left out here. */
async function readUnknownEvaluations(
  trx: Transaction<DB>,
  known: Known[],
  onlySome: boolean,
): Promise<EvaluationColumns[]> {
  const unknown = known.flatMap(({ current, evaluations }) => {
    const isKnown = new Set(evaluations.map(({ name }) => name));
    const names = current.evaluations.flatMap(({ name }) => (isKnown.has(name) ? [] : name));
    return names.length > 0 ? [{ current, names, areAll: !onlySome && !current.more && isKnown.size === 0 }] : [];
  });
  const namesOf = new Map(unknown.map(({ current, names }) => [current.id, new Set(names)]));
  // To look at every name costs a tenth.
  const names = unknown.every(({ areAll }) => areAll) ? undefined : [...new Set(unknown.flatMap(({ names }) => names))];
  const columns = await readEvaluationColumns(trx, [...namesOf.keys()], names);
  return columns.filter(({ experiment, name }) => namesOf.get(experiment)?.has(name));
}
