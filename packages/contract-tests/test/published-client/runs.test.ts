import type { PhoenixClient } from "@arizeai/phoenix-client";
import { createDataset, getDataset } from "@arizeai/phoenix-client/datasets";
import {
  asExperimentEvaluator,
  evaluateExperiment,
  getExperiment,
  runExperiment,
} from "@arizeai/phoenix-client/experiments";
import { noopLogger as logger } from "@arizeai/phoenix-client/utils/noopLogger";
import { beforeAll, describe, expect, test } from "vitest";
import { usePhoenix } from "./phoenix.ts";
import { createSquares, exact, flakySquare, judge, square } from "./squares.ts";
import { evaluation, isRight, isWrong, judgeIsOut, soon, spansOf, squared, stored } from "./stored.ts";

const { service, phoenix } = usePhoenix();
let client: PhoenixClient;
beforeAll(() => {
  ({ client } = phoenix);
});

describe("runExperiment", () => {
  test("records every run and every evaluation, the failed ones too", async () => {
    const dataset = await createSquares(client, "squares", 3);
    const ran = await runExperiment({
      client,
      logger,
      dataset,
      experimentName: "first try",
      experimentDescription: "by multiplication",
      experimentMetadata: { model: "abacus" },
      repetitions: 2,
      task: flakySquare(),
      evaluators: [exact, judge],
    });
    const both = { exact: isRight, judge: judgeIsOut };
    await expect
      .poll(() => stored(service, ran.id), soon)
      .toEqual([
        squared(1, 1, both),
        squared(1, 2, both),
        { ...squared(2, 1, { exact: isWrong, judge: judgeIsOut }), output: null, error: "2 is hard" },
        squared(2, 2, both),
        squared(3, 1, both),
        squared(3, 2, both),
      ]);
    const { examples, ...info } = await getDataset({ client, dataset });
    const nodeIds = examples.map(({ nodeId }) => nodeId);
    expect((await stored(service, ran.id)).map(({ example_id }) => example_id)).toEqual(
      nodeIds.flatMap((id) => [id, id]),
    );
    expect((await getExperiment({ client, experimentId: ran.id })).runs).toEqual(ran.runs);
    expect((await service.get(`/v1/experiments/${ran.id}`)).body.data).toEqual({
      id: ran.id,
      dataset_id: info.id,
      dataset_version_id: info.versionId,
      name: "first try",
      description: "by multiplication",
      metadata: { model: "abacus" },
      project_name: ran.projectName,
      repetitions: 2,
      created_at: ran.createdAt,
      updated_at: ran.updatedAt,
      example_count: 3,
      successful_run_count: 5,
      failed_run_count: 1,
      missing_run_count: 0,
      splits: [],
    });
  });

  test("exports a span of each run to the experiment's project, of each evaluation to the project `evaluators`", async () => {
    const dataset = await createSquares(client, "traced squares", 2);
    const evaluators = [exact, judge];
    const { id, projectName } = await runExperiment({ client, logger, dataset, task: square, evaluators });
    await expect
      .poll(() => stored(service, id), soon)
      .toEqual([1, 2].map((n) => squared(n, 1, { exact: isRight, judge: judgeIsOut })));
    const runs = await stored(service, id);
    const task = { project: projectName, name: "Task: square", span_kind: "CHAIN", status_code: "OK" };
    expect(
      await spansOf(
        service,
        runs.map((run) => run.trace_id),
      ),
    ).toMatchObject([
      { ...task, output: '{"square":1}' },
      { ...task, output: '{"square":4}' },
    ]);
    const ofEvaluations = (name: string) =>
      spansOf(
        service,
        runs.map(({ evaluations }) => evaluations[name]?.trace_id),
      );
    const evaluator = { project: "evaluators", span_kind: "EVALUATOR" };
    const right = { ...evaluator, name: "Evaluation: exact", status_code: "OK" };
    expect(await ofEvaluations("exact")).toMatchObject([right, right]);
    const out = {
      ...evaluator,
      name: "Evaluation: judge",
      status_code: "ERROR",
      status_message: "the judge is out",
    };
    expect(await ofEvaluations("judge")).toMatchObject([out, out]);
  });

  test("runs over the version and the splits that were asked for", async () => {
    const create = (even: number) =>
      createDataset({
        client,
        name: "split squares",
        description: "",
        examples: [
          { id: "odd", input: { n: 1 }, output: { square: 1 }, splits: "odd" },
          { id: "even", input: { n: even }, output: { square: even ** 2 }, splits: "even" },
        ],
      });
    const { datasetId } = await create(2);
    const { versionId } = await getDataset({ client, dataset: { datasetId } });
    await create(4);
    const dataset = { datasetId, versionId, splits: ["even"] };
    const ran = await runExperiment({ client, logger, dataset, task: square, evaluators: [exact] });
    expect(ran).toMatchObject({ datasetVersionId: versionId, exampleCount: 1, missingRunCount: 0 });
    await expect.poll(() => stored(service, ran.id), soon).toEqual([squared(2, 1, { exact: isRight })]);
  });

  test.each([["text"], [""], [0], [-1.5], [false], [null], [[]], [[1, [null]]], [{ ключ: "🔢\0\u2028" }]])(
    "keeps the output %j",
    async (output) => {
      const dataset = await createSquares(client, `output ${JSON.stringify(output)}`, 1);
      const { id, runs } = await runExperiment({ client, logger, dataset, task: () => output });
      expect(Object.values(runs)).toMatchObject([{ output }]);
      expect((await getExperiment({ client, experimentId: id })).runs).toEqual(runs);
    },
  );
});

describe("evaluateExperiment", () => {
  test("adds evaluations under new names, and replaces those of an old name", async () => {
    const dataset = await createSquares(client, "re-evaluated squares", 2);
    const evaluators = [exact, judge];
    const { id } = await runExperiment({ client, logger, dataset, task: square, evaluators });
    await expect
      .poll(() => stored(service, id), soon)
      .toEqual([1, 2].map((n) => squared(n, 1, { exact: isRight, judge: judgeIsOut })));

    const lenient = asExperimentEvaluator({ name: "judge", kind: "LLM", evaluate: () => ({ label: "fine" }) });
    const size = asExperimentEvaluator({
      name: "size",
      kind: "CODE",
      evaluate: ({ output }) => ({ score: JSON.stringify(output).length }),
    });
    const experiment = await getExperiment({ client, experimentId: id });
    await evaluateExperiment({ client, logger, experiment, evaluators: [lenient, size] });
    const evaluations = {
      exact: isRight,
      judge: evaluation({ annotator_kind: "LLM", label: "fine" }),
      size: evaluation({ score: '{"square":1}'.length }),
    };
    await expect.poll(() => stored(service, id), soon).toEqual([1, 2].map((n) => squared(n, 1, evaluations)));
  });
});
