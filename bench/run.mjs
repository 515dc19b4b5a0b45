/**
 * `pnpm bench [--rounds 3] [NAME…]` measures the built service, all figures or those named, and writes what came out into `results.json` and the docs.
 * `pnpm bench seed` only makes the database that they need; `pnpm bench --smoke` tries all of it in a minute, on next to nothing, and writes nothing;
 * `pnpm bench render` writes the docs anew.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { figures } from "./figures.mjs";
import { describeMachine } from "./machine.mjs";
import { openPostgres } from "./postgres.mjs";
import { rowLine } from "./render.mjs";
import { keepResults, writeDocs } from "./results.mjs";
import { interleave, row } from "./rounds.mjs";
import { seed } from "./seed.mjs";
import { start, startService, stopAll } from "./service.mjs";

const full = {
  million: 1_000_000,
  hundredThousand: 100_000,
  thousand: 1000,
  examples: 10_000,
  uploads: [1000, 10_000, 100_000],
};
const small = { million: 3000, hundredThousand: 600, thousand: 120, examples: 100, uploads: [50, 100] };

const { values: options, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { smoke: { type: "boolean", default: false }, rounds: { type: "string", default: "3" } },
});
const unknown = asked.filter((name) => !figures.has(name) && name !== "seed" && name !== "render");
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(", ")}: there are ${[...figures.keys()].join(", ")}, seed and render.`);
  process.exit(1);
}
const peerUrl = process.env.BENCH_PEER?.replace(/\/+$/, "");
const named = asked.length > 0 ? asked : [...figures.keys()];
const chosen = named.filter((name) => figures.get(name) && (!peerUrl || figures.get(name).hasPeer));

const started = performance.now();
const log = (text) => process.stderr.write(`\n[${((performance.now() - started) / 1000).toFixed(0)} s] ${text} `);
const [seeded, work, copy] = ["assay_bench_seed", "assay_bench_work", "assay_bench_copy"].map(
  (name) => name + (options.smoke ? "_smoke" : ""),
);
let directory;
let postgres;

async function measureAll() {
  const sizes = options.smoke ? small : full;
  directory = options.smoke ? await mkdtemp(join(tmpdir(), "assay-bench-")) : join(import.meta.dirname, ".data");
  postgres = await openPostgres(join(directory, "data"));
  const needsSeed = asked[0] === "seed" || chosen.some((name) => figures.get(name).isSeeded);
  const filled = needsSeed ? await seed(postgres, seeded, sizes, log) : undefined;
  if (chosen.length === 0) return;
  log("a database to work on");
  await postgres.create(work, filled ? seeded : undefined);
  const service = await startService(postgres.urlOf(work));
  const world = {
    sizes,
    filled,
    rounds: Number(options.rounds),
    seconds: options.smoke ? 1 : 2,
    interleave: (rounds, sides) => interleave(options.smoke ? 1 : rounds, sides),
    postgres,
    service,
    directory,
    peer: peerUrl && {
      url: peerUrl,
      headers: process.env.BENCH_PEER_KEY ? { authorization: `Bearer ${process.env.BENCH_PEER_KEY}` } : {},
    },
    client: await postgres.connect(work),
    databaseUrl: postgres.urlOf(work),
    copyOfSeed: async () => {
      await postgres.create(copy, seeded);
      return { url: postgres.urlOf(copy), drop: () => postgres.drop(copy) };
    },
    floor: floors(),
  };
  const machine = await describeMachine(postgres);
  for (const name of chosen) {
    const rows = await measureOne(name, world);
    if (!options.smoke && !peerUrl) await keepResults(machine, name, rows);
    if (options.smoke && rows.some(({ failed }) => failed)) process.exitCode = 1;
  }
  await world.client.end();
  if (!options.smoke && !peerUrl) await writeDocs();
}

async function measureOne(name, world) {
  const { title, measure } = figures.get(name);
  const rows = [];
  const record = async (what, take) => {
    log(what);
    const measured = await take().then(
      (taken) => [taken].flat().map((each) => row({ what, ...each })),
      (error) => [{ what, failed: error.message }],
    );
    rows.push(...measured);
    process.stderr.write("\n");
    for (const each of measured) console.log(rowLine(each));
  };
  console.log(`\n${title}`);
  await measure(world, record).catch((error) => record(title, () => Promise.reject(error)));
  return rows;
}

/** Starts servers to compare with, each when it is first asked for. */
function floors() {
  const started = new Map();
  return (file, args = [], variables = {}) => {
    const key = [file, ...args].join(" ");
    if (!started.has(key)) started.set(key, start(`bench/floors/${file}`, variables, args));
    return started.get(key);
  };
}

async function cleanUp() {
  await stopAll();
  for (const database of [work, copy]) await postgres?.drop(database).catch(() => {});
  await postgres?.close().catch(() => {});
  if (options.smoke && directory) await rm(directory, { recursive: true, force: true });
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, async () => {
    await cleanUp();
    process.exit(130);
  });
}
if (asked[0] === "render") await writeDocs();
else await measureAll().finally(cleanUp);
log("done\n");
process.exit();
