import { type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { numberArray, textArray } from "../db/array.ts";
import { jsonLines } from "../db/json-lines.ts";
import { jsonObject, readPage } from "../db/wire.ts";
import { exampleOfSnapshot } from "../examples/queries.ts";
import { firstTaken } from "../experiments/counters.ts";
import { isExperiment } from "../experiments/queries.ts";
import { runAsJson, runsWithExamples } from "../runs/queries.ts";
import { type EvaluationFilter, evaluationFits } from "./filter.ts";
import { evaluationAsJson } from "./of-runs.ts";

/** Which evaluations of an experiment are asked for: those that fit all that is given, and of a list any value. */
interface EvaluationsToRead extends EvaluationFilter {
  experimentId: number;
  names?: string[] | undefined;
  runId?: number | undefined;
  exampleId?: number | undefined;
}

/** Where a page begins: at this evaluation of this run. By its id alone it would take reading all of them to find it. */
type Start = [runId: number, id: number];

/** Evaluations in the order of their key: of their runs, and of a run in that of their names. */
export function readEvaluations(
  db: Kysely<DB>,
  { experimentId, names = [], runId, exampleId, ...filter }: EvaluationsToRead,
  from: Start | undefined,
  size: number,
) {
  const query = db
    .selectFrom("evaluations")
    .where("evaluations.experiment_id", "=", experimentId)
    .where(isExperiment(experimentId))
    .where((eb) => evaluationFits(eb, filter))
    .$if(names.length > 0, (query) => query.where(sql<boolean>`evaluations.name = any(${names}::text[])`))
    .$if(runId !== undefined, (query) => query.where("evaluations.experiment_run_id", "=", runId ?? 0))
    .$if(exampleId !== undefined, (query) => query.where(isOnExample(experimentId, exampleId ?? 0)))
    .$if(from !== undefined, (query) => query.where(isAtOrAfter(experimentId, from ?? [0, 0])))
    .orderBy("evaluations.experiment_run_id")
    .orderBy("evaluations.name")
    .select((eb) => [
      sql<Start>`array[evaluations.experiment_run_id, evaluations.id]`.as("rowid"),
      evaluationAsJson(eb).as("json"),
    ]);
  return readPage(query, size);
}

/**
 * Holds for evaluations of runs on an example. Those are looked up first, and apart: joined to an experiment that has not been analysed yet, of
 * which it expects one row, the planner may read all that the experiment has for each of its rows.
 */
function isOnExample(experimentId: number, exampleId: number) {
  return sql<boolean>`evaluations.experiment_run_id = any(array(
    select id from experiment_runs where experiment_runs.experiment_id = ${experimentId} and example_id = ${exampleId}
  ))`;
}

function isAtOrAfter(experimentId: number, [runId, id]: Start) {
  const name = sql`(select name from evaluations where experiment_id = ${experimentId} and experiment_run_id = ${runId} and id = ${id})`;
  return sql<boolean>`(evaluations.experiment_run_id, evaluations.name) >= (${runId}, ${name})`;
}

/** Successful runs that lack an evaluation without an error under one of the names, by their ids, each with the names that it lacks. */
export function readIncompleteEvaluations(
  db: Kysely<DB>,
  experimentId: number,
  names: string[],
  from: number | undefined,
  size: number,
) {
  const successes = sql`evaluations
    where evaluations.experiment_id = ${experimentId} and evaluations.experiment_run_id = experiment_runs.id and evaluations.error is null`;
  const query = runsWithExamples(db, experimentId)
    .where("experiment_runs.error", "is", null)
    .where(
      sql<boolean>`(select count(*) from ${successes} and evaluations.name = any(${names}::text[])) < ${names.length}`,
    )
    .$if(from !== undefined, (query) => query.where("experiment_runs.id", ">=", from ?? 0))
    .orderBy("experiment_runs.id")
    .select((eb) => [
      "experiment_runs.id as rowid",
      jsonObject({
        experiment_run: runAsJson(eb),
        dataset_example: exampleOfSnapshot(eb),
        evaluation_names: sql<string[]>`(select array_to_json(array_agg(name order by name collate "C")) from (
          select unnest(${names}::text[]) as name except select evaluations.name from ${successes}
        ) as missing)`,
      }).as("json"),
    ]);
  return readPage(query, size);
}

/** An evaluation to record. Times are texts that `timestamp` made. */
export interface NewEvaluation {
  experiment_run_id: number;
  name: string;
  annotator_kind: DB["evaluations"]["annotator_kind"];
  label: string | null;
  score: number | null;
  explanation: string | null;
  error: string | null;
  metadata: string;
  trace_id: string | null;
  start_time: string;
  end_time: string;
}

/**
 * Writes evaluations under the ids that the transaction has taken for them last, in their order, and counts them. One that is there under the same run and
 * name is replaced as a whole and keeps its id; one of a run that is not there is left out, and does not come back.
 */
export function upsertingEvaluations(db: Kysely<DB>, experimentId: number, evaluations: NewEvaluation[]) {
  // With a limit, so that each is looked up: a join may read all runs of the experiment for a single evaluation.
  const ofKnownRuns = sql`cross join lateral (
    select from experiment_runs
    where experiment_runs.experiment_id = ${experimentId} and experiment_runs.id = given.experiment_run_id limit 1
  ) as known`;
  return sql<{ id: number; experiment_run_id: number; name: string }>`
    ${upsertion(experimentId, evaluations, evaluations.length, ofKnownRuns)}
    select id, experiment_run_id, name from written
  `.compile(db);
}

/**
 * Likewise, under the first of so many ids, of runs that are known to be there. It does not look for them and gives nothing back, which saves a third of
 * the time.
 */
export async function upsertEvaluationsOfRuns(
  trx: Transaction<DB>,
  experimentId: number,
  evaluations: NewEvaluation[],
  taken: number,
): Promise<void> {
  await sql`${upsertion(experimentId, evaluations, taken, sql``)} select`.execute(trx);
}

/** The parts of a statement that write evaluations and count them; `written` has those that it writes. */
function upsertion(
  experimentId: number,
  evaluations: NewEvaluation[],
  taken: number,
  ofKnownRuns: RawBuilder<unknown>,
) {
  const texts = (name: Exclude<keyof NewEvaluation, "experiment_run_id" | "score">) =>
    textArray(evaluations.map((evaluation) => evaluation[name]));
  return sql`
    with first as ${firstTaken(experimentId, "last_evaluation", taken)}, written as (
      insert into evaluations (experiment_id, id, experiment_run_id, name, annotator_kind, label, score, explanation, error, metadata, trace_id, start_time, end_time)
      select ${experimentId}::bigint, first.id + place - 1, experiment_run_id, name, annotator_kind, label, score, explanation, given.error,
        metadata::json, given.trace_id, given.start_time, given.end_time
      from first cross join rows from (
        unnest(
          ${numberArray(evaluations.map((evaluation) => evaluation.experiment_run_id))}::bigint[], ${texts("name")}::text[],
          ${texts("annotator_kind")}::text[], ${texts("label")}::text[],
          ${numberArray(evaluations.map((evaluation) => evaluation.score))}::double precision[], ${texts("explanation")}::text[],
          ${texts("error")}::text[], ${texts("trace_id")}::text[], ${texts("start_time")}::timestamptz[], ${texts("end_time")}::timestamptz[]
        ),
        ${jsonLines(evaluations.map(({ metadata }) => metadata))}
      ) with ordinality as given (experiment_run_id, name, annotator_kind, label, score, explanation, error, trace_id, start_time, end_time, metadata, place)
      ${ofKnownRuns}
      order by place
      on conflict (experiment_id, experiment_run_id, name) do update
        set annotator_kind = excluded.annotator_kind, label = excluded.label, score = excluded.score, explanation = excluded.explanation,
          error = excluded.error, metadata = excluded.metadata, trace_id = excluded.trace_id, start_time = excluded.start_time, end_time = excluded.end_time
      returning id, experiment_run_id, name
    ), counted as (
      insert into evaluation_counters (experiment_id, name, evaluations, state)
      select ${experimentId}::bigint, name, count(*) filter (where written.id >= first.id), first.id
      from written cross join first group by name, first.id
      on conflict (experiment_id, name) do update
        set evaluations = evaluation_counters.evaluations + excluded.evaluations, state = excluded.state
    )`;
}
