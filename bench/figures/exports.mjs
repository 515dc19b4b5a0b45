/** All runs of an experiment, with examples and evaluations, as a download. */
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { to as copyTo } from "pg-copy-streams";
import { watchHealth } from "../health.mjs";
import { get, send } from "../requests.mjs";
import { idOf } from "../samples.mjs";
import { names } from "../seed.mjs";
import { residentMB, watchPeak } from "../usage.mjs";

export const title = "Exports";
export const isSeeded = true;

const from = (experiment) => `
  from experiment_runs as runs
  join experiment_examples as examples on examples.experiment_id = ${experiment} and examples.example_id = runs.example_id
  join example_revisions as revisions on revisions.id = examples.revision_id`;
const content = `runs.example_id, runs.repetition_number, revisions.input, revisions.output as reference_output, runs.output, runs.error,
  runs.start_time, runs.end_time, runs.trace_id`;
const order = (experiment) =>
  `where runs.experiment_id = ${experiment} order by runs.example_id, runs.repetition_number`;
const evaluation = "name, annotator_kind, label, score, explanation, trace_id, error, metadata, start_time, end_time";

/** `COPY` of what an export has in it, as one statement. */
const copies = {
  json: (experiment) => `copy (
    select row_to_json(run) from (select ${content}, (
      select array_to_json(array_agg(row_to_json(annotation))) from (
        select ${evaluation} from evaluations where experiment_id = ${experiment} and experiment_run_id = runs.id order by id
      ) as annotation
    ) as annotations ${from(experiment)} ${order(experiment)}) as run
  ) to stdout`,
  csv: (experiment) => `copy (
    select ${content}, revisions.metadata, ${names.map((_, n) => evaluation.replaceAll(/\w+/g, `of${n}.$&`)).join(", ")} ${from(experiment)}
    ${names.map((name, n) => `left join evaluations as of${n} on of${n}.experiment_id = ${experiment} and of${n}.experiment_run_id = runs.id and of${n}.name = '${name}'`).join("\n")}
    ${order(experiment)}
  ) to stdout (format csv)`,
};

export async function measure(world, record) {
  const { hundredThousand, million, thousand } = world.filled;
  const formats = await formatsOf(world.service);
  const fetchRuns = ({ experiment }, { rest, accept }) => {
    const path = `/v1/experiments/${idOf("Experiment", experiment)}/${rest}`;
    return send({ ...world.service, headers: { accept } }, "GET", path, { count: true });
  };
  for (const format of formats) await fetchRuns(thousand, format); // until code is compiled
  for (const [size, pair] of [
    [world.sizes.hundredThousand, hundredThousand],
    [world.sizes.million, million],
  ]) {
    for (const form of formats) {
      const what = `export of ${size.toLocaleString("en")} runs as ${form.format}`;
      const others = [];
      await record(what, async () => {
        const measured = await world.interleave(world.rounds, {
          own: async () => {
            const stop = await watch(world.service);
            return await rate(size, () => fetchRuns(pair, form)).finally(async () => others.push(await stop()));
          },
          copy: () => rate(size, () => copyOut(world.client, copies[form.like](pair.experiment))),
        });
        const figures = (name) => others.map((each) => each[name]);
        const goal = (bound) => pair === million && bound;
        return [
          {
            unit: "rows/s",
            own: measured.own,
            beside: { what: "`COPY … TO STDOUT`", figures: measured.copy },
            goal: goal({ of: "ratio", least: 0.6 }),
          },
          {
            what: `${what}: growth of memory`,
            unit: "MB",
            own: figures("growth"),
            goal: goal({ of: "figure", most: 64 }),
          },
          {
            what: `${what}: longest wait for \`/healthz\``,
            unit: "ms",
            own: figures("wait"),
            goal: goal({ of: "figure", most: 50 }),
          },
        ];
      });
    }
  }
}

/** The downloads of an experiment that the service's contract has. */
async function formatsOf(service) {
  const { paths } = await get(service, "/openapi.json");
  const below = "/v1/experiments/{experiment_id}/";
  const forms = { "text/csv": ["CSV", "csv"], "application/x-ndjson": ["NDJSON", "json"] };
  const others = Object.entries(paths).flatMap(([path, { get }]) =>
    Object.keys(get?.responses["200"]?.content ?? {})
      .filter((type) => path.startsWith(below) && forms[type])
      .map((accept) => ({ format: forms[accept][0], rest: path.slice(below.length), like: forms[accept][1], accept })),
  );
  return [{ format: "JSON", rest: "json", like: "json", accept: "application/json" }, ...others];
}

/** Gives the function that gives by how much memory has grown since, in MB, and how long others waited at most. */
async function watch(service) {
  const before = await residentMB(service.pid);
  const [peak, wait] = [await watchPeak(service.pid), await watchHealth(service)];
  return async () => ({ growth: Math.max(0, (await peak()) - before), wait: await wait() });
}

async function rate(rows, act) {
  const started = performance.now();
  await act();
  return (rows * 1000) / (performance.now() - started);
}

async function copyOut(client, statement) {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await pipeline(client.query(copyTo(statement)), nowhere);
}
