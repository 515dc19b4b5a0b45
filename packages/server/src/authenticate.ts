import { createHash, timingSafeEqual } from "node:crypto";
import type { RequestHandler } from "express";
import type { Config } from "./config.ts";
import { problem } from "./problem.ts";

const challenge = { "WWW-Authenticate": 'Bearer realm="Assay"' };

/**
 * Lets those through who may call: with auth on, whoever brings the admin secret as `Authorization: Bearer`. It reads headers alone, and
 * comes before the body is read.
 */
export function authenticate(auth: Config["auth"]): RequestHandler {
  const secret = auth.adminSecret === undefined ? undefined : digest(auth.adminSecret);
  return (request, _response, next) => {
    if (!auth.enabled) return next();
    const [, key] = /^Bearer +(.+)$/i.exec(request.headers.authorization ?? "") ?? [];
    if (key === undefined) throw problem("unauthenticated", "Send `Authorization: Bearer` and a key.", challenge);
    if (secret === undefined || !timingSafeEqual(digest(key), secret))
      throw problem("unauthenticated", "Invalid token", challenge);
    next();
  };
}

// Digests have one length, so that comparing them takes one time whatever is sent.
const digest = (text: string) => createHash("sha256").update(text).digest();
