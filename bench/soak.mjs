/**
 * Keeps the built service busy with all that people do, at 70 % of what it can do, for as many minutes as are given (30), and tells whether the end is like
 * the beginning: `node bench/soak.mjs [MINUTES]`, after `pnpm build`. From ten minutes on it writes `soak.md`; a shorter one only prints it.
 */
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pieces } from "./floors/rows.mjs";
import { watchHealth } from "./health.mjs";
import { currentCommit, describeMachine } from "./machine.mjs";
import { openPostgres } from "./postgres.mjs";
import { send } from "./requests.mjs";
import { median } from "./rounds.mjs";
import { evaluation, evaluationOf, newRuns, recordExperiment } from "./samples.mjs";
import { names } from "./seed.mjs";
import { startService, stopAll } from "./service.mjs";
import { residentMB, residentTreeMB } from "./usage.mjs";

const minutes = Number(process.argv[2] ?? 30);
const [workers, examples, calibration] = [16, 100, Math.min(60, minutes * 10)];
const share = 0.7;
const database = "assay_bench_soak";
const log = (text) => process.stderr.write(`${text}\n`);

/** What was asked since the last look, and at what pace it is asked. */
const load = { perSecond: Number.POSITIVE_INFINITY, next: 0, taken: [], errors: [], isOver: false };

/** Sends a request when it is its turn, and notes how long it took. Up to a second that was lost is made up for. */
async function ask(server, method, path, options) {
  load.next = Math.max(load.next + 1000 / load.perSecond, performance.now() - 1000);
  const wait = load.next - performance.now();
  if (wait > 1) await setTimeout(wait);
  const started = performance.now();
  try {
    const { text } = await send(server, method, path, options);
    load.taken.push(performance.now() - started);
    return method === "POST" ? JSON.parse(text).data : undefined;
  } catch (error) {
    load.errors.push(error.message);
    throw error;
  }
}

const json = (value) => ({ body: JSON.stringify(value) });

/** An experiment, from its beginning to its end: what there is at any moment does not grow. */
async function liveOnce(server, { dataset, baseline, ids }, turn) {
  const { id } = await ask(
    server,
    "POST",
    `/v1/datasets/${dataset}/experiments`,
    json({ name: "soak", repetitions: 2 }),
  );
  const path = `/v1/experiments/${id}`;
  const next = newRuns(ids);
  for (let n = 0; n < examples; n++) {
    const run = await ask(server, "POST", `${path}/runs`, json(next()));
    for (const name of names)
      await ask(server, "POST", "/v1/experiment_evaluations", json(evaluationOf(run.id, name, n)));
    if (n % 10 === 0) await ask(server, "GET", path);
    if (n % 25 === 0) await ask(server, "GET", `${path}/runs?limit=100`);
  }
  await ask(server, "GET", `${path}/incomplete-runs`);
  const lines = ids.map(
    (_, n) => `${JSON.stringify({ ...next(), evaluations: names.map((name) => evaluation(name, n)) })}\n`,
  );
  await ask(server, "POST", `${path}/runs/batch`, { type: "application/x-ndjson", body: pieces(lines) });
  await ask(server, "GET", `${path}/incomplete-evaluations?evaluation_name=${names[0]}`);
  await ask(server, "GET", `/v1/datasets/${dataset}/experiments`);
  await ask(server, "GET", `${path}/summary`);
  await ask(server, "GET", `${path}/comparison?baseline=${baseline}`);
  await ask(server, "GET", `${path}/${turn % 2 ? "csv" : "json"}`, { count: true });
  await ask(server, "DELETE", path);
  if (turn % 10 === 0) {
    const inputs = ids.map((_, n) => ({ question: `What is ${n} times seven?` }));
    const uploaded = await ask(server, "POST", "/v1/datasets/upload?sync=true", json({ name: randomUUID(), inputs }));
    await ask(server, "DELETE", `/v1/datasets/${uploaded.dataset_id}`);
  }
}

/** A dataset, and an experiment over it to compare others with. */
async function prepare(server) {
  const { dataset, experiment, examples: ids } = await recordExperiment(server, examples);
  return { dataset, baseline: encodeURIComponent(experiment), ids };
}

/** Measures for so many seconds. */
async function watch(server, postgres, seconds) {
  load.taken = [];
  load.errors = [];
  const wait = await watchHealth(server);
  await setTimeout(seconds * 1000);
  const taken = load.taken.toSorted((a, b) => a - b);
  const root = await postgres.pid();
  return {
    requests: taken.length,
    perSecond: taken.length / seconds,
    errors: load.errors.length,
    error: load.errors[0],
    p50: taken[Math.floor(taken.length * 0.5)],
    p99: taken[Math.floor(taken.length * 0.99)],
    wait: await wait(),
    service: await residentMB(server.pid),
    postgres: root && (await residentTreeMB(root)),
  };
}

async function soak(postgres) {
  await postgres.create(database);
  const server = await startService(postgres.urlOf(database));
  const world = await prepare(server);
  const working = Array.from({ length: workers }, async (_, worker) => {
    for (let turn = worker; !load.isOver; turn++) await liveOnce(server, world, turn).catch(() => {});
  });
  await setTimeout(calibration * 500); // until code is compiled
  const { perSecond: peak } = await watch(server, postgres, calibration);
  load.perSecond = share * peak;
  log(`at most ${peak.toFixed(0)} requests a second; from now on ${load.perSecond.toFixed(0)}`);
  const measured = [];
  for (let minute = 1; minute <= minutes; minute++) {
    measured.push(await watch(server, postgres, 60));
    log(`minute ${minute}: ${JSON.stringify(measured.at(-1))}`);
  }
  load.isOver = true;
  load.perSecond = Number.POSITIVE_INFINITY;
  await Promise.all(working);
  return { peak, measured };
}

/** Several minutes as one. */
function together(some) {
  const middle = (name) => median(some.map((minute) => minute[name]));
  const sum = (name) => some.reduce((total, minute) => total + minute[name], 0);
  return {
    requests: sum("requests"),
    errors: sum("errors"),
    p50: middle("p50"),
    p99: middle("p99"),
    wait: Math.max(...some.map(({ wait }) => wait)),
    service: middle("service"),
    postgres: some[0].postgres && middle("postgres"),
  };
}

function verdicts(first, last, errors) {
  const growth = last.service / first.service - 1;
  const slower = last.p99 / first.p99 - 1;
  const percent = (part) => `${part < 0 ? "−" : "+"}${Math.abs(part * 100).toFixed(0)} %`;
  return [
    [errors === 0, `${errors} errors`],
    [
      growth < 0.1,
      `memory of the service at the end, beside the beginning: ${percent(growth)} (less than +10 % is none)`,
    ],
    [slower < 0.25, `p99 at the end, beside the beginning: ${percent(slower)} (less than +25 % is none)`],
  ].map(([isWell, text]) => `- ${isWell ? "✓" : "✗"} ${text}`);
}

async function report({ peak, measured }, machine) {
  const size = Math.max(1, Math.min(5, Math.floor(measured.length / 2)));
  const windows = [];
  for (let start = 0; start < measured.length; start += size)
    windows.push([start, measured.slice(start, start + size)]);
  const line = ([start, some]) => {
    const { requests, errors, p50, p99, wait, service, postgres } = together(some);
    const cells = [p50.toFixed(1), p99.toFixed(0), wait.toFixed(0), service.toFixed(0), postgres?.toFixed(0) ?? ""];
    const last = start + some.length;
    return `| ${last > start + 1 ? `${start + 1} to ${last}` : last} | ${requests.toLocaleString("en")} | ${errors} | ${cells.join(" | ")} |`;
  };
  const errors = measured.reduce((sum, minute) => sum + minute.errors, 0);
  const firstError = measured.find(({ error }) => error)?.error;
  return `<!-- Written by bench/soak.mjs: do not edit. -->
# ${minutes} minutes of everything

Single runs and evaluations, batches, pages, \`getExperiment\`, what is missing, summaries, comparisons, exports, uploads and deletes, from ${workers} clients
together, at ${share * 100} % of the ${peak.toFixed(0)} requests a second that the service answered before. Load generator, service and Postgres share the machine:
${machine.processor}, ${machine.cores} cores, ${machine.memory}; ${machine.system}; Node ${machine.node}; Postgres ${machine.postgres}. On ${new Date().toISOString().slice(0, 10)}, at commit \`${await currentCommit()}\`.

| minutes | requests | errors | p50, ms | p99, ms | longest wait for \`/healthz\`, ms | service, MB | Postgres, MB |
|---|---|---|---|---|---|---|---|
${windows.map(line).join("\n")}

${verdicts(together(measured.slice(0, size)), together(measured.slice(-size)), errors).join("\n")}
${firstError ? `\nThe first error: ${firstError}\n` : ""}`;
}

const postgres = await openPostgres(join(import.meta.dirname, ".data/data"));
async function cleanUp() {
  await stopAll();
  await postgres.drop(database).catch(() => {});
  await postgres.close();
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, async () => {
    await cleanUp();
    process.exit(130);
  });
}
try {
  const text = await report(await soak(postgres), await describeMachine(postgres));
  if (minutes >= 10) await writeFile(new URL("soak.md", import.meta.url), text);
  console.log(text);
} finally {
  await cleanUp();
}
process.exit();
