/**
 * The service's own app, without a database: what hands single runs and evaluations to it says at once that they are written. With
 * `--unvalidated`, also without validation of requests.
 */
import { createRequire, registerHooks } from "node:module";

const dist = new URL("../../packages/server/dist/", import.meta.url);

let isReplaced = !process.argv.includes("--unvalidated");
if (!isReplaced) {
  const validation = new URL("validation.js", dist).href;
  registerHooks({
    load: (url, context, next) => {
      if (url !== validation) return next(url, context);
      isReplaced = true;
      const source = `export * from "${validation}?own"; export const validator = () => () => (request, response, next) => next();`;
      return { format: "module", source, shortCircuit: true };
    },
  });
}

const { connect, createApp, readConfig, readContract } = await import(new URL("index.js", dist));
const { GroupCommit } = await import(new URL("db/group-commit.js", dist));
const { listen } = await import("../../apps/service/dist/index.js");
const { pino } = createRequire(new URL("../package.json", dist))("pino");
if (!isReplaced) throw new Error("validation is not where it was: this floor has to be changed");

GroupCommit.prototype.add = async (experimentId) => ({ outcome: "created", id: experimentId * 2 ** 27 + 1 });
const config = readConfig();
const app = createApp({
  db: connect({ connection: "postgres://localhost:1/none", poolSize: 1, statementTimeout: 1000 }),
  contract: await readContract(),
  config,
  log: pino({ level: config.logLevel }),
});
await listen((request, response) => (request.url === "/readyz" ? response.end() : app(request, response)), config);
process.on("SIGTERM", () => process.exit());
