/** Thousands of runs, with three evaluations each or without, in one request. */
import { copyRows, idWithin, pieces, rowOfEvaluation, rowOfRun } from "../floors/rows.mjs";
import { forEach, post, send } from "../requests.mjs";
import { createExperiment, evaluation, newRuns, rowidOf, uploadDataset } from "../samples.mjs";
import { names } from "../seed.mjs";

export const title = "Batch writes";

export async function measure(world, record) {
  const { service, client, sizes, rounds } = world;
  const { id: dataset, examples } = await uploadDataset(service, sizes.examples);
  const next = newRuns(examples);
  const bare = examples.map(next);
  const whole = bare.map((run, n) => ({ ...run, evaluations: names.map((name) => evaluation(name, n)) }));

  /** Rows per second of a way to write runs into a new experiment. */
  const rate = (runs, write) => async () => {
    const experiment = await createExperiment(service, dataset);
    const rows = runs.length * (1 + (runs[0].evaluations?.length ?? 0));
    const started = performance.now();
    await write(experiment, runs);
    return (rows * 1000) / (performance.now() - started);
  };
  const sent = (type, bodyOf) => async (experiment, runs) => {
    const path = `/v1/experiments/${experiment}/runs/batch`;
    const { text } = await send(service, "POST", path, { type, body: bodyOf(runs) });
    const { counts } = JSON.parse(text);
    if (counts.created !== runs.length) throw new Error(`not all runs are created: ${JSON.stringify(counts)}`);
  };
  const ndjson = sent("application/x-ndjson", (runs) => pieces(linesOf(runs)));
  const json = sent("application/json", (runs) => JSON.stringify({ runs }));
  const singly = async (experiment, runs) => {
    await forEach(runs.slice(0, runs.length / 10), async ({ evaluations, ...run }) => {
      const { id } = await post(service, `/v1/experiments/${experiment}/runs`, run);
      for (const each of evaluations ?? [])
        await post(service, "/v1/experiment_evaluations", { experiment_run_id: id, ...each });
    });
  };
  const copy = async (experiment, runs) => copyWhole(client, rowidOf(experiment), runs);

  for (const [what, runs] of [
    ["runs", bare],
    ["runs with three evaluations each", whole],
  ]) {
    const title = `batch of ${runs.length.toLocaleString("en")} ${what}`;
    await record(title, async () => {
      for (const way of [copy, ndjson, json]) await rate(runs, way)(); // until code is compiled
      const measured = await world.interleave(rounds + 2, {
        copy: rate(runs, copy),
        ndjson: rate(runs, ndjson),
        json: rate(runs, json),
        singly: async () => (await rate(runs, singly)()) / 10,
      });
      const beside = { what: "`COPY`", figures: measured.copy };
      return [
        { what: `${title}, NDJSON`, goal: { of: "ratio", least: 0.5 }, figures: measured.ndjson },
        { what: `${title}, JSON`, figures: measured.json },
        { what: `${title}, single operations, 64 connections`, figures: measured.singly },
      ].map(({ figures, ...each }) => ({ ...each, unit: "rows/s", own: figures, beside }));
    });
  }
}

function* linesOf(runs) {
  for (const run of runs) yield `${JSON.stringify(run)}\n`;
}

/** What the service does with the rows, less everything but the rows. */
async function copyWhole(client, experiment, runs) {
  await client.query("begin");
  await copyRows(
    client,
    "experiment_runs",
    runs.map((run, n) => rowOfRun(experiment, n + 1, run)),
  );
  const evaluations = runs.flatMap(({ evaluations = [] }, n) =>
    evaluations.map((each) => ({ ...each, experiment_run_id: idWithin(experiment, n + 1) })),
  );
  await copyRows(
    client,
    "evaluations",
    evaluations.map((each, n) => rowOfEvaluation(experiment, n + 1, each)),
  );
  await client.query("commit");
}
