import { connect, migrate, readConfig } from "@assay/server";

/**
 * Brings the database that DATABASE_URL names up to date: for deployments that migrate before they start the service.
 * @throws Error in a sentence for the user.
 */
export async function migrateDatabase(): Promise<void> {
  const { databaseUrl, statementTimeout } = readConfig();
  if (databaseUrl === undefined) {
    throw new Error(
      "DATABASE_URL is not set; it must name the Postgres to migrate. (The embedded one is migrated whenever the service starts.)",
    );
  }
  const db = connect({ connection: databaseUrl, poolSize: 1, statementTimeout });
  try {
    await migrate(db);
  } catch (cause) {
    const reasons = cause instanceof AggregateError ? cause.errors : [cause]; // of each address of a host
    throw new Error(`The database could not be migrated: ${reasons.map(String).join("; ")}`, { cause });
  } finally {
    await db.destroy();
  }
}
