import { type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import pg from "pg";
import type { DB } from "../../generated/schema.d.ts";
import { readBytes } from "../db/copying.ts";
import { jsonArrayOf, jsonObject, wireId } from "../db/wire.ts";
import { isExperiment } from "../experiments/queries.ts";
import type { JsonText } from "../json.ts";
import { latency } from "../runs/queries.ts";
import type { EvaluationColumns, RunColumns } from "./measure.ts";
import { mostNames } from "./measured.ts";

/** What a comparison needs to know of an experiment. */
export function findSides(db: Kysely<DB>, ids: number[]) {
  return db
    .selectFrom("experiments")
    .innerJoin("experiment_counters", "experiment_counters.experiment_id", "experiments.id")
    .where(sql<boolean>`experiment_counters.experiment_id = any(${ids}::bigint[])`)
    .select(["id", "dataset_id", "dataset_version_id", "name", "repetitions", "examples"])
    .execute();
}

/** The experiment of a dataset that a tag points at. */
export async function findTagged(db: Kysely<DB>, datasetId: number, tag: string): Promise<number | undefined> {
  const row = await db
    .selectFrom("experiment_tags")
    .where("dataset_id", "=", datasetId)
    .where("name", "=", tag)
    .select("experiment_id")
    .executeTakeFirst();
  return row?.experiment_id;
}

/** What there is to know of an experiment before anything is computed of it. */
export interface Current {
  id: number;
  /** Changes with every write to its runs and evaluations. */
  state: string;
  /** Changes with every write to its runs. */
  last_run: number;
  /** How many examples, runs and evaluations it has. */
  rows: number;
  /** The names of its evaluations, in the order of code points, each with what changes with every write to those; and whether there are more. */
  evaluations: { name: string; state: string }[];
  more: boolean;
}

/** The experiments that are there, as they are now. With `only`, it is as if they had no evaluations but those of these names. */
export async function readCurrent(db: Kysely<DB>, ids: number[], only: string[] | undefined): Promise<Current[]> {
  const rows = await db
    .selectFrom("experiment_counters")
    .leftJoin(
      ({ selectFrom }) =>
        selectFrom("evaluation_counters")
          .where(sql<boolean>`experiment_id = any(${ids}::bigint[])`)
          .$if(only !== undefined, (query) => query.where(sql<boolean>`name = any(${only}::text[])`))
          .groupBy("experiment_id")
          .select([
            "experiment_id",
            sql<number>`sum(evaluations)`.as("evaluations"),
            sql<string>`sum(state)`.as("states"), // each write makes one of them larger
            sql<
              [name: string, state: string][]
            >`(array_agg(array[name, state::text] order by name))[:${mostNames + 1}]`.as("names"),
          ])
          .as("of_names"),
      (join) => join.onRef("of_names.experiment_id", "=", "experiment_counters.experiment_id"),
    )
    .where(sql<boolean>`experiment_counters.experiment_id = any(${ids}::bigint[])`)
    .select([
      "experiment_counters.experiment_id as id",
      sql<string>`last_run || '.' || coalesce(states, 0)`.as("state"),
      "last_run",
      sql<number>`(examples::bigint + successful_runs + failed_runs + coalesce(evaluations, 0))::bigint`.as("rows"),
      sql<[name: string, state: string][]>`coalesce(names, '{}')`.as("names"),
    ])
    .execute();
  return rows.map(({ names, ...current }) => ({
    ...current,
    evaluations: names.slice(0, mostNames).map(([name, state]) => ({ name, state })),
    more: names.length > mostNames,
  }));
}

/**
 * The runs of the experiments that are there, as the bytes of their numbers one after the other: a driver that makes a value of each cell takes
 * several times as long. Two or three numbers together are a `point` or a `circle`, as each value that is sent costs Postgres the same. No sums:
 * those of doubles may overflow.
 */
export async function readRunColumns(trx: Transaction<DB>, ids: number[]): Promise<RunColumns[]> {
  if (ids.length === 0) return [];
  const experiments = await findSides(trx, ids);
  const snapshots = await readBytes(
    trx,
    sql`select experiment_id, ${columnOf(sql`float8send(example_id)`)}
      from experiment_examples where ${isOneOf(ids)} group by experiment_id`,
  );
  const seconds = sql`case when error is null then date_part('epoch', end_time - start_time) else 'NaN' end`;
  const runs = await readBytes(
    trx,
    sql`select experiment_id, ${columnOf(sql`circle_send(circle(point(id, example_id), ${seconds}))`)}, count(trace_id)
      from experiment_runs where ${isOneOf(ids)} group by experiment_id`,
  );
  const snapshotOf = new Map(snapshots.map(([id = none, examples = none]) => [integerIn(id), examples]));
  const runsOf = new Map(runs.map(([id = none, ...columns]) => [integerIn(id), columns]));
  return experiments.map(({ id, repetitions }) => {
    const [rows = none, traced = none] = runsOf.get(id) ?? [];
    return { id, repetitions, snapshot: snapshotOf.get(id) ?? none, rows, traced: integerIn(traced) };
  });
}

/** Likewise, their evaluations; those of some names only if they are given. */
export async function readEvaluationColumns(
  trx: Transaction<DB>,
  ids: number[],
  names: string[] | undefined,
): Promise<EvaluationColumns[]> {
  if (ids.length === 0) return [];
  const isOfInterest = names ? sql`name in (${sql.join(names.map(literal))})` : sql.lit(true);
  const run = sql`case when label is null then -experiment_run_id else experiment_run_id end`;
  const rows = await readBytes(
    trx,
    sql`select name, experiment_id, count(error), ${columnOf(sql`point_send(point(${run}, coalesce(score, 'NaN')))`)},
        json_agg(label) filter (where label is not null)
      from evaluations where ${isOneOf(ids)} and ${isOfInterest} group by experiment_id, name`,
  );
  return rows.map(([name = none, id = none, errors = none, rows = none, labels = none]) => {
    return { experiment: integerIn(id), name: Buffer.from(name).toString(), errors: integerIn(errors), rows, labels };
  });
}

const none = new Uint8Array();
/** What stands in the text of a statement, as `copy` takes no parameters. */
const literal = (text: string) => sql.raw(pg.escapeLiteral(text));
/** Not `= any(…)`: this is `=` where there is one, and a tenth faster. */
const isOneOf = (ids: number[]) => sql`experiment_id in (${sql.join(ids.map((id) => sql.lit(id)))})`;
/** What there is of a group, one after the other. */
const columnOf = (bytes: RawBuilder<unknown>) => sql`string_agg(${bytes}, null)`;
/** A `bigint` below 2^53. */
const integerIn = (bytes: Uint8Array) => (bytes.length === 0 ? 0 : Number(Buffer.from(bytes).readBigInt64BE()));

/** The examples of two experiments whose content is not the same in the one's version of the dataset as in the other's. */
export async function readChangedExamples(db: Kysely<DB>, one: number, other: number): Promise<Float64Array> {
  const { rows } = await sql<{ example_id: number }>`
    with revisions as materialized (
      select example_id, min(revision_id) as earlier, max(revision_id) as later
      from experiment_examples where experiment_id in (${one}, ${other})
      group by example_id having min(revision_id) <> max(revision_id)
    )
    select revisions.example_id from revisions
    join example_revisions as earlier on earlier.id = revisions.earlier
    join example_revisions as later on later.id = revisions.later
    where earlier.content_hash is distinct from later.content_hash
    order by example_id
  `.execute(db);
  return Float64Array.from(rows, ({ example_id }) => example_id);
}

/** The runs of experiments that have a trace, as columns like the others. */
export async function readTraceColumns(db: Kysely<DB>, ids: number[]) {
  const { rows } = await sql<{ experiment_id: number; examples: JsonText<number[]>; traces: JsonText<string[]> }>`
    select experiment_id, array_to_json(array_agg(example_id)) as examples, array_to_json(array_agg(trace_id)) as traces
    from experiment_runs where experiment_id = any(${ids}::bigint[]) and trace_id is not null
    group by experiment_id
  `.execute(db);
  return rows;
}

/** A digest that changes whenever spans are stored, deleted, or of another experiment: tokens may be others then. */
export async function readStateOfSpans(db: Kysely<DB>): Promise<string> {
  const { rows } = await sql<{ state: string }>`
    select bit_xor(hashint8extended(hashint8extended(id, span_changes), coalesce(experiment_id, 0)))::text as state from projects
  `.execute(db);
  return rows[0]?.state ?? "";
}

/** What annotation configs say of the evaluations of these names. */
export function readConfigsOf(db: Kysely<DB>, names: string[]) {
  return db
    .selectFrom("annotation_configs")
    .where(sql<boolean>`name = any(${names}::text[])`)
    .select(["name", "optimization_direction", "values", "lower_bound", "upper_bound"])
    .execute();
}

/** An example has no more runs in an answer than this. */
const mostRuns = 10;

/** Examples as an experiment has them, each with its first runs and what an evaluation says of them. */
export async function readExamplesOfSide(
  db: Kysely<DB>,
  experimentId: number,
  examples: number[],
  evaluation: string | null,
) {
  return await db
    .selectFrom("experiment_examples")
    .innerJoin("example_revisions", "example_revisions.id", "experiment_examples.revision_id")
    .where("experiment_examples.experiment_id", "=", experimentId)
    .where(isExperiment(experimentId))
    .where(sql<boolean>`experiment_examples.example_id = any(${examples}::bigint[])`)
    .select(({ ref, selectFrom }) => [
      "experiment_examples.example_id",
      jsonObject({
        input: ref("example_revisions.input"),
        reference_output: ref("example_revisions.output"),
      }).as("content"),
      jsonObject({
        runs: selectFrom(
          selectFrom("experiment_runs")
            .leftJoin("evaluations", (join) =>
              join
                .on("evaluations.experiment_id", "=", experimentId)
                .onRef("evaluations.experiment_run_id", "=", "experiment_runs.id")
                .on("evaluations.name", "=", evaluation),
            )
            .where("experiment_runs.experiment_id", "=", experimentId)
            .whereRef("experiment_runs.example_id", "=", "experiment_examples.example_id")
            .orderBy("experiment_runs.repetition_number")
            .limit(mostRuns)
            .select(({ ref }) => [
              "experiment_runs.repetition_number",
              jsonObject({
                id: wireId("ExperimentRun", ref("experiment_runs.id")),
                repetition_number: ref("experiment_runs.repetition_number"),
                output: ref("experiment_runs.output"),
                error: ref("experiment_runs.error"),
                latency_ms: latency,
                trace_id: ref("experiment_runs.trace_id"),
                score: ref("evaluations.score"),
                label: ref("evaluations.label"),
                explanation: ref("evaluations.explanation"),
                evaluation_error: ref("evaluations.error"),
              }).as("run"),
            ])
            .as("first_runs"),
        )
          .select(({ ref }) => jsonArrayOf(ref("run"), ref("repetition_number")).as("runs"))
          .$asScalar(),
      }).as("runs"),
    ])
    .execute();
}
