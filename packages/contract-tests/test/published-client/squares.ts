/** The experiment that these tests run with the published client: squaring numbers. */
import type { PhoenixClient } from "@arizeai/phoenix-client";
import { createDataset } from "@arizeai/phoenix-client/datasets";
import { asExperimentEvaluator, type RunExperimentParams } from "@arizeai/phoenix-client/experiments";

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
