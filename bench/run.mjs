/**
 * Measures writes of runs on the built service, embedded database included, beside a bare `node:http` that reads the same requests and
 * answers the same bytes. The load comes from this process; rounds are interleaved; what counts is the ratio.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import autocannon from "autocannon";
import { median, post, start } from "./service.mjs";

const rounds = 5;
const seconds = 3;
let repetition = 0; // of the runs written so far: each is a new one
const headers = { "content-type": "application/json" };

const scratch = await mkdtemp(join(tmpdir(), "assay-bench-"));
const service = await start("apps/service/dist/main.js", 6107, {
  ASSAY_DATA_DIR: join(scratch, "data"),
  ASSAY_LOG_LEVEL: "silent",
});
const floor = await start("bench/floor.mjs", 6108, {});
try {
  const path = await createExperiment(service.url);
  console.log(
    "| connections | service, requests/s | bare node:http, requests/s | ratio: median (range) |\n|---|---|---|---|",
  );
  for (const connections of [1, 16, 64]) {
    const pairs = [];
    for (let round = 0; round < rounds; round++) {
      pairs.push([await load(service.url + path, connections), await load(floor.url + path, connections)]);
    }
    const ratios = pairs.map(([own, bare]) => own / bare).sort((a, b) => a - b);
    const [own, bare] = [0, 1].map((side) => median(pairs.map((pair) => pair[side])).toFixed(0));
    const [low, middle, high] = [ratios[0], median(ratios), ratios.at(-1)].map((ratio) => ratio.toFixed(3));
    console.log(`| ${connections} | ${own} | ${bare} | ${middle} (${low} to ${high}) |`);
  }
} finally {
  for (const { child } of [service, floor]) child.kill("SIGTERM");
  await Promise.all([service, floor].map(({ ended }) => ended));
  await rm(scratch, { recursive: true, force: true });
}

async function createExperiment(url) {
  const { dataset_id } = await post(`${url}/v1/datasets/upload?sync=true`, {
    name: "bench",
    inputs: [{ question: "What is 6 × 7?" }],
  });
  const { id } = await post(`${url}/v1/datasets/${dataset_id}/experiments`, {});
  return `/v1/experiments/${id}/runs`;
}

/** Answers per second; throws if one of them is no success. */
async function load(url, connections) {
  const setupRequest = (request) => ({
    ...request,
    body: JSON.stringify({
      dataset_example_id: Buffer.from("DatasetExample:1").toString("base64"),
      output: { answer: "42", reasoning: "Six times seven is forty-two. ".repeat(20) },
      repetition_number: ++repetition,
      start_time: "2026-11-22T09:31:02Z",
      end_time: "2026-11-22T09:31:02.8125Z",
    }),
  });
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    method: "POST",
    headers,
    requests: [{ setupRequest }],
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} answers were no success, ${result.errors} requests failed`);
  return result["2xx"] / result.duration;
}
