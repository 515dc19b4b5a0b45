/** What a service has stored of an experiment, and what it should have stored of squares. */
import type { components } from "@assay/spec";
import { expect } from "vitest";
import type { Service } from "../../src/service.ts";

type ExportedRun = components["schemas"]["ExportedRun"];

/** The runs of an experiment, in the order of examples and repetitions, with their evaluations by name. */
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

/** A successful run on `n`. */
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

/** An evaluation; of code, where the fields do not say otherwise. */
export const evaluation = (fields: Partial<ExportedRun["annotations"][number]>) => ({
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
