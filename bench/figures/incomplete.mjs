/** What an experiment lacks, where it lacks little, and that at its end. */
import { milliseconds } from "../requests.mjs";
import { idOf } from "../samples.mjs";
import { lacking, names } from "../seed.mjs";

export const title = "What is missing of a million runs";
export const isSeeded = true;

const query = new URLSearchParams([["limit", lacking], ...names.map((name) => ["evaluation_name", name])]);
const paths = {
  getIncompleteExperimentRuns: `incomplete-runs?limit=${lacking}`,
  getIncompleteExperimentEvaluations: `incomplete-evaluations?${query}`,
};

export async function measure(world, record) {
  const { million, thousand } = world.filled;
  for (const [what, path] of Object.entries(paths)) {
    await record(`${what}, a million runs`, async () => {
      const ms =
        ({ experiment }) =>
        () =>
          milliseconds(world.service, `/v1/experiments/${idOf("Experiment", experiment)}/${path}`);
      await ms(thousand)(); // until code is compiled
      const measured = await world.interleave(world.rounds, { million: ms(million), thousand: ms(thousand) });
      return {
        unit: "ms",
        own: measured.million,
        beside: { what: "the same at a thousand runs", figures: measured.thousand },
      };
    });
  }
}
