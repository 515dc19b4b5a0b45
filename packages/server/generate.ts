/** Writes `generated/schema.d.ts`: the tables as Kysely types, read off an empty database that `migrations/` has been run on. */
import { generate, PostgresDialect } from "kysely-codegen";
import { connect } from "./src/db/connect.ts";
import { migrate } from "./src/db/migrate.ts";

const connection = process.env.DATABASE_URL ?? "";
const db = connect({ connection, poolSize: 2, statementTimeout: 60_000 });
await migrate(db);
await generate({
  db,
  dialect: new PostgresDialect({}),
  outFile: "generated/schema.d.ts",
  excludePattern: "kysely_*",
  typeMapping: { int8: "number", json: "JsonText<Record<string, unknown>>", timestamptz: "string" },
  customImports: { JsonText: "../src/json.ts" },
  overrides: { columns: { "experiment_runs.output": "JsonText" } },
});
await db.destroy();
