/** A run, or an evaluation, a request: what most clients do. */
import { copyRows, insertRows, rowOfEvaluation, rowOfRun } from "../floors/rows.mjs";
import { forEach, load, post } from "../requests.mjs";
import { createExperiment, newEvaluations, newRuns, rowidOf, uploadDataset } from "../samples.mjs";

export const title = "Single writes";
export const hasPeer = true;

/** What each operation needs, on a server: its path, and bodies that none before had. */
export const operations = {
  createExperimentRun: async (server, { examples }) => {
    const { id: dataset, examples: ids } = await uploadDataset(server, examples);
    const path = `/v1/experiments/${await createExperiment(server, dataset, 100)}/runs`;
    return { path, next: newRuns(ids) };
  },
  upsertExperimentEvaluation: async (server, { examples }) => {
    const { path, next } = await operations.createExperimentRun(server, { examples });
    const runs = [];
    await forEach(Array.from({ length: examples }, next), async (run) => runs.push((await post(server, path, run)).id));
    return { path: "/v1/experiment_evaluations", next: newEvaluations(runs) };
  },
};

export async function measure(world, record) {
  const { service, peer, sizes, rounds, seconds } = world;
  const [app, http] = [await world.floor("app.mjs"), await world.floor("http.mjs")];
  for (const [operation, prepare] of Object.entries(operations)) {
    const own = await prepare(service, sizes);
    const others = peer && (await prepare(peer, sizes));
    const rate =
      (server, { path, next }, connections) =>
      async () => {
        const request = () => ({ path, body: next() });
        return (await load(server, { connections, seconds, method: "POST", next: request })).perSecond;
      };
    for (const server of [service, app, http]) await rate(server, own, 16)(); // until code is compiled
    for (const connections of [1, 16, 64]) {
      await record(`${operation}, ${connections} ${connections === 1 ? "connection" : "connections"}`, async () => {
        const measured = await world.interleave(connections === 64 ? rounds + 2 : rounds, {
          service: rate(service, own, connections),
          app: rate(app, own, connections),
          http: rate(http, own, connections),
          ...(peer && { peer: rate(peer, others, connections) }),
          ...(await byPostgres(world, operation))[connections],
        });
        const floors = [
          ["app", "the app without a database", "requests/s"],
          ["http", "bare `node:http`", "requests/s"],
          ["insert", "a prepared `INSERT` each", "rows/s"],
          ["copy", "`COPY`", "rows/s"],
        ];
        return floors
          .filter(([side]) => measured[side])
          .map(([side, what, unit]) => ({
            unit: "requests/s",
            own: measured.service,
            beside: { what, unit, figures: measured[side] },
            ...(side === "app" && connections === 64 && { goal: { of: "ratio", least: 0.8 } }),
            ...(side === "app" && { peer: measured.peer }),
          }));
      });
    }
  }
}

/** Rows per second without HTTP, in an experiment of their own each time; beside how many connections that stands. */
async function byPostgres({ service, client, sizes, seconds }, operation) {
  const { id: dataset, examples } = await uploadDataset(service, sizes.examples);
  /** Rows to write, once those are there that they refer to. */
  const rows = async () => {
    const experiment = rowidOf(await createExperiment(service, dataset, 100));
    const next = newRuns(examples);
    let n = 0;
    if (operation === "createExperimentRun") return ["experiment_runs", () => rowOfRun(experiment, ++n, next())];
    const runs = examples.map((_, index) => rowOfRun(experiment, index + 1, next()));
    await copyRows(client, "experiment_runs", runs);
    const nextEvaluation = newEvaluations(runs.map(([, id]) => id));
    return ["evaluations", () => rowOfEvaluation(experiment, ++n, nextEvaluation())];
  };
  const insert = async () => insertRows(client, ...(await rows()), seconds);
  const copy = async () => {
    const [table, next] = await rows();
    const all = Array.from({ length: sizes.examples }, next);
    const started = performance.now();
    await copyRows(client, table, all);
    return (all.length * 1000) / (performance.now() - started);
  };
  return { 1: { insert }, 64: { copy } };
}
