import { afterAll, expect, test } from "vitest";
import { startExampleServer } from "../src/example-server.ts";

const server = await startExampleServer();
afterAll(server.stop);

test.each([
  { request: "GET /v1/nothing", fault: "there is no GET /v1/nothing" },
  { request: "GET /v1/datasets?nome=a", fault: "query must NOT have additional properties" },
  { request: "GET /v1/datasets?limit=0", fault: "query/limit must be >= 1" },
  { request: "GET /v1/datasets?limit=1&limit=2", fault: "query/limit must be integer" },
  { request: "DELETE /v1/datasets/a", body: "{}", fault: "a body of application/json is not declared" },
  { request: "POST /v1/datasets/upload", fault: "a body of no media type is not declared" },
  { request: "POST /v1/datasets/upload", body: '{"name":"a"}', fault: "body must have required property 'inputs'" },
  {
    request: "POST /v1/datasets/a/experiments",
    body: '{"repetitions":"1"}',
    fault: "body/repetitions must be integer",
  },
])("$request is refused: $fault", async ({ request, body, fault }) => {
  const [method = "", path = ""] = request.split(" ");
  const init = body === undefined ? {} : { body, headers: { "content-type": "application/json" } };
  const response = await fetch(server.url + path, { method, ...init });
  expect([response.status, await response.text()]).toEqual([422, `Error: ${fault}`]);
});
