import { type Hash, randomUUID } from "node:crypto";
import type { RequestListener } from "node:http";
import compression from "compression";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { DB } from "../generated/schema.d.ts";
import type { Caller } from "./authenticate.ts";
import { Figures } from "./comparisons/figures.ts";
import type { Config } from "./config.ts";
import type { Contract } from "./contract.ts";
import { shareWithOrigins } from "./cors.ts";
import { evaluationRecorder } from "./evaluations/record.ts";
import { pagePolicy, securityHeaders } from "./headers.ts";
import { KeyRing } from "./keys/ring.ts";
import { Problem, problem, problemOfDatabaseError } from "./problem.ts";
import type { Sweeper } from "./removals/sweeper.ts";
import { createRouter } from "./router.ts";
import { runRecorder } from "./runs/record.ts";
import { trustOwnPages } from "./trust.ts";
import { checker } from "./validation.ts";

declare global {
  namespace Express {
    interface Request {
      /** Also in the response's `x-request-id`, in problems, and in the log. */
      id: string;
      log: Logger;
      /** Who makes the request: nobody, for operations that ask for no key. */
      caller: Caller;
      /** Given the body as it is read, if the request has an `idempotency-key` that counts. */
      bodyHash?: Hash;
    }
  }
}

export interface AppOptions {
  db: Kysely<DB>;
  contract: Contract;
  config: Config;
  log: Logger;
  /** False once the service has begun to stop. */
  accepting?: () => boolean;
  /** Told of rows to remove; without one they stay until a sweeper starts on the database. */
  sweeper?: Pick<Sweeper, "wake"> | undefined;
  /** The folder of the docs site, served at `/docs`. */
  docs?: string | undefined;
}

const noSweeper = { wake: () => {} };

/** The API as a function of a database. What is in here is what a request meets, in this order. */
export function createApp(options: AppOptions): RequestListener {
  const { db, contract, config, log, accepting = () => true, sweeper = noSweeper, docs } = options;
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("query parser", false); // the router reads the query by the contract
  app.use(identify(log, contract.document.info["x-phoenix-version"]));
  app.use(securityHeaders());
  app.use(compression({ filter: isCompressible }));
  if (docs !== undefined) {
    // Before the rules of trust: the docs know nothing, and links of other sites lead to them.
    app.use("/docs", pagePolicy(docs), express.static(docs));
    app.get("/", (_request, response) => response.redirect("/docs/"));
  }
  app.use(shareWithOrigins(config));
  app.use(exceptProbes(trustOwnPages(config)));
  const record = { recordRun: runRecorder(db), recordEvaluation: evaluationRecorder(db) };
  const keys = new KeyRing(db, { log, readOnly: config.readOnly });
  const figures = new Figures(db);
  app.use(
    createRouter({
      db,
      contract,
      config,
      keys,
      figures,
      accepting,
      sweeper,
      check: checker(contract.document),
      ...record,
    }),
  );
  app.use((request) => {
    throw problem("not_found", `There is nothing at ${request.path}.`);
  });
  app.use(renderProblem);
  return (request, response) => {
    request.url = pathAndQuery(request.url);
    app(request, response);
  };
}

/**
 * The path and the query of what was asked for: HTTP lets a client send a whole URL, nobody should send a fragment, and Phoenix's TypeScript
 * client writes `//arize_phoenix_version` after a base URL that ends in a slash. Express would take each for another path than it is.
 */
function pathAndQuery(target = ""): string {
  const [path = ""] = target.split("#", 1);
  return path.replace(/^https?:\/\/[^/?]*/i, "").replace(/^\/*/, "/");
}

/** The list that `compression` goes by does not know lines of JSON. */
const isCompressible: typeof compression.filter = (request, response) =>
  response.getHeader("Content-Type") === "application/x-ndjson" || compression.filter(request, response);

/** Probes come by address, whatever the host is called, and learn nothing. */
function exceptProbes(step: RequestHandler): RequestHandler {
  const probes = new Set(["/healthz", "/readyz"]);
  return (request, response, next) => (probes.has(request.path) ? next() : step(request, response, next));
}

const nobody: Caller = { name: undefined, kind: "read", datasets: [] };

/** Gives the request its id and its log, names them in the response, and writes one line when all is done: never a body, never a key. */
function identify(log: Logger, phoenixVersion: string): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    request.id = randomUUID();
    request.log = log.child({ request_id: request.id });
    request.caller = nobody;
    response.set("x-request-id", request.id);
    response.set("x-phoenix-server-version", phoenixVersion);
    const { method, path } = request;
    response.once("close", () => {
      const ms = Math.round((performance.now() - started) * 10) / 10;
      request.log.info(
        {
          method,
          path,
          status: response.statusCode,
          ms,
          caller: request.caller.name,
          cut: !response.writableFinished || undefined,
        },
        "request",
      );
    });
    next();
  };
}

const renderProblem: ErrorRequestHandler = (error, request, response, _next) => {
  const readerLeft =
    !request.complete ||
    (response.destroyed &&
      !response.writableFinished &&
      !(error instanceof Problem) &&
      /^ERR_STREAM/.test(error?.code));
  const found = asProblem(error);
  if (found.status >= 500 && !readerLeft) request.log.error(partsOf(error), found.message);
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  response.status(found.status).set(found.headers).setHeader("Content-Type", "application/problem+json");
  response.end(JSON.stringify(found.body(request.path, request.id)));
};

/** What the log may have of an error. The database's errors have more, and in it what users wrote. */
function partsOf(error: unknown) {
  if (!(error instanceof Error)) return { error: String(error) };
  return { error: error.message, code: "code" in error ? error.code : undefined, stack: error.stack };
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Error) {
    const ofDatabase = problemOfDatabaseError(error);
    if (ofDatabase) return ofDatabase;
    // Express refuses a path that is not percent-encoded UTF-8, and files are not sent by impossible ranges.
    if ("status" in error && error.status === 400)
      return problem("bad_request", "The path is not valid percent-encoded UTF-8.");
    if ("status" in error && typeof error.status === "number" && error.status > 400 && error.status < 500)
      return problem("bad_request", error.message);
  }
  return problem("internal", "Something went wrong. The service's log has the reason, under this request_id.");
}
