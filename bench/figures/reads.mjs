/** An experiment of a million runs, beside one of a thousand: what does not depend on the runs must not cost more. */
import { load, send } from "../requests.mjs";
import { idOf } from "../samples.mjs";

export const title = "Reads at a million runs";
export const isSeeded = true;

const paths = {
  getExperiment: ({ experiment }) => `/v1/experiments/${idOf("Experiment", experiment)}`,
  "listExperiments, with counts": ({ dataset }) => `/v1/datasets/${idOf("Dataset", dataset)}/experiments`,
  "getExperiment, include=summary": (pair) => `${paths.getExperiment(pair)}?include=summary`,
};

export async function measure(world, record) {
  const { million, thousand } = world.filled;
  for (const [what, pathOf] of Object.entries(paths)) {
    const rate = (pair) => async () => {
      const path = pathOf(pair);
      return (await load(world.service, { connections: 16, seconds: world.seconds, next: () => ({ path }) })).perSecond;
    };
    await record(`${what}, a million runs`, async () => {
      for (const pair of [million, thousand]) await send(world.service, "GET", pathOf(pair)); // until figures are kept
      await rate(million)(); // until code is compiled
      const measured = await world.interleave(world.rounds, { million: rate(million), thousand: rate(thousand) });
      return {
        unit: "requests/s",
        own: measured.million,
        beside: { what: "the same at a thousand runs", figures: measured.thousand },
        goal: { of: "ratio", least: 0.8 },
      };
    });
  }
}
