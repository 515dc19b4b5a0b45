/** Two processes on one port (`ASSAY_WORKERS`), beside one: what writes to one experiment waits for the other process at its counters. */
import { load } from "../requests.mjs";
import { startService } from "../service.mjs";
import { operations } from "./single-writes.mjs";

export const title = "Two processes";

export async function measure(world, record) {
  const { service: one, sizes, rounds, seconds } = world;
  const two = await startService(world.databaseUrl, { ASSAY_WORKERS: "2" });
  for (const [operation, prepare] of Object.entries(operations)) {
    const { path, next } = await prepare(one, sizes);
    const rate = (server) => async () => {
      const request = () => ({ path, body: next() });
      return (await load(server, { connections: 64, seconds, method: "POST", next: request })).perSecond;
    };
    await record(`${operation}, 64 connections, two processes`, async () => {
      for (const server of [one, two]) await rate(server)(); // until code is compiled
      const measured = await world.interleave(rounds, { two: rate(two), one: rate(one) });
      return { unit: "requests/s", own: measured.two, beside: { what: "one process", figures: measured.one } };
    });
  }
  await two.stop();
}
