/** What the benches share: starting a server and asking it, and the middle of some numbers. */
import { spawn } from "node:child_process";
import { once } from "node:events";

/** Starts a server and waits until it answers. */
export async function start(file, port, variables) {
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, ...variables, PORT: String(port) },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = once(child, "exit");
  const url = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + 60_000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const ready = await fetch(`${url}/readyz`).catch(() => undefined);
    if (ready?.ok) return { child, ended, url };
    if (Date.now() > deadline || child.exitCode !== null) throw new Error(`${file} does not answer on port ${port}`);
  }
}

/** Posts JSON and gives what the answer has under `data`. */
export async function post(url, body) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()).data;
}

export function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
