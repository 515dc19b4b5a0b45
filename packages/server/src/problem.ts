import type { components } from "@assay/spec";

export type ProblemBody = components["schemas"]["Problem"];
export type ProblemCode = components["schemas"]["ProblemCode"];
export type ProblemField = components["schemas"]["ProblemField"];

const kinds: Record<ProblemCode, { status: number; title: string }> = {
  bad_request: { status: 400, title: "The request cannot be read" },
  unauthenticated: { status: 401, title: "A valid key is needed" },
  forbidden: { status: 403, title: "The key does not allow this" },
  read_only: { status: 403, title: "The service is read-only" },
  untrusted_host: { status: 403, title: "The host name is not trusted" },
  untrusted_origin: { status: 403, title: "The origin is not trusted" },
  default_project: { status: 403, title: "The default project stays" },
  not_found: { status: 404, title: "There is no such thing" },
  experiment_has_no_runs: { status: 404, title: "The experiment has no runs" },
  method_not_allowed: { status: 405, title: "The method is not allowed here" },
  dataset_exists: { status: 409, title: "The name is taken" },
  split_exists: { status: 409, title: "The name is taken" },
  label_exists: { status: 409, title: "The name is taken" },
  example_exists: { status: 409, title: "The id is taken" },
  run_exists: { status: 409, title: "The run has a successful result" },
  annotation_config_exists: { status: 409, title: "The name is taken" },
  conflict: { status: 409, title: "Another request was first" },
  request_in_progress: { status: 409, title: "The same request is under way" },
  idempotency_key_reused: { status: 422, title: "The key is that of another request" },
  body_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The media type is not supported" },
  invalid_request: { status: 422, title: "The request is invalid" },
  rate_limited: { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "Something went wrong in the service" },
  unavailable: { status: 503, title: "The service cannot answer now" },
};

/** A failure that the caller is told of: thrown anywhere, rendered once, in `app.ts`. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly errors: ProblemField[] | undefined;
  readonly headers: Record<string, string>;

  constructor(
    code: ProblemCode,
    detail: string,
    { errors, headers = {} }: { errors?: ProblemField[]; headers?: Record<string, string> } = {},
  ) {
    super(detail);
    this.code = code;
    this.errors = errors;
    this.headers = headers;
  }

  get status(): number {
    return kinds[this.code].status;
  }

  /** What the answer to a batch says of an item that has this problem. */
  ofItem() {
    return { status: this.status, code: this.code, detail: this.message, ...(this.errors && { errors: this.errors }) };
  }

  /** The body of the response, as RFC 9457 has it. */
  body(instance: string, requestId: string): ProblemBody {
    const { status, title } = kinds[this.code];
    return {
      type: `urn:assay:problem:${this.code}`,
      title,
      status,
      detail: this.message,
      instance,
      code: this.code,
      request_id: requestId,
      ...(this.errors && { errors: this.errors }),
    };
  }
}

export function problem(code: ProblemCode, detail: string, headers?: Record<string, string>): Problem {
  return new Problem(code, detail, headers && { headers });
}

/** A field that is refused: where it is, why, and the rule that it breaks. */
export function invalid(pointer: string, detail: string, code: string): Problem {
  return new Problem("invalid_request", detail, { errors: [{ pointer, detail, code }] });
}

/** What `read` gives, or the Problem that it throws. */
export function orProblem<Value>(read: () => Value): Value | Problem {
  try {
    return read();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

/** Classes and codes of SQLSTATE that say something to the caller. Names of constraints do not count: a distributed database changes them. */
const databaseErrors: [pattern: RegExp, code: ProblemCode, detail: string][] = [
  [/^22/, "invalid_request", "A value cannot be stored."],
  [/^54/, "invalid_request", "A value is too large or too complex to be stored."],
  [/^23505$/, "conflict", "Another request created the same thing at the same time."],
  [/^23503$/, "conflict", "Something that this request refers to was deleted at the same time."],
  [/^23514$/, "conflict", "The experiment has given out all its ids, 134,217,727, and takes no more."],
  [/^40/, "conflict", "Another request changed the same thing at the same time. Try again."],
  [/^57014$/, "unavailable", "The database took too long."],
  [/^(08|53|57P|58|ECONN|ENOENT|EPIPE|ETIMEDOUT)/, "unavailable", "The database cannot answer now. Try again."],
];

/** What node-postgres says without a code when there is no connection to be had, or it is lost. */
const connectionLost =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** The problem that an error of the database is to the caller; undefined if it is none that the caller should know of. */
export function problemOfDatabaseError(error: Error & { code?: unknown }): Problem | undefined {
  const sqlstate = connectionLost.test(error.message) ? "08006" : String(error.code);
  const [, code, detail] = databaseErrors.find(([pattern]) => pattern.test(sqlstate)) ?? [];
  return code && detail ? problem(code, detail) : undefined;
}

/** To catch the errors of a statement with: that a unique key is taken is this problem. */
export function ifTaken(taken: Problem): (error: Error & { code?: unknown }) => never {
  return (error) => {
    throw error.code === "23505" ? taken : error;
  };
}
