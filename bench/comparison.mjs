/**
 * Measures how long the built service takes to compare two experiments of 15,000 examples, three repetitions and three evaluations each, the first
 * time and when nothing has changed; pages of the compared examples wherever they begin; and how long others wait meanwhile. Each round has a
 * pair of its own, which SQL fills. `node bench/comparison.mjs [rounds]`, after `pnpm build`.
 */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { median, start } from "./service.mjs";

const rounds = Number(process.argv[2] ?? 5);
const [examples, repetitions, names] = [15_000, 3, ["passed", "score", "grade"]];

const scratch = await mkdtemp(join(tmpdir(), "assay-bench-"));
await chmod(scratch, 0o755); // for the account that Postgres runs under, where this is root
const service = await start("apps/service/dist/main.js", 6110, {
  ASSAY_DATA_DIR: join(scratch, "data"),
  ASSAY_LOG_LEVEL: "silent",
});
const client = new pg.Client({ host: join(scratch, "data/postgres"), user: "assay", database: "postgres", ssl: false });
await client.connect();
try {
  await fillDataset();
  console.log("| | ms: median (range) |\n|---|---|");
  for (const [title, traces, count] of [
    ["", false, rounds],
    [", each run with a trace of three spans", true, 2], // which take minutes to fill in
  ]) {
    const taken = new Map();
    await measure(await fillPair(false), new Map()); // until code is compiled
    for (let round = 0; round < count; round++) await measure(await fillPair(traces), taken);
    for (const [what, times] of taken) {
      const [low, middle, high] = [Math.min(...times), median(times), Math.max(...times)].map((ms) => ms.toFixed(0));
      console.log(`| ${what}${title} | ${middle} (${low} to ${high}) |`);
    }
  }
} finally {
  await client.end();
  service.child.kill("SIGTERM");
  await service.ended;
  await rm(scratch, { recursive: true, force: true });
}

async function measure([baseline, experiment], taken) {
  const time = async (what, path) => {
    const started = performance.now();
    const response = await fetch(`${service.url}/v1/experiments/${idOf("Experiment", experiment)}/${path}`);
    const body = await response.json();
    if (!response.ok) throw new Error(JSON.stringify(body));
    taken.set(what, [...(taken.get(what) ?? []), performance.now() - started]);
    return body;
  };
  const against = `baseline=${idOf("Experiment", baseline)}`;
  const others = watchOthers();
  await time("first answer", `comparison?${against}`);
  taken.set("longest wait of others meanwhile", [
    ...(taken.get("longest wait of others meanwhile") ?? []),
    await others(),
  ]);
  await time("the same again", `comparison?${against}`);
  await time("the same at another level", `comparison?${against}&level=0.99`);
  const list = `comparison/examples?${against}&evaluation=score&sort=difference`;
  const { next_cursor } = await time("first page of examples", list);
  await time("second page", `${list}&cursor=${encodeURIComponent(next_cursor)}`);
  for (const [what, place] of [
    ["a page that begins at the first example", 1],
    ["a page that begins in the middle", examples / 2],
    ["a page that begins at the last example", examples],
  ])
    await time(what, `${list}&cursor=${idOf("DatasetExample", place)}`);
  await time("regressions", `${list}&change=regressed`);
  await time("summary", "summary");
}

/** Asks for something small, all the time. Gives the function that ends that and gives the longest time that it took. */
function watchOthers() {
  let longest = 0;
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const started = performance.now();
      await (await fetch(`${service.url}/readyz`)).arrayBuffer();
      longest = Math.max(longest, performance.now() - started);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  return async () => {
    isOver = true;
    await asking;
    return longest;
  };
}

async function fillDataset() {
  await client.query("insert into datasets (name, example_count) values ('bench', $1)", [examples]);
  await client.query("insert into dataset_versions (dataset_id) values (1)");
  await client.query("insert into examples (dataset_id) select 1 from generate_series(1, $1)", [examples]);
  await client.query(`
    insert into example_revisions (dataset_id, example_id, version_id, kind, input, output, metadata, content_hash)
    select 1, id, 1, 'CREATE', json_build_object('question', repeat('What is it? ', 30), 'n', id), json_build_object('answer', id), '{}',
      decode(md5(id::text), 'hex')
    from examples order by id`);
}

/** Two experiments, and gives their row ids. */
async function fillPair(traces) {
  const ids = [];
  for (let side = 0; side < 2; side++) {
    const { rows } = await client.query(
      "insert into experiments (dataset_id, dataset_version_id, name, repetitions, metadata) values (1, 1, 'bench', $1, '{}') returning id",
      [repetitions],
    );
    const id = Number(rows[0].id);
    const runs = examples * repetitions;
    await client.query("insert into experiment_counters values ($1, $2::integer, $3, $4, $2::integer, 0)", [
      id,
      runs,
      runs * names.length,
      examples,
    ]);
    await client.query("insert into experiment_examples select $1, example_id, id from example_revisions", [id]);
    await client.query(
      `insert into experiment_runs
      select $1::bigint, ($1::bigint << 27) + row_number() over (order by repetition, id), id, repetition,
        json_build_object('answer', repeat('because ', 40)), null, case when $3 then md5($1 || '.' || id || '.' || repetition) end,
        now(), now() + random() * interval '2 seconds'
      from examples, generate_series(1, $2::integer) as repetition`,
      [id, repetitions, traces],
    );
    await client.query(
      `insert into evaluations
      select $1::bigint, ($1::bigint << 27) + row_number() over (order by name, id), id, name, 'CODE',
        case name when 'grade' then (array['good', 'fair', 'poor'])[1 + floor(random() * 3)] end,
        case name when 'passed' then floor(random() * 1.7) when 'grade' then floor(random() * 5) else random() end,
        'because', null, '{}', null, now(), now()
      from experiment_runs, unnest($2::text[]) as name where experiment_id = $1`,
      [id, names],
    );
    if (traces) await fillSpans(id);
    ids.push(id);
  }
  await client.query("analyze");
  return ids;
}

/** A chain and two calls to a model for each trace of an experiment. */
async function fillSpans(id) {
  await client.query("insert into projects (name, experiment_id) values ('bench ' || $1::bigint, $1::bigint)", [id]);
  await client.query(
    `insert into spans (project_id, trace_id, span_id, parent_id, name, span_kind, start_time, end_time, status_code, status_message,
      attributes, events, links, prompt_token_count, completion_token_count)
    select (select id from projects where experiment_id = $1), trace_id, substr(md5(trace_id || place), 1, 16),
      case when place > 1 then substr(md5(trace_id || 1), 1, 16) end, 'step', case when place > 1 then 'LLM' else 'CHAIN' end, now(), now(),
      'OK', '', '{}', '[]', '[]', case when place > 1 then 100 end, case when place > 1 then 20 end
    from experiment_runs, generate_series(1, 3) as place where experiment_id = $1`,
    [id],
  );
}

function idOf(type, rowid) {
  return encodeURIComponent(Buffer.from(`${type}:${rowid}`).toString("base64"));
}
