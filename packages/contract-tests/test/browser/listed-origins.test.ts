/** What a page can do in a browser if ASSAY_CORS_ORIGINS lists its origin. */
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { useBrowser, useSite } from "../../src/browser.ts";
import { type Service, startService } from "../../src/service.ts";
import { newName } from "../../src/uploads.ts";

const openPage = useBrowser();
const site = useSite();
const secret = "a secret of the tests, long enough";

describe.each([
  { auth: "on", enabled: true, withWrongKey: 401 },
  { auth: "off", enabled: false, withWrongKey: 200 },
])("with auth $auth, a page", ({ enabled, withWrongKey }) => {
  let service: Service;
  beforeAll(async () => {
    const corsOrigins = [`http://listed.example:${site.port}`];
    const started = await startService({ auth: { enabled, adminSecret: secret }, corsOrigins });
    service = started.service;
    return started.stop;
  });

  const visit = async (host: string) => {
    const page = await openPage();
    await page.goto(`http://${host}:${site.port}/`);
    return page;
  };

  /** Uploads a dataset in the page, and gives what it has learnt of the answer. */
  const upload = (page: Page, name: string, key = secret) => {
    const init = {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ name, inputs: [{}] }),
    };
    return page.evaluate(`fetch("${service.url}/v1/datasets/upload?sync=true", ${JSON.stringify(init)}).then(
      async (response) => ({
        status: response.status, requestId: response.headers.get("x-request-id"), body: await response.json() }),
      (error) => String(error),
    )`);
  };

  const listNames = async () => {
    const { body } = await service.get("/v1/datasets", { headers: { authorization: `Bearer ${secret}` } });
    return body.data.map(({ name }: { name: string }) => name);
  };

  test("of a listed origin writes, and reads the answer", async () => {
    const name = newName();
    expect(await upload(await visit("listed.example"), name)).toEqual({
      status: 200,
      requestId: expect.any(String),
      body: { data: expect.objectContaining({ num_created_examples: 1 }) },
    });
    expect(await listNames()).toContain(name);
  });

  test("of another origin does neither, be its key the right one", async () => {
    const name = newName();
    expect(await upload(await visit("unlisted.example"), name)).toBe("TypeError: Failed to fetch");
    expect(await listNames()).not.toContain(name);
  });

  test("of a listed origin reads it also if it is refused", async () => {
    expect(await upload(await visit("listed.example"), newName(), "not the key")).toMatchObject({
      status: withWrongKey,
      requestId: expect.any(String),
    });
  });
});
