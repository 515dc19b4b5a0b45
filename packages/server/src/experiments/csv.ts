/** The runs of an experiment as CSV. */
import { type Kysely, sql } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { cellOf, csvOf } from "../csv.ts";
import { completed, pages, wireId, wireTime } from "../db/wire.ts";
import { latency } from "../runs/queries.ts";
import type { Datasets } from "../scope.ts";
import { withTokenCounts } from "../spans/token-counts.ts";
import { evaluationsOf, isThere, type Position, runsAfter, unknownCharacters } from "./exports.ts";

const runColumns = [
  "example_id",
  "repetition_number",
  "input",
  "reference_output",
  "output",
  "metadata",
  "error",
  "latency_ms",
  "start_time",
  "end_time",
  "trace_id",
  "prompt_token_count",
  "completion_token_count",
];
const evaluationColumns = [
  "label",
  "score",
  "explanation",
  "metadata",
  "annotator_kind",
  "trace_id",
  "error",
  "start_time",
  "end_time",
] as const;

/** The runs as CSV, header first; nothing at all if there are none. */
export async function* exportedCsv(
  db: Kysely<DB>,
  experimentId: number,
  within: Datasets,
  { spreadsheet }: { spreadsheet: boolean },
): AsyncGenerator<string> {
  const names = await evaluationNames(db, experimentId);
  const header = [
    ...runColumns,
    ...names.flatMap((name) => evaluationColumns.map((column) => `annotation_${name}_${column}`)),
  ];
  const form = { columns: header.length, spreadsheet };
  let headed = false;
  let evaluationsOfRun = unknownCharacters;
  const charactersOf = (run: RunForCsv) =>
    run.input.text.length + run.reference_output.text.length + run.output.text.length + evaluationsOfRun;
  const complete = async (runs: RunForCsv[]) => {
    const evaluations = await readEvaluationsForCsv(db, experimentId, runs);
    evaluationsOfRun = evaluations.reduce((sum, each) => sum + charactersOfEvaluation(each), 0) / runs.length;
    return { runs: await withTokenCounts(db, runs, within), evaluations: byRunAndName(evaluations) };
  };
  const all = pages((after, size) => runsForCsv(db, experimentId, after, size), charactersOf);
  for await (const { runs, evaluations } of completed(all, complete, () => isThere(db, experimentId))) {
    if (!headed) yield* csvOf([header], form, (names) => names);
    headed = true;
    yield* csvOf(runs, form, (run) => [
      run.node_id,
      run.repetition_number,
      run.input.text,
      run.reference_output.text,
      cellOf(run.output.text),
      run.metadata.text,
      run.error,
      run.latency_ms,
      run.start_time,
      run.end_time,
      run.trace_id,
      run.prompt_token_count,
      run.completion_token_count,
      ...names.flatMap((name) => cellsOfEvaluation(evaluations.get(run.id)?.get(name))),
    ]);
  }
}

type RunForCsv = Awaited<ReturnType<typeof runsForCsv>>[number];

type EvaluationForCsv = Awaited<ReturnType<typeof readEvaluationsForCsv>>[number];

const cellsOfEvaluation = (evaluation: EvaluationForCsv | undefined) =>
  evaluationColumns.map((column) => (column === "metadata" ? evaluation?.metadata.text : evaluation?.[column]));

/**
 * The names of an experiment's evaluations, in the order in which they first appear in the export. Nearly always the first runs have all of them; only
 * for names that these lack is it looked through all evaluations where they first appear.
 */
async function evaluationNames(db: Kysely<DB>, experimentId: number): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    with early as (
      select name, min(array[example_id, repetition_number, evaluations.id]) as place
      from (
        select id, example_id, repetition_number from experiment_runs where experiment_id = ${experimentId}
        order by example_id, repetition_number limit 1000
      ) as runs cross join lateral (
        select name, id from evaluations where experiment_id = ${experimentId} and experiment_run_id = runs.id offset 0
      ) as evaluations group by name
    ), late as (
      select distinct name from evaluations where experiment_id = ${experimentId} except select name from early
    )
    select name from (
      select name, place from early
      union all
      select name, min(array[example_id, repetition_number, evaluations.id])
      from evaluations join experiment_runs on experiment_runs.experiment_id = ${experimentId} and experiment_runs.id = experiment_run_id
      where evaluations.experiment_id = ${experimentId} and exists (select from late) and name in (select name from late)
      group by name
    ) as names order by place
  `.execute(db);
  return rows.map(({ name }) => name);
}

function runsForCsv(db: Kysely<DB>, experimentId: number, after: Position | undefined, size: number) {
  return runsAfter(db, experimentId, after, size)
    .select(({ ref }) => [
      "experiment_runs.id",
      wireId("DatasetExample", ref("experiment_runs.example_id")).as("node_id"),
      "example_revisions.input",
      "example_revisions.output as reference_output",
      "experiment_runs.output",
      "example_revisions.metadata",
      "experiment_runs.error",
      sql<string>`${latency}::text`.as("latency_ms"),
      wireTime(ref("experiment_runs.start_time")).as("start_time"),
      wireTime(ref("experiment_runs.end_time")).as("end_time"),
      "experiment_runs.trace_id",
    ])
    .execute();
}

const charactersOfEvaluation = ({ explanation, metadata }: EvaluationForCsv) =>
  (explanation?.length ?? 0) + metadata.text.length;

function byRunAndName(evaluations: EvaluationForCsv[]) {
  const byRun = new Map<number, Map<string, EvaluationForCsv>>();
  for (const evaluation of evaluations) {
    const ofRun = byRun.get(evaluation.experiment_run_id);
    if (ofRun) ofRun.set(evaluation.name, evaluation);
    else byRun.set(evaluation.experiment_run_id, new Map([[evaluation.name, evaluation]]));
  }
  return byRun;
}

function readEvaluationsForCsv(db: Kysely<DB>, experimentId: number, runs: RunForCsv[]) {
  return evaluationsOf(db, experimentId, runs)
    .select(({ ref }) => [
      "experiment_run_id",
      "name",
      "label",
      sql<string>`score::text`.as("score"),
      "explanation",
      "metadata",
      "annotator_kind",
      "trace_id",
      "error",
      wireTime(ref("start_time")).as("start_time"),
      wireTime(ref("end_time")).as("end_time"),
    ])
    .execute();
}
