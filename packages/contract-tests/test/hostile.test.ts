/** What a review by a hostile caller has brought to light. */
import { once } from "node:events";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { givenExperiment, givenRun, runOf } from "../src/given.ts";
import { type Answer, useService } from "../src/service.ts";
import { newName } from "../src/uploads.ts";

const service = useService();

/** Sends a request line as no client library would, and gives the status. */
async function sendRaw(line: string, body = ""): Promise<number> {
  const { hostname, port } = new URL(service.url);
  const socket = connect(Number(port), hostname);
  const head = `${line}\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`;
  socket.write(`${head}\r\n\r\n${body}`);
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  await once(socket, "close");
  return Number(Buffer.concat(chunks).toString().split(" ")[1]);
}

describe("a request line", () => {
  test("with a fragment is taken without it, and teaches the validator nothing wrong", async () => {
    const large = JSON.stringify({ name: newName(), inputs: [{ text: "y".repeat(70_000) }] });
    expect(
      await sendRaw("POST /v1/datasets/upload#/experiments HTTP/1.1", JSON.stringify({ zz: "y".repeat(70_000) })),
    ).toBe(422);
    expect((await service.post("/v1/datasets/upload", large)).status).toBe(200);
  });

  test.each([
    ["GET /v1/datasets#x HTTP/1.1", 200],
    ["GET http://localhost/v1/datasets HTTP/1.1", 200],
    ["GET http://[::1/v1/datasets HTTP/1.1", 200],
    ["GET * HTTP/1.1", 404],
    ["GET /v1/datasets/upload HTTP/1.1", 405],
    ["DELETE /v1/datasets/upload HTTP/1.1", 405],
  ])("%s is a %i", async (line, status) => {
    expect(await sendRaw(line)).toBe(status);
  });
});

describe("a body", () => {
  const post = (json: string) =>
    service.fetch("/v1/datasets/upload", {
      method: "POST",
      headers: { "content-type": "application/json", "content-encoding": "gzip" },
      body: gzipSync(json),
    });

  test("422: of nothing but line breaks", async () => {
    expect((await post("\n".repeat(50_000_000))).status).toBe(422);
  });

  test("413: of more values than it may have, in content too", async () => {
    expect((await post(`{"name":"x","inputs":[{"a":[${"0,".repeat(5_000_000)}0]}]}`)).status).toBe(413);
  });

  test("422: a text too long for its column, of whatever characters", async () => {
    const { status, body } = await service.post("/v1/datasets/upload", {
      name: newName(),
      inputs: [],
      description: "😀".repeat(2_000_000),
    });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: "/body/description", code: "maxLength" }]);
  });
});

test("outputs of a megabyte each are read back by the page, as a whole and in exports", async () => {
  const { id, exampleIds } = await givenExperiment(service, 80);
  const output = "x".repeat(2 ** 20);
  for (const exampleId of exampleIds) await givenRun(service, id, exampleId, { output });
  const pages: number[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const { body }: Answer = await service.get(`/v1/experiments/${id}/runs?limit=100&cursor=${cursor}`);
    pages.push(body.data.length);
    cursor = body.next_cursor;
  }
  expect(pages).toEqual([63, 17]); // a page ends early rather than have more than 64 MiB
  for (const path of ["runs", "json", "csv"]) {
    const response = await fetch(`${service.url}/v1/experiments/${id}/${path}`);
    expect((await response.text()).length).toBeGreaterThan(80 * output.length);
  }
});

test("connections that the database ends cost the requests that use them, not the service", async () => {
  const { id, exampleIds } = await givenExperiment(service, 200);
  const posts = exampleIds.map((exampleId) => service.post(`/v1/experiments/${id}/runs`, runOf(exampleId)));
  await service.database.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
  for (const { status } of await Promise.all(posts)) expect([200, 503]).toContain(status);
  await expect.poll(async () => (await service.get("/readyz")).status).toBe(200);
});
