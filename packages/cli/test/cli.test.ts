import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type ApiKey, createClient } from "@assay/client";
import { connect } from "@assay/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runAssay, serve, usePlace } from "./program.ts";

const place = usePlace();
const assay = (args: string[], env?: NodeJS.ProcessEnv) => runAssay(place, args, env);

test("--help names the commands", async () => {
  const { code, stdout } = await assay(["--help"]);
  expect(code).toBe(0);
  for (const name of ["serve", "migrate", "recount", "keys", "upload", "compare", "gate", "tag"])
    expect(stdout).toMatch(new RegExp(`^ {2}${name} `, "m"));
});

test("--version is that of the package", async () => {
  const { version } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
  expect(await assay(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test("an unknown command fails and names the one that was meant", async () => {
  const { code, stderr } = await assay(["server"]);
  expect(code).toBe(1);
  expect(stderr).toContain("Did you mean serve?");
});

describe("migrate", () => {
  test("brings the database up to date, and again does nothing", async () => {
    const done = { code: 0, stdout: "The database is up to date.\n", stderr: "" };
    expect(await assay(["migrate"], { DATABASE_URL: place.databaseUrl })).toEqual(done);
    expect(await assay(["migrate"], { DATABASE_URL: place.databaseUrl })).toEqual(done);
    const db = connect({ connection: place.databaseUrl, poolSize: 1, statementTimeout: 1000 });
    expect(await db.selectFrom("datasets").select("id").execute()).toEqual([]);
    await db.destroy();
  });

  test("fails without a DATABASE_URL", async () => {
    const { code, stderr } = await assay(["migrate"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^DATABASE_URL is not set; it must name the Postgres to migrate\./);
  });

  test("fails where there is no Postgres, and says why", async () => {
    const { code, stderr } = await assay(["migrate"], { DATABASE_URL: "postgres://localhost:1/assay" });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The database could not be migrated: .*ECONNREFUSED/);
  });
});

describe("recount", () => {
  let service: Awaited<ReturnType<typeof serve>>;
  let db: ReturnType<typeof connect>;
  beforeAll(async () => {
    service = await serve(place);
    db = connect({ connection: place.databaseUrl, poolSize: 1, statementTimeout: 1000 });
  });
  afterAll(async () => {
    await db.destroy();
    await service.stop();
  });

  const recount = () => assay(["recount"], { DATABASE_URL: place.databaseUrl });

  test("mends every count that is kept, says what it was, and then finds nothing to mend; the service runs meanwhile", async () => {
    const client = createClient({ baseUrl: service.url });
    const inputs = [{ n: 0 }, { n: 1 }, { n: 2 }];
    const splits = ["recounted", "recounted", "emptied"];
    const { dataset_id } = await client.datasets.uploadDataset({ name: "counted", inputs, splits });
    const { id } = await client.experiments.createExperiment(dataset_id, { repetitions: 2 });
    const { examples } = await client.examples.getDatasetExamples(dataset_id);
    const evaluation = { annotator_kind: "CODE", result: { score: 1 }, start_time: 0, end_time: 1 } as const;
    const runs = [null, "no"].map((error, n) => ({
      dataset_example_id: String(examples[n]?.node_id),
      output: n,
      repetition_number: 1,
      start_time: 0,
      end_time: 1,
      error,
      evaluations: [{ ...evaluation, name: "exact" }, ...(n === 0 ? [{ ...evaluation, name: "tone" }] : [])],
    }));
    await client.runs.createExperimentRuns(id, runs);
    expect((await recount()).stdout).toBe("All counts are right: there is nothing to mend.\n");

    const kept = () =>
      Promise.all([
        db.selectFrom("datasets").selectAll().execute(),
        db.selectFrom("split_counts").orderBy("split_id").selectAll().execute(),
        db.selectFrom("experiment_counters").selectAll().execute(),
        db.selectFrom("incomplete_examples").orderBy("example_id").selectAll().execute(),
        db.selectFrom("evaluation_counters").orderBy("name").select(["name", "evaluations"]).execute(),
      ]);
    const before = await kept();
    await db.updateTable("datasets").set({ example_count: 7 }).execute();
    await db.updateTable("split_counts").set({ examples: 9 }).where("examples", "=", 2).execute();
    await db.deleteFrom("split_counts").where("examples", "=", 1).execute();
    const spoilt = { examples: 1, successful_runs: 8, failed_runs: 0, last_run: 1 };
    await db.updateTable("experiment_counters").set(spoilt).execute();
    await db.deleteFrom("incomplete_examples").execute();
    await db.updateTable("evaluation_counters").set({ evaluations: 5 }).where("name", "=", "exact").execute();
    await db.updateTable("evaluation_counters").set({ name: "gone" }).where("name", "=", "tone").execute();
    const { code, stdout } = await recount();
    expect(await kept()).toEqual(before);
    expect([code, stdout.trimEnd().split("\n")]).toEqual([
      0,
      [
        `${dataset_id} example_count: 7 → 3`,
        `${dataset_id} examples in split emptied: 0 → 1`,
        `${dataset_id} examples in split recounted: 9 → 2`,
        `${id} last_run: 1 → 2`,
        `${id} examples: 1 → 3`,
        `${id} successful_runs: 8 → 1`,
        `${id} failed_runs: 0 → 1`,
        `${id} evaluations named exact: 5 → 2`,
        `${id} evaluations named gone: 1 → 0`,
        `${id} evaluations named tone: 0 → 1`,
        `${id} missing_repetitions, in all of 3 examples: 0 → 5`,
        "11 mended.",
      ],
    ]);
    expect((await recount()).stdout).toBe("All counts are right: there is nothing to mend.\n");
  });

  test("fails without a DATABASE_URL", async () => {
    const { code, stderr } = await assay(["recount"]);
    expect([code, stderr]).toEqual([
      1,
      "DATABASE_URL is not set; it must name the Postgres whose counts are to be mended.\n",
    ]);
  });
});

describe("serve", () => {
  test("runs the service until SIGTERM", async () => {
    const { url, stop } = await serve(place);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect(await stop()).toEqual([0, null]);
  });

  test("fails on a bad setting, and says what is accepted", async () => {
    const { code, stderr } = await assay(["serve"], { PORT: "http" });
    expect(code).toBe(1);
    expect(stderr).toBe('PORT is "http"; it must be a whole number from 0 to 65535.\n');
  });
});

describe("keys", () => {
  const secret = "a secret of the tests, long enough";
  let service: Awaited<ReturnType<typeof serve>>;
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    service = await serve(place, { ASSAY_AUTH: "on", ASSAY_ADMIN_SECRET: secret });
    env = { ASSAY_URL: service.url, ASSAY_API_KEY: secret };
    const client = createClient({ baseUrl: service.url, apiKey: secret });
    await client.datasets.uploadDataset({ name: "questions", inputs: [] });
  });
  afterAll(() => service.stop());

  const listed = async (): Promise<ApiKey[]> => {
    const { stdout } = await assay(["keys", "list", "--json"], env);
    return stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  };

  test("create prints the key and nothing else; list has all about it; revoke ends it", async () => {
    const { code, stdout } = await assay(
      ["keys", "create", "--name", "ci", "--kind", "read", "--dataset", "questions", "--expires", "90d"],
      env,
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^assay_\w{49}\n$/);
    const [key] = await listed();
    expect(key).toMatchObject({ name: "ci", kind: "read", dataset_ids: [expect.any(String)] });
    const days = (Date.parse(String(key?.expires_at)) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(90, 1);
    const table = await assay(["keys", "list"], env);
    expect(table.stdout).toMatch(/^ID +KIND +NAME +SEES +EXPIRES +LAST USED\n\S+ +read +ci /);

    const asked = () => createClient({ baseUrl: service.url, apiKey: stdout.trim() }).datasets.listDatasets().page();
    expect((await asked()).data).toMatchObject([{ name: "questions" }]);
    expect(await assay(["keys", "revoke", String(key?.id)], env)).toEqual({ code: 0, stdout: "", stderr: "" });
    await expect(asked()).rejects.toMatchObject({ status: 401 });
  });

  test.each([
    ["a dataset that is not there", ["--dataset", "answers"], /^There is no dataset "answers"\.\n$/],
    ["an expiry that is no time", ["--expires", "soon"], /^\/body\/data\/expires_at must be a timestamp/],
    ["a kind that there is not", ["--kind", "owner"], /Allowed choices are read, write, admin/],
  ])("create fails of %s, and says so", async (_, options, said) => {
    const { code, stderr, stdout } = await assay(["keys", "create", "--name", "a", ...options], env);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(said);
  });

  test("without a key it fails, and says what is needed", async () => {
    const { code, stderr } = await assay(["keys", "list"], { ASSAY_URL: service.url });
    expect(code).toBe(1);
    expect(stderr).toContain("Send `Authorization: Bearer` and a key.");
  });
});

describe("upload", () => {
  let service: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    service = await serve(place);
  });
  afterAll(() => service.stop());

  const csv =
    'id,question,answer,topic,split\nq1,6 × 7?,42,arithmetic,"[""train""]"\nq2,Who wrote Emma?,Jane Austen,books,\n';
  const columns = [
    "--input",
    "question",
    "--output",
    "answer",
    "--metadata",
    "topic",
    "--split",
    "split",
    "--id",
    "id",
  ];
  const upload = (file: string, ...options: string[]) =>
    assay(["upload", file, ...options], { ASSAY_URL: service.url });

  test("makes a dataset of a CSV, and changes nothing when it is repeated", async () => {
    await writeFile(join(place.folder, "questions.csv"), csv);
    const first = await upload("questions.csv", "--name", "of a file", ...columns);
    expect(first.stdout).toMatch(/^2 created, 0 updated, 0 deleted \(dataset \S+, version \S+\)\n$/);
    const again = await upload("questions.csv", "--name", "of a file", ...columns, "--json");
    const { dataset_id, ...counts } = JSON.parse(again.stdout);
    expect(counts).toMatchObject({ num_created_examples: 0, num_updated_examples: 0, num_deleted_examples: 0 });
    const client = createClient({ baseUrl: service.url });
    expect(await client.datasets.getDataset(dataset_id)).toMatchObject({ description: "questions.csv" });
    expect((await client.examples.getDatasetExamples(dataset_id, { split: ["train"] })).examples).toMatchObject([
      { id: "q1", input: { question: "6 × 7?" }, output: { answer: "42" }, metadata: { topic: "arithmetic" } },
    ]);
  });

  test("takes JSON Lines, compressed, and adds them", async () => {
    await writeFile(join(place.folder, "more.jsonl.gz"), gzipSync('{"question":{"text":"2 + 2?"}}\n'));
    const options = ["--name", "of lines", "--action", "append", "--input", "question", "--flatten", "question"];
    expect((await upload("more.jsonl.gz", ...options)).stdout).toMatch(/^1 created/);
  });

  test.each([
    ["a file that is not there", "nothing.csv", "The file nothing.csv cannot be read.\n"],
    [
      "a file of another kind",
      "cli.txt",
      "The name of a file ends in .csv, .jsonl or .arrow; that of cli.txt does not.\n",
    ],
    ["a column that is not there", "questions.csv", "input keys not found in column headers: frozenset({'nope'})"],
  ])("fails of %s, and says so", async (_, file, said) => {
    const { code, stderr } = await upload(file, "--name", "a", "--input", "nope");
    expect(code).toBe(1);
    expect(stderr).toContain(said);
  });
});
