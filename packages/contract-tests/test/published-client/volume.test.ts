import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { usePhoenix } from "./phoenix.ts";
import { isRight, squared, stored } from "./stored.ts";

const { service } = usePhoenix();

test("1,000 examples, 3 repetitions and 2 evaluators: 3,000 runs and 6,000 evaluations", {
  timeout: 120_000,
}, async () => {
  // Rejects unless the exit code is 0: the client's process dies of an evaluation that is refused, and ends when all are answered.
  const script = join(import.meta.dirname, "thousand-squares.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [script, service.url]);
  const { id, ...counts } = JSON.parse(stdout);
  expect(counts).toMatchObject({ exampleCount: 1000, successfulRunCount: 3000, failedRunCount: 0, missingRunCount: 0 });
  const runs = Array.from({ length: 3000 }, (_, index) =>
    squared(Math.floor(index / 3) + 1, (index % 3) + 1, { exact: isRight, "exact again": isRight }),
  );
  expect(await stored(service, id)).toEqual(runs);
  const { rows } = await service.database.query(
    "select (select count(*) from experiment_runs) as runs, (select count(*) from evaluations) as evaluations",
  );
  expect(rows).toEqual([{ runs: "3000", evaluations: "6000" }]);
});
