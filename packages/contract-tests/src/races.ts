/** Requests at the same time as others. The database's locks, not a clock, decide who comes first. */
import type { Service } from "./service.ts";

export const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Does something a number of times at once. */
export const atOnce = <Result>(count: number, act: (index: number) => Promise<Result>) =>
  Promise.all(range(count).map(act));

/**
 * Holds locks that `statement` takes until this many requests wait, for them or for one another; then does `last` and lets go. Each request
 * is sent once the one before it waits.
 */
export async function whileTheyWait<Result>(
  service: Service,
  statement: string,
  requests: (() => Promise<Result>)[],
  last = "commit",
): Promise<Result[]> {
  const client = await service.database.connect();
  try {
    await client.query(`begin; ${statement}`);
    const answers: Promise<Result>[] = [];
    for (const request of requests) {
      answers.push(request());
      while ((await waiting(service)) < answers.length);
    }
    await client.query(last);
    return await Promise.all(answers);
  } finally {
    client.release(true); // with whatever it still holds
  }
}

async function waiting(service: Service): Promise<number> {
  const { rows } = await service.database.query(
    "select count(*)::integer from pg_stat_activity where datname = current_database() and pg_blocking_pids(pid) <> '{}'",
  );
  return rows[0].count;
}
