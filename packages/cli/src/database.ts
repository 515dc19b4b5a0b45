import { connect, type MendedCount, migrate, readConfig, recount } from "@assay/server";

/**
 * Brings the database that DATABASE_URL names up to date: for deployments that migrate before they start the service.
 * @throws Error in a sentence for the user.
 */
export async function migrateDatabase(): Promise<void> {
  const without = "it must name the Postgres to migrate. (The embedded one is migrated whenever the service starts.)";
  await withDatabase({ without, failed: "The database could not be migrated" }, migrate);
}

/**
 * Mends the counts that the database keeps, and tells `onMended` of each.
 * @throws Error in a sentence for the user.
 */
export async function recountDatabase(onMended: (count: MendedCount) => void): Promise<void> {
  const without = "it must name the Postgres whose counts are to be mended.";
  await withDatabase({ without, failed: "The counts could not be mended" }, async (db) => {
    for await (const count of recount(db)) onMended(count);
  });
}

type Database = ReturnType<typeof connect>;

async function withDatabase(
  says: { without: string; failed: string },
  act: (db: Database) => Promise<void>,
): Promise<void> {
  const { databaseUrl, statementTimeout } = readConfig();
  if (databaseUrl === undefined) throw new Error(`DATABASE_URL is not set; ${says.without}`);
  const db = connect({ connection: databaseUrl, poolSize: 1, statementTimeout });
  try {
    await act(db);
  } catch (cause) {
    const reasons = cause instanceof AggregateError ? cause.errors : [cause]; // of each address of a host
    throw new Error(`${says.failed}: ${reasons.map(String).join("; ")}`, { cause });
  } finally {
    await db.destroy();
  }
}
