/** Requests to a server, one at a time or as many as it answers. */
import { Agent, request } from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import autocannon from "autocannon";
import { median } from "./rounds.mjs";

const agents = {
  "http:": new Agent({ keepAlive: true, maxSockets: 64 }),
  "https:": new SecureAgent({ keepAlive: true, maxSockets: 64 }),
};

/**
 * Sends a request and reads the answer to its end. Gives its text, unless it is only to be counted, its length, and how many milliseconds it took
 * to arrive as a whole. The body may be pieces.
 * @throws Error if it is no success.
 */
export async function send({ url, headers }, method, path, { body, type = "application/json", count = false } = {}) {
  const target = new URL(url + path);
  const started = performance.now();
  const [agent, open] = target.protocol === "https:" ? [agents["https:"], secureRequest] : [agents["http:"], request];
  const outgoing = open(target, {
    agent,
    method,
    headers: {
      ...headers,
      "accept-encoding": "identity",
      ...(body !== undefined && { "content-type": type }),
      ...(typeof body === "string" && { "content-length": Buffer.byteLength(body) }),
    },
  });
  const answered = new Promise((resolve, reject) => outgoing.once("response", resolve).once("error", reject));
  if (body === undefined || typeof body === "string") outgoing.end(body);
  else await pipeline(Readable.from(body), outgoing);
  const response = await answered;
  const counts = count && response.statusCode < 300;
  const chunks = [];
  let bytes = 0;
  for await (const chunk of response) {
    bytes += chunk.length;
    if (!counts) chunks.push(chunk);
  }
  const ms = performance.now() - started;
  const text = Buffer.concat(chunks).toString();
  if (response.statusCode >= 300) throw new Error(`${response.statusCode}: ${detailIn(text)}`);
  return { ms, bytes, text };
}

/** What a problem says is wrong; of other servers, what they say. */
function detailIn(text) {
  return /"detail":"(.*?)"/.exec(text)?.[1] ?? text.slice(0, 300);
}

export async function get(server, path) {
  return JSON.parse((await send(server, "GET", path)).text);
}

/** Posts JSON and gives what the answer has under `data`. */
export async function post(server, path, body) {
  return JSON.parse((await send(server, "POST", path, { body: JSON.stringify(body) })).text).data;
}

/** Does something for each of many, 64 at a time. */
export async function forEach(items, act) {
  const rest = items.values();
  const worker = async () => {
    for (const item of rest) await act(item);
  };
  await Promise.all(Array.from({ length: 64 }, worker));
}

/**
 * Keeps so many connections busy for some seconds, and gives the answers per second. `next` makes the path and the body of each request.
 * @throws Error if an answer is no success.
 */
export async function load({ url, headers }, { connections, seconds, method = "GET", next }) {
  const setupRequest = (request) => {
    const { path, body } = next();
    return { ...request, path, ...(body !== undefined && { body: JSON.stringify(body) }) };
  };
  let refusal;
  const run = autocannon({
    url,
    connections,
    duration: seconds,
    sampleInt: 100, // how exactly the duration is known
    method,
    headers: { ...headers, ...(method !== "GET" && { "content-type": "application/json" }) },
    requests: [
      {
        setupRequest,
        onResponse: (status, body) => {
          if (status >= 300) refusal ??= `${status} ${body}`;
        },
      },
    ],
  });
  const result = await run;
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${result.non2xx} answers were no success, ${result.errors} requests failed: ${refusal ?? ""}`);
  }
  if (result["2xx"] === 0) throw new Error(`no request was answered in ${seconds} s`);
  return { perSecond: result["2xx"] / result.duration, count: result["2xx"] };
}

/** The middle of the milliseconds that a GET takes, asked one after the other for half a second, or once if it takes longer. */
export async function milliseconds(server, path) {
  const taken = [];
  for (const began = performance.now(); taken.length === 0 || performance.now() - began < 500; ) {
    taken.push((await send(server, "GET", path, { count: true })).ms);
  }
  return median(taken);
}
