import {
  type AppOptions,
  type Config,
  connect,
  createApp,
  readConfig,
  readContract,
  startSweeper,
} from "@assay/server";
import { listen } from "@assay/service";
import { type ClientConfig, Pool } from "pg";
import { pino } from "pino";
import { afterAll, beforeAll } from "vitest";
import { type ContractFetch, createContractFetch } from "./contract-fetch.ts";
import { createDatabase } from "./database.ts";
import { WatchedClient } from "./watched-client.ts";

/** A running service and what a test may do with it. */
export interface Service {
  url: string;
  /** Holds every response to the contract. Takes a path. */
  fetch: ContractFetch;
  /** GETs a path and gives the status, the headers and the body, parsed if it is JSON. */
  get(path: string, init?: RequestInit): Promise<Answer>;
  /** Sends a value as JSON, or a string as it is. */
  post(path: string, body: unknown, init?: RequestInit): Promise<Answer>;
  put(path: string, body?: unknown, init?: RequestInit): Promise<Answer>;
  patch(path: string, body: unknown, init?: RequestInit): Promise<Answer>;
  delete(path: string, init?: RequestInit): Promise<Answer>;
  /** Where its database is. */
  connection: ClientConfig;
  /** Looks into its database, for what HTTP does not show. */
  database: Pool;
  document: Awaited<ReturnType<typeof readContract>>["document"];
  log: string[];
}

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed JSON, or the text of anything else. */
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it expects of a body, whatever the body is
  body: any;
  text: string;
}

/** Starts a service over an empty database before the tests of a file, and stops it after them. */
export function useService(config: Partial<Config> = {}, options: StartOptions = {}): Service {
  const service = {} as Service; // filled in by beforeAll, before any test can look
  let stop = async () => {};
  beforeAll(async () => {
    const started = await startService(config, options);
    stop = started.stop;
    Object.assign(service, started.service);
  });
  afterAll(() => stop());
  return service;
}

interface StartOptions extends Pick<AppOptions, "accepting" | "docs"> {
  /** Another service, to be one more process over its database; by default a service has an empty one of its own. */
  over?: Service;
  /** Sent with every request that brings none. */
  key?: string | undefined;
  /** Whether it removes what deletes leave behind. */
  sweeps?: boolean;
}

export async function startService(
  config: Partial<Config> = {},
  { accepting = () => true, docs, over, key, sweeps = true }: StartOptions = {},
): Promise<{ service: Service; stop: () => Promise<void> }> {
  const { connection, drop } = over ? { connection: over.connection, drop: async () => {} } : await createDatabase();
  const contract = await readContract();
  const watched = { ...connection, Client: WatchedClient };
  const db = connect({ connection: watched, poolSize: 20, statementTimeout: 30_000 });
  const lines: string[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => void lines.push(line) });
  const settings = { ...readConfig({}), port: 0, ...config };
  const sweeper = sweeps ? startSweeper(db, log) : undefined;
  const app = createApp({ db, contract, config: settings, log, accepting, sweeper, docs });
  const listener = await listen(app, settings);
  const url = `http://127.0.0.1:${listener.port}`;
  const database = new Pool({ ...connection, max: 2 });
  database.on("error", () => {}); // a test may end its connections
  const checked = createContractFetch(contract.document);
  const fetch: ContractFetch = (path, init) => {
    const headers = new Headers(init?.headers);
    if (key !== undefined && !headers.has("authorization")) headers.set("authorization", `Bearer ${key}`);
    return checked(new URL(String(path), url), { ...init, headers });
  };
  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(path, init);
    const text = await response.text();
    const isJson = /\bjson\b/.test(response.headers.get("content-type") ?? "") && text !== "";
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text, text };
  };
  const send = (method: string, path: string, body: unknown, init?: RequestInit) =>
    ask(path, {
      method,
      body: typeof body === "string" ? body : JSON.stringify(body),
      ...init,
      headers: { "content-type": "application/json", ...Object.fromEntries(new Headers(init?.headers)) },
    });
  const service: Service = {
    url,
    fetch,
    get: (path, init) => ask(path, { ...init }),
    post: (path, body, init) => send("POST", path, body, init),
    put: (path, body, init) =>
      body === undefined ? ask(path, { method: "PUT", ...init }) : send("PUT", path, body, init),
    patch: (path, body, init) => send("PATCH", path, body, init),
    delete: (path, init) => ask(path, { method: "DELETE", ...init }),
    connection,
    database,
    document: contract.document,
    log: lines,
  };
  const stop = async () => {
    await listener.close(0);
    await sweeper?.stop();
    await database.end();
    await db.destroy();
    await drop();
  };
  return { service, stop };
}
