/** Whatever runs and evaluations there are, and whatever is asked for: the answer is what a simple model in memory has. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluationOf, givenExperiment, givenRun, runOf } from "../src/given.ts";
import { idOf } from "../src/requests.ts";
import { useService } from "../src/service.ts";

const service = useService();

interface Evaluation {
  name: string;
  annotator_kind: string;
  label: string | null;
  score: number | null;
  error: string | null;
}

/** A run that is to be recorded: where it belongs, and what evaluators say of it. */
interface Run {
  example: number;
  repetition_number: number;
  error: string | null;
  evaluations: Evaluation[];
}

const names = ["accuracy", "it's (v2), a+b", "tone"];
const errors = fc.constantFrom(null, null, "", "no");
const kinds = fc.constantFrom<string[]>("CODE", "LLM", "HUMAN");
const labels = fc.constantFrom("good", "bad", "");
const scores = fc.constantFrom(-1e308, -1, 0, 0.1, 0.5, 1, 1e308);

const evaluations: fc.Arbitrary<Evaluation> = fc.record({
  name: fc.constantFrom(...names),
  annotator_kind: kinds,
  label: fc.option(labels),
  score: fc.option(scores),
  error: errors,
});
const runs: fc.Arbitrary<Run[]> = fc.uniqueArray(
  fc.record({
    example: fc.nat(3),
    repetition_number: fc.integer({ min: 1, max: 3 }),
    error: errors,
    evaluations: fc.uniqueArray(evaluations, { selector: ({ name }) => name }),
  }),
  { selector: ({ example, repetition_number }) => `${example} ${repetition_number}`, minLength: 1 },
);

/** What the list of runs has of them, with their evaluations in it, in the order of that list. */
async function givenRuns(recorded: Run[]) {
  const { id, exampleIds } = await givenExperiment(service, 4, { repetitions: 3 });
  const all = [];
  for (const { example, evaluations, ...fields } of recorded) {
    const runId = await givenRun(service, id, exampleIds[example], fields);
    const said = [];
    for (const { name, annotator_kind, label, score, error } of evaluations) {
      const body = evaluationOf(runId, name, { annotator_kind, result: { label, score }, error });
      const { data } = (await service.post("/v1/experiment_evaluations", body)).body;
      said.push({ id: data.id, experiment_run_id: runId, name, annotator_kind, label, score, error });
    }
    all.push({ id: runId, ...runOf(exampleIds[example], fields), ...fields, evaluations: said });
  }
  return { id, exampleIds, runs: all };
}

type World = Awaited<ReturnType<typeof givenRuns>>;

/** Query parameters; a list is repeated. */
type Query = Record<string, string | number | boolean | string[] | undefined>;

function search(query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    values === undefined ? [] : [values].flat().map((value): [string, string] => [name, String(value)]),
  );
  return String(new URLSearchParams(pairs));
}

/** All rows of a list, which must be the same in pages of any size. */
async function read(path: string, query: Query, limit: number) {
  const whole = await service.get(`${path}?${search({ ...query, limit: 1000 })}`);
  expect(whole.status, whole.text).toBe(200);
  const paged: unknown[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { body } = await service.get(`${path}?${search({ ...query, limit, cursor })}`);
    expect(body.data.length).toBe(body.next_cursor === null ? body.data.length : limit);
    paged.push(...body.data);
    cursor = body.next_cursor;
  }
  expect(paged).toEqual(whole.body.data);
  return whole.body.data;
}

interface Range {
  label?: string[];
  min_score?: number;
  max_score?: number;
}

/** Whether an evaluation says what a query asks for, as far as that does. */
const fits = ({ label, score }: Evaluation, { label: labels, min_score, max_score }: Range) =>
  (labels === undefined || (label !== null && labels.includes(label))) &&
  (min_score === undefined || (score !== null && score >= min_score)) &&
  (max_score === undefined || (score !== null && score <= max_score));

const range = {
  label: fc.array(labels, { minLength: 1, maxLength: 2 }),
  min_score: scores,
  max_score: scores,
};
const limits = fc.integer({ min: 1, max: 5 });
/** Of whom: one of the experiment's, by its place, or one that is of none. */
const places = fc.integer({ min: -1, max: 3 });

/** A few of these: of all at once hardly anything would be left. */
function someOf<Filter extends object>(filters: { [Name in keyof Filter]: fc.Arbitrary<Filter[Name]> }) {
  const names = fc.subarray(Object.keys(filters), { maxLength: 3 });
  return fc
    .tuple(fc.record(filters), names)
    .map(([all, names]) => Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name))))
    .map((some) => some as Partial<Filter>); // each is there under its name, or not at all
}

async function agree<Filter extends object>(
  filters: fc.Arbitrary<Filter>,
  check: (world: World, filter: Filter, limit: number) => Promise<void>,
) {
  const asked = fc.array(fc.tuple(filters, limits), { minLength: 15, maxLength: 15 });
  const property = fc.asyncProperty(runs, asked, async (recorded, all) => {
    const world = await givenRuns(recorded);
    for (const [filter, limit] of all) await check(world, filter, limit);
  });
  await fc.assert(property, { numRuns: 12, interruptAfterTimeLimit: 20_000 }); // or to shrink takes too long to say what fails
}

describe("listExperimentRuns", () => {
  const ofRuns = someOf({ error: fc.boolean(), example: places, repetition_number: fc.integer({ min: 1, max: 4 }) });
  const ofEvaluations = fc
    .tuple(fc.constantFrom(...names, "other"), someOf(range))
    .map(([evaluation_name, range]) => ({ evaluation_name, ...range }));
  const filters = fc.tuple(ofRuns, fc.option(ofEvaluations, { nil: undefined }));

  test("200: those that fit every filter, newest first, in pages or all at once, with their evaluations or without", async () => {
    await agree(filters, async (world, [{ example, ...filter }, ofEvaluation], limit) => {
      const dataset_example_id =
        example === undefined ? undefined : (world.exampleIds[example] ?? idOf("DatasetExample", 999_999));
      const query = { ...filter, ...ofEvaluation, dataset_example_id };
      const expected = world.runs
        .filter(
          (run) =>
            (filter.error === undefined || (run.error !== null) === filter.error) &&
            (example === undefined || run.dataset_example_id === dataset_example_id) &&
            (filter.repetition_number === undefined || run.repetition_number === filter.repetition_number) &&
            (ofEvaluation === undefined ||
              run.evaluations.some((each) => each.name === ofEvaluation.evaluation_name && fits(each, ofEvaluation))),
        )
        .toReversed();
      const path = `/v1/experiments/${world.id}/runs`;
      const found = await read(path, query, limit);
      expect(found.map(({ id }: { id: string }) => id)).toEqual(expected.map(({ id }) => id));
      expect((await service.get(`${path}?${search(query)}`)).body.data).toEqual(found);
      const withEvaluations = await read(path, { ...query, include: ["evaluations"] }, limit);
      expect(withEvaluations).toMatchObject(expected.map(({ id, evaluations }) => ({ id, evaluations })));
    });
  });
});

describe("listExperimentEvaluations", () => {
  const filters = someOf({
    name: fc.array(fc.constantFrom(...names, "other"), { minLength: 1, maxLength: 3 }),
    annotator_kind: fc.array(kinds, { minLength: 1, maxLength: 2 }),
    error: fc.boolean(),
    run: places,
    example: places,
    ...range,
  });

  test("200: those that fit every filter, in the order of runs and names", async () => {
    await agree(filters, async (world, { run, example, ...filter }, limit) => {
      const dataset_example_id =
        example === undefined ? undefined : (world.exampleIds[example] ?? idOf("DatasetExample", 999_999));
      const experiment_run_id = run === undefined ? undefined : (world.runs[run]?.id ?? idOf("ExperimentRun", 999_999));
      const expected = world.runs
        .filter((each) => example === undefined || each.dataset_example_id === dataset_example_id)
        .flatMap(({ evaluations }) => evaluations.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
        .filter(
          (each) =>
            (filter.name === undefined || filter.name.includes(each.name)) &&
            (filter.annotator_kind === undefined || filter.annotator_kind.includes(each.annotator_kind)) &&
            (filter.error === undefined || (each.error !== null) === filter.error) &&
            (run === undefined || each.experiment_run_id === experiment_run_id) &&
            fits(each, filter),
        );
      const path = `/v1/experiments/${world.id}/evaluations`;
      const found = await read(path, { ...filter, dataset_example_id, experiment_run_id }, limit);
      expect(found).toMatchObject(expected);
    });
  });
});
