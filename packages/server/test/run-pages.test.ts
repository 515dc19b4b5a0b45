/**
 * What is read to answer for the runs and evaluations of an experiment: a page costs a page where there is an index for it, and never more than
 * the experiment has, also of one that is small or that the planner does not know of yet.
 */
import { describe, expect, test } from "vitest";
import { readEvaluations } from "../src/evaluations/queries.ts";
import { rowidWithin } from "../src/id.ts";
import type { RunFilter } from "../src/runs/filter.ts";
import { readIncompleteRuns, readRuns } from "../src/runs/queries.ts";
import { useFilled } from "./rows-read.ts";

const [old, ...others] = [1, 2, 3, 4, 5, 6];
const [recent, small] = [7, 8];
const examplesOf = (experiment: number) => (experiment === small ? 50 : 1000);
const repetitions = 3;
const names = ["accuracy", "tone"];

/** On every hundredth example the task and the evaluators fail; scores are spread evenly from 0 to 1. */
const insertRuns = (experiment: number) => `
  insert into experiments (dataset_id, dataset_version_id, name, repetitions, metadata) values (1, 1, 'e', ${repetitions}, '{}');
  insert into experiment_examples select ${experiment}, id, id from generate_series(1, ${examplesOf(experiment)}) as id;
  insert into incomplete_examples select ${experiment}, id * 100, ${repetitions} from generate_series(1, ${examplesOf(experiment)} / 100) as id;
  insert into experiment_runs (experiment_id, id, example_id, repetition_number, output, error, start_time, end_time)
  select ${experiment}, (${experiment}::bigint << 27) + row_number() over (order by repetition, example_id), example_id, repetition, '1',
    case when example_id % 100 = 0 then 'no' end, now(), now()
  from experiment_examples, generate_series(1, ${repetitions}) as repetition where experiment_id = ${experiment};
  insert into evaluations (experiment_id, id, experiment_run_id, name, annotator_kind, score, error, metadata, start_time, end_time)
  select ${experiment}, (${experiment}::bigint << 27) + row_number() over (), id, name, 'CODE', example_id * 7919 % 1000 / 1000.0,
    error, '{}', now(), now()
  from experiment_runs, unnest(array['${names.join("','")}']) as name where experiment_id = ${experiment};`;

const fill = (analysed: (experiment: number) => boolean) => `
  alter table experiment_runs set (autovacuum_enabled = off); alter table evaluations set (autovacuum_enabled = off);
  insert into datasets (name) values ('d'); insert into dataset_versions (dataset_id) values (1);
  ${[old, ...others, recent, small].map((each) => insertRuns(each) + (analysed(each) ? "analyze experiment_runs, evaluations;" : "")).join("")}`;

const size = 50;
/** The rows of a page and one more; some to spare. */
const aPage = 1.5 * (size + 1);

describe.each([
  ["an experiment", old],
  ["a newer one", recent],
  ["a small one", small],
])("of %s", (_, experimentId) => {
  const runs = repetitions * examplesOf(experimentId);
  const middle = rowidWithin(experimentId, runs / 2);

  describe.each([
    ["in a database that has been analysed", () => true],
    ["in one that has been before the newer ones were made", (each: number) => each !== recent && each !== small],
    ["in one that has not been", () => false],
  ])("%s", (_, analysed) => {
    const { rowsRead, rowsToRemove } = useFilled(fill(analysed));
    const all = runs * (1 + names.length);
    const itself = 1; // whether it is there
    const bound = (rows: number) =>
      itself + (analysed(experimentId) && experimentId !== small ? rows : Math.max(rows, all));

    test("to remove it costs what goes, not what went before or is of others", async () => {
      const removal = { kind: "experiment", rowid: experimentId } as const;
      for (const after of [undefined, [middle, "accuracy"]])
        expect(await rowsToRemove(removal, { step: 0, after })).toBeLessThanOrEqual(bound(1.1 * (2 * 2000)));
    });

    describe("a page of runs", () => {
      const read = (filter: RunFilter, from?: number, withEvaluations = false) =>
        rowsRead((db) =>
          readRuns(db, { experimentId, filter, withEvaluations, withTokens: false, within: undefined }, from, size),
        );

      test.each<[string, RunFilter, number]>([
        ["without a filter", {}, aPage],
        ["of those that succeeded", { failed: false }, 1.1 * aPage],
        ["of those that failed", { failed: true }, aPage],
        ["of an example", { exampleId: 7 }, repetitions],
        ["of an example that has none", { exampleId: 0 }, 0],
        ["of a repetition: those of others are passed over", { repetitionNumber: 1 }, runs],
        ["with an evaluation: a look-up for each", { evaluation: { name: "tone" } }, 2 * aPage],
        ["with a frequent score", { evaluation: { name: "tone", minScore: 0.5 } }, 4 * aPage],
        ["with a score that none has: a look-up for each", { evaluation: { name: "tone", minScore: 2 } }, 2 * runs],
      ])("%s", async (_, filter, rows) => {
        expect(await read(filter)).toBeLessThanOrEqual(bound(rows));
        expect(await read(filter, middle)).toBeLessThanOrEqual(bound(rows));
      });

      test("with their evaluations: and those", async () => {
        expect(await read({}, undefined, true)).toBeLessThanOrEqual(bound(3 * aPage));
        expect(await read({}, middle, true)).toBeLessThanOrEqual(bound(3 * aPage));
      });
    });

    test("a page of examples that lack runs: those alone", async () => {
      const read = rowsRead((db) => readIncompleteRuns(db, { id: experimentId, repetitions }, undefined, size));
      expect(await read).toBeLessThanOrEqual(1 + examplesOf(experimentId) / 100); // and the experiment
    });

    describe("a page of evaluations", () => {
      const read = (filter: object, from?: [number, number]) =>
        rowsRead((db) => readEvaluations(db, { experimentId, ...filter }, from, size));

      test.each([
        ["without a filter", {}, aPage],
        ["of a name", { names: ["tone"] }, 2 * aPage],
        ["of a name that none has", { names: ["other"] }, 0],
        ["of those that failed", { failed: true }, aPage],
        ["of those of a name that failed", { failed: true, names: ["tone"] }, 2 * aPage],
        ["of a run", { runId: middle }, names.length],
        ["of a run of another experiment", { runId: rowidWithin(9, 1) }, 0],
        ["of an example", { exampleId: 7 }, repetitions * (1 + names.length)],
        ["of a frequent score", { names: ["tone"], minScore: 0.5 }, 4 * aPage],
        ["of a score that none has: all of its", { minScore: 2 }, runs * names.length],
      ])("%s", async (_, filter, rows) => {
        expect(await read(filter)).toBeLessThanOrEqual(bound(rows));
        expect(await read(filter, [middle, 2 * middle])).toBeLessThanOrEqual(bound(rows + names.length)); // and those of the first run
      });
    });
  });
});
