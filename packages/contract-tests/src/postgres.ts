import { join } from "node:path";
import { readConfig, startEmbedded } from "@assay/server";
import type { ClientConfig } from "pg";
import { pino } from "pino";

/** The Postgres that DATABASE_URL names, or one of our own with its data below `scratch`. */
export async function startPostgres(scratch: string): Promise<{ connection: ClientConfig; stop: () => Promise<void> }> {
  const { databaseUrl } = readConfig();
  if (databaseUrl !== undefined) return { connection: partsOf(databaseUrl), stop: async () => {} };
  const { connection, stop } = await startEmbedded({
    directory: join(scratch, "postgres"),
    log: pino({ level: "warn" }),
  });
  return { connection, stop };
}

/** The parts of a URL, of which the database can be replaced. */
function partsOf(url: string): ClientConfig {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  return {
    host: searchParams.get("host") ?? decodeURIComponent(hostname),
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: pathname.slice(1) || "postgres",
  };
}
