import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, onTestFinished } from "vitest";

/** Opens a page of its own for a test. */
export type OpenPage = (options?: BrowserContextOptions) => Promise<Page>;

/** Starts the Chromium that is on the PATH before the tests of a file. To it, every name that ends in `.example` is this machine. */
export function useBrowser(): OpenPage {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: await findChromium(),
      args: [
        "--host-resolver-rules=MAP *.example 127.0.0.1",
        // Chromium keeps pages from the local network by itself where it can tell that they are not of it. Not every browser does, and what
        // a test finds should be the service's doing. This replaces Playwright's own list, of which the rest is needed to stay with HTTP.
        "--disable-features=LocalNetworkAccessChecks,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable",
      ],
    });
  });
  afterAll(() => browser.close());
  return async (options = {}) => {
    const context = await browser.newContext(options);
    onTestFinished(() => context.close());
    return await context.newPage();
  };
}

async function findChromium(): Promise<string> {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const { stdout } = await promisify(execFile)("sh", ["-c", names.map((name) => `command -v ${name}`).join(" || ")]);
  return stdout.trim();
}

/** A web server beside the service, by default of empty pages. It may be asked for by any name that ends in `.example`. */
export function useSite(answer: RequestListener = emptyPage): { port: number } {
  const site = { port: 0 };
  const server = createServer(answer);
  beforeAll(async () => {
    await once(server.listen(0, "127.0.0.1"), "listening");
    site.port = (server.address() as AddressInfo).port; // it listens on TCP
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return site;
}

const emptyPage: RequestListener = (_request, response) => {
  response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>A page</title>");
};
