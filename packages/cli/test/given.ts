/** What a test of comparisons needs to be there, made through the API. */
import type { ExperimentRunWithEvaluations } from "@assay/client";
import type { Service } from "./program.ts";

export interface GivenDataset {
  id: string;
  exampleIds: string[];
}

/** A dataset of questions, or of so many sums; what it was before, it becomes anew. The last `hard` ones are in the split `hard`, the others in `easy`. */
export async function givenDataset(
  { client }: Service,
  name: string,
  questions: number | string[] = 60,
  hard = 0,
): Promise<GivenDataset> {
  const texts =
    typeof questions === "number" ? Array.from({ length: questions }, (_, index) => `${index} + ${index}?`) : questions;
  const { dataset_id: id } = await client.datasets.uploadDataset({
    name,
    action: "update",
    inputs: texts.map((question) => ({ question })),
    splits: texts.map((_, index) => (index < texts.length - hard ? "easy" : "hard")),
    example_ids: texts.map((_, index) => `${name} ${index}`),
  });
  const { examples } = await client.examples.getDatasetExamples(id);
  return { id, exampleIds: examples.map(({ node_id }) => node_id) };
}

/** What became of an example: what its evaluations say, or that its task failed, or that nothing was recorded. */
export type Fate = Record<string, number | string> | "failed" | "missing";

/** An experiment whose task ran once over each example, each of which fared as told. */
export async function givenExperiment(
  { client }: Service,
  { id: datasetId, exampleIds }: GivenDataset,
  name: string,
  fateOf: (index: number) => Fate,
  { splits = [], milliseconds = 1500 }: { splits?: string[]; milliseconds?: number } = {},
): Promise<string> {
  const { id } = await client.experiments.createExperiment(datasetId, { name, splits });
  const runs = exampleIds.flatMap((dataset_example_id, index): ExperimentRunWithEvaluations[] => {
    const fate = fateOf(index);
    if (fate === "missing") return [];
    const took = timesOf(milliseconds + 100 * chance(index, milliseconds));
    const run = { dataset_example_id, repetition_number: 1, ...took };
    return fate === "failed" ? [{ ...run, error: "no memory" }] : [{ ...run, evaluations: evaluationsOf(fate) }];
  });
  await client.runs.createExperimentRuns(id, runs, { atomic: true });
  return id;
}

function evaluationsOf(said: Record<string, number | string>) {
  return Object.entries(said).map(([name, value]) => ({
    name,
    annotator_kind: "CODE" as const,
    result: typeof value === "number" ? { score: value } : { label: value },
    ...timesOf(10),
  }));
}

function timesOf(milliseconds: number) {
  const start = Date.UTC(2026, 10, 25, 9, 30);
  return { start_time: new Date(start).toISOString(), end_time: new Date(start + milliseconds).toISOString() };
}

/** From 0 to 1, the same each time, and another for each index and each `seed`. */
export function chance(index: number, seed: number): number {
  const value = Math.sin(index * 127.1 + seed * 311.7) * 43_758.5453;
  return value - Math.floor(value);
}

/** The score of an example, which is the harder the larger its index, by one of several candidates that are equally good. */
export const usual = (index: number, seed: number): number => 0.9 - index / 100 + (chance(index, seed) - 0.5) / 10;
