import type { Problem } from "./schemas.ts";

/** The service, or a proxy before it, answered with something other than the success that was asked for. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** The HTTP status: 4xx or 5xx, or 2xx where a web page came instead of an answer of the API. */
  readonly status: number;
  readonly headers: Headers;
  /** The answer's `x-request-id`, under which the service's log has more; undefined if the answer is not the service's. */
  readonly requestId: string | undefined;
  /** What is wrong, with a `code` to switch on and, for an invalid request, `errors`; undefined if the answer is not the service's. */
  readonly problem: Problem | undefined;

  constructor(request: Request, { status, statusText, headers }: Response, body: string) {
    const problem = problemIn(body);
    super(
      problem
        ? `${problem.detail} (${status} ${problem.code}, request ${problem.request_id})`
        : `${request.method} ${request.url} was answered ${status} ${statusText}, not by Assay: ${excerpt(body)}`,
    );
    this.status = status;
    this.headers = headers;
    this.requestId = headers.get("x-request-id") ?? undefined;
    this.problem = problem;
  }
}

/** No answer came, or only the beginning of one. `cause` is what `fetch` threw. A write may have been done nevertheless. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";

  constructor(request: Request, cause: unknown) {
    super(`${request.method} ${request.url} did not complete: ${reasonOf(cause)}`, { cause });
  }
}

function problemIn(body: string): Problem | undefined {
  try {
    const problem = JSON.parse(body);
    return typeof problem?.code === "string" && typeof problem.request_id === "string" ? problem : undefined;
  } catch {
    return undefined;
  }
}

function excerpt(body: string): string {
  const text = body.replaceAll(/\s+/g, " ").trim();
  return text.length > 200 ? `${text.slice(0, 200)}…` : text || "(no body)";
}

/** The innermost cause: Node says "fetch failed" and no more on the outside. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return reasonOf(error.cause);
  return error.message || ("code" in error ? String(error.code) : error.name);
}
