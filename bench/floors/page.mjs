/**
 * Pages of 100 runs by `pg` and `node:http` alone: the statement that the service makes, prepared, and the rows it gives, joined. `PAGES` are
 * the first and another, each by its experiment and the run it begins at. `/alone` answers how many pages a second it has without HTTP.
 */
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { setTimeout } from "node:timers/promises";
import pg from "pg";

const server = new URL("../../packages/server/", import.meta.url);
const { readRuns } = await import(new URL("dist/runs/queries.js", server));
const { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } = createRequire(
  new URL("package.json", server),
)("kysely");

/** The SQL of a page and its parameters. */
async function statementOf({ experiment, from }, name) {
  let compiled;
  const db = new Kysely({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    log: ({ query }) => {
      compiled = query;
    },
  });
  await readRuns(db, { experimentId: experiment, filter: {}, withEvaluations: false }, from ?? undefined, 100);
  const { sql, parameters } = compiled;
  return { name, text: sql, values: parameters, types: { getTypeParser: () => (text) => text } };
}

const pages = JSON.parse(process.env.PAGES);
const statements = new Map();
for (const [name, page] of Object.entries(pages)) statements.set(`/${name}`, await statementOf(page, name));
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

async function read(statement) {
  const { rows } = await pool.query(statement);
  const texts = rows.slice(0, 100).map(({ json }) => json);
  return Buffer.from(`{"data":[${texts.join()}],"next_cursor":"${rows[100]?.rowid ?? ""}"}`);
}

async function pagesPerSecond(seconds) {
  const over = AbortSignal.timeout(seconds * 1000);
  let count = 0;
  const started = performance.now();
  const reader = async () => {
    while (!over.aborted) {
      await read(statements.get("/first"));
      count++;
    }
  };
  await Promise.all(Array.from({ length: 10 }, reader));
  return (count * 1000) / (performance.now() - started);
}

createServer(async (request, response) => {
  const [path, seconds] = request.url.split("?");
  if (path === "/readyz") return response.end();
  if (path === "/alone") return response.end(String(await pagesPerSecond(Number(seconds))));
  const body = await read(statements.get(path));
  response.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body);
}).listen(Number(process.env.PORT), "127.0.0.1");
process.on("SIGTERM", async () => {
  await Promise.race([pool.end(), setTimeout(1000)]);
  process.exit();
});
