/** What it costs to hold a request to the contract. */
import { load } from "../requests.mjs";
import { evaluationOf, idOf, runOn } from "../samples.mjs";
import { cpuSeconds } from "../usage.mjs";

export const title = "Request validation";

const bodies = {
  createExperimentRun: {
    path: `/v1/experiments/${idOf("Experiment", 1)}/runs`,
    body: runOn(idOf("DatasetExample", 1), 1, 6),
  },
  upsertExperimentEvaluation: {
    path: "/v1/experiment_evaluations",
    body: evaluationOf(idOf("ExperimentRun", 2 ** 27 + 1), "score", 6),
  },
};

export async function measure(world, record) {
  const [validated, unvalidated] = [await world.floor("app.mjs"), await world.floor("app.mjs", ["--unvalidated"])];
  for (const [operation, request] of Object.entries(bodies)) {
    const cost = (server) => async () => {
      const before = await cpuSeconds(server.pid);
      const { count } = await load(server, {
        connections: 16,
        seconds: world.seconds,
        method: "POST",
        next: () => request,
      });
      return (((await cpuSeconds(server.pid)) - before) * 1e6) / count;
    };
    await record(`${operation}, validated`, async () => {
      for (const server of [validated, unvalidated]) await cost(server)(); // until code is compiled
      const measured = await world.interleave(world.rounds + 2, {
        validated: cost(validated),
        unvalidated: cost(unvalidated),
      });
      return {
        unit: "µs of CPU",
        own: measured.validated,
        beside: { what: "the same without validation", figures: measured.unvalidated },
        goal: { of: "ratio", most: 1.3 },
      };
    });
  }
}
