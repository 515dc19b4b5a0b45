/** The first and the last page of a million runs, newest first: of 100 runs each, the last is the ten-thousandth. */

import { idWithin } from "../floors/rows.mjs";
import { load, send } from "../requests.mjs";
import { idOf } from "../samples.mjs";

export const title = "Pages of runs";
export const isSeeded = true;

export async function measure(world, record) {
  const { service, filled, sizes, rounds, seconds } = world;
  const experiment = filled.million.experiment;
  const last = idWithin(experiment, 100);
  const floor = await world.floor("page.mjs", [], {
    DATABASE_URL: world.databaseUrl,
    PAGES: JSON.stringify({ first: { experiment }, last: { experiment, from: last } }),
  });
  const list = `/v1/experiments/${idOf("Experiment", experiment)}/runs?limit=100`;
  const rate = (server, path) => async () =>
    (await load(server, { connections: 16, seconds, next: () => ({ path }) })).perSecond;
  const place = (sizes.million / 100).toLocaleString("en");
  await record("a page of 100 runs of a million", async () => {
    const sides = {
      first: rate(service, list),
      floor: rate(floor, "/first"),
      last: rate(service, `${list}&cursor=${encodeURIComponent(idOf("ExperimentRun", last))}`),
      alone: async () => Number((await send(floor, "GET", `/alone?${seconds}`)).text),
    };
    await sides.first(); // until code is compiled
    const measured = await world.interleave(rounds + 2, sides);
    const [first, lastPage] = ["the first page of 100 runs", `page ${place} of 100 runs`];
    const beside = (what, side) => ({ what, figures: measured[side] });
    const [own, unit] = [measured.first, "requests/s"];
    return [
      {
        what: first,
        unit,
        own,
        beside: beside("`node:http` and `pg` alone, with the same SQL", "floor"),
        goal: { of: "ratio", least: 0.75 },
      },
      { what: first, unit, own, beside: beside("`pg` alone, without HTTP", "alone") },
      {
        what: lastPage,
        unit,
        own: measured.last,
        beside: beside("the first page", "first"),
        goal: { of: "ratio", least: 0.8 },
      },
    ];
  });
}
