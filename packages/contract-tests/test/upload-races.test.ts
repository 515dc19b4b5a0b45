/** Uploads at the same time as others. The database's locks, not a clock, decide who comes first. */
import { describe, expect, test } from "vitest";
import { givenDataset } from "../src/given.ts";
import { useService } from "../src/service.ts";
import { examplesOf, newName, upload } from "../src/uploads.ts";

const service = useService();

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Does something a number of times at once. */
const atOnce = <Result>(count: number, act: (index: number) => Promise<Result>) => Promise.all(range(count).map(act));

const datasetsNamed = async (name: string) =>
  (await service.get(`/v1/datasets?${new URLSearchParams({ name })}`)).body.data;

const versionsOf = async (id: string): Promise<string[]> =>
  (await service.get(`/v1/datasets/${id}/versions?limit=1000`)).body.data.map(
    ({ version_id }: { version_id: string }) => version_id,
  );

/** Runs `statements` in a transaction of the test's own, starts `request`, and ends the transaction once the request waits for it. */
async function whileItWaits<Result>(
  request: () => Promise<Result>,
  { before, after = "" }: { before: string; after?: string },
): Promise<Result> {
  const client = await service.database.connect();
  const answer = await client
    .query(`begin; ${before}`)
    .then(() => client.query("select pg_backend_pid() as pid"))
    .then(async ({ rows: [{ pid }] }) => {
      const answer = request();
      const waiting = () =>
        service.database.query("select from pg_stat_activity where $1 = any(pg_blocking_pids(pid))", [pid]);
      while ((await waiting()).rowCount === 0);
      await client.query(`${after}; commit`);
      return await answer;
    })
    .finally(() => client.release());
  return answer;
}
