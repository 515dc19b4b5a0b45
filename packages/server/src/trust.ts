import type { RequestHandler } from "express";
import type { Config } from "./config.ts";
import { problem } from "./problem.ts";

const loopback = /^(?:localhost|(?:[^.]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/**
 * With auth off, whoever reaches the service may use it, and a browser reaches it on behalf of any page. So requests are refused that a
 * page elsewhere has made (a foreign `Origin`, `Sec-Fetch-Site: cross-site`: a form post needs no permission) or that came by a name that
 * is neither loopback nor allowed (a name that was made to point here: DNS rebinding). Pages of the origins that CORS lists are let in.
 */
export function trustOwnPages({
  auth,
  allowedHosts,
  corsOrigins,
}: Pick<Config, "auth" | "allowedHosts" | "corsOrigins">): RequestHandler {
  const allowed = new Set(allowedHosts.map((host) => host.toLowerCase()));
  const trusted = (authority: string) => {
    const host = authority.toLowerCase().replace(/:\d*$/, "");
    return loopback.test(host) || allowed.has(host) || allowed.has(authority.toLowerCase());
  };
  return (request, _response, next) => {
    if (auth.enabled) return next();
    const { host, origin } = request.headers;
    if (host !== undefined && !trusted(host)) {
      throw problem(
        "untrusted_host",
        `The host ${host} is not trusted; name it in ASSAY_ALLOWED_HOSTS if it is yours.`,
      );
    }
    if (origin !== undefined && corsOrigins.includes(origin)) return next();
    if (origin !== undefined && !trusted(authorityOf(origin))) {
      throw problem(
        "untrusted_origin",
        `The origin ${origin} is not trusted; name it in ASSAY_CORS_ORIGINS if it is yours.`,
      );
    }
    if (request.headers["sec-fetch-site"] === "cross-site") {
      throw problem("untrusted_origin", "The request was made by a page of another site.");
    }
    next();
  };
}

/** The host and port of an origin; empty, which is never trusted, for `null` and whatever else is none. */
function authorityOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : "";
}
