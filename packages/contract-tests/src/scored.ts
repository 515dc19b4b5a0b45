/** Experiments with scores. */
import { expect } from "vitest";
import { type GivenDataset, givenDataset, givenExperimentOver, runOf } from "./given.ts";
import type { Service } from "./service.ts";

/** What is to be there of an example, which goes by its place in the dataset, and of a repetition. */
type At<Value> = (index: number, repetition: number) => Value;

interface Scores {
  repetitions?: number;
  /** The results of evaluations by their names; undefined for no evaluation. */
  evaluations?: Record<string, At<object | undefined>>;
  /** Fields of a run; undefined for no run. */
  run?: At<object | undefined>;
  /** Fields of the experiment. */
  fields?: object;
}

/** An experiment over all examples of a dataset, with runs and evaluations, and gives its id. */
export async function givenScored(service: Service, dataset: GivenDataset, scores: Scores = {}): Promise<string> {
  const { repetitions = 1, evaluations = {}, run = () => ({}), fields = {} } = scores;
  const { id } = await givenExperimentOver(service, dataset, { repetitions, ...fields });
  const runs = dataset.exampleIds.flatMap((exampleId, index) =>
    Array.from({ length: repetitions }, (_, at) => at + 1).flatMap((repetition) => {
      const recorded = run(index, repetition);
      if (!recorded) return [];
      const results = Object.entries(evaluations).map(([name, of]) => [name, of(index, repetition)] as const);
      return {
        ...runOf(exampleId, { repetition_number: repetition, ...recorded }),
        evaluations: results.flatMap(([name, result]) => (result ? [evaluationBy(name, result)] : [])),
      };
    }),
  );
  const answer = await service.post(`/v1/experiments/${id}/runs/batch`, { runs });
  expect(answer.status, answer.text).toBe(200);
  return id;
}

const evaluationBy = (name: string, result: object) => ({
  name,
  annotator_kind: "CODE",
  start_time: 0,
  end_time: 1,
  result,
});

/** A dataset of so many examples. */
export const givenExamples = (service: Service, count: number) =>
  givenDataset(
    service,
    Array.from({ length: count }, (_, n) => ({ n })),
  );

export const score = (value: number) => ({ score: value });

/**
 * Scores and latencies by formula, of a side 0 or 1, an example and a repetition: so that Python, which the figures in tests come from, has the
 * same doubles. There, `quality = lambda s, i, r: (20 + (i * 7) % 60 + (i * r * 5) % 11 + s * ((i * 3) % 13 - 2)) / 100`, likewise `clarity`,
 * `passed` and `latency`; `b` and `e` are the means of repetitions 1 to 3 of each of 40 examples of side 0 and 1, and `d = e - b`.
 */
export const quality = (side: number, i: number, r: number) =>
  (20 + ((i * 7) % 60) + ((i * r * 5) % 11) + side * (((i * 3) % 13) - 2)) / 100;
export const clarity = (side: number, i: number, r: number) =>
  (30 + ((i * 11) % 50) + ((i + r * 3) % 9) + side * (((i * 5) % 7) - 2)) / 100;
export const passed = (side: number, i: number) =>
  Number((i * 7 + side * (i % 6 === 1 ? 3 : 0) + side * (i % 4 === 0 ? 5 : 0)) % 10 < 6);
export const latency = (side: number, i: number, r: number) =>
  1000 + ((i * 13 + r * 7) % 50) * 10 + side * (((i * 5) % 9) - 2) * 10;

/** The times of a run that took so many milliseconds. */
export const lasting = (milliseconds: number) => ({
  start_time: "2026-11-22T09:30:00Z",
  end_time: new Date(Date.parse("2026-11-22T09:30:00Z") + milliseconds).toISOString(),
});

/** A number that agrees with one from elsewhere to 10 digits. */
export const near = (value: number) => ({ value: expect.closeTo(value, 10), reason: null });
export const between = (level: number, low: number, high: number) => ({
  level: expect.closeTo(level, 12),
  low: expect.closeTo(low, 10),
  high: expect.closeTo(high, 10),
  reason: null,
});
export const none = (reason: string) => ({ value: null, reason });
