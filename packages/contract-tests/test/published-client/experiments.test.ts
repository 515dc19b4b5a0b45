import type { PhoenixClient } from "@arizeai/phoenix-client";
import {
  createExperiment,
  deleteExperiment,
  getExperiment,
  getExperimentInfo,
  getExperimentRuns,
  listExperiments,
  runExperiment,
} from "@arizeai/phoenix-client/experiments";
import { noopLogger as logger } from "@arizeai/phoenix-client/utils/noopLogger";
import { beforeAll, describe, expect, test } from "vitest";
import { usePhoenix } from "./phoenix.ts";
import { createSquares, exact, square } from "./squares.ts";
import { isRight, soon, spansOf, squared, stored } from "./stored.ts";

const { service, phoenix } = usePhoenix();
let client: PhoenixClient;
beforeAll(() => {
  ({ client } = phoenix);
});

describe("listExperiments", () => {
  test("gives the experiments of a dataset, newest first, over several pages", async () => {
    const { datasetId } = await createSquares(client, "much used squares", 1);
    const created = [];
    for (let index = 0; index < 60; index++) {
      const { datasetSplits: _, ...info } = await createExperiment({
        client,
        datasetId,
        experimentMetadata: { index },
      });
      created.unshift(info);
    }
    expect(await listExperiments({ client, datasetId })).toEqual(created);
  });
});

describe("getExperimentRuns", () => {
  test("gives every run once, whatever the size of a page", async () => {
    const dataset = await createSquares(client, "paged squares", 7);
    const { id: experimentId, runs } = await runExperiment({ client, logger, dataset, repetitions: 3, task: square });
    for (const pageSize of [1, 4, 7, 21, 1000]) {
      const { runs: read } = await getExperimentRuns({ client, experimentId, pageSize });
      expect(read).toHaveLength(21);
      expect(Object.fromEntries(read.map((run) => [run.id, run]))).toEqual(runs);
    }
  });
});

describe("deleteExperiment", () => {
  test("takes runs and evaluations along, the project and its spans only if asked to", async () => {
    const dataset = await createSquares(client, "deleted squares", 2);
    const run = async () => {
      const ran = await runExperiment({ client, logger, dataset, task: square, evaluators: [exact] });
      await expect
        .poll(() => stored(service, ran.id), soon)
        .toEqual([1, 2].map((n) => squared(n, 1, { exact: isRight })));
      return ran;
    };
    const [kept, deleted, deletedWithProject] = [await run(), await run(), await run()];
    await deleteExperiment({ client, experimentId: deleted.id, deleteProject: false });
    await deleteExperiment({ client, experimentId: deletedWithProject.id, deleteProject: true });

    expect(await listExperiments({ client, datasetId: dataset.datasetId })).toMatchObject([{ id: kept.id }]);
    for (const { id: experimentId } of [deleted, deletedWithProject]) {
      await expect(getExperimentInfo({ client, experimentId })).rejects.toMatchObject({ status: 404 });
      expect(await getExperimentRuns({ client, experimentId })).toEqual({ runs: [] });
      await expect(deleteExperiment({ client, experimentId })).rejects.toMatchObject({ status: 404 });
    }
    const spans = (experiment: typeof kept) =>
      spansOf(
        service,
        Object.values(experiment.runs).map(({ traceId }) => traceId),
      );
    expect(await spans(kept)).toHaveLength(2);
    expect(await spans(deleted)).toHaveLength(2);
    expect(await spans(deletedWithProject)).toEqual([]);
    expect((await getExperiment({ client, experimentId: kept.id })).runs).toEqual(kept.runs);
    expect(await stored(service, kept.id)).toEqual([1, 2].map((n) => squared(n, 1, { exact: isRight })));
  });
});
