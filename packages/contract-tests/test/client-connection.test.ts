/** What the client makes of where the service is, and of what stands between. */
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { ApiError, ConnectionError, createClient } from "@assay/client";
import { describe, expect, onTestFinished, test } from "vitest";
import { startExampleServer } from "../src/example-server.ts";

test.each([
  [undefined, "http://localhost:6006/v1/datasets/a"],
  ["http://assay.test", "http://assay.test/v1/datasets/a"],
  ["http://assay.test/", "http://assay.test/v1/datasets/a"],
  ["https://example.test/tools/assay", "https://example.test/tools/assay/v1/datasets/a"],
  ["https://example.test/tools/assay/", "https://example.test/tools/assay/v1/datasets/a"],
])("baseUrl %s: asks %s", async (baseUrl, expected) => {
  const asked: string[] = [];
  const watch = async ({ url }: Request) => {
    asked.push(url);
    return Response.json({ data: {} });
  };
  await createClient({ baseUrl, fetch: watch }).datasets.getDataset("a");
  expect(asked).toEqual([expected]);
});

/** The URL of a server that is not Assay, until the test is over. */
async function serve(listener: RequestListener): Promise<string> {
  const other = createServer(listener).listen(0, "127.0.0.1");
  await once(other, "listening");
  onTestFinished(() => {
    other.closeAllConnections();
    other.close();
  });
  return `http://127.0.0.1:${(other.address() as AddressInfo).port}`; // it listens on TCP
}

describe("an answer that is not the service's", () => {
  const page = "<h1>\n  Bad Gateway\n</h1>";
  const long = "x".repeat(201);
  test.each([
    { status: 502, type: "text/html", body: page, quoted: "502 Bad Gateway, not by Assay: <h1> Bad Gateway </h1>" },
    { status: 200, type: "text/html; charset=utf-8", body: "Sign in", quoted: "200 OK, not by Assay: Sign in" },
    { status: 404, type: "application/json", body: '{"code":5}', quoted: '404 Not Found, not by Assay: {"code":5}' },
    { status: 500, type: "text/plain", body: "", quoted: "500 Internal Server Error, not by Assay: (no body)" },
    { status: 429, type: "text/plain", body: long, quoted: `429 Too Many Requests, not by Assay: ${long.slice(1)}…` },
  ])("$status $type is an ApiError that quotes it", async ({ status, type, body, quoted }) => {
    const url = await serve((_request, response) => response.writeHead(status, { "content-type": type }).end(body));
    const { datasets } = createClient({ baseUrl: url });
    const error: unknown = await datasets.getDataset("a").catch((error) => error);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      status,
      problem: undefined,
      requestId: undefined,
      message: `GET ${url}/v1/datasets/a was answered ${quoted}`,
    });
  });

  test("a success without its body is an error", async () => {
    const url = await serve((_request, response) => response.end());
    const answer = createClient({ baseUrl: url }).datasets.getDataset("a");
    await expect(answer).rejects.toThrow("A body is missing (status 200).");
  });
});

describe("no answer, or half of one", () => {
  test("a refused connection is a ConnectionError that says so", async () => {
    const gone = await startExampleServer();
    gone.stop();
    const error: unknown = await createClient({ baseUrl: gone.url })
      .service.getHealth()
      .catch((error) => error);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(String(error)).toBe(
      `ConnectionError: GET ${gone.url}/healthz did not complete: connect ECONNREFUSED ${new URL(gone.url).host}`,
    );
  });

  test("a connection that breaks in the middle of a body is a ConnectionError", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" }).write('{"data":', () => response.destroy());
    });
    const { datasets, experiments } = createClient({ baseUrl: url });
    await expect(datasets.getDataset("a")).rejects.toThrow(ConnectionError);
    await expect(experiments.getExperimentJSON("a").text()).rejects.toThrow(ConnectionError);
  });

  test("a signal ends a call with its own reason, before and in the middle of the body", async () => {
    const controller = new AbortController();
    const url = await serve((_request, response) => {
      response.writeHead(200, { "content-type": "text/csv" }).write("example_id", () => controller.abort("enough"));
    });
    const { experiments } = createClient({ baseUrl: url });
    const download = experiments.getExperimentCSV("a", {}, { signal: controller.signal });
    await expect(download.text()).rejects.toBe("enough");
    await expect(download.text()).rejects.toBe("enough");
  });
});
