/**
 * Fills a database with experiments of known sizes, in SQL, as the service would have filled it. It is kept, and used again as long as neither
 * this file nor the migrations change. `pnpm bench seed` does it ahead.
 */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { connect, migrate } from "../packages/server/dist/index.js";

/** A run of the largest experiment has evaluations under these names. */
export const names = ["passed", "score", "grade"];
const repetitions = 3;
/** Every experiment lacks this many runs, on its last examples, and this many evaluations, of its last runs. */
export const lacking = 20;

/** Makes the database, if there is none like it, and gives what is in it. */
export async function seed(postgres, database, { million, hundredThousand, thousand }, log) {
  const mark = await markOf({ million, hundredThousand, thousand });
  const [found] = await postgres.query(
    "select shobj_description(oid, 'pg_database') as mark from pg_database where datname = $1",
    [database],
  );
  if (found?.mark?.startsWith(mark)) return JSON.parse(found.mark.slice(mark.length));
  log(`seeding ${million.toLocaleString("en")} runs, once`);
  await postgres.create(database);
  const db = connect({ connection: postgres.urlOf(database), poolSize: 1, statementTimeout: 60_000 });
  await migrate(db);
  await db.destroy();
  const client = await postgres.connect(database);
  try {
    await client.query("set synchronous_commit = off");
    await client.query("set work_mem = '256MB'");
    const filled = {};
    for (const [name, runs] of Object.entries({ thousand, hundredThousand, million })) {
      filled[name] = await fillPair(client, name, Math.ceil((runs + lacking) / repetitions), log);
    }
    await countAll(client);
    log("vacuum analyze");
    await client.query("vacuum analyze");
    await client.query("checkpoint").catch(() => {}); // which not everyone may ask for
    await postgres.query(`comment on database ${database} is ${client.escapeLiteral(mark + JSON.stringify(filled))}`);
    return filled;
  } finally {
    await client.end();
  }
}

/** What makes one seed like another. */
async function markOf(sizes) {
  const migrations = new URL("../packages/server/migrations/", import.meta.url);
  const files = (await readdir(migrations)).toSorted().map((file) => new URL(file, migrations));
  const hash = createHash("sha256").update(JSON.stringify(sizes));
  for (const file of [new URL(import.meta.url), ...files]) hash.update(await readFile(file));
  return `bench ${hash.digest("hex").slice(0, 16)} `;
}

/** A dataset, an experiment of three repetitions over it, and a baseline of one. Gives their row ids. */
async function fillPair(client, name, examples, log) {
  const dataset = await fillDataset(client, name, examples);
  const experiment = await fillExperiment(client, { name, dataset, count: repetitions }, log);
  const baseline = await fillExperiment(client, { name: `${name}, baseline`, dataset, count: 1 }, log);
  return { dataset: dataset.id, experiment, baseline };
}

async function fillDataset(client, name, examples) {
  const id = await idFrom(client, "insert into datasets (name, example_count) values ($1, $2) returning id", [
    name,
    examples,
  ]);
  const version = await idFrom(client, "insert into dataset_versions (dataset_id) values ($1) returning id", [id]);
  await client.query("insert into examples (dataset_id) select $1 from generate_series(1, $2)", [id, examples]);
  await client.query(
    `insert into example_revisions (dataset_id, example_id, version_id, kind, input, output, metadata, content_hash)
    select dataset_id, id, $2, 'CREATE', ('{"question":"What is ' || id || ' times seven, and why? ' || ${text("id", 60, 120)} || '"}')::json,
      ('{"answer":"' || id * 7 || '"}')::json, ('{"topic":"' || (array['arithmetic', 'algebra', 'geometry'])[1 + id % 3] || '"}')::json,
      decode(md5(id::text), 'hex')
    from examples where dataset_id = $1 order by id`,
    [id, version],
  );
  return { id, version };
}

async function fillExperiment(client, { name, dataset, count }, log) {
  const id = await idFrom(
    client,
    `insert into experiments (dataset_id, dataset_version_id, name, repetitions, metadata) values ($1, $2, $3, $4, '{"model":"small-2"}')
    returning id`,
    [dataset.id, dataset.version, name, count],
  );
  await client.query("insert into experiment_counters (experiment_id) values ($1)", [id]);
  await client.query(
    `insert into experiment_examples (experiment_id, example_id, revision_id)
    select $1, example_id, id from example_revisions where dataset_id = $2 order by example_id`,
    [id, dataset.id],
  );
  log(`runs of ${name}`);
  await client.query(
    `insert into experiment_runs (experiment_id, id, example_id, repetition_number, output, error, trace_id, start_time, end_time)
    select $1::bigint, ($1::bigint << 27) | n, example_id, repetition,
      ('{"answer":"' || example_id * 7 || '","reasoning":"' || ${text("n", 250, 500)} || '"}')::json, null, null,
      '2026-11-22 09:31Z'::timestamptz + n * interval '10 ms',
      '2026-11-22 09:31Z'::timestamptz + n * interval '10 ms' + (200 + n * 7919 % 1800) * interval '1 ms'
    from (
      select example_id, repetition, row_number() over (order by example_id, repetition) as n
      from experiment_examples, generate_series(1, $2::integer) as repetition where experiment_id = $1
    ) as numbered where n <= (select count(*) from experiment_examples where experiment_id = $1) * $2::integer - $3
    order by n`,
    [id, count, lacking],
  );
  log(`evaluations of ${name}`);
  await client.query(
    `insert into evaluations (experiment_id, id, experiment_run_id, name, annotator_kind, label, score, explanation, error, metadata, trace_id,
      start_time, end_time)
    select experiment_id, ($1::bigint << 27) | ((n - 1) * $3::integer + place), id, name, 'CODE',
      case name when 'grade' then (array['good', 'fair', 'poor'])[1 + n * 7919 % 3] end,
      case name when 'passed' then (n * 7919 % 10 < 7)::integer when 'grade' then n * 31 % 5 else n * 7919 % 1000 / 1000.0 end,
      'It says what was asked for, in ' || n % 100 || ' words.', null, '{}', null, end_time, end_time + interval '3 ms'
    from (
      select *, row_number() over (order by id) as n from experiment_runs where experiment_id = $1
    ) as numbered, unnest($2::text[]) with ordinality as names (name, place)
    where not (name = 'grade' and n > (select count(*) from experiment_runs where experiment_id = $1) - $4)
    order by n, place`,
    [id, names, names.length, lacking],
  );
  return id;
}

/** What the service counts as it writes, counted from the rows. */
async function countAll(client) {
  await client.query(`
    update experiment_counters set examples = (select count(*) from experiment_examples where experiment_id = counters.experiment_id),
      successful_runs = (select count(*) from experiment_runs where experiment_id = counters.experiment_id and error is null),
      failed_runs = (select count(*) from experiment_runs where experiment_id = counters.experiment_id and error is not null),
      last_run = (select max(id) & ((1 << 27) - 1) from experiment_runs where experiment_id = counters.experiment_id),
      last_evaluation = (select max(id) & ((1 << 27) - 1) from evaluations where experiment_id = counters.experiment_id)
    from experiment_counters as counters where counters.experiment_id = experiment_counters.experiment_id`);
  await client.query(`
    insert into incomplete_examples (experiment_id, example_id, missing_repetitions)
    select examples.experiment_id, examples.example_id, repetitions - count(runs.id)
    from experiment_examples as examples join experiments on experiments.id = examples.experiment_id
    left join experiment_runs as runs on runs.experiment_id = examples.experiment_id and runs.example_id = examples.example_id
      and runs.error is null and runs.repetition_number <= repetitions
    group by examples.experiment_id, examples.example_id, repetitions having count(runs.id) < repetitions`);
  await client.query(`
    insert into evaluation_counters (experiment_id, name, evaluations, state)
    select experiment_id, name, count(*), max(id) from evaluations group by experiment_id, name`);
}

async function idFrom(client, ...query) {
  return (await client.query(...query)).rows[0].id;
}

const words =
  "Six times seven is forty-two, for six sevens are as many as seven sixes, whichever way they are laid out. ";

/** SQL of a text that has from `least` to `least + spread` characters, depending on a number. */
function text(number, least, spread) {
  return `substr('${words.repeat(10)}', (1 + ${number} * 31 % 200)::integer, (${least} + ${number} * 7919 % ${spread})::integer)`;
}
