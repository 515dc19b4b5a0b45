/** The runs of an experiment as its downloads have them: in the order of examples and repetitions, a page at a time. */
import { setImmediate } from "node:timers/promises";
import { stringify } from "csv-stringify/sync";
import { type ExpressionBuilder, type Kysely, sql } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { deletedMeanwhile, jsonArrayOf, jsonObject, rowsToRead, wireId, wireTime } from "../db/wire.ts";
import { runsWithExamples } from "../runs/queries.ts";

interface Position {
  example_id: number;
  repetition_number: number;
}

function runsAfter(db: Kysely<DB>, experimentId: number, after: Position | undefined, size: number) {
  return runsWithExamples(db, experimentId)
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(experiment_runs.example_id, experiment_runs.repetition_number) > (${after?.example_id}, ${after?.repetition_number})`,
      ),
    )
    .orderBy("experiment_runs.example_id")
    .orderBy("experiment_runs.repetition_number")
    .limit(size)
    .select(["experiment_runs.example_id", "experiment_runs.repetition_number"]);
}

async function* pages<Row extends Position>(
  read: (after: Position | undefined, size: number) => Promise<Row[]>,
  charactersOf: (row: Row) => number,
): AsyncGenerator<Row[]> {
  let after: Position | undefined;
  for (let size = rowsToRead(); ; ) {
    const rows = await read(after, size + 1); // and whether there are more
    if (after !== undefined && rows.length === 0) throw deletedMeanwhile(); // the page before saw the first row of this one
    const page = rows.slice(0, size);
    if (page.length > 0) yield page;
    if (rows.length <= size) return;
    after = page.at(-1);
    size = rowsToRead({ rows: page.length, characters: page.reduce((sum, row) => sum + charactersOf(row), 0) });
  }
}

/** Milliseconds with three digits of fraction: the decimal point makes it a float to Python. */
const latency = sql<number>`round(extract(epoch from experiment_runs.end_time - experiment_runs.start_time)::numeric * 1000, 3)`;

/** Each run with its example and its evaluations, as `ExportedRun`. */
export async function* exportedRuns(db: Kysely<DB>, experimentId: number) {
  const read = (after: Position | undefined, size: number) =>
    runsAfter(db, experimentId, after, size)
      .select(({ ref, selectFrom }) =>
        jsonObject({
          example_id: wireId("DatasetExample", ref("experiment_runs.example_id")),
          repetition_number: ref("experiment_runs.repetition_number"),
          input: ref("example_revisions.input"),
          reference_output: ref("example_revisions.output"),
          output: ref("experiment_runs.output"),
          error: ref("experiment_runs.error"),
          latency_ms: latency,
          start_time: wireTime(ref("experiment_runs.start_time")),
          end_time: wireTime(ref("experiment_runs.end_time")),
          trace_id: ref("experiment_runs.trace_id"),
          prompt_token_count: sql<number | null>`null::bigint`,
          completion_token_count: sql<number | null>`null::bigint`,
          annotations: selectFrom("evaluations")
            .where("evaluations.experiment_id", "=", experimentId)
            .whereRef("evaluations.experiment_run_id", "=", "experiment_runs.id")
            .select((eb) => jsonArrayOf(exportedEvaluation(eb), eb.ref("evaluations.id")).as("annotations"))
            .$asScalar(),
        }).as("json"),
      )
      .execute();
  for await (const rows of pages(read, ({ json }) => json.text.length)) yield rows.map(({ json }) => json);
}

function exportedEvaluation({ ref }: ExpressionBuilder<DB, "evaluations">) {
  return jsonObject({
    name: ref("evaluations.name"),
    annotator_kind: ref("evaluations.annotator_kind"),
    label: ref("evaluations.label"),
    score: ref("evaluations.score"),
    explanation: ref("evaluations.explanation"),
    trace_id: ref("evaluations.trace_id"),
    error: ref("evaluations.error"),
    metadata: ref("evaluations.metadata"),
    start_time: wireTime(ref("evaluations.start_time")),
    end_time: wireTime(ref("evaluations.end_time")),
  });
}

const runColumns = [
  "example_id",
  "repetition_number",
  "input",
  "reference_output",
  "output",
  "metadata",
  "error",
  "latency_ms",
].concat(["start_time", "end_time", "trace_id", "prompt_token_count", "completion_token_count"]);
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
export async function* exportedCsv(db: Kysely<DB>, experimentId: number): AsyncGenerator<string> {
  const names = await evaluationNames(db, experimentId);
  const header = [
    ...runColumns,
    ...names.flatMap((name) => evaluationColumns.map((column) => `annotation_${name}_${column}`)),
  ];
  const rowsOfPiece = Math.max(1, Math.floor(cellsOfPiece / header.length));
  let headed = false;
  const charactersOf = (run: RunForCsv) =>
    run.input.text.length + run.reference_output.text.length + run.output.text.length;
  for await (const runs of pages((after, size) => runsForCsv(db, experimentId, after, size), charactersOf)) {
    if (!headed) yield* csvOf([header], 1, (names) => names);
    headed = true;
    const evaluations = await evaluationsForCsv(
      db,
      experimentId,
      runs.map(({ id }) => id),
    );
    yield* csvOf(runs, rowsOfPiece, (run) => [
      run.node_id,
      run.repetition_number,
      run.input.text,
      run.reference_output.text,
      cellOfOutput(run.output.text),
      run.metadata.text,
      run.error,
      run.latency_ms,
      run.start_time,
      run.end_time,
      run.trace_id,
      null,
      null,
      ...names.flatMap((name) => cellsOfEvaluation(evaluations.get(run.id)?.get(name))),
    ]);
  }
}

/** A piece of CSV has at most about so many cells, if a row has not more, and lets others have their turn after it. */
const cellsOfPiece = 20_000;

async function* csvOf<Row>(rows: Row[], atATime: number, cellsOf: (row: Row) => unknown[]): AsyncGenerator<string> {
  for (let start = 0; start < rows.length; start += atATime) {
    const records = rows.slice(start, start + atATime).map(cellsOf);
    // Cells with a lone carriage return are quoted too: to most readers it ends a line.
    yield stringify(records, { record_delimiter: "\n", quoted_match: /\r/ });
    await setImmediate();
  }
}

type RunForCsv = Awaited<ReturnType<typeof runsForCsv>>[number];

/** An output that is a string stands in its cell as it is, null is an empty cell, any other is JSON text; so is a string that has no UTF-8. */
function cellOfOutput(json: string): string {
  if (json === "null") return "";
  const text: string = json.startsWith('"') ? JSON.parse(json) : json;
  return text.isWellFormed() ? text : json;
}

type EvaluationForCsv = Awaited<ReturnType<typeof readEvaluationsForCsv>>[number];

const cellsOfEvaluation = (evaluation: EvaluationForCsv | undefined) =>
  evaluationColumns.map((column) => (column === "metadata" ? evaluation?.metadata.text : evaluation?.[column]));

/** The names of an experiment's evaluations, in the order in which they first appear in the export. */
async function evaluationNames(db: Kysely<DB>, experimentId: number): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from (
      select distinct on (evaluations.name) evaluations.name, example_id, repetition_number, evaluations.id
      from evaluations join experiment_runs on experiment_runs.experiment_id = ${experimentId} and experiment_runs.id = experiment_run_id
      where evaluations.experiment_id = ${experimentId}
      order by evaluations.name, example_id, repetition_number, evaluations.id
    ) as first order by example_id, repetition_number, id
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

/** The evaluations of these runs, by run and name. */
async function evaluationsForCsv(db: Kysely<DB>, experimentId: number, runIds: number[]) {
  const byRun = new Map<number, Map<string, EvaluationForCsv>>();
  for (const evaluation of await readEvaluationsForCsv(db, experimentId, runIds)) {
    const ofRun = byRun.get(evaluation.experiment_run_id);
    if (ofRun) ofRun.set(evaluation.name, evaluation);
    else byRun.set(evaluation.experiment_run_id, new Map([[evaluation.name, evaluation]]));
  }
  return byRun;
}

function readEvaluationsForCsv(db: Kysely<DB>, experimentId: number, runIds: number[]) {
  return db
    .selectFrom("evaluations")
    .where("experiment_id", "=", experimentId)
    .where(sql<boolean>`experiment_run_id = any(${runIds}::bigint[])`)
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
