import { type Kysely, type RawBuilder, sql } from "kysely";
import type { DB } from "../generated/schema.d.ts";
import { experimentOf, type IdType, type IdWords, rowidOf } from "./id.ts";

/** The only datasets that a caller sees; undefined for all. */
export type Datasets = number[] | undefined;

/** What no row is called. An id that the caller may not see is read as this, and so answered as one that names nothing. */
const nothing = 0;

/**
 * What the caller of a request may see. Every id that a request names is read here: one of a dataset that the caller does not see, or of what
 * belongs to it, is not told from one that never was. Lists and look-ups by name narrow themselves to `datasets`.
 */
export class Scope {
  readonly datasets: Datasets;
  readonly #db: Kysely<DB>;

  constructor(db: Kysely<DB>, datasets: Datasets) {
    this.#db = db;
    this.datasets = datasets;
  }

  /**
   * The row id in a public id of this type, or of nothing if the caller does not see what it names.
   * @throws a Problem, as `rowidOf` does.
   */
  async rowidOf(type: IdType, id: string, words: IdWords): Promise<number> {
    const rowid = rowidOf(type, id, words);
    if (this.datasets === undefined) return rowid;
    const { rows } = await sql<{ seen: boolean }>`select ${belongsTo[type](rowid, this.datasets)} as seen`.execute(
      this.#db,
    );
    return rows[0]?.seen ? rowid : nothing;
  }

  /**
   * Those of some experiments that the caller sees: for who reads the ids of very many runs, each by the other `rowidOf`, and knows from them
   * whose they are.
   */
  async experimentsAmong(db: Kysely<DB>, ids: number[]): Promise<Set<number>> {
    if (this.datasets === undefined) return new Set(ids);
    const { rows } = await sql<{ id: number }>`
      select id from experiments where id = any(${ids}::bigint[]) and dataset_id = any(${this.datasets}::bigint[])
    `.execute(db);
    return new Set(rows.map(({ id }) => id));
  }
}

type Belongs = (rowid: number, datasets: number[]) => RawBuilder<boolean>;

/** Says for each type of thing whether one of it belongs to any of the datasets. */
const belongsTo: Record<IdType, Belongs> = {
  Dataset: (rowid, datasets) => sql`${rowid}::bigint = any(${datasets}::bigint[])`,
  DatasetVersion: (rowid, datasets) =>
    sql`exists (select from dataset_versions where id = ${rowid} and dataset_id = any(${datasets}::bigint[]))`,
  DatasetExample: (rowid, datasets) =>
    sql`exists (select from examples where id = ${rowid} and dataset_id = any(${datasets}::bigint[]))`,
  DatasetLabel: () => sql`true`, // shared by all datasets, and whoever sees one may see what labels there are
  DatasetSplit: (rowid, datasets) => hasMembers(sql<number>`${rowid}::bigint`, datasets),
  Experiment: experimentBelongs,
  ExperimentRun: (rowid, datasets) => experimentBelongs(experimentOf(rowid), datasets),
  ExperimentEvaluation: (rowid, datasets) => experimentBelongs(experimentOf(rowid), datasets),
  ExperimentTag: (rowid, datasets) =>
    sql`exists (select from experiment_tags where id = ${rowid} and dataset_id = any(${datasets}::bigint[]))`,
  Project: (rowid, datasets) => isProjectOf(sql<number>`${rowid}::bigint`, datasets),
  Span: (rowid, datasets) =>
    sql`exists (select from spans where id = ${rowid} and ${isProjectOf(sql<number>`spans.project_id`, datasets)})`,
  CategoricalAnnotationConfig: () => sql`true`, // configs are of names of evaluations, whatever the dataset
  ContinuousAnnotationConfig: () => sql`true`,
  FreeformAnnotationConfig: () => sql`true`,
  SystemApiKey: () => sql`true`, // only admin keys ask, and those see everything
};

function experimentBelongs(id: number, datasets: number[]): RawBuilder<boolean> {
  return sql`exists (select from experiments where id = ${id} and dataset_id = any(${datasets}::bigint[]))`;
}

/** Holds for a split that has examples of the datasets in it. */
export function hasMembers(splitId: RawBuilder<number>, datasets: number[]): RawBuilder<boolean> {
  return sql`exists (select from split_counts where split_id = ${splitId} and dataset_id = any(${datasets}::bigint[]))`;
}

/**
 * Holds for a span's project that the caller sees. Of a project that was deleted, spans stay for a while: whoever reads spans, but for those of a
 * project that was looked up, asks for this too.
 */
export function isSeenProject(projectId: RawBuilder<number>, within: Datasets): RawBuilder<boolean> {
  if (within) return isProjectOf(projectId, within);
  return sql`${projectId} <> all(array(select rowid from removals where kind = 'project'))`;
}

/** Holds for the project of an experiment over one of the datasets. It is looked up by its key: of an `exists` the planner might make a join. */
function isProjectOf(projectId: RawBuilder<number>, datasets: number[]): RawBuilder<boolean> {
  return sql`(select experiments.dataset_id from projects join experiments on experiments.id = projects.experiment_id
    where projects.id = ${projectId}) = any(${datasets}::bigint[])`;
}
