/** How long it takes until the answer that something large is deleted. */
import { send } from "../requests.mjs";
import { idOf } from "../samples.mjs";
import { startService } from "../service.mjs";

export const title = "Deletes at a million runs";
export const isSeeded = true;

const paths = {
  deleteExperiment: ({ experiment }) => `/v1/experiments/${idOf("Experiment", experiment)}`,
  deleteDatasetById: ({ dataset }) => `/v1/datasets/${idOf("Dataset", dataset)}`,
};

export async function measure(world, record) {
  const { million, thousand } = world.filled;
  for (const [what, pathOf] of Object.entries(paths)) {
    await record(`${what}, a million runs`, async () => {
      const measured = await world.interleave(Math.max(1, world.rounds - 1), {
        each: () => deleteBoth(world, pathOf(thousand), pathOf(million)),
      });
      const figures = (index) => measured.each.map((pair) => pair[index]);
      return {
        unit: "s",
        own: figures(1),
        beside: { what: "the same at a thousand runs", figures: figures(0) },
        goal: { of: "figure", most: 1 },
      };
    });
  }
}

/** Seconds for a small one and a large one, in a copy of the database. */
async function deleteBoth(world, ...paths) {
  const { url, drop } = await world.copyOfSeed();
  const service = await startService(url);
  try {
    const seconds = [];
    for (const path of paths) seconds.push((await send(service, "DELETE", path)).ms / 1000);
    return seconds;
  } finally {
    await service.stop();
    await drop();
  }
}
