import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readConfig } from "../src/config.ts";

describe("readConfig", () => {
  test("an empty environment: loopback, no auth, the embedded database", () => {
    expect(readConfig({})).toEqual({
      host: "127.0.0.1",
      port: 6006,
      dataDirectory: resolve(".assay"),
      databaseUrl: undefined,
      auth: { enabled: false, adminSecret: undefined },
      readOnly: false,
      rateLimits: { requests: 0, evaluations: 0 },
      allowedHosts: [],
      corsOrigins: [],
      limits: { upload: 268_435_456, file: 1_073_741_824, body: 67_108_864 },
      logLevel: "info",
      workers: 1,
      poolSize: 10,
      prepare: true,
      statementTimeout: 60_000,
      shutdownTimeout: 10_000,
      idleTimeout: 60_000,
    });
  });

  test("every variable is read", () => {
    const config = readConfig({
      HOST: "0.0.0.0",
      PORT: "80",
      ASSAY_DATA_DIR: "/data",
      DATABASE_URL: "postgres://assay@db/assay",
      ASSAY_AUTH: "on",
      ASSAY_ADMIN_SECRET: "correct horse battery",
      ASSAY_READ_ONLY: "on",
      ASSAY_RATE_LIMIT: "8",
      ASSAY_EVALUATION_RATE_LIMIT: "9",
      ASSAY_ALLOWED_HOSTS: "assay.example.org, assay,",
      ASSAY_CORS_ORIGINS: "https://app.example.org, http://localhost:3000",
      ASSAY_MAX_UPLOAD_BYTES: "1",
      ASSAY_MAX_FILE_BYTES: "2",
      ASSAY_MAX_BODY_BYTES: "3",
      ASSAY_LOG_LEVEL: "debug",
      ASSAY_WORKERS: "2",
      DATABASE_POOL_SIZE: "4",
      DATABASE_PREPARE: "off",
      ASSAY_STATEMENT_TIMEOUT_MS: "5",
      ASSAY_SHUTDOWN_TIMEOUT_MS: "6",
      ASSAY_IDLE_TIMEOUT_MS: "7",
    });
    expect(config).toEqual({
      host: "0.0.0.0",
      port: 80,
      dataDirectory: "/data",
      databaseUrl: "postgres://assay@db/assay",
      auth: { enabled: true, adminSecret: "correct horse battery" },
      readOnly: true,
      rateLimits: { requests: 8, evaluations: 9 },
      allowedHosts: ["assay.example.org", "assay"],
      corsOrigins: ["https://app.example.org", "http://localhost:3000"],
      limits: { upload: 1, file: 2, body: 3 },
      logLevel: "debug",
      workers: 2,
      poolSize: 4,
      prepare: false,
      statementTimeout: 5,
      shutdownTimeout: 6,
      idleTimeout: 7,
    });
  });

  test("an empty variable counts as unset", () => {
    expect(readConfig({ PORT: "", DATABASE_URL: "", ASSAY_AUTH: "" })).toEqual(readConfig({}));
  });

  test.each(["127.0.0.1", "127.8.8.8", "::1", "localhost"])("auth is off by default on %s", (host) => {
    expect(readConfig({ HOST: host }).auth.enabled).toBe(false);
  });

  test.each(["0.0.0.0", "::", "assay.example.org", "127.0.0.1.example.org"])("auth is on by default on %s", (host) => {
    expect(readConfig({ HOST: host }).auth).toEqual({ enabled: true, adminSecret: undefined });
    expect(readConfig({ HOST: host, ASSAY_AUTH: "off" }).auth.enabled).toBe(false);
  });

  test("all bad variables are told at once, each with what it accepts", () => {
    const env = {
      PORT: "65536",
      ASSAY_AUTH: "yes",
      ASSAY_LOG_LEVEL: "loud",
      ASSAY_MAX_BODY_BYTES: "64MiB",
      ASSAY_IDLE_TIMEOUT_MS: "0",
    };
    expect(() => readConfig(env)).toThrow(
      [
        'ASSAY_AUTH is "yes"; it must be one of on, off.',
        'PORT is "65536"; it must be a whole number from 0 to 65535.',
        'ASSAY_MAX_BODY_BYTES is "64MiB"; it must be a whole number from 1 to 536870888.',
        'ASSAY_LOG_LEVEL is "loud"; it must be one of trace, debug, info, warn, error, fatal, silent.',
        'ASSAY_IDLE_TIMEOUT_MS is "0"; it must be a whole number from 1 to 2147483647.',
      ].join("\n"),
    );
  });

  test.each([
    "*",
    "null",
    "app.example.org",
    "https://app.example.org/",
    "https://app.example.org:443",
    "https://App.example.org",
    "https://*.example.org",
    "file:///page.html",
    "https://app.example.org https://other.example.org",
    "http://localhost:3000,*",
  ])("%s is no list of origins", (origins) => {
    expect(() => readConfig({ ASSAY_CORS_ORIGINS: origins })).toThrow(
      `ASSAY_CORS_ORIGINS is "${origins}"; it must be origins such as https://app.example.org, separated by commas.`,
    );
  });

  test("secrets are never told", () => {
    const env = { ASSAY_AUTH: "on", ASSAY_ADMIN_SECRET: "hunter2", DATABASE_URL: "mysql://assay:hunter2@db/assay" };
    expect(() => readConfig(env)).toThrow("ASSAY_ADMIN_SECRET is too short");
    expect(() => readConfig(env)).toThrow("DATABASE_URL is not a Postgres URL");
    expect(() => readConfig(env)).not.toThrow("hunter2");
  });
});
