/**
 * What a new user does: clones this repository as it is committed, starts the service with the README's command, stores a dataset, and
 * finds it again after the service was killed. Then SIGTERM to that command ends all of it.
 */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

const scratch = mkdtempSync(join(tmpdir(), "assay-smoke-"));
chmodSync(scratch, 0o755); // for the account that Postgres runs under, where this is root
const clone = join(scratch, "assay");
const port = await freePort();
const url = `http://localhost:${port}`;
const dataset = { action: "create", name: "smoke", inputs: [{ question: "6 × 7?" }], outputs: [{ answer: "42" }] };

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

/** The README's command while it runs, and how it ends. */
let running;

/** Runs the README's command, and returns once the service answers. */
async function start(patience) {
  const settings = ["-u", "DATABASE_URL", "-u", "ASSAY_DATA_DIR", `PORT=${port}`];
  const command = spawn("env", [...settings, "npx", "--yes", "pnpm@12.21.0", "start"], {
    cwd: clone,
    stdio: ["ignore", "inherit", "inherit"],
  });
  running = { command, exit: once(command, "exit") };
  const early = running.exit.then(() => assert.fail("the start command ended before the service answered"));
  await Promise.race([early, until("the service answers", patience, isReady)]);
}

async function until(what, patience, isTrue) {
  for (const end = performance.now() + patience; !(await isTrue()); await setTimeout(100)) {
    assert(performance.now() < end, `not within ${patience / 1000} s: ${what}`);
  }
}

function isReady() {
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function upload(body) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/v1/datasets/upload?sync=true`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  assert.equal(response.status, 200);
  return (await response.json()).data.dataset_id;
}

async function examplesOf(id) {
  const response = await fetch(`${url}/v1/datasets/${id}/examples`);
  assert.equal(response.status, 200);
  return (await response.json()).data.examples;
}

const servicePid = join(clone, ".assay/service.pid");
const postmasterPid = join(clone, ".assay/postgres/postmaster.pid");
const pidIn = (file) => Number.parseInt(readFileSync(file, "utf8"), 10);

function kill(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    return false; // it is gone
  }
}

try {
  execFileSync("git", ["clone", "--quiet", process.cwd(), clone]);
  await start(150_000);
  const id = await upload(dataset);
  kill(pidIn(servicePid), "SIGKILL");
  await running.exit;

  await start(30_000);
  const kept = await examplesOf(id);
  assert.deepEqual(
    kept.map(({ input, output }) => ({ input, output })),
    [{ input: dataset.inputs[0], output: dataset.outputs[0] }],
  );

  const postmaster = pidIn(postmasterPid);
  assert(kill(postmaster, 0));
  running.command.kill("SIGTERM");
  const { command } = running;
  await until("the start command ends", 30_000, () => command.exitCode !== null || command.signalCode !== null);
  await until("Postgres has ended with it", 1000, () => !kill(postmaster, 0));
  assert.equal(await isReady(), false);
} finally {
  running?.command.kill("SIGTERM");
  await running?.exit;
  if (existsSync(postmasterPid)) kill(pidIn(postmasterPid), "SIGQUIT");
  rmSync(scratch, { recursive: true });
}
