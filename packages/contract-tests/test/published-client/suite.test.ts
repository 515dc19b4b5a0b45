/** The published client's own `describe` and `test`: a suite of Vitest that is recorded as an experiment. */
import type { PhoenixClient } from "@arizeai/phoenix-client";
import { getDataset } from "@arizeai/phoenix-client/datasets";
import { listExperiments } from "@arizeai/phoenix-client/experiments";
import { describe, logAnnotation, test } from "@arizeai/phoenix-client/vitest";
import { afterAll, beforeAll, expect } from "vitest";
import { usePhoenix } from "./phoenix.ts";
import { evaluation, squared, stored } from "./stored.ts";

const { service, phoenix } = usePhoenix();
let client: PhoenixClient;
beforeAll(() => {
  ({ client } = phoenix);
});

describe(
  "squares",
  () => {
    for (const n of [1, 2]) {
      test(`of ${n}`, { input: { n }, expected: { square: n ** 2 } }, ({ input, expected }) => {
        const output = { square: Number(input.n) ** 2 };
        logAnnotation({ name: "size", score: n });
        expect(output).toEqual(expected);
        return output;
      });
    }
  },
  {
    datasetName: "tested squares",
    repetitions: 2,
    // Only there when the tests begin.
    get client() {
      return client;
    },
  },
);

afterAll(async () => {
  const { id: datasetId } = await getDataset({ client, dataset: { datasetName: "tested squares" } });
  const [experiment, ...others] = await listExperiments({ client, datasetId });
  expect(experiment).toMatchObject({ exampleCount: 2, repetitions: 2, successfulRunCount: 4, missingRunCount: 0 });
  expect(others).toEqual([]);
  const annotations = (n: number) => ({
    pass: evaluation({ score: 1, trace_id: null }),
    size: evaluation({ score: n, trace_id: null }),
  });
  expect(await stored(service, experiment?.id ?? "")).toEqual(
    [1, 2].flatMap((n) => [1, 2].map((repetition) => squared(n, repetition, annotations(n)))),
  );
});
