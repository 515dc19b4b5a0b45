import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RequestHandler } from "express";
import helmet from "helmet";

const nothing = "'none'";

/**
 * What every response tells a browser: not to guess another media type, to load nothing on behalf of an answer, to show it in no frame,
 * to let no other site embed it, and to name it to nobody.
 *
 * It does not tell it to come by HTTPS alone (HSTS). The service speaks plain HTTP, where browsers must ignore that header (RFC 6797, 8.1),
 * and where a proxy in front makes it HTTPS, the header would bind every port of that host name for as long as it says: that is for
 * whoever runs the proxy to decide.
 */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: [nothing], frameAncestors: [nothing] } },
    xFrameOptions: { action: "deny" },
    strictTransportSecurity: false,
    // Over plain HTTP to any name but loopback's a browser ignores these two, and says so in the console of each page.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    // For Internet Explorer and Flash.
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
  });
}

/**
 * The policy of the pages in a folder, in place of the one that API answers have: scripts are those that stand in the pages now, known by
 * their hashes, and nothing is loaded from elsewhere. Redoc makes styles as it runs, and searches in a worker that it makes of a blob.
 */
export function pagePolicy(folder: string): RequestHandler {
  const pages = readdirSync(folder).filter((name) => name.endsWith(".html"));
  const hashes = pages.flatMap((name) => scriptHashes(readFileSync(join(folder, name), "utf8")));
  return helmet.contentSecurityPolicy({
    useDefaults: false,
    directives: {
      defaultSrc: [nothing],
      scriptSrc: hashes.length > 0 ? [...new Set(hashes)] : [nothing],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", "data:"],
      fontSrc: ["data:"],
      workerSrc: ["blob:"],
      baseUri: [nothing],
      formAction: [nothing],
      frameAncestors: [nothing],
    },
  });
}

function scriptHashes(page: string): string[] {
  return [...page.matchAll(/<script\b[^>]*>(.*?)<\/script>/gs)].map(
    ([, script = ""]) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`,
  );
}
