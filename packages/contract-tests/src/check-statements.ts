import { randomBytes } from "node:crypto";
import { Client, type ClientConfig } from "pg";
import { adminQuery } from "./database.ts";
import { scansOf, wasteFinder } from "./index-use.ts";
import { partition, strayingOf } from "./one-shard.ts";
import { type Sampled, statementsIn } from "./plans.ts";

/** What is true of some statements and is to be true of no others. */
interface Exception {
  /** What these alone have in their text. */
  text: string;
  fault: string;
}

interface Check {
  /** Prepares the database, as the checks before have left it, and gives what tells the faults of a statement. */
  start: (client: Client) => Promise<(statement: Sampled) => Promise<string[]>>;
  exceptions: Exception[];
}

/** A hundred datasets of 200 examples, each with an experiment, under ids that no test meets; and projects, so many that a scan costs something. */
const fill = `
  alter table experiment_examples set (autovacuum_enabled = off);
  alter table incomplete_examples set (autovacuum_enabled = off);
  alter table experiment_runs set (autovacuum_enabled = off);
  alter table evaluation_counters set (autovacuum_enabled = off);
  alter table evaluations set (autovacuum_enabled = off);
  alter table examples set (autovacuum_enabled = off);
  alter table example_revisions set (autovacuum_enabled = off);
  insert into datasets (id, name) overriding system value select id, 'dataset ' || id from generate_series(-100, -1) as id;
  insert into dataset_versions (id, dataset_id) overriding system value select id, id from datasets;
  insert into examples (id, dataset_id, external_id)
    select dataset_id * 1000 - n, dataset_id, 'example ' || n from dataset_versions, generate_series(1, 200) as n;
  insert into example_revisions (id, dataset_id, example_id, version_id, kind, input, output, metadata, content_hash)
    overriding system value select id, dataset_id, id, dataset_id, 'CREATE', '{}', '{}', '{}', sha256(id::text::bytea) from examples;
  insert into experiments (id, dataset_id, dataset_version_id, name, repetitions, metadata, project_name)
    overriding system value select id, id, id, 'experiment', 1, '{}', 'project ' || id from datasets;
  insert into projects (name, experiment_id) select 'project ' || id, id from experiments;
  insert into projects (name) select 'project ' || n from generate_series(1, 20000) as n;
  insert into experiment_counters (experiment_id, examples, successful_runs, failed_runs, last_run, last_evaluation)
    select id, 200, 150, 50, 200, 200 from experiments;
  insert into experiment_examples (experiment_id, example_id, revision_id)
    select dataset_id, example_id, id from example_revisions;
  insert into incomplete_examples (experiment_id, example_id, missing_repetitions)
    select experiment_id, example_id, 1 from experiment_examples;
  insert into experiment_runs (experiment_id, id, example_id, repetition_number, output, error, start_time, end_time)
    select experiment_id, (experiment_id << 27) + n, example_id, 1, '{}', case when n % 4 = 0 then 'failed' end, now(), now()
    from (select *, row_number() over (partition by experiment_id) as n from experiment_examples) as numbered;
  insert into evaluations (experiment_id, id, experiment_run_id, name, annotator_kind, score, error, metadata, start_time, end_time)
    select experiment_id, id, id, 'evaluation', 'CODE', 1, error, '{}', now(), now() from experiment_runs;
  insert into evaluation_counters (experiment_id, name, evaluations, state)
    select experiment_id, name, count(*), max(id) from evaluations group by experiment_id, name`;

const checks: Record<string, Check> = {
  "without scans": {
    start: async (client) => {
      await client.query(`${fill}; set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off`);
      return (statement) => scansOf(client, statement);
    },
    exceptions: [
      // It has a row for each upload that is under way.
      { text: "array(select id from uploads where started_at <", fault: "scans uploads" },
      // It has a row for each deletion whose rows are yet to go.
      { text: 'select "id" from "removals" order by "id"', fault: "scans removals" },
      // A part of a name may be in any, and no index has parts. There are as many as there are experiments.
      { text: "strpos(lower(name), lower($1::text)) > 0", fault: "scans projects" },
      // One number of every project says whether figures that are kept still hold.
      { text: "select bit_xor(hashint8extended(", fault: "scans projects" },
    ],
  },
  "before anything is analysed": {
    start: async (client) => {
      await client.query("reset enable_seqscan; reset enable_hashjoin; reset enable_mergejoin");
      return await wasteFinder(client);
    },
    exceptions: [],
  },
  "in an experiment that came after statistics": {
    start: async (client) => {
      await client.query("analyze");
      return await wasteFinder(client);
    },
    exceptions: [],
  },
  "distributed by experiment": {
    start: async (client) => {
      await partition(client);
      return (statement) => strayingOf(client, statement);
    },
    exceptions: [],
  },
};

/** Looks at how Postgres would do what the services of a suite of tests have asked of it, and says what is not as it should be. */
export async function checkStatements(
  postgres: ClientConfig,
  template: string,
  lines: string[],
): Promise<{ summary: string; wrong: string[] }> {
  const statements = statementsIn(lines);
  const database = `assay_test_${randomBytes(6).toString("hex")}`;
  await adminQuery(postgres, `create database ${database} template ${template}`);
  const client = new Client({ ...postgres, database });
  await client.connect();
  const wrong: string[] = [];
  for (const [name, { start, exceptions }] of Object.entries(checks)) {
    const faultsOf = await start(client);
    const idle = new Set(exceptions);
    for (const statement of statements) {
      for (const fault of new Set(await faultsOf(statement))) {
        const exception = exceptions.find(({ text, ...each }) => each.fault === fault && statement.sql.includes(text));
        if (exception) idle.delete(exception);
        else wrong.push(`${name}: ${fault}: ${statement.sql.replaceAll(/\s+/g, " ")}`);
      }
    }
    for (const { text, fault } of idle)
      wrong.push(`${name}: nothing that has «${text}» ${fault}: no exception is needed`);
  }
  await client.end();
  await adminQuery(postgres, `drop database ${database}`);
  const summary = `SQL: ${statements.length} statements, ${wrong.length} faults.`;
  return { summary, wrong };
}
