/**
 * What a new user does: clones this repository as it is committed, starts the service with the README's command, stores a dataset, and
 * finds it again after the service was killed. Then SIGTERM to that command ends all of it.
 */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

const scratch = mkdtempSync(join(tmpdir(), "assay-smoke-"));
chmodSync(scratch, 0o755); // for the account that Postgres runs under, where this is root
const clone = join(scratch, "assay");
const port = await freePort();
const url = `http://localhost:${port}`;

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

/** The README's command, and how it ends. In a process group of its own, so that all of it can be ended. */
function start() {
  const settings = ["--unset=DATABASE_URL", "--unset=ASSAY_DATA_DIR", `PORT=${port}`];
  const command = spawn("env", [...settings, "npx", "--yes", "pnpm@12.21.0", "start"], {
    cwd: clone,
    detached: true,
    stdio: ["ignore", "inherit", "inherit"],
  });
  return { command, exit: once(command, "exit") };
}

async function until(what, patience, isTrue) {
  const end = performance.now() + patience;
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error(`not within ${patience / 1000} s: ${what}`);
    await setTimeout(100);
  }
  console.log(`✓ ${what}`);
}

const isReady = () => fetch(`${url}/readyz`).then(({ ok }) => ok, () => false);
const pidIn = (file) => Number.parseInt(readFileSync(join(clone, ".assay", file), "utf8"), 10);

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const upload = {
  action: "create",
  name: "smoke",
  inputs: [{ question: "What is 6 × 7?" }],
  outputs: [{ answer: "42" }],
};

let running = start;
try {
  execFileSync("git", ["clone", "--quiet", process.cwd(), clone]);
  running = start();
  await until("the start command serves", 300_000, isReady);
  const headers = { "content-type": "application/json" };
  const created = await fetch(`${url}/v1/datasets/upload?sync=true`, { method: "POST", headers, body: JSON.stringify(upload) });
  const { data } = await created.json();
  assert.equal(created.status, 200);

  process.kill(pidIn("service.pid"), "SIGKILL");
  await running.exit;
  running = start();
  await until("it serves again after kill -9", 60_000, isReady);
  const kept = await fetch(`${url}/v1/datasets/${data.dataset_id}/examples`);
  const { examples } = (await kept.json()).data;
  assert.deepEqual(examples.map(({ input, output }) => [input, output]), [[upload.inputs[0], upload.outputs[0]]]);

  const postmaster = pidIn("postgres/postmaster.pid");
  assert(isRunning(postmaster));
  running.command.kill("SIGTERM");
  await until("SIGTERM to the start command ends Postgres", 30_000, () => !isRunning(postmaster));
  console.log("exit", await running.exit);
  assert.equal(await isReady(), false);
} finally {
  rmSync(scratch, { recursive: true });
}
