import type { ClientConfig } from "pg";

declare module "vitest" {
  interface ProvidedContext {
    /** The key that services ask for, where the published client is tried with auth on. */
    key: string | undefined;
    /** The Postgres that the tests make their databases in. */
    postgres: ClientConfig;
    /** A migrated database that test files clone. */
    template: string;
    /** Where `contractFetch` leaves what it has seen. */
    seen: string;
  }
}
