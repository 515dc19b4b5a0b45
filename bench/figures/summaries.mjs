/** Summaries and comparisons: the first after something was written, which reads all there is, and those after it. */

import { idWithin } from "../floors/rows.mjs";
import { watchHealth } from "../health.mjs";
import { milliseconds, post, send } from "../requests.mjs";
import { evaluationOf, idOf, runOn } from "../samples.mjs";
import { names } from "../seed.mjs";

export const title = "Summaries and comparisons";
export const isSeeded = true;

const readings = [
  { what: "summary", rest: "summary", goal: { of: "figure", most: 2 } },
  { what: "comparison", rest: "comparison" },
  { what: "comparison by one evaluation", rest: "comparison", evaluation: names[0] },
];

/** What Postgres takes to aggregate the same rows. */
const scan = `
  select name, count(*), count(score), avg(score), stddev(score), min(score), max(score), count(label)
  from evaluations where experiment_id = any($1) and ($2::text is null or name = $2) group by experiment_id, name
  union all
  select null, count(*), count(error), avg(extract(epoch from end_time - start_time)), 0, 0, 0, 0
  from experiment_runs where experiment_id = any($1) group by experiment_id`;

export async function measure(world, record) {
  const { hundredThousand, million, thousand } = world.filled;
  const sizes = [
    [world.sizes.hundredThousand, hundredThousand],
    [world.sizes.million, million],
  ];
  const pathOf = ({ experiment, baseline }, { rest, evaluation }) => {
    const query = new URLSearchParams(rest === "comparison" ? { baseline: idOf("Experiment", baseline) } : {});
    if (evaluation !== undefined) query.set("evaluation", evaluation);
    return `/v1/experiments/${idOf("Experiment", experiment)}/${rest}?${query}`;
  };
  let repetition = 100; // which no example has
  for (const [size, pair] of sizes) {
    const { rows } = await world.client.query(
      "select min(example_id) as example from experiment_examples where experiment_id = $1",
      [pair.experiment],
    );
    const example = idOf("DatasetExample", rows[0].example);
    for (const reading of readings) {
      const what = `${reading.what} of ${size.toLocaleString("en")} runs`;
      const { experiment, baseline } = pair;
      const ids = reading.rest === "comparison" ? [experiment, baseline] : [experiment];
      const run = idOf("ExperimentRun", idWithin(experiment, 1));
      const waits = [];
      await record(what, async () => {
        const measured = await world.interleave(world.rounds, {
          evaluation: async (round) => {
            await post(world.service, "/v1/experiment_evaluations", evaluationOf(run, names[0], round));
            return (await send(world.service, "GET", pathOf(pair, reading))).ms / 1000;
          },
          all: async (round) => {
            for (const name of names)
              await post(world.service, "/v1/experiment_evaluations", evaluationOf(run, name, round));
            const wait = await watchHealth(world.service);
            const answer = await send(world.service, "GET", pathOf(pair, reading)).finally(async () =>
              waits.push(await wait()),
            );
            return answer.ms / 1000;
          },
          run: async (round) => {
            const runs = `/v1/experiments/${idOf("Experiment", experiment)}/runs`;
            await post(world.service, runs, runOn(example, repetition++, round));
            return (await send(world.service, "GET", pathOf(pair, reading))).ms / 1000;
          },
          sql: async () => {
            const started = performance.now();
            await world.client.query(scan, [ids, reading.evaluation ?? null]);
            return (performance.now() - started) / 1000;
          },
          again: () => milliseconds(world.service, pathOf(pair, reading)),
          thousand: () => milliseconds(world.service, pathOf(thousand, reading)),
        });
        const goal = pair === million && reading.goal;
        const beside = (what, side) => ({ what, figures: measured[side] });
        const after = (change, side) => ({
          what: `${what}, after ${change}`,
          unit: "s",
          own: measured[side],
          beside: beside("the same rows aggregated by SQL", "sql"),
          goal,
        });
        return [
          after("another evaluation", "evaluation"),
          after("another run", "run"),
          after("others under each name", "all"),
          { what: `${what}, meanwhile: longest wait for \`/healthz\``, unit: "ms", own: waits },
          {
            what: `${what}, unchanged`,
            unit: "ms",
            own: measured.again,
            beside: beside("the same at a thousand runs", "thousand"),
          },
        ];
      });
    }
  }
}
