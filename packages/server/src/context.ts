import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { DB } from "../generated/schema.d.ts";
import type { Figures } from "./comparisons/figures.ts";
import type { Contract } from "./contract.ts";
import type { evaluationRecorder } from "./evaluations/record.ts";
import type { TransactOnce } from "./idempotency.ts";
import type { KeyRing } from "./keys/ring.ts";
import type { Sweeper } from "./removals/sweeper.ts";
import type { runRecorder } from "./runs/record.ts";
import type { Scope } from "./scope.ts";
import type { Check } from "./validation.ts";

/** What a handler may use beside its input. */
export interface Context {
  db: Kysely<DB>;
  contract: Contract;
  keys: KeyRing;
  /** What the caller may see: it reads every id that a request names. */
  scope: Scope;
  /** Holds what a handler reads itself, out of a file, to the contract. */
  check: Check;
  /** What operations that take an `idempotency-key` do their work in, once a request. */
  transaction: TransactOnce;
  figures: Figures;
  recordRun: ReturnType<typeof runRecorder>;
  recordEvaluation: ReturnType<typeof evaluationRecorder>;
  /** Writes lines that carry the request's id. */
  log: Logger;
  /** Told after a delete that there are rows to remove. */
  sweeper: Pick<Sweeper, "wake">;
  /** False once the service has begun to stop. */
  accepting: () => boolean;
}
