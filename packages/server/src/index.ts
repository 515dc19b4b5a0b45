export { type AppOptions, createApp } from "./app.ts";
export { type Config, readConfig } from "./config.ts";
export { type Contract, readContract } from "./contract.ts";
export { connect } from "./db/connect.ts";
export { type EmbeddedDatabase, startEmbedded } from "./db/embedded.ts";
export { migrate } from "./db/migrate.ts";
export { createFirstKey } from "./keys/first.ts";
export { type MendedCount, recount } from "./recount.ts";
export { type Sweeper, startSweeper } from "./removals/sweeper.ts";
