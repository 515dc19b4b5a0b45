/** A process that owns an embedded database: it says where the database is, or why there is none, and stops on SIGTERM. */
import { pino } from "pino";
import { startEmbedded } from "../src/db/embedded.ts";

const [directory = "", binaries] = process.argv.slice(2);
const log = pino(pino.destination(2));
try {
  const started = performance.now();
  const database = await startEmbedded({ directory, log, ...(binaries && { binaries }) });
  const ms = Math.round(performance.now() - started);
  console.log(JSON.stringify({ ...database, ms }));
  process.once("SIGTERM", () => void database.stop());
} catch (error) {
  console.log(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
}
