/**
 * What a page of another site can do, in a browser, to a service on the user's machine that asks for no key. Each attack is tried on a careless
 * server too, which answers whoever asks and lets every origin read: there it must succeed, or it would prove nothing here.
 */
import { text } from "node:stream/consumers";
import type { Page } from "playwright-core";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { useBrowser, useSite } from "../../src/browser.ts";
import { givenDataset } from "../../src/given.ts";
import { useService } from "../../src/service.ts";

const openPage = useBrowser();
const service = useService();
const secret = "a name that is nobody's business";
beforeAll(async () => {
  await givenDataset(service, [{}], { name: secret });
});

let received: string[] = [];
const careless = useSite(async (request, response) => {
  if (request.method !== "OPTIONS") received.push(`${request.method} ${await text(request)}`);
  response.writeHead(200, {
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "*",
    "content-type": request.method === "GET" ? "text/javascript" : "application/json",
  });
  response.end(JSON.stringify({ data: [{ name: secret }] }));
});
const evil = useSite();

beforeEach(() => {
  received = [];
  service.log.length = 0;
});

const upload = JSON.stringify({ name: "planted", action: "create", inputs: [{}] });

/** Makes an element that loads something, and tells what became of it. */
const load = (tag: string, source: string, url: string) =>
  `new Promise((done) => {
    const element = Object.assign(document.createElement("${tag}"), ${source.replace("URL", JSON.stringify(`${url}/v1/datasets`))});
    element.onload = () => done("loaded");
    element.onerror = () => done("not loaded");
    document.body.append(element);
  })`;

/** Posts a form to where nobody sees what comes back. A form of plain text is JSON if its only field is named and filled with care. */
const postForm = (url: string, enctype: string, fields: Record<string, string>) => `new Promise((done) => {
    const frame = Object.assign(document.createElement("iframe"), { name: "nowhere" });
    const form = Object.assign(document.createElement("form"), {
      method: "post", enctype: "${enctype}", action: "${url}/v1/datasets/upload", target: "nowhere" });
    for (const [name, value] of Object.entries(${JSON.stringify(fields)}))
      form.append(Object.assign(document.createElement("input"), { name, value }));
    document.body.append(frame, form);
    frame.onload = () => done("posted");
    form.submit();
  })`;

const post = (url: string, init: string) =>
  `fetch("${url}/v1/datasets/upload", { method: "POST", body: ${JSON.stringify(upload)}, ${init} }).then((response) => response.text())`;

const reads: Record<string, (url: string) => string> = {
  "fetch()": (url) => `fetch("${url}/v1/datasets").then((response) => response.text())`,
  "fetch() with a header of its own": (url) =>
    `fetch("${url}/v1/datasets", { headers: { authorization: "Bearer x" } }).then((response) => response.text())`,
};

const loads: Record<string, (url: string) => string> = {
  "fetch() without CORS": (url) =>
    `fetch("${url}/v1/datasets", { mode: "no-cors" }).then((response) => response.text())`,
  "an image": (url) => load("img", "{ src: URL }", url),
  "a script": (url) => load("script", "{ src: URL }", url),
  "a style sheet": (url) => load("link", '{ rel: "stylesheet", href: URL }', url),
  "a frame": (url) => load("iframe", "{ src: URL }", url),
};

const writes: Record<string, (url: string) => string> = {
  "fetch() of JSON": (url) => post(url, 'headers: { "content-type": "application/json" }'),
  "fetch() of plain text": (url) => post(url, ""),
  "fetch() without CORS": (url) => post(url, 'mode: "no-cors"'),
  "a beacon": (url) => `navigator.sendBeacon("${url}/v1/datasets/upload", ${JSON.stringify(upload)})`,
  "a form of plain text": (url) => postForm(url, "text/plain", { [`${upload.slice(0, -1)},"x":"`]: '"}' }),
  "a form of fields": (url) =>
    postForm(url, "application/x-www-form-urlencoded", { name: "planted", action: "create" }),
  "a form of parts": (url) => postForm(url, "multipart/form-data", { name: "planted", action: "create" }),
};

const table = (attacks: typeof reads) => Object.entries(attacks);

/** Runs it in the page, and gives what the page has learnt. */
const run = async (page: Page, attack: string) => String(await page.evaluate(attack).catch((error) => error));

/** What the service has answered since the test began. */
const answered = () => service.log.map((line) => JSON.parse(line)).map(({ method, status }) => `${method} ${status}`);

async function expectNothingPlanted() {
  const { body } = await service.get("/v1/datasets");
  expect(body.data.map(({ name }: { name: string }) => name)).toEqual([secret]);
}

describe("a page of another site", () => {
  const visit = async () => {
    const page = await openPage();
    await page.goto(`http://evil.example:${evil.port}/`);
    return page;
  };
  const carelessUrl = () => `http://localhost:${careless.port}`;

  test.each(table(reads))("cannot read by %s", async (_, attack) => {
    expect(await run(await visit(), attack(carelessUrl()))).toContain(secret);
    expect(await run(await visit(), attack(service.url))).toMatch(/Failed to fetch/);
    await expect.poll(answered).toEqual([expect.stringMatching(/^(GET|OPTIONS) 403$/)]);
  });

  test.each(table(loads))("cannot load anything by %s", async (_, attack) => {
    await run(await visit(), attack(carelessUrl()));
    expect(received).toEqual(["GET "]);
    expect(await run(await visit(), attack(service.url))).not.toContain(secret);
    await expect.poll(answered).toEqual(["GET 403"]);
  });

  test.each(table(writes))("cannot write by %s", async (_, attack) => {
    await run(await visit(), attack(carelessUrl()));
    await expect.poll(() => received).toEqual([expect.stringMatching(/^POST .*planted/s)]);
    await run(await visit(), attack(service.url));
    await expect.poll(answered).toEqual([expect.stringMatching(/^(POST|OPTIONS) 403$/)]);
    await expectNothingPlanted();
  });

  test("cannot hide where it is from in a frame without an origin", async () => {
    const inFrame = (url: string) => `new Promise((done) => {
      addEventListener("message", ({ data }) => done(data), { once: true });
      const script = ${JSON.stringify(`${post(url, "")}.catch(String).then((learnt) => parent.postMessage(learnt, "*"))`)};
      document.body.append(Object.assign(document.createElement("iframe"), {
        sandbox: "allow-scripts", srcdoc: "<script>" + script + "</" + "script>" }));
    })`;
    expect(await run(await visit(), inFrame(carelessUrl()))).toContain(secret);
    expect(await run(await visit(), inFrame(service.url))).toMatch(/Failed to fetch/);
    await expect.poll(answered).toEqual(["POST 403"]);
    await expectNothingPlanted();
  });

  test("cannot open a window on it", async () => {
    const page = await visit();
    await page.goto(`${service.url}/v1/datasets`); // as if the user had typed it
    expect(await page.textContent("body")).toContain(secret);
    await page.goto(`http://evil.example:${evil.port}/`);
    const opened = page.waitForEvent("popup");
    await run(page, `open("${service.url}/v1/datasets") === null`);
    const window = await opened;
    await window.waitForLoadState();
    expect(await window.textContent("body")).not.toContain(secret);
  });
});

describe("a page whose name was made to point here", () => {
  /** The page comes from the attacker, at the port of its victim; then its name points to this machine, and it is at home there. */
  const visit = async (port: number) => {
    const page = await openPage();
    const url = `http://rebound.example:${port}`;
    const body = '<!doctype html><link rel="icon" href="data:,">'; // with an icon, or the browser asks the service for one
    await page.route(`${url}/page`, (route) => route.fulfill({ contentType: "text/html", body }));
    await page.goto(`${url}/page`);
    await page.unroute(`${url}/page`);
    return page;
  };
  const port = () => Number(new URL(service.url).port);

  test.each(table(reads))("cannot read by %s", async (_, attack) => {
    expect(await run(await visit(careless.port), attack(""))).toContain(secret);
    expect(await run(await visit(port()), attack(""))).toContain("untrusted_host");
    await expect.poll(answered).toEqual(["GET 403"]);
  });

  test.each(table(writes))("cannot write by %s", async (_, attack) => {
    await run(await visit(careless.port), attack(""));
    await expect.poll(() => received).toEqual([expect.stringMatching(/^POST .*planted/s)]);
    await run(await visit(port()), attack(""));
    await expect.poll(answered).toEqual(["POST 403"]);
    await expectNothingPlanted();
  });
});
