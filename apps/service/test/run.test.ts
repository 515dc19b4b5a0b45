/** The process as whoever starts it sees it: what it prints, how it ends. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";

const program = fileURLToPath(new URL("../src/main.ts", import.meta.url));
let directory: string;
let running: ChildProcess[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "assay-test-"));
  await chmod(directory, 0o755); // for the account that Postgres runs under
});

afterEach(async () => {
  await Promise.all(running.map((child) => stop(child)));
  running = [];
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

function run(settings: Record<string, string> = {}) {
  const env = {
    PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
    PORT: "0",
    ASSAY_DATA_DIR: join(directory, "data"),
    ...settings,
  };
  const child = spawn(process.execPath, ["--conditions=@assay/source", program], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  return child;
}

async function stop(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal);
    await once(child, "exit");
  }
  return child.exitCode;
}

/** Starts the service, and returns once it listens. */
async function serve(settings?: Record<string, string>) {
  const child = run(settings);
  let welcome = "";
  for await (const chunk of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    welcome += chunk;
    if (welcome.includes("Ctrl-C")) break;
  }
  child.stdout.resume();
  const url = /http:\/\/localhost:\d+/.exec(welcome)?.[0] ?? "";
  return { child, url, welcome };
}

/** An upload of which all but the last byte has been sent. */
async function beginUpload(url: string): Promise<{ upload: ClientRequest; finish: () => Promise<IncomingMessage> }> {
  const body = JSON.stringify({ action: "create", name: `upload ${performance.now()}`, inputs: [{}] });
  const headers = { "content-type": "application/json", "content-length": body.length };
  const upload = request(`${url}/v1/datasets/upload?sync=true`, { method: "POST", headers });
  upload.on("error", () => {}); // the service may cut it off
  await new Promise((sent) => upload.write(body.slice(0, -1), sent));
  const finish = async () => {
    const answered = once(upload, "response");
    upload.end(body.slice(-1));
    const [response] = await answered;
    return response;
  };
  return { upload, finish };
}

const refused = (url: string) =>
  fetch(`${url}/healthz`).then(
    () => false,
    () => true,
  );

test("once it listens it says where, where the data is, and what to do next", async () => {
  const { url, welcome } = await serve();
  expect(welcome).toContain(`Assay listens on ${url}`);
  expect(welcome).toContain(`keeps its data in ${join(directory, "data")}`);
  expect(welcome).toContain(`PHOENIX_HOST=${url}`);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});

describe("listening beyond loopback, with no key and no secret", () => {
  const settings = () => ({ HOST: "0.0.0.0", ASSAY_DATA_DIR: join(directory, "guarded") });
  const list = (url: string, key: string) =>
    fetch(`${url}/v1/system/api_keys`, { headers: { authorization: `Bearer ${key}` } });

  test("it prints an admin key, once; the log has it nowhere", async () => {
    const first = await serve(settings());
    const key = /assay_\w{49}/.exec(first.welcome)?.[0] ?? "";
    expect((await list(first.url, key)).status).toBe(200);
    expect((await list(first.url, "none")).status).toBe(401);
    await stop(first.child);
    const second = await serve(settings());
    expect(second.welcome).not.toMatch(/assay_\w{49}/);
    expect((await list(second.url, key)).status).toBe(200);
  });

  test("it prints none where a secret is given", async () => {
    const secret = "a secret of the tests, long enough";
    const { welcome, url } = await serve({ ...settings(), ASSAY_ADMIN_SECRET: secret });
    expect(welcome).not.toMatch(/assay_\w{49}/);
    expect((await list(url, secret)).status).toBe(200);
  });
});

describe("told to stop", () => {
  test.each([
    { by: "SIGTERM", signals: ["SIGTERM"] },
    { by: "SIGHUP", signals: ["SIGHUP"] },
    { by: "Ctrl-C, which pnpm doubles", signals: ["SIGINT", "SIGTERM"] },
  ] as const)("by $by, it lets a request finish first, and exits with 0", async ({ signals }) => {
    const { child, url } = await serve();
    const { finish } = await beginUpload(url);
    const ended = once(child, "exit");
    for (const signal of signals) child.kill(signal);
    await expect.poll(() => refused(url)).toBe(true);
    expect((await finish()).statusCode).toBe(200);
    expect(await ended).toEqual([0, null]);
  });

  test("it waits no longer than it may", async () => {
    const { child, url } = await serve({ ASSAY_SHUTDOWN_TIMEOUT_MS: "100" });
    await beginUpload(url);
    expect(await stop(child)).toBe(0);
  });

  test("by a second SIGINT it ends at once", async () => {
    const { child, url } = await serve();
    await beginUpload(url);
    child.kill("SIGINT");
    await expect.poll(() => refused(url)).toBe(true);
    expect(await stop(child, "SIGINT")).toBe(130);
  });
});

describe("with several workers", () => {
  const workers = { ASSAY_WORKERS: "2" };

  /** The processes that answer, found by their lines in the log; on connections of their own, requests go to whoever is free. */
  async function whoAnswers({ child, url }: { child: ChildProcess; url: string }): Promise<Set<number>> {
    const pids = new Set<number>();
    const note = (lines: string) => {
      for (const [, pid] of lines.matchAll(/"pid":(\d+).*"path":"\/v1\/datasets"/g)) pids.add(Number(pid));
    };
    child.stdout?.on("data", note);
    await expect
      .poll(async () => {
        const ask = () => fetch(`${url}/v1/datasets`, { headers: { connection: "close" } }).catch(() => undefined);
        for (const answer of await Promise.all(Array.from({ length: 20 }, ask)))
          expect(answer?.status ?? 200).toBe(200);
        return pids.size;
      })
      .toBe(2);
    child.stdout?.off("data", note);
    return pids;
  }

  test("each answers on the one port, over one database", async () => {
    const service = await serve(workers);
    const pids = await whoAnswers(service);
    expect(pids).not.toContain(service.child.pid);
  });

  test("one that dies is replaced", async () => {
    const service = await serve(workers);
    const [victim = 0, other] = await whoAnswers(service);
    process.kill(victim, "SIGKILL");
    await expect.poll(async () => (await fetch(`${service.url}/readyz`).catch(() => undefined))?.status).toBe(200);
    const pids = await whoAnswers(service);
    expect(pids).not.toContain(victim);
    expect(pids).toContain(other);
  });

  test("told to stop, they let requests finish first", async () => {
    const { child, url } = await serve(workers);
    const uploads = await Promise.all([beginUpload(url), beginUpload(url)]);
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await expect.poll(() => refused(url)).toBe(true);
    for (const { finish } of uploads) expect((await finish()).statusCode).toBe(200);
    expect(await ended).toEqual([0, null]);
  });

  test("none is left behind by a service that is killed", async () => {
    const service = await serve(workers);
    await whoAnswers(service);
    const { stdout } = service.child; // all of them hold it open
    await Promise.all([once(stdout, "end"), stop(service.child, "SIGKILL")]);
    expect(await refused(service.url)).toBe(true);
  });
});

test("a client that stops in the middle of its request is cut off", async () => {
  const { url } = await serve({ ASSAY_IDLE_TIMEOUT_MS: "100" });
  const { upload } = await beginUpload(url);
  const [error] = await once(upload, "error");
  expect(error).toMatchObject({ code: "ECONNRESET" });
});

describe("exits with 1, and says why, when", () => {
  async function failure(settings: Record<string, string>) {
    const child = run(settings);
    const [said] = await Promise.all([text(child.stderr), once(child, "exit")]);
    expect(child.exitCode).toBe(1);
    return said.trimEnd();
  }

  test("a variable has a bad value", async () => {
    expect(await failure({ PORT: "http" })).toBe('PORT is "http"; it must be a whole number from 0 to 65535.');
  });

  test("the port is in use", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void other.close());
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address ? address.port : 0;
    expect(await failure({ PORT: `${port}` })).toBe(
      `Port ${port} on 127.0.0.1 is in use by another program: stop that, or set PORT.`,
    );
  });

  test("the port is in use, found by one of several workers", async () => {
    const { url } = await serve();
    const port = new URL(url).port;
    expect(await failure({ PORT: port, ASSAY_WORKERS: "2", ASSAY_DATA_DIR: join(directory, "other") })).toBe(
      `Port ${port} on 127.0.0.1 is in use by another program: stop that, or set PORT.`,
    );
  });

  test("another service uses the directory", async () => {
    const { child } = await serve();
    expect(await failure({})).toBe(
      `${join(directory, "data")} is in use by another Assay service (process ${child.pid}).`,
    );
  });

  test("the database that DATABASE_URL names cannot be reached; its password is not told", async () => {
    const said = await failure({ DATABASE_URL: "postgres://assay:hunter2@127.0.0.1:1/assay" });
    expect(said).toBe("The database in 127.0.0.1:1/assay cannot be used: connect ECONNREFUSED 127.0.0.1:1");
  });
});
