import { type CompiledQuery, type Expression, type ExpressionBuilder, type Kysely, sql } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { numberArray, textArray } from "../db/array.ts";
import { jsonLines } from "../db/json-lines.ts";
import { keptQuery } from "../db/kept.ts";
import { jsonObject, pageOf, readPage, wireId, wireTime } from "../db/wire.ts";
import { evaluationsOfRun } from "../evaluations/of-runs.ts";
import { exampleOfSnapshot } from "../examples/queries.ts";
import { firstTaken } from "../experiments/counters.ts";
import { isExperiment } from "../experiments/queries.ts";
import { type JsonText, jsonJoined, jsonOf } from "../json.ts";
import type { Datasets } from "../scope.ts";
import { withTokenCounts } from "../spans/token-counts.ts";
import { type RunFilter, runFits } from "./filter.ts";

const fieldsOfRun = ({ ref }: ExpressionBuilder<DB, "experiment_runs">) => ({
  dataset_example_id: wireId("DatasetExample", ref("experiment_runs.example_id")),
  output: ref("experiment_runs.output"),
  repetition_number: ref("experiment_runs.repetition_number"),
  start_time: wireTime(ref("experiment_runs.start_time")),
  end_time: wireTime(ref("experiment_runs.end_time")),
  trace_id: ref("experiment_runs.trace_id"),
  error: ref("experiment_runs.error"),
  id: wireId("ExperimentRun", ref("experiment_runs.id")),
  experiment_id: wireId("Experiment", ref("experiment_runs.experiment_id")),
});

/** Milliseconds with three digits of fraction: the decimal point makes it a float to Python. */
export const latency = sql<number>`round(extract(epoch from experiment_runs.end_time - experiment_runs.start_time)::numeric * 1000, 3)`;

/** A run as the contract has it. */
export function runAsJson(eb: ExpressionBuilder<DB, "experiment_runs">) {
  return jsonObject({ ...fieldsOfRun(eb), latency_ms: latency });
}

/** A run and its evaluations. */
function runWithEvaluationsAsJson(eb: ExpressionBuilder<DB, "experiment_runs">, experimentId: number) {
  return jsonObject({ ...fieldsOfRun(eb), evaluations: evaluationsOfRun(eb, experimentId), latency_ms: latency });
}

/**
 * An example as the snapshot of an experiment has it. It is looked up by its key, row by row, which `offset 0` sees to: of a join the planner may read
 * all runs for each example, as long as it does not know how many there are.
 */
function inSnapshot(experimentId: number, exampleId: Expression<number>) {
  return sql<Pick<DB["experiment_examples"], "revision_id">>`lateral (
    select revision_id from experiment_examples
    where experiment_examples.experiment_id = ${experimentId} and experiment_examples.example_id = ${exampleId}
    offset 0
  )`.as("snapshot");
}

/** An experiment's runs, each with its example. */
export function runsWithExamples(db: Kysely<DB>, experimentId: number) {
  return db
    .selectFrom("experiment_runs")
    .innerJoin(inSnapshot(experimentId, sql.ref("experiment_runs.example_id")), (join) => join.onTrue())
    .innerJoin("example_revisions", "example_revisions.id", "snapshot.revision_id")
    .where("experiment_runs.experiment_id", "=", experimentId)
    .where(isExperiment(experimentId));
}

export interface RunsToRead {
  experimentId: number;
  filter: RunFilter;
  withEvaluations: boolean;
  withTokens: boolean;
  /** Whose spans count. */
  within: Datasets;
}

/** The runs of an experiment that fit a filter, newest first. */
export async function readRuns(
  db: Kysely<DB>,
  { experimentId, filter, withEvaluations, withTokens, within }: RunsToRead,
  from = Number.MAX_SAFE_INTEGER,
  size: number,
) {
  const place = { experimentId, from, limit: size + 1 };
  const isPlain = !withEvaluations && Object.values(filter).every((asked) => asked === undefined);
  const rows = isPlain
    ? await readPlainRuns(db, place)
    : await selectRuns(db, place, filter, withEvaluations).execute();
  return pageOf(withTokens ? await joinTokenCounts(db, rows, within) : rows, size);
}

/** Where a page of runs is: it has so many, down from one. */
interface PlaceOfRuns {
  experimentId: number;
  from: number;
  limit: number;
}

function selectRuns(
  db: Kysely<DB>,
  { experimentId, from, limit }: PlaceOfRuns,
  filter: RunFilter = {},
  withEvaluations = false,
) {
  return db
    .selectFrom("experiment_runs")
    .where("experiment_runs.experiment_id", "=", experimentId)
    .where(isExperiment(experimentId))
    .where((eb) => runFits(eb, experimentId, filter))
    .where("experiment_runs.id", "<=", from)
    .orderBy("experiment_runs.id", "desc")
    .select((eb) => [
      "experiment_runs.id as rowid",
      "experiment_runs.trace_id",
      (withEvaluations ? runWithEvaluationsAsJson(eb, experimentId) : runAsJson(eb)).as("json"),
    ])
    .limit(limit);
}

/** What nearly everybody asks for. */
const readPlainRuns = keptQuery(selectRuns);

/** A run with its tokens, if it is the experiment's. */
export async function readRun(
  db: Kysely<DB>,
  { experimentId, id, withEvaluations, within }: Omit<RunsToRead, "filter" | "withTokens"> & { id: number },
) {
  const rows = await db
    .selectFrom("experiment_runs")
    .where("experiment_runs.experiment_id", "=", experimentId)
    .where(isExperiment(experimentId))
    .where("experiment_runs.id", "=", id)
    .select((eb) => [
      "experiment_runs.trace_id",
      (withEvaluations ? runWithEvaluationsAsJson(eb, experimentId) : runAsJson(eb)).as("json"),
    ])
    .execute();
  const [run] = await joinTokenCounts(db, rows, within);
  return run?.json;
}

/** Runs with the tokens of their traces as the last fields of their JSON. */
async function joinTokenCounts<Run extends object, Row extends { trace_id: string | null; json: JsonText<Run> }>(
  db: Kysely<DB>,
  rows: Row[],
  within: Datasets,
) {
  return (await withTokenCounts(db, rows, within)).map(({ prompt_token_count, completion_token_count, ...row }) => ({
    ...row,
    json: jsonJoined(row.json, jsonOf({ prompt_token_count, completion_token_count })),
  }));
}

/** The examples of an experiment that lack successful runs, in the order of their ids, each with the repetitions that it lacks. */
export function readIncompleteRuns(
  db: Kysely<DB>,
  experiment: { id: number; repetitions: number },
  from: number | undefined,
  size: number,
) {
  const { id, repetitions } = experiment;
  const query = db
    .selectFrom("incomplete_examples")
    .innerJoin(inSnapshot(id, sql.ref("incomplete_examples.example_id")), (join) => join.onTrue())
    .innerJoin("example_revisions", "example_revisions.id", "snapshot.revision_id")
    .where("incomplete_examples.experiment_id", "=", id)
    .where(isExperiment(id))
    .$if(from !== undefined, (query) => query.where("incomplete_examples.example_id", ">=", from ?? 0))
    .orderBy("incomplete_examples.example_id")
    .select((eb) => [
      "incomplete_examples.example_id as rowid",
      jsonObject({
        dataset_example: exampleOfSnapshot(eb),
        repetition_numbers: sql<number[]>`(select array_to_json(array_agg(number order by number)) from (
          select generate_series(1, ${repetitions}) as number except
          select repetition_number from experiment_runs
          where experiment_runs.experiment_id = ${id} and experiment_runs.example_id = incomplete_examples.example_id and experiment_runs.error is null
        ) as missing)`,
      }).as("json"),
    ]);
  return readPage(query, size);
}

/** A run to record. Times are texts that `timestamp` made. */
export interface NewRun {
  example_id: number;
  repetition_number: number;
  output: string;
  error: string | null;
  trace_id: string | null;
  start_time: string;
  end_time: string;
}

/**
 * A run that was not written as a new one, by its place among those given: one that is there (`id`) was replaced, or has this error, and this output unless
 * it is the same text; or there is no such example in the experiment.
 */
export interface RunNotNew {
  place: number;
  id: number | null;
  replaced: boolean;
  error: string | null;
  other_output: JsonText | null;
}

/**
 * Writes runs under the ids that the transaction has taken for them last, in their order, and counts them. A run that is there with an error is
 * replaced and keeps its id, unless it is the same; one that is there without an error is left alone, and so is what is on an example outside
 * the experiment. Gives those that were not written as new ones.
 */
export function insertingRuns(db: Kysely<DB>, experimentId: number, runs: NewRun[]): CompiledQuery<RunNotNew> {
  const texts = (name: "error" | "trace_id" | "start_time" | "end_time") => textArray(runs.map((run) => run[name]));
  return sql<RunNotNew>`
    with first as ${firstTaken(experimentId, "last_run", runs.length)}, given as (
      select * from rows from (
        unnest(
          ${numberArray(runs.map((run) => run.example_id))}::bigint[], ${numberArray(runs.map((run) => run.repetition_number))}::integer[],
          ${texts("error")}::text[], ${texts("trace_id")}::text[], ${texts("start_time")}::timestamptz[], ${texts("end_time")}::timestamptz[]
        ),
        ${jsonLines(runs.map((run) => run.output))}
      ) with ordinality as given (example_id, repetition_number, error, trace_id, start_time, end_time, output, place)
    ), written as (
      insert into experiment_runs (experiment_id, id, example_id, repetition_number, output, error, trace_id, start_time, end_time)
      select known.experiment_id, first.id + place - 1, example_id, repetition_number, output::json, error, trace_id, start_time, end_time
      from first cross join given cross join lateral (
        -- With a limit, so that each is looked up: a join may read all examples of the experiment for a single run.
        select experiment_examples.experiment_id from experiment_examples
        where experiment_examples.experiment_id = ${experimentId} and experiment_examples.example_id = given.example_id limit 1
      ) as known
      order by place
      on conflict (experiment_id, example_id, repetition_number) do update
        set output = excluded.output, error = excluded.error, trace_id = excluded.trace_id, start_time = excluded.start_time, end_time = excluded.end_time
        where experiment_runs.error is not null and not (
          experiment_runs.error is not distinct from excluded.error and experiment_runs.trace_id is not distinct from excluded.trace_id
          and experiment_runs.start_time = excluded.start_time and experiment_runs.end_time = excluded.end_time
          and experiment_runs.output::text = excluded.output::text
        )
      returning id, example_id, repetition_number, error is null as successful, id < (select first.id from first) as replaced
    ), counted as (
      update experiment_counters set
        successful_runs = successful_runs + (select count(*) filter (where successful) from written),
        failed_runs = failed_runs + (select count(*) filter (where not successful) - count(*) filter (where replaced) from written)
      where experiment_id = ${experimentId}
    ), found as materialized (
      select example_id, runs, missing_repetitions <= runs as completed from (
        select example_id, count(*) as runs from written join experiments on experiments.id = ${experimentId}
        where successful and repetition_number <= repetitions group by example_id
      ) as successes cross join lateral (
        select missing_repetitions from incomplete_examples
        where incomplete_examples.experiment_id = ${experimentId} and incomplete_examples.example_id = successes.example_id limit 1
      ) as incomplete
    ), completed as (
      delete from incomplete_examples
      where experiment_id = ${experimentId} and example_id = any(array(select example_id from found where completed))
    ), continued as (
      -- Each is there. An update might join all that the experiment has.
      insert into incomplete_examples (experiment_id, example_id, missing_repetitions)
      select ${experimentId}, example_id, runs from found where not completed order by example_id
      on conflict (experiment_id, example_id) do update
        set missing_repetitions = incomplete_examples.missing_repetitions - excluded.missing_repetitions
    )
    select place::integer - 1 as place, coalesce(written.id, found.id) as id, written.id is not null as replaced, found.error,
      case when found.output::text <> given.output then found.output end as other_output
    from given left join written using (example_id, repetition_number) left join lateral (
      select id, error, output from experiment_runs
      where experiment_runs.experiment_id = ${experimentId}
        and experiment_runs.example_id = given.example_id and experiment_runs.repetition_number = given.repetition_number limit 1
    ) as found on written.id is null
    where written.id is null or replaced
  `.compile(db);
}
