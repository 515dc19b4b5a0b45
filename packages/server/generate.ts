/** Writes `generated/schema.d.ts`: the tables as Kysely types, read off an empty database that `migrations/` has been run on. */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate, PostgresDialect } from "kysely-codegen";
import { pino } from "pino";
import { connect } from "./src/db/connect.ts";
import { startEmbedded } from "./src/db/embedded.ts";
import { migrate } from "./src/db/migrate.ts";

const scratch = await mkdtemp(join(tmpdir(), "assay-generate-"));
await chmod(scratch, 0o755); // for the account that Postgres runs under, where this is root
const postgres = await startEmbedded({ directory: join(scratch, ".assay"), log: pino({ level: "warn" }) });
const db = connect({ connection: postgres.connection, poolSize: 2, statementTimeout: 60_000 });
try {
  await migrate(db);
  await generate({
    db,
    dialect: new PostgresDialect({}),
    outFile: "generated/schema.d.ts",
    excludePattern: "kysely_*",
    typeMapping: { int8: "number", json: "JsonText<Record<string, unknown>>", timestamptz: "string" },
    customImports: { JsonText: "../src/json.ts" },
    overrides: {
      columns: {
        "api_keys.kind": '"admin" | "read" | "write"',
        "experiment_runs.output": "JsonText",
        "evaluations.annotator_kind": '"CODE" | "HUMAN" | "LLM"',
        "annotation_configs.type": '"CATEGORICAL" | "CONTINUOUS" | "FREEFORM"',
        "annotation_configs.optimization_direction": '"MAXIMIZE" | "MINIMIZE" | "NONE" | null',
        "annotation_configs.values": "JsonText<{ label: string; score: number | null }[]> | null",
        "removals.kind": '"dataset" | "experiment" | "project"',
        "spans.events": "JsonText<{ name: string; timestamp: string; attributes: Record<string, unknown> }[]>",
        "staged_changes.kind": '"create" | "revive" | "patch" | "keep" | "delete" | "unknown"',
        "staged_examples.splits": "JsonText<string[]>",
      },
    },
  });
} finally {
  await db.destroy();
  await postgres.stop();
  await rm(scratch, { recursive: true });
}
