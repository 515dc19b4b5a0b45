/** After any history, of requests at the same time as others, what is kept of datasets and experiments is what a count finds. */
import { connect, recount } from "@assay/server";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { evaluationOf, runOf } from "../src/given.ts";
import { type Answer, useService } from "../src/service.ts";
import { examplesOf, newName, upload } from "../src/uploads.ts";

const service = useService();
let db: ReturnType<typeof connect>;
beforeAll(() => {
  db = connect({ connection: service.connection, poolSize: 1, statementTimeout: 30_000 });
});
afterAll(() => db.destroy());

/** The ids of what a history has made so far: also of what it has deleted, to name that again. */
interface World {
  name: string;
  dataset: string;
  examples: string[];
  splits: string[];
  experiments: string[];
  runs: string[];
}

const small = fc.nat(5);
const error = fc.constantFrom(null, null, "no");
const names = ["exact", "tone"];
const evaluation = fc.record({ run: fc.nat(20), name: fc.constantFrom(...names), error });
const run = fc.record({
  example: small,
  repetition_number: fc.integer({ min: 1, max: 3 }),
  error,
  evaluated: fc.subarray(names),
});
type Run = typeof run extends fc.Arbitrary<infer Value> ? Value : never;
type Evaluation = typeof evaluation extends fc.Arbitrary<infer Value> ? Value : never;

const nth = (list: string[], n: number) => list[n % Math.max(list.length, 1)] ?? "none";
const bodyOfRun = ({ examples }: World, { example, evaluated, ...fields }: Run) => {
  const evaluations = evaluated.map((name) => ({ ...evaluationOf("", name), experiment_run_id: undefined }));
  return runOf(nth(examples, example), { ...fields, evaluations });
};
const bodyOfEvaluation = ({ runs }: World, { run, name, error }: Evaluation) =>
  evaluationOf(nth(runs, run), name, { error });

/** What a request of each kind is made of. */
const given = {
  upload: fc.record({
    action: fc.constantFrom("append", "update"),
    example_ids: fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: 1 }),
    splits: fc.option(fc.subarray(["x", "y"]), { nil: undefined }),
  }),
  deleteExample: small,
  createSplit: fc.uniqueArray(small),
  updateSplit: fc.record({ split: small, add: fc.uniqueArray(small), remove: fc.uniqueArray(small) }),
  deleteSplit: small,
  createExperiment: fc.record({
    repetitions: fc.integer({ min: 1, max: 3 }),
    splits: fc.array(small, { maxLength: 1 }),
  }),
  deleteExperiment: small,
  createRun: fc.record({ experiment: small, run }),
  createRuns: fc.record({
    experiment: small,
    atomic: fc.boolean(),
    runs: fc.array(run, { minLength: 4, maxLength: 8 }),
  }),
  evaluate: evaluation,
  evaluateMany: fc.record({ atomic: fc.boolean(), evaluations: fc.array(evaluation, { minLength: 1, maxLength: 8 }) }),
};
type Given = { [Kind in keyof typeof given]: (typeof given)[Kind] extends fc.Arbitrary<infer Value> ? Value : never };

const requests: { [Kind in keyof Given]: (world: World, given: Given[Kind]) => Promise<Answer> } = {
  upload: ({ name }, { example_ids, splits, ...body }) =>
    service.post("/v1/datasets/upload?sync=true", {
      name,
      inputs: example_ids.map((id) => ({ id })),
      example_ids,
      ...(splits && { splits: example_ids.map(() => splits.map((split) => `${name} ${split}`)) }),
      ...body,
    }),
  deleteExample: ({ dataset, examples }, n) => service.delete(`/v1/datasets/${dataset}/examples/${nth(examples, n)}`),
  createSplit: async ({ dataset, examples, splits }, members) => {
    const example_ids = [...new Set(members.map((n) => nth(examples, n)))];
    const answer = await service.post(`/v1/datasets/${dataset}/splits`, { name: newName(), example_ids });
    splits.push(...idIn(answer));
    return answer;
  },
  updateSplit: ({ dataset, examples, splits }, { split, add, remove }) =>
    service.patch(`/v1/datasets/${dataset}/splits/${nth(splits, split)}`, {
      add_example_ids: add.map((n) => nth(examples, n)),
      remove_example_ids: remove.map((n) => nth(examples, n)),
    }),
  deleteSplit: ({ dataset, splits }, n) => service.delete(`/v1/datasets/${dataset}/splits/${nth(splits, n)}`),
  createExperiment: async ({ dataset, splits, experiments }, { repetitions, splits: wanted }) => {
    const body = { repetitions, splits: wanted.map((n) => nth(splits, n)) };
    const answer = await service.post(`/v1/datasets/${dataset}/experiments`, body);
    experiments.push(...idIn(answer));
    return answer;
  },
  deleteExperiment: ({ experiments }, n) => service.delete(`/v1/experiments/${nth(experiments, n)}`),
  createRun: async (world, { experiment, run }) => {
    const path = `/v1/experiments/${nth(world.experiments, experiment)}/runs`;
    const answer = await service.post(path, bodyOfRun(world, { ...run, evaluated: [] }));
    world.runs.push(...idIn(answer));
    return answer;
  },
  createRuns: async (world, { experiment, atomic, runs }) => {
    const path = `/v1/experiments/${nth(world.experiments, experiment)}/runs/batch?atomic=${atomic}`;
    const answer = await service.post(path, { runs: runs.map((each) => bodyOfRun(world, each)) });
    if (answer.status === 200) world.runs.push(...answer.body.data.flatMap(({ id }: { id?: string }) => id ?? []));
    return answer;
  },
  evaluate: (world, each) => service.post("/v1/experiment_evaluations", bodyOfEvaluation(world, each)),
  evaluateMany: (world, { atomic, evaluations }) =>
    service.post(`/v1/experiment_evaluations/batch?atomic=${atomic}`, {
      evaluations: evaluations.map((each) => bodyOfEvaluation(world, each)),
    }),
};

const idIn = ({ status, body }: Answer): string[] => (status < 300 ? [body.data.id] : []);

/** A request, by the kind of it. */
type Step = { [Kind in keyof Given]: [Kind, Given[Kind]] }[keyof Given];
const send = <Kind extends keyof Given>(world: World, [kind, value]: [Kind, Given[Kind]]) =>
  requests[kind](world, value);

async function givenWorld(): Promise<World> {
  const name = newName();
  const { id: dataset } = await upload(service, name, { inputs: [{}, {}, {}], example_ids: ["a", "b", "c"] });
  const world: World = { name, dataset, examples: [], splits: [], experiments: [], runs: [] };
  await learnExamples(world);
  await send(world, ["createSplit", [0, 1]]);
  await send(world, ["createExperiment", { repetitions: 2, splits: [] }]);
  await send(world, [
    "createRun",
    { experiment: 0, run: { example: 0, repetition_number: 1, error: "no", evaluated: [] } },
  ]);
  return world;
}

async function learnExamples(world: World): Promise<void> {
  const live = (await examplesOf(service, world.dataset)).map(({ node_id }) => node_id);
  world.examples = [...new Set([...world.examples, ...live])];
}

/** What each example of an experiment lacks, as its snapshot and its runs have it. */
async function missingIn(experimentId: string): Promise<[example: string, repetitions: number[]][]> {
  const { rows } = await service.database.query(
    `select 'DatasetExample:' || example_id as example, array(
       select number from generate_series(1, repetitions) as number where not exists (
         select from experiment_runs as runs where runs.experiment_id = experiments.id and runs.example_id = experiment_examples.example_id
           and repetition_number = number and error is null
       ) order by number
     ) as missing
     from experiments join experiment_examples on experiment_examples.experiment_id = experiments.id
     where experiments.id = $1 order by example_id`,
    [Buffer.from(experimentId, "base64").toString().split(":")[1]],
  );
  return rows.flatMap(({ example, missing }) => (missing.length > 0 ? [[btoa(example), missing]] : []));
}

test("whatever is written, by however many at once, counts are those of the rows", async () => {
  const often = new Set(["createRun", "createRuns", "evaluateMany"]);
  const step = fc.oneof(
    ...Object.entries(given).map(([kind, value]) => ({
      weight: often.has(kind) ? 4 : 1,
      arbitrary: fc.tuple(fc.constant(kind), value as fc.Arbitrary<unknown>),
    })),
  ) as fc.Arbitrary<Step>; // each kind with what is given for it
  const history = fc.array(fc.array(step, { minLength: 3, maxLength: 6 }), { minLength: 3, maxLength: 8 });
  const written = { successful: 0, failed: 0, splits: 0 };
  await fc.assert(
    fc.asyncProperty(history, async (history) => {
      const world = await givenWorld();
      for (const steps of history) {
        const answers = await Promise.all(steps.map((each) => send(world, each)));
        for (const { status, text } of answers) expect(status, text).toBeLessThan(500);
        await learnExamples(world);
      }
      const wrong = [];
      for await (const count of recount(db)) wrong.push(count);
      expect(wrong).toEqual([]);
      for (const id of world.experiments) {
        const { status, body } = await service.get(`/v1/experiments/${id}/incomplete-runs`);
        if (status === 404) continue; // it has been deleted
        const listed = body.data.map((each: { dataset_example: { node_id: string }; repetition_numbers: number[] }) => [
          each.dataset_example.node_id,
          each.repetition_numbers,
        ]);
        expect(listed).toEqual(await missingIn(id));
        const { data } = (await service.get(`/v1/experiments/${id}`)).body;
        written.successful += data.successful_run_count;
        written.failed += data.failed_run_count;
      }
      written.splits += (await service.get(`/v1/datasets/${world.dataset}/splits`)).body.data.length;
    }),
    { numRuns: 10, endOnFailure: true }, // a shorter history that fails by the same race is not to be found
  );
  // Or the histories would have been of refusals.
  for (const [what, count] of Object.entries(written)) expect(count, what).toBeGreaterThan(0);
}, 120_000);
