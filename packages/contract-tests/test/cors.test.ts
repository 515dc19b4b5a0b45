/** Which pages of other origins may call the service from a browser, and read what it answers. */
import { readContract } from "@assay/server";
import { describe, expect, test } from "vitest";
import { callables, exampleRequest, outcome } from "../src/requests.ts";
import { type Service, useService } from "../src/service.ts";

const { document } = await readContract();
const operations = callables(document).map((operation) => [operation.operationId, operation] as const);

const listed = "https://app.example.org";
const unlisted = [
  "https://evil.example",
  "http://app.example.org",
  "https://app.example.org:8443",
  "https://app.example.org.evil.example",
  "null",
];
const secret = "a secret of the tests, long enough";
const corsOrigins = [listed, "http://other.example.org:3000"];
const auth = { enabled: true, adminSecret: secret };

const none = useService();
const open = useService({ corsOrigins });
const guarded = useService({ corsOrigins, auth });

const corsHeaders = (headers: Headers) => [...headers.keys()].filter((name) => name.startsWith("access-control-"));

/** What comes of a request, be it one that the contract does not know. */
const ask = (service: Service, path: string, init: RequestInit) => fetch(new URL(path, service.url), init);

const preflight = (service: Service, path: string, origin: string, method: string) =>
  ask(service, path, {
    method: "OPTIONS",
    headers: {
      origin,
      "sec-fetch-site": "cross-site",
      "access-control-request-method": method,
      "access-control-request-headers": "authorization,content-type",
    },
  });

describe.each(operations)("%s", (_, operation) => {
  const [path, init] = exampleRequest(operation);
  const from = (origin: string, headers: object = {}) => ({
    ...init,
    headers: { ...init.headers, origin, "sec-fetch-site": "cross-site", ...headers },
  });

  test("a listed origin may ask for it, without a key", async () => {
    for (const service of [open, guarded]) {
      const { status, headers } = await preflight(service, path, listed, operation.method);
      expect(status).toBe(204);
      expect(headers.get("access-control-allow-origin")).toBe(listed);
      expect(headers.get("access-control-allow-methods")?.split(",")).toContain(operation.method);
      expect(headers.get("access-control-allow-headers")).toBe("authorization,content-type");
      expect(headers.get("access-control-max-age")).toBe("600");
      expect(headers.get("vary")).toContain("Origin");
      expect(headers.has("access-control-allow-credentials")).toBe(false);
    }
  });

  test("a listed origin may read its answer, be it a refusal", async () => {
    const plain = await guarded.fetch(path, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${secret}` },
    });
    const answers = [
      { response: await open.fetch(path, from(listed)), refusal: false },
      { response: await guarded.fetch(path, from(listed, { authorization: `Bearer ${secret}` })), refusal: false },
      { response: await guarded.fetch(path, from(listed)), refusal: operation.isProtected },
    ];
    for (const { response, refusal } of answers) {
      expect(outcome(response)).toBe(refusal ? 401 : outcome(plain));
      expect(response.headers.get("access-control-allow-origin")).toBe(listed);
      expect(response.headers.get("access-control-expose-headers")?.split(",")).toEqual([
        "x-request-id",
        "x-phoenix-server-version",
        "Retry-After",
        "Content-Disposition",
        "Link",
        "Idempotency-Replayed",
      ]);
      expect(response.headers.get("vary")).toContain("Origin");
      expect(response.headers.has("access-control-allow-credentials")).toBe(false);
    }
  });

  test.each(unlisted)("%s may neither ask nor read", async (origin) => {
    const authorization = `Bearer ${secret}`;
    for (const answer of [
      await preflight(open, path, origin, operation.method),
      await preflight(guarded, path, origin, operation.method),
      await ask(open, path, from(origin)),
      await ask(guarded, path, from(origin, { authorization })),
    ]) {
      expect(corsHeaders(answer.headers)).toEqual([]);
      expect(answer.headers.get("vary")).toContain("Origin");
    }
  });

  test("no origin may, unless it is configured", async () => {
    const answers = [await preflight(none, path, listed, operation.method), await ask(none, path, from(listed))];
    for (const { headers } of answers) expect(corsHeaders(headers)).toEqual([]);
  });
});

describe("OPTIONS", () => {
  test("from an origin that is not listed says which methods there are, as it does to whoever asks", async () => {
    for (const origin of [undefined, "https://evil.example"]) {
      const headers = { ...(origin && { origin }) };
      const response = await ask(guarded, "/v1/datasets", { method: "OPTIONS", headers });
      expect([response.status, response.headers.get("allow")]).toEqual([204, "GET, HEAD, OPTIONS"]);
      expect(corsHeaders(response.headers)).toEqual([]);
    }
  });
});

describe("with auth off", () => {
  const get = (headers: Record<string, string>) => ask(open, "/v1/datasets", { headers });

  test("a page of a listed origin is trusted", async () => {
    expect((await get({ origin: listed, "sec-fetch-site": "cross-site" })).status).toBe(200);
  });

  test.each(unlisted)("a page of %s is not", async (origin) => {
    const response = await get({ origin, "sec-fetch-site": "cross-site" });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: "untrusted_origin" });
  });

  test("what a page elsewhere loads without telling its origin is refused still", async () => {
    expect((await get({ "sec-fetch-site": "cross-site" })).status).toBe(403);
  });
});
