/** The experiment that these tests run with the published client: squaring numbers. What it is made of, and how it is stored. */
import type { PhoenixClient } from "@arizeai/phoenix-client";
import { createDataset } from "@arizeai/phoenix-client/datasets";
import { asExperimentEvaluator, type RunExperimentParams } from "@arizeai/phoenix-client/experiments";
import type { components } from "@assay/spec";
import { expect } from "vitest";
import type { Service } from "../../src/service.ts";

type Task = RunExperimentParams["task"];

/** A dataset of the numbers from 1 to `size` and their squares. */
export const createSquares = (client: PhoenixClient, name: string, size: number) =>
  createDataset({
    client,
    name,
    description: "",
    examples: Array.from({ length: size }, (_, index) => ({
      input: { n: index + 1 },
      output: { square: (index + 1) ** 2 },
    })),
  });

export const square: Task = ({ input }) => ({ square: Number(input.n) ** 2 });

/** Fails on the first call for 2. The client starts the repetitions of an example in their order: the first is the one that fails. */
export function flakySquare(): Task {
  let failed = false;
  return function flaky(example) {
    if (example.input.n !== 2 || failed) return square(example);
    failed = true;
    throw new Error("2 is hard");
  };
}

export const exact = asExperimentEvaluator({
  name: "exact",
  kind: "CODE",
  evaluate: ({ output, expected }) =>
    JSON.stringify(output) === JSON.stringify(expected)
      ? { score: 1, label: "right", explanation: "equal as JSON" }
      : { score: 0, label: "wrong" },
});

export const judge = asExperimentEvaluator({
  name: "judge",
  kind: "LLM",
  evaluate: () => {
    throw new Error("the judge is out");
  },
});

type ExportedRun = components["schemas"]["ExportedRun"];

/** The runs of an experiment as they are stored, in the order of examples and repetitions, with their evaluations by name. */
export async function stored(service: Service, experimentId: string) {
  const runs: ExportedRun[] = (await service.get(`/v1/experiments/${experimentId}/json`)).body;
  return runs.map(({ annotations, ...run }) => ({
    ...run,
    evaluations: Object.fromEntries(annotations.map(({ name, ...evaluation }) => [name, evaluation])),
  }));
}

/** For `expect.poll`: the client does not wait for the evaluations that it posts. */
export const soon = { timeout: 10_000 };

const traceId = expect.stringMatching(/^[0-9a-f]{32}$/);
const moment = expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00$/);
const times = { start_time: moment, end_time: moment };

/** An evaluation as it is stored. */
export const evaluation = (fields: Partial<components["schemas"]["ExportedEvaluation"]>) => ({
  annotator_kind: "CODE",
  label: null,
  score: null,
  explanation: null,
  error: null,
  metadata: {},
  trace_id: traceId,
  ...times,
  ...fields,
});

export const isRight = evaluation({ score: 1, label: "right", explanation: "equal as JSON" });
export const isWrong = evaluation({ score: 0, label: "wrong" });
export const judgeIsOut = evaluation({ annotator_kind: "LLM", error: "the judge is out" });

/** A successful run on `n` as it is stored. */
export const squared = (n: number, repetition: number, evaluations: object) => ({
  example_id: expect.any(String),
  repetition_number: repetition,
  input: { n },
  reference_output: { square: n ** 2 },
  output: { square: n ** 2 },
  error: null,
  latency_ms: expect.any(Number),
  ...times,
  trace_id: traceId,
  prompt_token_count: null,
  completion_token_count: null,
  evaluations,
});

/** The spans of traces, in their order, with the projects that they belong to. */
export async function spansOf(service: Service, traceIds: (string | null | undefined)[]) {
  const { rows } = await service.database.query(
    `select projects.name as project, spans.name, span_kind, status_code, status_message, attributes ->> 'output.value' as output
     from unnest($1::text[]) with ordinality as wanted (trace_id, place) join spans using (trace_id)
     join projects on projects.id = project_id order by place, spans.id`,
    [traceIds],
  );
  return rows;
}
