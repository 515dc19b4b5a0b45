/** What the process of the service has in memory, Postgres apart: with nothing to do, and at most while it does something large. */
import { setTimeout } from "node:timers/promises";
import { load, send } from "../requests.mjs";
import { createExperiment, idOf, newRuns, uploadDataset } from "../samples.mjs";
import { startService } from "../service.mjs";
import { residentMB, watchPeak } from "../usage.mjs";

export const title = "Memory of the service's process";
export const isSeeded = true;

export async function measure(world, record) {
  const { hundredThousand } = world.filled;
  const path = `/v1/experiments/${idOf("Experiment", hundredThousand.experiment)}`;
  const against = encodeURIComponent(idOf("Experiment", hundredThousand.baseline));
  const size = world.sizes.hundredThousand.toLocaleString("en");
  const work = {
    "single runs over 64 connections": (service) => writeRuns(service, world),
    [`an export of ${size} runs`]: (service) => send(service, "GET", `${path}/json`, { count: true }),
    [`a comparison of ${size} runs`]: (service) => send(service, "GET", `${path}/comparison?baseline=${against}`),
  };
  await record("memory", async () => {
    const measured = await world.interleave(world.rounds, { each: () => measureOnce(world, Object.values(work)) });
    const figures = (index) => measured.each.map((each) => each[index]);
    return [
      { what: "memory, idle", unit: "MB", own: figures(0), goal: { of: "figure", most: 150 } },
      ...Object.keys(work).map((what, index) => ({
        what: `memory at most, with ${what}`,
        unit: "MB",
        own: figures(index + 1),
      })),
    ];
  });
}

/** A new process, idle and then at work. */
async function measureOnce(world, work) {
  const service = await startService(world.databaseUrl);
  try {
    await setTimeout(1000); // until what the start needed is freed
    const figures = [await residentMB(service.pid)];
    for (const act of work) {
      const peak = await watchPeak(service.pid);
      await act(service);
      figures.push(await peak());
    }
    return figures;
  } finally {
    await service.stop();
  }
}

async function writeRuns(service, { sizes, seconds }) {
  const { id: dataset, examples } = await uploadDataset(service, sizes.examples);
  const path = `/v1/experiments/${await createExperiment(service, dataset, 100)}/runs`;
  const next = newRuns(examples);
  await load(service, { connections: 64, seconds, method: "POST", next: () => ({ path, body: next() }) });
}
