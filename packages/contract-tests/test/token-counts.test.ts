/** The tokens that a run took, from the spans of its trace: in the exports of its experiment, in the list of its runs and by itself. */
import { describe, expect, test } from "vitest";
import {
  type GivenExperiment,
  givenExperiment,
  givenRun,
  givenSpans,
  newProject,
  newSpanId,
  newTraceId,
  type SpanToExport,
} from "../src/given.ts";
import { useService } from "../src/service.ts";

const service = useService();

type Tokens = [prompt: number | null, completion: number | null];
interface Run {
  prompt_token_count: number | null;
  completion_token_count: number | null;
}
const tokensIn = (run: Run): Tokens => [run.prompt_token_count, run.completion_token_count];

/** The tokens of an experiment's runs, of which there is one for each example, as JSON has them; wherever else they are told, they are the same. */
async function tokensOf({ id }: GivenExperiment): Promise<Tokens[]> {
  const json = await service.get(`/v1/experiments/${id}/json`);
  expect(json.status, json.text).toBe(200);
  const tokens: Tokens[] = json.body.map(tokensIn);
  const exported = new Map(json.body.map((run: Run & { example_id: string }) => [run.example_id, tokensIn(run)]));
  const runs = `/v1/experiments/${id}/runs`;
  for (const limit of ["", "&limit=1000"]) {
    const listed = (await service.get(`${runs}?include=token_counts${limit}`)).body.data;
    const alone = await Promise.all(
      listed.map(async (run: { id: string }) => (await service.get(`${runs}/${run.id}`)).body.data),
    );
    for (const told of [listed, alone])
      expect(
        new Map(told.map((run: Run & { dataset_example_id: string }) => [run.dataset_example_id, tokensIn(run)])),
      ).toEqual(exported);
  }
  const { text } = await service.get(`/v1/experiments/${id}/csv`);
  const lines = text.trimEnd().split("\n").slice(1);
  expect(lines.map((line) => line.split(",").slice(-2))).toEqual(
    tokens.map((counts) => counts.map((count) => String(count ?? ""))),
  );
  return tokens;
}

/** A call to a model that took so many tokens; with null, one that does not say. */
function call(prompt: number | null, completion: number | null, span: SpanToExport = {}): SpanToExport {
  return {
    kind: "LLM",
    ...span,
    attributes: {
      ...(prompt !== null && { "llm.token_count.prompt": prompt }),
      ...(completion !== null && { "llm.token_count.completion": completion }),
    },
  };
}

/** What the exports say of a run whose trace has these spans. */
async function tokensOfTrace(spans: SpanToExport[]) {
  const experiment = await givenExperiment(service);
  const trace_id = newTraceId();
  await givenRun(service, experiment.id, experiment.exampleIds[0], { trace_id });
  await givenSpans(
    service,
    newProject(),
    spans.map((span) => ({ ...span, traceId: trace_id })),
  );
  return (await tokensOf(experiment))[0];
}

describe("getExperimentJSON, getExperimentCSV, listExperimentRuns and getExperimentRun", () => {
  test("200: the tokens of each run, whether its spans came before it or after, and however often", async () => {
    const experiment = await givenExperiment(service, 4);
    const [before, after, silent] = [newTraceId(), newTraceId(), newTraceId()];
    const project = newProject();
    await givenSpans(service, project, [{ traceId: before }, call(10, 1, { traceId: before })]);
    const traceIds = [before, after, silent, null];
    for (const [index, trace_id] of traceIds.entries()) {
      await givenRun(service, experiment.id, experiment.exampleIds[index], { trace_id });
    }
    const none = [null, null];
    expect(await tokensOf(experiment)).toEqual([[10, 1], none, none, none]);
    const late = [call(20, 2, { traceId: after, spanId: newSpanId() }), { traceId: silent }];
    for (let n = 0; n < 3; n++) await givenSpans(service, project, late);
    expect(await tokensOf(experiment)).toEqual([[10, 1], [20, 2], none, none]);
  });

  test("200: a run that is recorded again has those of its new trace", async () => {
    const experiment = await givenExperiment(service);
    const [first, second] = [newTraceId(), newTraceId()];
    await givenSpans(service, newProject(), [call(10, 1, { traceId: first }), call(20, 2, { traceId: second })]);
    await givenRun(service, experiment.id, experiment.exampleIds[0], { trace_id: first, error: "no" });
    await givenRun(service, experiment.id, experiment.exampleIds[0], { trace_id: second });
    expect(await tokensOf(experiment)).toEqual([[20, 2]]);
  });

  test("200: without the spans they are gone", async () => {
    const experiment = await givenExperiment(service);
    const [trace_id, project] = [newTraceId(), newProject()];
    await givenRun(service, experiment.id, experiment.exampleIds[0], { trace_id });
    await givenSpans(service, project, [call(10, 1, { traceId: trace_id })]);
    await service.delete(`/v1/projects/${encodeURIComponent(project)}`);
    expect(await tokensOf(experiment)).toEqual([[null, null]]);
  });

  test.each(["", "nonsense", "0AF7651916CD43DD8448EB211C80319C", "0".repeat(32), `${"a".repeat(40)}`])(
    "200: the trace id %j has none",
    async (trace_id) => {
      const experiment = await givenExperiment(service);
      await givenRun(service, experiment.id, experiment.exampleIds[0], { trace_id });
      expect(await tokensOf(experiment)).toEqual([[null, null]]);
    },
  );
});

describe("the tokens of a trace", () => {
  const ids = Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [name, newSpanId()]));
  const at = (name: string, parent?: string): SpanToExport => ({
    spanId: ids[name] ?? "",
    ...(parent && { parentSpanId: ids[parent] ?? newSpanId() }),
  });

  test.each<[string, SpanToExport[], [number | null, number | null]]>([
    ["are the sums of its calls", [at("a"), call(10, 1, at("b", "a")), call(20, 2, at("c", "a"))], [30, 3]],
    ["are null where no call says", [call(10, null), call(20, null)], [30, null]],
    ["may be none", [call(0, 0)], [0, 0]],
    [
      "are not what a step repeats of its calls",
      [{ ...call(10, 1, at("a")), kind: "AGENT" }, call(10, 1, at("b", "a"))],
      [10, 1],
    ],
    [
      "are not what a step says of itself",
      [
        { ...call(10, 1), kind: "CHAIN" },
        { ...call(5, 5), kind: "EMBEDDING" },
      ],
      [null, null],
    ],
    [
      "are not what a call repeats of the calls in it",
      [call(30, 3, at("a")), call(10, 1, at("b", "a")), call(20, 2, at("c", "a"))],
      [30, 3],
    ],
    ["are those of the calls in it, where they differ", [call(7, 7, at("a")), call(10, 1, at("b", "a"))], [10, 1]],
    [
      "are not what it repeats through steps in between",
      [call(10, 1, at("a")), at("b", "a"), at("c", "b"), call(10, 1, at("d", "c"))],
      [10, 1],
    ],
    [
      "are those of the innermost of three",
      [call(10, 1, at("a")), call(10, 1, at("b", "a")), call(10, 1, at("c", "b"))],
      [10, 1],
    ],
    ["are a call's own if those in it do not say", [call(10, 1, at("a")), call(null, null, at("b", "a"))], [10, 1]],
    [
      "are those of a call in a call that is not there",
      [call(10, 1, at("b", "nowhere")), call(20, 2, at("c", "b"))],
      [20, 2],
    ],
    [
      "end where spans are their own ancestors",
      [at("a", "b"), at("b", "a"), call(10, 1, at("c", "a")), call(20, 2)],
      [30, 3],
    ],
    [
      "are numbers, not what looks like one",
      [call(10, 1), { kind: "LLM", attributes: { "llm.token_count.prompt": "99" } }],
      [10, 1],
    ],
    ["are not what no number of tokens can be", [call(-1, 0.5), call(2 ** 31, 2 ** 53), call(10, 1)], [10, 1]],
    [
      "add up to more than a column of them holds",
      Array.from({ length: 3 }, () => call(2 ** 31 - 1, 1)),
      [3 * (2 ** 31 - 1), 3],
    ],
  ])("%s", async (_, spans, expected) => {
    expect(await tokensOfTrace(spans)).toEqual(expected);
  });

  test("are the same whatever arrives first", async () => {
    const spans = [call(10, 1, at("a")), at("b", "a"), call(10, 1, at("c", "b")), call(5, 5, at("d", "b"))];
    const experiment = await givenExperiment(service, 2);
    for (const [index, order] of [spans, spans.toReversed()].entries()) {
      const trace_id = newTraceId();
      await givenRun(service, experiment.id, experiment.exampleIds[index], { trace_id });
      for (const span of order) await givenSpans(service, newProject(), [{ ...span, traceId: trace_id }]);
    }
    expect(await tokensOf(experiment)).toEqual([
      [15, 6],
      [15, 6],
    ]);
  });

  test("are exported as doubles by some", async () => {
    const experiment = await givenExperiment(service);
    const [traceId, spanId] = [newTraceId(), newSpanId()];
    await givenRun(service, experiment.id, experiment.exampleIds[0], { trace_id: traceId });
    const attributes = [
      { key: "openinference.span.kind", value: { stringValue: "LLM" } },
      { key: "llm.token_count.prompt", value: { doubleValue: 12.0 } },
      { key: "llm.token_count.completion", value: { doubleValue: 0.5 } },
    ];
    await service.post("/v1/traces", {
      resourceSpans: [{ scopeSpans: [{ spans: [{ traceId, spanId, attributes }] }] }],
    });
    expect(await tokensOf(experiment)).toEqual([[12, null]]);
  });

  test("are found for every page of a long export", async () => {
    const experiment = await givenExperiment(service, 100);
    const traceIds = experiment.exampleIds.map(newTraceId);
    const record = (exampleId: string, index: number) =>
      givenRun(service, experiment.id, exampleId, { trace_id: traceIds[index] });
    await Promise.all(experiment.exampleIds.map(record));
    await givenSpans(
      service,
      newProject(),
      traceIds.map((traceId, index) => call(index, 1, { traceId })),
    );
    expect(await tokensOf(experiment)).toEqual(traceIds.map((_, index) => [index, 1]));
  });
});
