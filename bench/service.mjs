/** Servers as processes of their own, which end with this one. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout } from "node:timers/promises";

const running = new Set();

/** Starts a server, on a port of its own, and waits until it is ready. */
export async function start(file, variables = {}, args = [], flags = []) {
  const port = await freePort();
  const child = spawn(process.execPath, [...flags, file, ...args], {
    env: { ...process.env, ...variables, PORT: String(port) },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = once(child, "exit").then(() => running.delete(server));
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  const server = { url, headers: {}, pid: child.pid, stop };
  running.add(server);
  for (const deadline = Date.now() + 60_000; ; await setTimeout(5)) {
    if ((await fetch(`${url}/readyz`).catch(() => undefined))?.ok) return server;
    if (Date.now() < deadline && child.exitCode === null) continue;
    await stop();
    throw new Error(`${file} does not answer`);
  }
}

/** The service as it is built, over a database, started as `pnpm start` starts it. */
export function startService(databaseUrl, variables = {}) {
  const environment = {
    DATABASE_URL: databaseUrl,
    ASSAY_AUTH: "off",
    ASSAY_RATE_LIMIT: "0",
    MALLOC_ARENA_MAX: "2",
    ...variables,
  };
  return start("apps/service/dist/main.js", environment, [], ["--max-semi-space-size=16"]);
}

export async function stopAll() {
  await Promise.all([...running].map(({ stop }) => stop()));
}

/** A port that nobody listened on just now. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
