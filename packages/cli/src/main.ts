#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { addCompare } from "./compare.ts";
import { addGate } from "./gate.ts";
import { addKeys } from "./keys.ts";
import { addTag } from "./tag.ts";
import { addUpload } from "./upload.ts";

const settings = `
The settings of serve come from the environment: HOST and PORT (127.0.0.1, 6006), DATABASE_URL (by default the service brings its own
Postgres) or ASSAY_DATA_DIR (./.assay), ASSAY_AUTH and ASSAY_ADMIN_SECRET. The README has them all.`;

const manifest = new URL("../package.json", import.meta.url);
const { version }: { version: string } = JSON.parse(readFileSync(manifest, "utf8"));

// serve, migrate and recount import the server when they run, so that all else is at once there.
const assay = new Command("assay")
  .description("Assay records LLM experiments and says whether a difference is real.")
  .version(version)
  .addHelpText("after", settings);

assay
  .command("serve")
  .description("run the service until SIGTERM or Ctrl-C")
  .action(async () => {
    const { run } = await import("@assay/service");
    process.exit(await run());
  });

assay
  .command("migrate")
  .description("bring the database of DATABASE_URL up to date, as serve does when it starts")
  .action(async () => {
    const { migrateDatabase } = await import("./database.ts");
    await migrateDatabase();
    console.log("The database is up to date.");
  });

assay
  .command("recount")
  .description("count anew what the database of DATABASE_URL keeps counts of, and mend what is wrong")
  .action(async () => {
    const { recountDatabase } = await import("./database.ts");
    let mended = 0;
    await recountDatabase(({ id, name, kept, counted }) => {
      console.log(`${id} ${name}: ${kept} → ${counted}`);
      mended++;
    });
    console.log(mended === 0 ? "All counts are right: there is nothing to mend." : `${mended} mended.`);
  });

addKeys(assay);
addUpload(assay);
addCompare(assay);
addGate(assay);
addTag(assay);

try {
  await assay.parseAsync();
} catch (error) {
  assay.error(error instanceof Error ? error.message : String(error));
}
