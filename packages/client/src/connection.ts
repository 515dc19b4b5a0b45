import type { paths } from "@assay/spec";
import createFetchClient, { type Client } from "openapi-fetch";
import { ApiError, ConnectionError } from "./error.ts";

export interface ClientOptions {
  /** Where the service is, also below a path; `http://localhost:6006` by default. */
  baseUrl?: string | undefined;
  /** Sent as `Authorization: Bearer`. Needed where the service runs with `ASSAY_AUTH=on`. */
  apiKey?: string | undefined;
  /** Called for every request in place of the global `fetch`: to set a timeout, to retry, to watch. */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
}

export interface CallOptions {
  /** Ends the call early. The promise rejects with the signal's reason. */
  signal?: AbortSignal;
}

export interface OnceOptions extends CallOptions {
  /**
   * Makes it safe to call again when no answer came (`ConnectionError`): for 24 hours, the same call with the same key is answered as the first
   * was and does nothing. A UUID, for one.
   */
  idempotencyKey?: string;
}

/** The operations of the contract by method and path. Whatever is not a success is thrown. */
export type Api = Client<paths>;

export function connect({ baseUrl, apiKey, fetch = globalThis.fetch }: ClientOptions): Api {
  return createFetchClient<paths>({
    baseUrl: baseUrl ?? "http://localhost:6006",
    headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
    fetch: async (request) => {
      const response = guardBody(request, await fetch(request).catch((cause) => fail(request, cause)));
      const isPage = response.headers.get("content-type")?.startsWith("text/html");
      if (!response.ok || isPage) throw new ApiError(request, response, await response.text());
      return response;
    },
  });
}

/** The same response, with a body that fails as the request would have if the connection breaks in its middle. */
function guardBody(request: Request, response: Response): Response {
  const reader = response.body?.getReader();
  if (reader === undefined) return response;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read().catch((cause) => fail(request, cause));
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(body, response);
}

function fail(request: Request, cause: unknown): never {
  throw request.signal.aborted ? cause : new ConnectionError(request, cause);
}

/** The body of a success. */
export async function bodyOf<Body>(answer: Promise<{ data?: Body; response: Response }>): Promise<NonNullable<Body>> {
  const { data, response } = await answer;
  if (data === undefined || data === null) throw new TypeError(`A body is missing (status ${response.status}).`);
  return data;
}

/** What stands under `data` in the body of a success. */
export async function dataOf<Data>(
  answer: Promise<{ data?: { data: Data } | null; response: Response }>,
): Promise<Data> {
  return (await bodyOf(answer)).data;
}

/** The header of a request that may be sent again under its key. */
export const keyHeader = (key: string | undefined) => (key === undefined ? {} : { "idempotency-key": key });
