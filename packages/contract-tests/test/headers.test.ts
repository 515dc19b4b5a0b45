/** What every response tells a browser, whatever the operation, whatever became of the request. */
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readContract } from "@assay/server";
import { describe, expect, onTestFinished, test } from "vitest";
import { callables, exampleRequest, withQuery } from "../src/requests.ts";
import { type Service, startService, useService } from "../src/service.ts";

const { document } = await readContract();
const operations = callables(document).map((operation) => [operation.operationId, operation] as const);

const guarded = useService({ auth: { enabled: true, adminSecret: "a secret of the tests, long enough" } });
const service = useService();

/** What comes of a request, be it one that the contract does not know. */
const ask = (service: Service, path: string, init: RequestInit) => fetch(new URL(path, service.url), init);

const security = (headers: Headers) => ({
  "content-security-policy": headers.get("content-security-policy"),
  "cross-origin-resource-policy": headers.get("cross-origin-resource-policy"),
  "referrer-policy": headers.get("referrer-policy"),
  "x-content-type-options": headers.get("x-content-type-options"),
  "x-frame-options": headers.get("x-frame-options"),
});

/** No script, no style, no frame, no guess at another media type, no embedding elsewhere, and no telling where a link was followed. */
const strict = {
  "content-security-policy": "default-src 'none';frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

describe.each(operations)("%s", (_, operation) => {
  const [path, init] = exampleRequest(operation);

  test("is answered with them", async () => {
    const { headers } = await service.fetch(path, init);
    expect(security(headers)).toEqual(strict);
    expect(headers.has("strict-transport-security")).toBe(false);
    expect(headers.has("x-powered-by")).toBe(false);
  });

  test("is refused with them", async () => {
    const refused = await Promise.all([
      ask(guarded, path, init),
      ask(service, path, { ...init, headers: { ...init.headers, origin: "https://evil.example" } }),
      ask(service, withQuery(path, "x=%ff"), init),
    ]);
    for (const { headers } of refused) expect(security(headers)).toEqual(strict);
  });
});

test.each([
  ["GET", "/nothing", 404],
  ["PATCH", "/v1/datasets", 405],
  ["OPTIONS", "/v1/datasets", 204],
  ["HEAD", "/v1/datasets", 200],
  ["GET", "/%ff", 404],
  ["GET", "/v1/datasets/%ff", 400],
])("%s %s, a %i, has them", async (method, path, status) => {
  const response = await ask(service, path, { method });
  expect(response.status).toBe(status);
  expect(security(response.headers)).toEqual(strict);
});

describe("the pages of a folder", () => {
  const script = 'document.title = "a\u00a0title";\n';

  async function givenPages() {
    const docs = await mkdtemp(join(tmpdir(), "assay-test-docs-"));
    onTestFinished(() => rm(docs, { recursive: true }));
    await writeFile(join(docs, "index.html"), `<title></title><script type="module">${script}</script>`);
    await writeFile(join(docs, "plain.html"), "<p>Nothing runs here.");
    const { service, stop } = await startService({}, { docs });
    onTestFinished(stop);
    return service;
  }

  test("run the scripts that stand in them, and no others", async () => {
    const { url } = await givenPages();
    const hash = createHash("sha256").update(script).digest("base64");
    for (const path of ["/docs/", "/docs/index.html", "/docs/plain.html"]) {
      const { status, headers } = await fetch(new URL(path, url));
      expect(status).toBe(200);
      const policy = headers.get("content-security-policy") ?? "";
      const directives = Object.fromEntries(policy.split(";").map((directive) => directive.split(/ (.*)/)));
      expect(directives).toMatchObject({
        "default-src": "'none'",
        "script-src": `'sha256-${hash}'`,
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
      });
      expect(policy).not.toMatch(/https?:|\*|connect-src|unsafe-eval/);
      expect(security(headers)).toEqual({ ...strict, "content-security-policy": policy });
    }
  });

  test("are shown to whoever follows a link of another site", async () => {
    const { url } = await givenPages();
    const headers = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    expect((await fetch(new URL("/docs/", url), { headers })).status).toBe(200);
    expect((await fetch(new URL("/v1/datasets", url), { headers })).status).toBe(403);
  });

  test("are found at /docs too, and from the root", async () => {
    const { url } = await givenPages();
    for (const path of ["/", "/docs"]) {
      const response = await fetch(new URL(path, url));
      expect([response.status, new URL(response.url).pathname]).toEqual([200, "/docs/"]);
    }
  });
});
