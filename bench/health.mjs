/** How long others wait meanwhile: asks `/healthz` all the time, from a process that has nothing else to do. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";

/** Gives the function that ends it and gives the longest wait, in milliseconds: no end of it, if the server went away. */
export async function watchHealth({ url }) {
  const child = fork(import.meta.filename, [url]);
  const gone = once(child, "exit").then(() => [Number.POSITIVE_INFINITY]);
  await Promise.race([once(child, "message"), gone]); // it has asked once, to be connected
  return async () => {
    const told = once(child, "message");
    if (child.connected) child.send("stop");
    const [longest] = await Promise.race([told, gone]);
    if (child.connected) child.disconnect();
    return longest;
  };
}

if (process.send && process.argv[1] === import.meta.filename) {
  const [url] = process.argv.slice(2);
  const ask = async () => {
    const response = await fetch(`${url}/healthz`).catch(() => process.exit(1));
    await response.arrayBuffer();
  };
  const over = new AbortController();
  process.once("message", () => over.abort());
  let longest = 0;
  await ask();
  process.send("ready");
  while (!over.signal.aborted) {
    const started = performance.now();
    await ask();
    longest = Math.max(longest, performance.now() - started);
    await setTimeout(5);
  }
  process.send(longest);
}
