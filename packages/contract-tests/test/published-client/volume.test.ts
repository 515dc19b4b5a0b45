import { createClient } from "@arizeai/phoenix-client";
import { runExperiment } from "@arizeai/phoenix-client/experiments";
import { noopLogger as logger } from "@arizeai/phoenix-client/utils/noopLogger";
import { expect, test } from "vitest";
import { useService } from "../../src/service.ts";
import { createSquares, evaluation, exact, isRight, square, squared, stored } from "./squares.ts";

const service = useService();

test("1,000 examples, 3 repetitions and 2 evaluators: 3,000 runs and 6,000 evaluations", {
  timeout: 120_000,
}, async () => {
  const client = createClient({ options: { baseUrl: service.url } });
  const dataset = await createSquares(client, "a thousand squares", 1000);
  console.time("run");
  const size = { name: "size", kind: "CODE", evaluate: ({ output }) => ({ score: JSON.stringify(output).length }) };
  const ran = await runExperiment({ client, logger, dataset, repetitions: 3, task: square, evaluators: [exact, size] });
  console.timeEnd("run");
  console.time("poll");
  const count = async () => {
    const { rows } = await service.database.query("select count(*)::int as evaluations from evaluations");
    return rows;
  };
  await expect.poll(count, { timeout: 60_000 }).toEqual([{ evaluations: 6000 }]);
  console.timeEnd("poll");
  console.time("stored");
  const runs = await stored(service, ran.id);
  console.timeEnd("stored");
  expect(runs).toEqual(
    Array.from({ length: 3000 }, (_, index) => {
      const n = Math.floor(index / 3) + 1;
      const score = JSON.stringify({ square: n ** 2 }).length;
      return squared(n, (index % 3) + 1, { exact: isRight, size: evaluation({ score }) });
    }),
  );
  expect(ran).toMatchObject({ exampleCount: 1000, successfulRunCount: 3000, failedRunCount: 0, missingRunCount: 0 });
});
