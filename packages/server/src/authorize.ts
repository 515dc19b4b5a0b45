import type { RequestHandler } from "express";
import type { KeyKind, Operation } from "./contract.ts";
import { problem } from "./problem.ts";

/** What each kind may do, those before it may do too. */
const kinds: readonly KeyKind[] = ["read", "write", "admin"];

/** Lets callers do what their kind allows: read what GETs read, write the rest, and what the contract says takes another kind. */
export function authorize(operation: Operation, method: string): RequestHandler {
  const needed = operation["x-access"] ?? (method === "get" ? "read" : "write");
  return ({ caller }, _response, next) => {
    if (kinds.indexOf(caller.kind) < kinds.indexOf(needed)) {
      throw problem(
        "forbidden",
        `A ${caller.kind} key cannot do this; it takes ${needed === "admin" ? "an" : "a"} ${needed} key.`,
      );
    }
    if (operation["x-unlimited-key"] && caller.datasets)
      throw problem("forbidden", "A key that is limited to datasets cannot do this.");
    next();
  };
}
