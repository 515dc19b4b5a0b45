import type { RequestHandler } from "express";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Config } from "./config.ts";
import type { Operation } from "./contract.ts";
import { problem } from "./problem.ts";

/**
 * Counts what each key asks for, in this process, and refuses what is more than it may ask for in a minute. With auth off it counts by address.
 * Evaluations have a limit of their own: one that is refused ends a process of Phoenix's TypeScript client.
 */
export function rateLimiter(limits: Config["rateLimits"]): (operation: Operation) => RequestHandler[] {
  const steps = Object.fromEntries(Object.entries(limits).map(([name, perMinute]) => [name, limit(perMinute)]));
  return (operation) => steps[operation["x-rate-limit"] ?? "requests"] ?? [];
}

function limit(perMinute: number): RequestHandler[] {
  if (perMinute === 0) return [];
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return [
    async ({ caller, socket }, _response, next) => {
      try {
        await limiter.consume(caller.name ?? socket.remoteAddress ?? "");
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
        throw problem("rate_limited", `No more than ${perMinute} requests are answered in a minute.`, {
          "Retry-After": String(seconds),
        });
      }
      next();
    },
  ];
}
