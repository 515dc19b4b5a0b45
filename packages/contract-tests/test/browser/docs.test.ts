/** The pages at /docs as they are served, in a browser: nothing is refused, and nothing is asked of anybody else. */
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { useBrowser } from "../../src/browser.ts";
import { type Service, startService } from "../../src/service.ts";

const docs = dirname(fileURLToPath(import.meta.resolve("@assay/docs/index.html")));
const pages = (await readdir(docs)).filter((name) => name.endsWith(".html"));

const openPage = useBrowser();
let service: Service;
beforeAll(async () => {
  const started = await startService({ allowedHosts: ["lan.example"] }, { docs });
  service = started.service;
  return started.stop;
});

/** Opens a page, and notes what the browser complains of and asks others for. */
async function visit(
  path: string,
  { host = "localhost", ...options }: { host?: string; javaScriptEnabled?: boolean } = {},
) {
  const origin = `http://${host}:${new URL(service.url).port}`;
  const page = await openPage(options);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (/error|warning/.test(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url())) complaints.push(request.url());
  });
  await page.goto(`${origin}/docs/${path}`, { waitUntil: "networkidle" });
  return { page, complaints };
}

describe.each(pages)("%s", (name) => {
  // Browsers hold back from a page that came in the clear, except from their own machine.
  test.each(["localhost", "lan.example"])("shows at %s, and the browser has nothing to complain of", async (host) => {
    const { page, complaints } = await visit(name, { host });
    expect(await page.locator("h1").first().textContent()).not.toBe("");
    expect(complaints).toEqual([]);
  });

  test("runs no script that was not built into it", async () => {
    const { page, complaints } = await visit(name);
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement("script"), { textContent: "window.wasRun = true" }))`,
    );
    expect(await page.evaluate("window.wasRun")).toBeUndefined();
    expect(complaints.join()).toContain("Content Security Policy");
  });
});

test.each(pages.filter((name) => name !== "reference.html"))("%s needs no JavaScript", async (name) => {
  const { page } = await visit(name, { javaScriptEnabled: false });
  expect(await page.locator("main h1").isVisible()).toBe(true);
  expect(await page.locator("nav a").count()).toBeGreaterThan(pages.length - 1);
});

describe("the reference", () => {
  test("finds what is searched for", async () => {
    const { page, complaints } = await visit("reference.html");
    const found = page.getByText("List the runs that an experiment lacks");
    expect(await found.count()).toBe(0);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("experiment lacks");
    await found.first().waitFor();
    expect(complaints).toEqual([]);
  });

  test("has what the guides link in it", async () => {
    const texts = await Promise.all(pages.map((name) => readFile(join(docs, name), "utf8")));
    const ids = new Set(
      texts.flatMap((text) => [...text.matchAll(/href="reference\.html#\/([^"]+)"/g)].map(([, id]) => id)),
    );
    expect(ids).not.toEqual(new Set());
    const { page } = await visit("reference.html");
    for (const id of ids) {
      await page.evaluate(`location.hash = "#/${id}"`); // it renders what is looked at
      await page.locator(`[id="${id}"]`).waitFor({ state: "attached" });
    }
  });
});
