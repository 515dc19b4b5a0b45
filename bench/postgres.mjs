/** The Postgres that is measured on: the one that `DATABASE_URL` names, or the embedded one with its data in `bench/.data`. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { startEmbedded } from "../packages/server/dist/index.js";

pg.types.setTypeParser(pg.types.builtins.INT8, Number); // ids are below 2^53

export async function openPostgres(directory) {
  const given = process.env.DATABASE_URL;
  const embedded = given ? undefined : await startEmbedded({ directory, log: { info() {}, warn: console.warn } });
  const urlOf = (database) => {
    if (embedded) {
      const { host, port, user } = embedded.connection;
      return `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
    }
    return Object.assign(new URL(given), { pathname: `/${database}` }).href;
  };
  const own = embedded ? urlOf(embedded.connection.database) : given;
  const connect = async (url) => {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => {}); // its database may be dropped
    await client.connect();
    return client;
  };
  const admin = await connect(own);
  const version = Number((await admin.query("show server_version_num")).rows[0].server_version_num);
  const drop = (database) => admin.query(`drop database if exists ${database} with (force)`);
  return {
    isEmbedded: embedded !== undefined,
    urlOf,
    connect: (database) => connect(urlOf(database)),
    query: async (...query) => (await admin.query(...query)).rows,
    drop,
    /** Makes a database anew, as a copy of another or empty. */
    create: async (database, template = "template1") => {
      await drop(database);
      const strategy = template !== "template1" && version >= 150_000 ? " strategy file_copy" : "";
      await admin.query(`create database ${database} template ${template}${strategy}`);
    },
    /** The process that all others of an embedded Postgres are children of; undefined of another. */
    pid: async () => {
      if (!embedded) return undefined;
      const file = join(embedded.directory, "postgres", "postmaster.pid");
      return Number((await readFile(file, "utf8")).split("\n")[0]);
    },
    close: async () => {
      await admin.end();
      await embedded?.stop();
    },
  };
}
