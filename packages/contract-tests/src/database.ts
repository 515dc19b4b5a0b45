import { randomBytes } from "node:crypto";
import { Client, type ClientConfig } from "pg";
import { inject } from "vitest";

/** Runs one statement outside of any database of ours. */
export async function adminQuery(connection: ClientConfig, statement: string): Promise<void> {
  const client = new Client(connection);
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** A migrated, empty database of one's own. */
export async function createDatabase(): Promise<{ connection: ClientConfig; drop: () => Promise<void> }> {
  const postgres = inject("postgres");
  const database = `assay_test_${randomBytes(6).toString("hex")}`;
  await adminQuery(postgres, `create database ${database} template ${inject("template")}`);
  return {
    connection: { ...postgres, database },
    drop: () => adminQuery(postgres, `drop database ${database} with (force)`),
  };
}
