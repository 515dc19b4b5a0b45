import { readFile } from "node:fs/promises";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import { adminQuery } from "../src/database.ts";
import { startService, useService } from "../src/service.ts";

const service = useService();

/** A service of which the test may take away what it needs. */
async function givenService(options?: Parameters<typeof startService>[1]) {
  const { service, stop } = await startService({}, options);
  onTestFinished(stop);
  return service;
}

describe("getHealth", () => {
  test("200: OK", async () => {
    const { status, headers, text } = await service.get("/healthz");
    expect([status, headers.get("content-type"), text]).toEqual([200, "text/plain", "OK"]);
  });
});

describe("getReadiness", () => {
  test("200: ready", async () => {
    const { status, text } = await service.get("/readyz");
    expect([status, text]).toEqual([200, "{}"]);
  });

  test("503: the database is gone; 200 again once it is back. The process is healthy all the while", async () => {
    const service = await givenService();
    const { database } = service.database.options;
    const admin = (statement: string) => adminQuery(inject("postgres"), statement);
    const statusOf = async (path: string) => (await service.get(path)).status;
    expect(await statusOf("/readyz")).toBe(200);
    await admin(`alter database ${database} allow_connections false`);
    await admin(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}'`);
    const { status, body } = await service.get("/readyz");
    expect([status, body.code, body.detail]).toEqual([503, "unavailable", "The database does not answer."]);
    expect(await statusOf("/healthz")).toBe(200);
    await admin(`alter database ${database} allow_connections true`);
    expect(await statusOf("/readyz")).toBe(200);
  });

  test("503: the service is stopping. The process is healthy all the while", async () => {
    let isAccepting = true;
    const service = await givenService({ accepting: () => isAccepting });
    expect((await service.get("/readyz")).status).toBe(200);
    isAccepting = false;
    const { status, body } = await service.get("/readyz");
    expect([status, body.code, body.detail]).toEqual([503, "unavailable", "The service is stopping."]);
    expect((await service.get("/healthz")).status).toBe(200);
  });
});

describe("getServerVersion", () => {
  test("200: Phoenix's version, and nothing else", async () => {
    const { status, headers, text } = await service.get("/arize_phoenix_version");
    expect([status, headers.get("content-type"), text]).toEqual([200, "text/plain", "20.3.0"]);
  });
});

describe("getOpenAPI", () => {
  test("200: the bundle, byte by byte", async () => {
    const { status, headers, text } = await service.get("/openapi.json");
    expect([status, headers.get("content-type")]).toEqual([200, "application/json"]);
    expect(text).toBe(await readFile(new URL("../../../spec/generated/openapi.json", import.meta.url), "utf8"));
  });
});
