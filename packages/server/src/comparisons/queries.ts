import { type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { jsonArrayOf, jsonObject, wireId } from "../db/wire.ts";
import { isExperiment } from "../experiments/queries.ts";
import type { JsonText } from "../json.ts";
import { latency } from "../runs/queries.ts";
import type { EvaluationColumns, ExperimentColumns } from "./measure.ts";

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

/**
 * The state of each experiment that is there: it changes with every write to the experiment's runs or evaluations, those included that replace
 * what is there. And how many rows it has: of examples and runs, and of evaluations at most (those that were replaced count again).
 */
export async function readStates(db: Kysely<DB>, ids: number[]) {
  return await db
    .selectFrom("experiment_counters")
    .where(sql<boolean>`experiment_id = any(${ids}::bigint[])`)
    .select([
      "experiment_id as id",
      sql<string>`last_run || '.' || last_evaluation`.as("state"),
      sql<number>`examples::bigint + successful_runs + failed_runs`.as("rows"),
      "last_evaluation as evaluations",
    ])
    .execute();
}

/** How many evaluations each experiment has, of these names only if some are given. */
export async function countEvaluations(db: Kysely<DB>, ids: number[], only: string[] | undefined) {
  return await db
    .selectFrom("evaluations")
    .where(sql<boolean>`experiment_id = any(${ids}::bigint[])`)
    .$if(only !== undefined, (query) => query.where(sql<boolean>`name = any(${only}::text[])`))
    .groupBy("experiment_id")
    .select(({ fn }) => ["experiment_id", fn.countAll<number>().as("count")])
    .execute();
}

/**
 * The rows of experiments as columns, each the bytes of its values as Postgres sends them: a driver that makes a value of each cell takes several
 * times as long. Within a transaction that sees one state of them all. No sums: those of doubles may overflow. Evaluations come in the order of
 * their names, and those of some names only if they are given.
 */
export async function readColumns(
  trx: Transaction<DB>,
  ids: number[],
  only: string[] | undefined,
): Promise<Map<number, ExperimentColumns>> {
  const experiments = await findSides(trx, ids);
  const snapshots = new Map((await readSnapshots(trx, ids)).map((row) => [row.experiment_id, row.examples]));
  const runsOf = new Map((await readRunColumns(trx, ids)).map(({ experiment_id, ...runs }) => [experiment_id, runs]));
  const evaluations = await readEvaluationColumns(trx, ids, only);
  const evaluationsOf = Map.groupBy(evaluations, ({ experiment_id }) => experiment_id);
  return new Map(
    experiments.map(({ id, repetitions }) => [
      id,
      {
        repetitions,
        examples: snapshots.get(id) ?? none,
        runs: runsOf.get(id) ?? { numbers: none, examples: none, seconds: none },
        evaluations: (evaluationsOf.get(id) ?? []).map(({ experiment_id: _, labels, ...columns }) => ({
          ...columns,
          labels: labels.text,
        })),
      },
    ]),
  );
}

const none = new Uint8Array();

/** The values of a group, one after the other. */
const bytesOf = (value: RawBuilder<unknown>) => sql<Uint8Array>`coalesce(string_agg(${value}, ''), '')`;
const numberOf = (column: string) => sql`int4send((${sql.ref(column)} - (experiment_id << 27))::integer)`;

async function readSnapshots(db: Kysely<DB>, ids: number[]) {
  const { rows } = await sql<{ experiment_id: number; examples: Uint8Array }>`
    select experiment_id, ${bytesOf(sql`float8send(example_id)`)} as examples
    from experiment_examples where experiment_id = any(${ids}::bigint[])
    group by experiment_id
  `.execute(db);
  return rows;
}

async function readRunColumns(db: Kysely<DB>, ids: number[]) {
  const { rows } = await sql<{ experiment_id: number } & ExperimentColumns["runs"]>`
    select experiment_id, ${bytesOf(numberOf("id"))} as numbers, ${bytesOf(sql`float8send(example_id)`)} as examples,
      ${bytesOf(sql`float8send(case when error is null then date_part('epoch', end_time - start_time) else 'NaN' end)`)} as seconds
    from experiment_runs where experiment_id = any(${ids}::bigint[])
    group by experiment_id
  `.execute(db);
  return rows;
}

async function readEvaluationColumns(db: Kysely<DB>, ids: number[], only: string[] | undefined) {
  const isOfInterest = only ? sql`name = any(${only}::text[])` : sql.lit(true);
  const { rows } = await sql<{ experiment_id: number; labels: JsonText } & Omit<EvaluationColumns, "labels">>`
    select experiment_id, name, count(*) as evaluations, count(error) as errors,
      ${bytesOf(sql`case when score is not null then ${numberOf("experiment_run_id")} end`)} as scored_runs,
      ${bytesOf(sql`float8send(score)`)} as scores,
      ${bytesOf(sql`case when label is not null then ${numberOf("experiment_run_id")} end`)} as labelled_runs,
      coalesce(array_to_json(array_agg(label) filter (where label is not null)), '[]') as labels
    from evaluations where experiment_id = any(${ids}::bigint[]) and ${isOfInterest}
    group by experiment_id, name order by name collate "C"
  `.execute(db);
  return rows;
}

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
