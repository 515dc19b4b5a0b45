import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { ApiError, ConnectionError, createClient } from "@assay/client";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { type Operation, type Parameter, startExampleServer } from "../src/example-server.ts";
import { useService } from "../src/service.ts";

const server = await startExampleServer();
afterAll(server.stop);
const apiKey = "0123456789abcdef";

/** The client's methods by name, whatever noun they stand under. A `status` is asked for in place of the success. */
function methodsOf({ url = server.url, status }: { url?: string; status?: number } = {}) {
  const client = createClient({
    baseUrl: url,
    apiKey,
    fetch: (request) => {
      if (status !== undefined) request.headers.set("prefer", `code=${status}`);
      return fetch(request);
    },
  });
  const methods: Record<string, (...values: unknown[]) => unknown> = Object.assign({}, ...Object.values(client));
  return methods;
}
