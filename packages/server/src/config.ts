import { constants } from "node:buffer";
import { resolve } from "node:path";

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
const switches = ["on", "off"] as const;
const loopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/i;
const shortestSecret = 16;
const MiB = 2 ** 20;
/** The most milliseconds that Node's timers and Postgres' timeouts hold. */
const longestTimeout = 2 ** 31 - 1;

/** How the service is set up. Sizes are in bytes, times in milliseconds. */
export interface Config {
  host: string;
  port: number;
  /** Where the embedded database keeps its data; absolute. */
  dataDirectory: string;
  /** The Postgres to use; undefined for the embedded one. */
  databaseUrl: string | undefined;
  auth: { enabled: boolean; adminSecret: string | undefined };
  readOnly: boolean;
  /** How many requests a key may make in a minute, to each process; 0 for any number. */
  rateLimits: { requests: number; evaluations: number };
  /** Names, beside loopback's, under which the service may be called while auth is off. */
  allowedHosts: readonly string[];
  /** Origins whose pages may call the API from a browser: scheme, host and, if it is not the scheme's own, port. */
  corsOrigins: readonly string[];
  /** The largest body, after decompression, of a JSON upload, of a streamed file, and of any other request. */
  limits: { upload: number; file: number; body: number };
  logLevel: (typeof logLevels)[number];
  /** How many processes answer requests. */
  workers: number;
  /** To each process. */
  poolSize: number;
  /** Whether connections to the database keep statements prepared. */
  prepare: boolean;
  statementTimeout: number;
  /** How long requests in flight may take to finish once the service is told to stop. */
  shutdownTimeout: number;
  /** How long a client may send nothing in the middle of its request. */
  idleTimeout: number;
}

/**
 * Reads the configuration from the environment. An empty variable counts as unset.
 * @throws Error with a line for each variable that has a bad value, saying what is accepted.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const { text, choice, integer, list, faults } = variables(env);
  const host = text("HOST") ?? "127.0.0.1";
  const auth = choice("ASSAY_AUTH", switches) ?? (loopback.test(host) ? "off" : "on");
  const adminSecret = text("ASSAY_ADMIN_SECRET");
  if (adminSecret !== undefined && adminSecret.length < shortestSecret) {
    faults.push(`ASSAY_ADMIN_SECRET is too short; it must have at least ${shortestSecret} characters.`);
  }
  const databaseUrl = text("DATABASE_URL");
  if (databaseUrl !== undefined && !(/^postgres(ql)?:\/\//.test(databaseUrl) && URL.canParse(databaseUrl))) {
    // Its value stays untold: it may hold a password.
    faults.push("DATABASE_URL is not a Postgres URL; it must be like postgres://user:password@host:5432/database.");
  }
  const config: Config = {
    host,
    port: integer("PORT", 6006, 0, 65_535),
    dataDirectory: resolve(text("ASSAY_DATA_DIR") ?? ".assay"),
    databaseUrl,
    auth: { enabled: auth === "on", adminSecret },
    readOnly: choice("ASSAY_READ_ONLY", switches) === "on",
    rateLimits: {
      requests: integer("ASSAY_RATE_LIMIT", 0, 0, 1_000_000_000),
      evaluations: integer("ASSAY_EVALUATION_RATE_LIMIT", 0, 0, 1_000_000_000),
    },
    allowedHosts: list("ASSAY_ALLOWED_HOSTS"),
    corsOrigins: list("ASSAY_CORS_ORIGINS", isOrigin, "origins such as https://app.example.org, separated by commas"),
    limits: {
      upload: integer("ASSAY_MAX_UPLOAD_BYTES", 256 * MiB, 1, constants.MAX_STRING_LENGTH),
      file: integer("ASSAY_MAX_FILE_BYTES", 1024 * MiB, 1, Number.MAX_SAFE_INTEGER),
      body: integer("ASSAY_MAX_BODY_BYTES", 64 * MiB, 1, constants.MAX_STRING_LENGTH),
    },
    logLevel: choice("ASSAY_LOG_LEVEL", logLevels) ?? "info",
    workers: integer("ASSAY_WORKERS", 1, 1, 1000),
    poolSize: integer("DATABASE_POOL_SIZE", 10, 1, 1000),
    prepare: choice("DATABASE_PREPARE", switches) !== "off",
    statementTimeout: integer("ASSAY_STATEMENT_TIMEOUT_MS", 60_000, 1, longestTimeout),
    shutdownTimeout: integer("ASSAY_SHUTDOWN_TIMEOUT_MS", 10_000, 1, longestTimeout),
    idleTimeout: integer("ASSAY_IDLE_TIMEOUT_MS", 60_000, 1, longestTimeout),
  };
  if (faults.length > 0) throw new Error(faults.join("\n"));
  return config;
}

/** Whether it is spelt as browsers spell it in `Origin`. Nothing stands for several: `*` would pass as the name of a host. */
function isOrigin(text: string): boolean {
  return /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** Readers of variables, which note what is wrong in `faults` and go on. */
function variables(env: NodeJS.ProcessEnv) {
  const faults: string[] = [];
  const text = (name: string) => env[name] || undefined;
  const refuse = (name: string, accepted: string) => {
    faults.push(`${name} is ${JSON.stringify(env[name])}; it must be ${accepted}.`);
  };
  const choice = <Value extends string>(name: string, values: readonly Value[]) => {
    const value = values.find((each) => each === text(name));
    if (value === undefined && text(name) !== undefined) refuse(name, `one of ${values.join(", ")}`);
    return value;
  };
  const integer = (name: string, fallback: number, least: number, most: number) => {
    const digits = text(name) ?? String(fallback);
    const value = /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
    if (!(value >= least && value <= most)) refuse(name, `a whole number from ${least} to ${most}`);
    return value;
  };
  const list = (name: string, isAccepted: (item: string) => boolean = () => true, accepted = "") => {
    const items = (text(name) ?? "").split(",").flatMap((item) => item.trim() || []);
    if (!items.every(isAccepted)) refuse(name, accepted);
    return items;
  };
  return { text, choice, integer, list, faults };
}
