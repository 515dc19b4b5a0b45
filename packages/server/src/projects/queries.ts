import { type Kysely, sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { jsonObject, readPage, wireId } from "../db/wire.ts";
import type { Identifier } from "../identifier.ts";
import { insertRemovals } from "../removals/queries.ts";
import type { Datasets } from "../scope.ts";

/** Projects as the contract has them, newest first. */
function projectsAsJson(db: Kysely<DB>) {
  return db
    .selectFrom("projects")
    .orderBy("projects.id", "desc")
    .select(({ ref }) => [
      "projects.id as rowid",
      jsonObject({
        name: ref("name"),
        description: ref("description"),
        id: wireId("Project", ref("projects.id")),
      }).as("json"),
    ]);
}

interface ProjectFilter {
  /** Also those of experiments. */
  ofExperiments: boolean;
  nameContains: string;
  from: number | undefined;
  within: Datasets;
}

export function readProjects(
  db: Kysely<DB>,
  { ofExperiments, nameContains, from, within }: ProjectFilter,
  size: number,
) {
  // From the experiments: by each project's it would take reading all projects. One of no experiment is of no dataset.
  const isOfThese = ofExperiments
    ? sql<boolean>`experiment_id is not null
        and experiment_id = any(array(select id from experiments where dataset_id = any(${within}::bigint[])))`
    : sql.lit(false);
  const query = projectsAsJson(db)
    .$if(within !== undefined, (query) => query.where(isOfThese))
    .$if(!ofExperiments, (query) => query.where("experiment_id", "is", null))
    .$if(nameContains !== "", (query) =>
      query.where(sql<boolean>`strpos(lower(name), lower(${nameContains}::text)) > 0`),
    )
    .$if(from !== undefined, (query) => query.where("id", "<=", from ?? 0));
  return readPage(query, size);
}

export function readProjectBy(db: Kysely<DB>, { column, value }: Identifier, within: Datasets) {
  return projectsAsJson(db).where(column, "=", value).where(isSeen(within)).executeTakeFirst();
}

export function findProjectBy(db: Kysely<DB>, { column, value }: Identifier, within: Datasets) {
  return db
    .selectFrom("projects")
    .where(column, "=", value)
    .where(isSeen(within))
    .select(["id", "name"])
    .executeTakeFirst();
}

/** Whoever sees only some datasets sees the projects of experiments over them. The experiment is looked up by its key, and not joined. */
function isSeen(within: Datasets) {
  if (within === undefined) return sql.lit(true);
  return sql<boolean>`(select dataset_id from experiments where experiments.id = projects.experiment_id) = any(${within}::bigint[])`;
}

/**
 * Creates the projects that are not there yet, in the order of their names: transactions wait for one another and do not deadlock. One that
 * an experiment names is the experiment's, which is not deleted meanwhile.
 */
export async function insertMissingProjects(db: Transaction<DB>, names: string[]): Promise<void> {
  await sql`
    with missing as (
      select name from unnest(${names}::text[]) as named (name)
      where not exists (select from projects where projects.name = named.name)
    ), owners as (
      select id, project_name from experiments where project_name in (select name from missing) for key share
    )
    insert into projects (name, experiment_id)
    select name, owners.id from missing left join owners on project_name = name order by name
    on conflict (name) do nothing`.execute(db);
}

/**
 * Counts that the spans of these projects changed. The last statement of its transaction: whoever else stores spans in one of them waits from
 * here on.
 */
export async function countSpanChange(trx: Transaction<DB>, names: string[]): Promise<void> {
  await sql`
    update projects set span_changes = span_changes + 1
    from (select id from projects where name = any(${names}::text[]) order by id for no key update) as changed
    where projects.id = changed.id`.execute(trx);
}

/** Deletes a project, if there is one, and leaves its spans to the sweeper. */
export async function deleteProjectBy(trx: Transaction<DB>, { column, value }: Identifier): Promise<void> {
  const deleted = await trx.deleteFrom("projects").where(column, "=", value).returning("id").execute();
  await insertRemovals(
    trx,
    "project",
    deleted.map(({ id }) => id),
  );
}

/** Deletes the projects of a dataset's experiments in the same way. */
export async function deleteProjectsOf(trx: Transaction<DB>, datasetId: number): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    delete from projects using experiments
    where experiments.dataset_id = ${datasetId} and projects.name = experiments.project_name returning projects.id
  `.execute(trx);
  await insertRemovals(
    trx,
    "project",
    rows.map(({ id }) => id),
  );
}
