import type { PhoenixClient } from "@arizeai/phoenix-client";
import {
  asExperimentEvaluator,
  createExperiment,
  getExperiment,
  resumeEvaluation,
  resumeExperiment,
  runExperiment,
} from "@arizeai/phoenix-client/experiments";
import { noopLogger as logger } from "@arizeai/phoenix-client/utils/noopLogger";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { usePhoenix } from "./phoenix.ts";
import { createSquares, exact, flakySquare, judge, square } from "./squares.ts";
import { evaluation, isRight, isWrong, judgeIsOut, soon, spansOf, squared, stored } from "./stored.ts";

const { service, phoenix } = usePhoenix();
let client: PhoenixClient;
beforeAll(() => {
  ({ client } = phoenix);
});

/** The runs of an experiment over the numbers to `size`, two of each. */
const twice = (size: number, evaluations: object) =>
  Array.from({ length: size * 2 }, (_, index) => squared(Math.floor(index / 2) + 1, (index % 2) + 1, evaluations));

describe("resumeExperiment", () => {
  test("runs what failed again, under the id that it had, and nothing else; then evaluates every run", async () => {
    const dataset = await createSquares(client, "half-done squares", 3);
    const { id: experimentId } = await runExperiment({ client, logger, dataset, repetitions: 2, task: flakySquare() });
    const before = await getExperiment({ client, experimentId });
    const task = vi.fn(square);
    await resumeExperiment({ client, logger, experimentId, task, evaluators: [exact] });
    expect(task.mock.calls).toMatchObject([[{ input: { n: 2 }, output: { square: 4 } }]]);
    expect(await stored(service, experimentId)).toEqual(twice(3, { exact: isRight }));
    const after = await getExperiment({ client, experimentId });
    expect(after).toMatchObject({ successfulRunCount: 6, failedRunCount: 0, missingRunCount: 0 });
    for (const run of Object.values(before.runs)) {
      if (run.error === null) expect(after.runs[run.id]).toEqual(run);
      else expect(after.runs[run.id]).toMatchObject({ datasetExampleId: run.datasetExampleId, output: { square: 4 } });
    }
  });

  test("runs and evaluates what is missing, over several pages, while they are being filled in", async () => {
    const { datasetId } = await createSquares(client, "many squares", 60);
    const { id: experimentId } = await createExperiment({ client, datasetId, repetitions: 2 });
    const task = vi.fn(square);
    await resumeExperiment({ client, logger, experimentId, task, evaluators: [exact] });
    expect(task).toHaveBeenCalledTimes(120);
    expect(await stored(service, experimentId)).toEqual(twice(60, { exact: isRight }));
    expect(Object.keys((await getExperiment({ client, experimentId })).runs)).toHaveLength(120);
  });

  test("runs nothing where nothing is missing", async () => {
    const dataset = await createSquares(client, "complete squares", 2);
    const { id: experimentId, runs } = await runExperiment({ client, logger, dataset, task: square });
    const task = vi.fn(square);
    await resumeExperiment({ client, logger, experimentId, task });
    expect(task).not.toHaveBeenCalled();
    expect((await getExperiment({ client, experimentId })).runs).toEqual(runs);
  });

  test("records the new error of a run that fails again", async () => {
    const dataset = await createSquares(client, "hard squares", 2);
    const { id: experimentId } = await runExperiment({ client, logger, dataset, task: flakySquare() });
    const task = () => {
      throw new Error("2 is still hard");
    };
    await resumeExperiment({ client, logger, experimentId, task });
    const failed = { ...squared(2, 1, {}), output: null, error: "2 is still hard" };
    expect(await stored(service, experimentId)).toEqual([squared(1, 1, {}), failed]);
  });
});

describe("resumeEvaluation", () => {
  test("evaluates what failed or is missing of the successful runs, and nothing else", async () => {
    const dataset = await createSquares(client, "half-judged squares", 2);
    const experiment = { repetitions: 2, task: flakySquare(), evaluators: [exact, judge] };
    const { id: experimentId, projectName } = await runExperiment({ client, logger, dataset, ...experiment });
    const failed = { ...squared(2, 1, { exact: isWrong, judge: judgeIsOut }), output: null, error: "2 is hard" };
    const runsWith = (evaluations: object) => [
      squared(1, 1, evaluations),
      squared(1, 2, evaluations),
      failed,
      squared(2, 2, evaluations),
    ];
    const asRan = runsWith({ exact: isRight, judge: judgeIsOut });
    await expect.poll(() => stored(service, experimentId), soon).toEqual(asRan);

    const evaluateExactly = vi.fn(exact.evaluate);
    const evaluators = [
      asExperimentEvaluator({ ...exact, evaluate: evaluateExactly }),
      asExperimentEvaluator({ name: "judge", kind: "LLM", evaluate: () => ({ explanation: "the judge is back" }) }),
      asExperimentEvaluator({ name: "late", kind: "CODE", evaluate: () => ({ score: 0.5 }) }),
    ];
    await resumeEvaluation({ client, logger, experimentId, evaluators });
    expect(evaluateExactly).not.toHaveBeenCalled();
    const runs = await stored(service, experimentId);
    const mended = evaluation({ annotator_kind: "LLM", explanation: "the judge is back" });
    expect(runs).toEqual(runsWith({ exact: isRight, judge: mended, late: evaluation({ score: 0.5 }) }));
    const span = { project: projectName, name: "Evaluation: late", span_kind: "EVALUATOR", status_code: "OK" };
    const traceIds = runs.map(({ evaluations }) => evaluations.late?.trace_id);
    expect(await spansOf(service, traceIds)).toMatchObject([span, span, span]);
  });
});
