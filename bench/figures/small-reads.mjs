/** Reads of an experiment of a thousand runs with three evaluations each, which was made by requests: any server of the API can be asked. */
import { load, send } from "../requests.mjs";
import { recordExperiment } from "../samples.mjs";

export const title = "Reads of a thousand runs";
export const hasPeer = true;

const lists = {
  getExperiment: ({ experiment }) => `/v1/experiments/${experiment}`,
  listExperiments: ({ dataset }) => `/v1/datasets/${dataset}/experiments`,
  "listExperimentRuns, a page of 100": ({ experiment }) => `/v1/experiments/${experiment}/runs?limit=100`,
};
const exported = {
  getExperimentJSON: ({ experiment }) => `/v1/experiments/${experiment}/json`,
  getExperimentCSV: ({ experiment }) => `/v1/experiments/${experiment}/csv`,
};

export async function measure(world, record) {
  const { service, peer, rounds, seconds, sizes } = world;
  const http = await world.floor("http.mjs");
  const examples = Math.ceil(sizes.thousand / 3);
  const own = await recordExperiment(service, examples);
  const others = peer && (await recordExperiment(peer, examples));
  for (const [what, pathOf] of Object.entries(lists)) {
    const rate = (server, recorded) => async () => {
      const path = pathOf(recorded);
      return (await load(server, { connections: 16, seconds, next: () => ({ path }) })).perSecond;
    };
    await record(`${what}, a thousand runs`, async () => {
      await rate(service, own)(); // until code is compiled
      const measured = await world.interleave(rounds, {
        own: rate(service, own),
        http: rate(http, own),
        ...(peer && { peer: rate(peer, others) }),
      });
      const beside = { what: "bare `node:http`", figures: measured.http };
      return { unit: "requests/s", own: measured.own, beside, peer: measured.peer };
    });
  }
  for (const [what, pathOf] of Object.entries(exported)) {
    const ms = (server, recorded) => async () => (await send(server, "GET", pathOf(recorded), { count: true })).ms;
    await record(`${what}, a thousand runs`, async () => {
      await ms(service, own)(); // until code is compiled
      const measured = await world.interleave(rounds, {
        own: ms(service, own),
        ...(peer && { peer: ms(peer, others) }),
      });
      return { unit: "ms", own: measured.own, peer: measured.peer };
    });
  }
}
