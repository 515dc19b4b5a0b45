/** From `node apps/service/dist/main.js` to the first answer of `/readyz`. */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { uploadDataset } from "../samples.mjs";
import { start, startService } from "../service.mjs";

export const title = "Start";
export const isSeeded = true;

export async function measure(world, record) {
  const scratch = await mkdtemp(join(tmpdir(), "assay-bench-"));
  await chmod(scratch, 0o755); // for the account that Postgres runs under, where this is root
  const data = join(scratch, "data");
  const seconds = async (begin, before = async () => {}) => {
    await before();
    const started = performance.now();
    const server = await begin();
    const taken = (performance.now() - started) / 1000;
    await server.stop();
    return taken;
  };
  const empty = () => rm(data, { recursive: true, force: true });
  const service = () => startService("", { ASSAY_DATA_DIR: data });
  await record("to ready", async () => {
    const measured = await world.interleave(world.rounds, {
      empty: () => seconds(service, empty),
      fill: async () => {
        const server = await service();
        await uploadDataset(server, world.sizes.examples);
        await server.stop();
      },
      existing: () => seconds(service),
      million: () => seconds(() => startService(world.databaseUrl)),
      http: () => seconds(() => start("bench/floors/http.mjs")),
    });
    const beside = { what: "bare `node:http`", figures: measured.http };
    return [
      { what: "start to ready, on an empty directory", own: measured.empty, goal: { of: "figure", most: 3 } },
      {
        what: "start to ready, on an existing embedded database",
        own: measured.existing,
        goal: { of: "figure", most: 1 },
      },
      { what: "start to ready, on a Postgres that runs, with a million runs", own: measured.million },
    ].map((each) => ({ ...each, unit: "s", beside }));
  });
  await rm(scratch, { recursive: true, force: true });
}
