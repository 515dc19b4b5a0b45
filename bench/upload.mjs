/**
 * Measures uploads to the built service, by JSON and by CSV, beside a COPY of the same rows: by Postgres itself, from a file on its own disk
 * into a table with the indexes of `example_revisions`. Rounds are interleaved; what counts is the ratio, and how far the memory of the
 * service's process grows meanwhile.
 */
import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "../packages/server/dist/index.js";

const { Client } = createRequire(new URL("../packages/server/package.json", import.meta.url))("pg");

const sizes = (process.argv[2] ?? "1000,10000,20000,100000").split(",").map(Number);
const rounds = Number(process.argv[3] ?? 3);
const port = 6109;
const url = `http://127.0.0.1:${port}`;

const scratch = await mkdtemp(join(tmpdir(), "assay-bench-"));
await chmod(scratch, 0o755); // for the account that Postgres runs under, where this is root
const log = { info() {}, warn: console.warn };
const postgres = await startEmbedded({ directory: join(scratch, "postgres"), log });
const client = new Client(postgres.connection);
await client.connect();
const service = await startService();
try {
  await client.query("create table copied (like example_revisions including all)");
  await measure(sizes[0]); // until code is compiled and caches are warm
  console.log("| examples | form | seconds | memory, MB | seconds of COPY | ratio |\n|---|---|---|---|---|---|");
  for (const size of sizes) {
    const taken = [];
    for (let round = 0; round < rounds; round++) taken.push(await measure(size));
    for (const form of ["json", "csv"]) {
      const [seconds, megabytes, copy, ratio] = [
        (each) => each[form].seconds,
        (each) => each[form].megabytes,
        (each) => each.copy,
        (each) => each[form].seconds / each.copy,
      ].map((of) => median(taken.map(of)));
      console.log(
        `| ${size} | ${form} | ${seconds.toFixed(2)} | ${megabytes.toFixed(0)} | ${copy.toFixed(2)} | ${ratio.toFixed(1)} |`,
      );
    }
  }
} finally {
  service.kill("SIGTERM");
  await once(service, "exit");
  await client.end();
  await postgres.stop();
  await rm(scratch, { recursive: true, force: true });
}

async function startService() {
  const { host, user, database } = postgres.connection;
  const child = spawn(process.execPath, ["apps/service/dist/main.js"], {
    env: {
      ...process.env,
      PORT: String(port),
      ASSAY_LOG_LEVEL: "warn",
      DATABASE_URL: `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`,
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  for (const deadline = Date.now() + 20_000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if ((await fetch(`${url}/readyz`).catch(() => undefined))?.ok) return child;
    if (Date.now() > deadline || child.exitCode !== null)
      throw new Error(`the service does not answer on port ${port}`);
  }
}

/** One upload of new examples by each form, and one COPY of the same. */
async function measure(size) {
  const examples = Array.from({ length: size }, (_, n) => ({
    question: `What is ${n} times ${n + 1}, and why? ${randomBytes(60).toString("base64")}`,
    answer: `${n * (n + 1)}, "for short" ${randomBytes(30).toString("base64")}`,
    topic: ["arithmetic", "algebra", "geometry"][n % 3],
    id: `q${n}`,
  }));
  const json = await upload(jsonOf(examples));
  const csv = await upload(csvOf(examples));
  return { json, csv, copy: await copy(examples) };
}

function jsonOf(examples) {
  const body = {
    name: randomUUID(),
    inputs: examples.map(({ question }) => ({ question })),
    outputs: examples.map(({ answer }) => ({ answer })),
    metadata: examples.map(({ topic }) => ({ topic })),
    example_ids: examples.map(({ id }) => id),
  };
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

function csvOf(examples) {
  const cell = (text) => `"${text.replaceAll('"', '""')}"`;
  const lines = examples.map(({ question, answer, topic, id }) => [question, answer, topic, id].map(cell).join());
  const form = new FormData();
  form.append("name", randomUUID());
  form.append("input_keys[]", "question");
  form.append("output_keys[]", "answer");
  form.append("metadata_keys[]", "topic");
  form.append("example_id_key", "id");
  form.append("file", new Blob([["question,answer,topic,id", ...lines].join("\n")], { type: "text/csv" }), "bench.csv");
  return { body: form };
}

async function upload(request) {
  const before = await memory();
  await writeFile(`/proc/${service.pid}/clear_refs`, "5"); // the peak is as of now
  const started = performance.now();
  const response = await fetch(`${url}/v1/datasets/upload?sync=true`, { method: "POST", ...request });
  const seconds = (performance.now() - started) / 1000;
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return { seconds, megabytes: (await memory()).peak - before.now };
}

/** Of the service's process, in MB. */
async function memory() {
  const status = await readFile(`/proc/${service.pid}/status`, "utf8");
  const [now, peak] = ["VmRSS", "VmHWM"].map(
    (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024,
  );
  return { now, peak };
}

/** The same rows as `example_revisions` has them, ids and hashes included. */
async function copy(examples) {
  const { rows } = await client.query("select coalesce(max(id), 0)::integer as last from copied");
  const column = (value) => JSON.stringify(value).replaceAll("\\", "\\\\");
  const lines = examples.map(({ question, answer, topic }, n) => {
    const [id, hash] = [rows[0].last + n + 1, randomBytes(16).toString("hex")];
    const content = [{ question }, { answer }, { topic }].map(column);
    return [id, 1, id, 1, "\\N", "CREATE", ...content, `\\\\x${hash}`].join("\t");
  });
  const file = join(scratch, "rows");
  await writeFile(file, `${lines.join("\n")}\n`);
  const columns = "id, dataset_id, example_id, version_id, superseded_by, kind, input, output, metadata, content_hash";
  const started = performance.now();
  await client.query(`copy copied (${columns}) from '${file}'`);
  return (performance.now() - started) / 1000;
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
