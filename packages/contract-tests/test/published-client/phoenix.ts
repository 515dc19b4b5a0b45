import { createClient, type PhoenixClient } from "@arizeai/phoenix-client";
import { beforeAll, inject } from "vitest";
import { type Service, useService } from "../../src/service.ts";

/** A service with a client of Phoenix's that knows nothing but its URL, and its key where the tests run with auth on. */
export function usePhoenix(): { service: Service; phoenix: { client: PhoenixClient } } {
  const key = inject("key");
  const service = useService({ auth: { enabled: key !== undefined, adminSecret: key } }, { key });
  const phoenix = {} as { client: PhoenixClient }; // filled in by beforeAll, before any test can look
  beforeAll(() => {
    phoenix.client = createClient({ options: { baseUrl: service.url } });
  });
  return { service, phoenix };
}
