/** What is measured of an experiment is kept, whatever else changes, and measured anew once it has changed itself. */
import { beforeEach, expect, test } from "vitest";
import { MeasuredExperiments } from "../src/comparisons/measured-experiments.ts";
import { Workers } from "../src/comparisons/workers.ts";
import { inTransaction } from "../src/db/transaction.ts";
import { evaluationRecorder } from "../src/evaluations/record.ts";
import { recountExperiment } from "../src/experiments/recount.ts";
import { rowidWithin } from "../src/id.ts";
import { runRecorder } from "../src/runs/record.ts";
import { useFilled } from "./rows-read.ts";

const experiment = 1;
const filled = useFilled(`
  insert into datasets (name) values ('d'); insert into dataset_versions (dataset_id) values (1);
  insert into experiments (dataset_id, dataset_version_id, name, repetitions, metadata) values (1, 1, 'e', 9, '{}');
  insert into experiment_counters (experiment_id, examples) values (${experiment}, 1);
  insert into experiment_examples values (${experiment}, 1, 1);
  insert into incomplete_examples values (${experiment}, 1, 9);`);

const times = { trace_id: null, start_time: "2026-11-26 09:00Z", end_time: "2026-11-26 09:01Z" };
let repetition_number = 0;
async function record() {
  const run = { ...times, example_id: 1, repetition_number: ++repetition_number, output: "1", error: null };
  expect(await runRecorder(filled.db()).add(experiment, run)).toMatchObject({ outcome: "created" });
}
async function evaluate(name: string, score: number) {
  const fields = {
    name,
    score,
    annotator_kind: "CODE",
    label: null,
    explanation: null,
    error: null,
    metadata: "{}",
  } as const;
  const evaluation = { ...times, ...fields, experiment_run_id: rowidWithin(experiment, 1) };
  expect(await evaluationRecorder(filled.db()).add(experiment, evaluation)).toBeDefined();
}

const workers = new Workers();
let measurements: MeasuredExperiments;
const measure = async (only?: string[]) =>
  await measurements.measuredOf(await measurements.currentOf(experiment, only), only);
let before: Awaited<ReturnType<typeof measure>>;
beforeEach(async () => {
  measurements = new MeasuredExperiments(filled.db(), workers);
  await record();
  await evaluate("exact", 0.5);
  await evaluate("tone", 0.5);
  before = await measure();
});

const namesOf = ({ evaluations }: typeof before) => evaluations.map(({ name }) => name);

test("an evaluation changes those of its name", async () => {
  const states = () =>
    Promise.all(
      [undefined, ["exact"], ["tone"]].map(async (only) => (await measurements.currentOf(experiment, only)).state),
    );
  const [seen, seenOfExact, seenOfTone] = await states();
  await evaluate("tone", 0.25);
  const after = await measure();
  const [state, ofExact, ofTone] = await states();
  expect([state === seen, ofExact === seenOfExact, ofTone === seenOfTone]).toEqual([false, true, false]);
  expect([namesOf(before), namesOf(after)]).toEqual([
    ["exact", "tone"],
    ["exact", "tone"],
  ]);
  expect(after.latency).toBe(before.latency);
  expect(after.evaluations[0]).toBe(before.evaluations[0]);
  expect([before, after].map(({ evaluations }) => evaluations[1]?.total.value)).toEqual([0.5, 0.25]);
});

test("what was written past the counts is seen once these are mended", async () => {
  await filled.client.query(`
    update evaluations set score = 0.125 where name = 'tone'; update evaluation_counters set evaluations = 7 where name = 'tone'`);
  const seen = await measurements.currentOf(experiment);
  await inTransaction(filled.db(), (trx) => recountExperiment(trx, experiment));
  expect((await measurements.currentOf(experiment)).state).not.toBe(seen.state);
  expect((await measure()).evaluations.map(({ total }) => total.value)).toEqual([0.5, 0.125]);
});

test("a run changes no evaluation", async () => {
  await record();
  const after = await measure();
  expect(after.latency.distribution?.count).toBe((before.latency.distribution?.count ?? 0) + 1);
  for (const [index, each] of before.evaluations.entries()) expect(after.evaluations[index]).toBe(each);
});

test("what is asked for alone is what it is among others, and is kept with them", async () => {
  expect((await measure(["tone", "unheard of"])).evaluations).toEqual([before.evaluations[1]]);
  await evaluate("tone", 0.75);
  const [tone] = (await measure(["tone"])).evaluations;
  expect(tone?.total.value).toBe(0.75);
  expect((await measure()).evaluations).toEqual([before.evaluations[0], tone]);
  expect((await measure()).evaluations[1]).toBe(tone);
});
