import cors from "cors";
import type { RequestHandler } from "express";
import type { Config } from "./config.ts";

/** What a page may read of an answer beside its body and what the standard lets it read anyway. */
const exposedHeaders = [
  "x-request-id",
  "x-phoenix-server-version",
  "Retry-After",
  "Content-Disposition",
  "Link",
  "Idempotency-Replayed",
];

/** How many seconds a browser may take the answer to a preflight as given. */
const maxAge = 600;

/**
 * Lets pages of the configured origins call the API and read its answers, failures too. A preflight, which carries no key, ends here. Keys
 * travel in `Authorization`, where the page itself puts them: a browser has nothing to add (no `Access-Control-Allow-Credentials`). Pages of
 * any other origin are answered as if there were no such thing.
 */
export function shareWithOrigins({ corsOrigins }: Pick<Config, "corsOrigins">): RequestHandler {
  const listed = new Set(corsOrigins);
  const share = cors({
    origin: (origin, decide) => decide(null, listed.has(origin ?? "") && origin),
    methods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    exposedHeaders,
    maxAge,
  });
  return (request, response, next) => {
    if (listed.size === 0) return next();
    response.vary("Origin"); // also without one, or a cache would hand this answer to a listed page
    share(request, response, next);
  };
}
