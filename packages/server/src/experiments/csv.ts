/** The runs of an experiment as CSV. */
import { type Kysely, sql } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { cellOf, csvCell, csvLine, csvOf } from "../csv.ts";
import { completed, csvCells, csvNumber, csvObject, csvText, pages, wireId, wireTime } from "../db/wire.ts";
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
];

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
  let headed = false;
  let evaluationsOfRun = unknownCharacters;
  const charactersOf = (run: RunForCsv) =>
    run.before_output.length + run.output.text.length + run.after_output.length + evaluationsOfRun;
  const complete = async (runs: RunForCsv[]) => {
    const evaluations = await readEvaluationsForCsv(db, experimentId, runs, spreadsheet);
    evaluationsOfRun = evaluations.reduce((sum, { cells }) => sum + cells.length, 0) / runs.length;
    return { runs: await withTokenCounts(db, runs, within), evaluations: byNameAndRun(evaluations) };
  };
  const all = pages((after, size) => runsForCsv(db, experimentId, after, size, spreadsheet), charactersOf);
  for await (const { runs, evaluations } of completed(all, complete, () => isThere(db, experimentId))) {
    if (!headed) yield csvLine(header, spreadsheet);
    headed = true;
    const ofNames = names.map((name) => evaluations.get(name));
    yield* csvOf(runs, header.length, (run) => {
      const output = csvCell(cellOf(run.output.text), spreadsheet);
      const cells = [run.before_output, output, run.after_output, run.prompt_token_count, run.completion_token_count];
      return `${[...cells, ...ofNames.map((ofName) => ofName?.get(run.id) ?? noEvaluation)].join(",")}\n`;
    });
  }
}

type RunForCsv = Awaited<ReturnType<typeof runsForCsv>>[number];

const noEvaluation = ",".repeat(evaluationColumns.length - 1);

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

function runsForCsv(
  db: Kysely<DB>,
  experimentId: number,
  after: Position | undefined,
  size: number,
  spreadsheet: boolean,
) {
  return runsAfter(db, experimentId, after, size)
    .select(({ ref }) => [
      "experiment_runs.id",
      "experiment_runs.trace_id",
      csvCells(
        wireId("DatasetExample", ref("experiment_runs.example_id")),
        ref("experiment_runs.repetition_number"),
        csvObject(ref("example_revisions.input")),
        csvObject(ref("example_revisions.output")),
      ).as("before_output"),
      "experiment_runs.output",
      csvCells(
        csvObject(ref("example_revisions.metadata")),
        csvText(ref("experiment_runs.error"), spreadsheet),
        csvNumber(latency, spreadsheet),
        wireTime(ref("experiment_runs.start_time")),
        wireTime(ref("experiment_runs.end_time")),
        csvText(ref("experiment_runs.trace_id"), spreadsheet),
      ).as("after_output"),
    ])
    .execute();
}

function byNameAndRun(evaluations: Awaited<ReturnType<typeof readEvaluationsForCsv>>) {
  const byName = new Map<string, Map<number, string>>();
  for (const { name, experiment_run_id, cells } of evaluations) {
    const ofName = byName.get(name);
    if (ofName) ofName.set(experiment_run_id, cells);
    else byName.set(name, new Map([[experiment_run_id, cells]]));
  }
  return byName;
}

/** The cells of each evaluation, in the order of `evaluationColumns`. */
function readEvaluationsForCsv(db: Kysely<DB>, experimentId: number, runs: RunForCsv[], spreadsheet: boolean) {
  return evaluationsOf(db, experimentId, runs)
    .select(({ ref }) => [
      "experiment_run_id",
      "name",
      csvCells(
        csvText(ref("label"), spreadsheet),
        csvNumber(ref("score"), spreadsheet),
        csvText(ref("explanation"), spreadsheet),
        csvObject(ref("metadata")),
        ref("annotator_kind"),
        csvText(ref("trace_id"), spreadsheet),
        csvText(ref("error"), spreadsheet),
        wireTime(ref("start_time")),
        wireTime(ref("end_time")),
      ).as("cells"),
    ])
    .execute();
}
