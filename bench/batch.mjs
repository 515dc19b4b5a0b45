/**
 * Measures what a batch of 10,000 runs with three evaluations each writes in a second, in one request by NDJSON, beside `COPY` of the same rows
 * into the same tables from one connection, and beside the single operations over 64 connections. On the built service and its embedded
 * database; rounds are interleaved; what counts is the ratio.
 */
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { median, post, start } from "./service.mjs";

const rounds = 5;
const runCount = 10_000;
const names = ["exact match", "helpfulness", "length"];
const rowCount = runCount * (1 + names.length);
/** Of the single operations a tenth will do. */
const singleRuns = runCount / 10;
const connections = 64;
const times = { start_time: "2026-11-22T09:31:02Z", end_time: "2026-11-22T09:31:02.8125Z" };

const scratch = await mkdtemp(join(tmpdir(), "assay-bench-"));
const service = await start("apps/service/dist/main.js", 6115, {
  ASSAY_DATA_DIR: join(scratch, "data"),
  ASSAY_LOG_LEVEL: "silent",
});
const client = new pg.Client({ host: join(scratch, "data/postgres"), user: "assay", database: "postgres", ssl: false });
await client.connect();
try {
  const dataset = await post(`${service.url}/v1/datasets/upload?sync=true`, {
    name: "bench",
    inputs: Array.from({ length: runCount }, (_, n) => ({ question: `What is ${n} × 7?` })),
  });
  const examples = (await (await fetch(`${service.url}/v1/datasets/${dataset.dataset_id}/examples`)).json()).data
    .examples;
  const runs = examples.map(({ node_id }, n) => runOn(node_id, n));
  const measured = { batch: [], again: [], copy: [], single: [] };
  for (let round = 0; round < rounds; round++) {
    const [batched, copied, single] = await Promise.all(
      [0, 1, 2].map(async () => (await post(`${service.url}/v1/datasets/${dataset.dataset_id}/experiments`, {})).id),
    );
    measured.copy.push(await rate(rowCount, () => copyRuns(copied, runs)));
    measured.batch.push(await rate(rowCount, () => postBatch(batched, runs, "created")));
    measured.again.push(await rate(rowCount, () => postBatch(batched, runs, "exists")));
    measured.single.push(
      await rate((rowCount * singleRuns) / runCount, () => postSingly(single, runs.slice(0, singleRuns))),
    );
  }
  console.log("| | rows/s | ratio to `COPY`: median (range) |\n|---|---|---|");
  const labels = {
    copy: "`COPY`",
    batch: "NDJSON, one request",
    again: "the same again",
    single: `single operations, ${connections} connections`,
  };
  for (const [name, label] of Object.entries(labels)) {
    const ratios = measured[name].map((own, round) => own / measured.copy[round]).sort((a, b) => a - b);
    const [low, middle, high] = [ratios[0], median(ratios), ratios.at(-1)].map((ratio) => ratio.toFixed(2));
    console.log(`| ${label} | ${median(measured[name]).toFixed(0)} | ${middle} (${low} to ${high}) |`);
  }
} finally {
  await client.end();
  service.child.kill("SIGTERM");
  await service.ended;
  await rm(scratch, { recursive: true, force: true });
}

function runOn(dataset_example_id, n) {
  const output = { answer: String(n * 7), reasoning: "Six times seven is forty-two. ".repeat(20) };
  const evaluations = names.map((name) => ({
    name,
    annotator_kind: "CODE",
    result: { score: (n % 10) / 10, label: n % 2 ? "good" : "bad", explanation: "It says what was asked for." },
    ...times,
  }));
  return { dataset_example_id, repetition_number: 1, output, ...times, evaluations };
}

/** Rows per second. */
async function rate(rows, write) {
  const started = performance.now();
  await write();
  return (rows * 1000) / (performance.now() - started);
}

/** What the service does with the rows, less everything but the rows. */
async function copyRuns(experimentId, runs) {
  const experiment = rowidOf(experimentId);
  const idOf = (n) => experiment * 2 ** 27 + n + 1;
  const runLines = function* () {
    for (const [n, { dataset_example_id, output }] of runs.entries())
      yield line([
        experiment,
        idOf(n),
        rowidOf(dataset_example_id),
        1,
        JSON.stringify(output),
        null,
        null,
        times.start_time,
        times.end_time,
      ]);
  };
  const evaluationLines = function* () {
    for (const [n, { evaluations }] of runs.entries())
      for (const [at, { name, annotator_kind, result }] of evaluations.entries())
        yield line([
          experiment,
          idOf(n * names.length + at),
          idOf(n),
          name,
          annotator_kind,
          result.label,
          result.score,
          result.explanation,
          null,
          "{}",
          null,
          times.start_time,
          times.end_time,
        ]);
  };
  await client.query("begin");
  const runColumns = "experiment_id, id, example_id, repetition_number, output, error, trace_id, start_time, end_time";
  await pipeline(
    Readable.from(pieces(runLines())),
    client.query(copyFrom(`copy experiment_runs (${runColumns}) from stdin`)),
  );
  const columns =
    "experiment_id, id, experiment_run_id, name, annotator_kind, label, score, explanation, error, metadata, trace_id, start_time, end_time";
  await pipeline(
    Readable.from(pieces(evaluationLines())),
    client.query(copyFrom(`copy evaluations (${columns}) from stdin`)),
  );
  await client.query("commit");
}

function rowidOf(id) {
  return Number(Buffer.from(id, "base64").toString().split(":")[1]);
}

function line(values) {
  return `${values.map((value) => (value === null ? "\\N" : String(value).replaceAll("\\", "\\\\"))).join("\t")}\n`;
}

/** Texts in pieces of 64 kB, as a client that cares for its own time sends them. */
function* pieces(lines) {
  let piece = "";
  for (const each of lines) {
    piece += each;
    if (piece.length < 64 * 1024) continue;
    yield Buffer.from(piece);
    piece = "";
  }
  yield Buffer.from(piece);
}

async function postBatch(experimentId, runs, outcome) {
  const lines = function* () {
    for (const run of runs) yield `${JSON.stringify(run)}\n`;
  };
  const outgoing = request(`${service.url}/v1/experiments/${experimentId}/runs/batch`, {
    method: "POST",
    headers: { "content-type": "application/x-ndjson" },
  });
  const answered = once(outgoing, "response");
  await pipeline(Readable.from(pieces(lines())), outgoing);
  const [response] = await answered;
  const { counts } = JSON.parse(await text(response));
  if (counts?.[outcome] !== runs.length) throw new Error(`not all runs are ${outcome}: ${JSON.stringify(counts)}`);
}

async function postSingly(experimentId, runs) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const send = (path, body) =>
    new Promise((resolve, reject) => {
      const headers = { "content-type": "application/json" };
      const outgoing = request(service.url + path, { agent, method: "POST", headers }, async (response) => {
        const answer = await text(response);
        if (response.statusCode === 200) resolve(JSON.parse(answer).data);
        else reject(new Error(answer));
      });
      outgoing.on("error", reject).end(JSON.stringify(body));
    });
  const rest = runs.values();
  const worker = async () => {
    for (const { evaluations, ...run } of rest) {
      const { id } = await send(`/v1/experiments/${experimentId}/runs`, run);
      for (const evaluation of evaluations)
        await send("/v1/experiment_evaluations", { experiment_run_id: id, ...evaluation });
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  agent.destroy();
}
