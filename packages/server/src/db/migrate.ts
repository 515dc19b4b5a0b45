import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";

const directory = new URL("../../migrations/", import.meta.url);

/**
 * Brings the database up to date with `migrations/`. Processes that start together wait for one another, and one of them does it.
 * @throws the database's error; the migration that failed is undone, those before it stay.
 */
export async function migrate<Schema>(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

async function getMigrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(directory)).filter((file) => file.endsWith(".sql"));
  const migrations = files.map(async (file): Promise<[string, Migration]> => {
    const text = await readFile(fileURLToPath(new URL(file, directory)), "utf8");
    const up = async (db: Kysely<unknown>) => {
      await sql`set local statement_timeout = 0`.execute(db); // what fills a new column of millions of rows takes its time
      await sql.raw(text).execute(db);
    };
    return [file.replace(".sql", ""), { up }];
  });
  return Object.fromEntries(await Promise.all(migrations));
}
