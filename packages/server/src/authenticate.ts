import { timingSafeEqual } from "node:crypto";
import type { RequestHandler } from "express";
import type { Config } from "./config.ts";
import type { KeyKind } from "./contract.ts";
import type { KeyRing } from "./keys/ring.ts";
import { digest } from "./keys/secret.ts";
import { problem } from "./problem.ts";
import type { Datasets } from "./scope.ts";

/** Who makes a request. */
export interface Caller {
  /** What the log calls it, and what its requests are counted under; undefined with auth off. */
  name: string | undefined;
  kind: KeyKind;
  datasets: Datasets;
}

const admin = { kind: "admin", datasets: undefined } as const;
const challenge = { "WWW-Authenticate": 'Bearer realm="Assay"' };

/**
 * Finds out who calls: with auth on, whoever brings a key or the admin secret as `Authorization: Bearer`. It reads headers alone, and comes
 * before the body is read.
 */
export function authenticate(auth: Config["auth"], keys: KeyRing): RequestHandler {
  const adminDigest = auth.adminSecret === undefined ? undefined : digest(auth.adminSecret);
  const callerOf = async (secret: string): Promise<Caller | undefined> => {
    if (adminDigest && timingSafeEqual(digest(secret), adminDigest)) return { name: "admin secret", ...admin };
    const key = await keys.find(secret);
    return key && { name: `key ${key.id}`, kind: key.kind, datasets: key.dataset_ids ?? undefined };
  };
  return async (request, _response, next) => {
    if (auth.enabled) {
      const [, secret] = /^Bearer +(.+)$/i.exec(request.headers.authorization ?? "") ?? [];
      if (secret === undefined) throw problem("unauthenticated", "Send `Authorization: Bearer` and a key.", challenge);
      const caller = await callerOf(secret);
      if (!caller) throw problem("unauthenticated", "Invalid token", challenge);
      request.caller = caller;
    } else request.caller = { name: undefined, ...admin };
    next();
  };
}
