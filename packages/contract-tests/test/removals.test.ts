/** What deletes leave behind is removed in the background: all of it, whoever writes meanwhile, and nothing else. */
import { describe, expect, test } from "vitest";
import {
  evaluationOf,
  givenDataset,
  givenExperiment,
  givenExperimentOver,
  givenRun,
  givenSpans,
  newProject,
  runOf,
} from "../src/given.ts";
import { range, whileTheyWait } from "../src/races.ts";
import { untilRemoved } from "../src/removals.ts";
import { type Service, startService, useService } from "../src/service.ts";
import { upload } from "../src/uploads.ts";

const service = useService();
const idle = useService({}, { sweeps: false });

const rowidOf = (id: string) => Buffer.from(id, "base64").toString().split(":")[1];

/** More than go at a time. */
const many = 2500;

async function rowCounts({ database }: Service): Promise<Record<string, number>> {
  const tables = await database.query("select relname from pg_stat_user_tables");
  const counts = tables.rows.map(async ({ relname }) => {
    const { rows } = await database.query(`select count(*)::integer from ${relname}`);
    return [relname, rows[0].count];
  });
  return Object.fromEntries(await Promise.all(counts));
}

const succeeded = async (answer: Promise<{ status: number; text: string }>) => {
  const { status, text } = await answer;
  expect([200, 204], text).toContain(status);
};

/** A dataset of many examples, each of which has changed and is in a split, with an experiment, its runs, their evaluations, and spans. */
async function givenMuch(at: Service, examples = many) {
  const inputs = (version: number) => range(examples).map((n) => ({ n, version }));
  const fields = { example_ids: range(examples).map(String), splits: range(examples).map(() => "all") };
  const dataset = await givenDataset(at, inputs(1), fields);
  await upload(at, dataset.name, { inputs: inputs(2), ...fields });
  const { id } = await givenExperimentOver(at, dataset);
  const evaluations = ["accuracy", "tone"].map((name) => ({ ...evaluationOf("", name), experiment_run_id: undefined }));
  const runs = dataset.exampleIds.map((exampleId) => runOf(exampleId, { evaluations }));
  await succeeded(at.post(`/v1/experiments/${id}/runs/batch`, { runs }));
  const { project_name } = (await at.get(`/v1/experiments/${id}`)).body.data;
  await givenSpans(
    at,
    project_name,
    range(examples).map(() => ({})),
  );
  return { dataset, experimentId: id, project: project_name };
}

describe("nothing is left, and nothing of others goes", () => {
  test.each([
    ["of a dataset", ({ dataset }: Given) => [`/v1/datasets/${dataset.id}`]],
    [
      "of an experiment",
      ({ dataset, experimentId }: Given) => [
        `/v1/experiments/${experimentId}?delete_project=true`,
        `/v1/datasets/${dataset.id}`,
      ],
    ],
    ["of a project", ({ dataset, project }: Given) => [`/v1/projects/${project}`, `/v1/datasets/${dataset.id}`]],
  ])("%s", async (_, paths) => {
    await givenMuch(service, 2);
    const before = await rowCounts(service);
    for (const path of paths(await givenMuch(service))) {
      await succeeded(service.delete(path));
      await untilRemoved(service);
    }
    expect(await rowCounts(service)).toEqual(before);
  });
});

type Given = Awaited<ReturnType<typeof givenMuch>>;

test("it goes some thousand rows at a time, each time for good when the next begins", async () => {
  const name = newProject();
  await givenSpans(
    service,
    name,
    range(many).map(() => ({})),
  );
  const { id } = (await service.get(`/v1/projects/${name}`)).body.data;
  const spans = async () =>
    (await service.database.query("select from spans where project_id = $1", [rowidOf(id)])).rowCount;
  const holder = await service.database.connect();
  await holder.query("begin");
  await holder.query(`select from spans where project_id = ${rowidOf(id)} order by id desc limit 1 for update`);
  await succeeded(service.delete(`/v1/projects/${id}`));
  const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  await expect.poll(async () => (await service.database.query(waiting)).rowCount).toBe(1);
  expect(await spans()).toBe(many - 2000);
  await holder.query("rollback");
  holder.release();
  await untilRemoved(service);
  expect(await spans()).toBe(0);
});

describe("processes on one database", () => {
  test("one that starts removes what others have left, also one that stopped in the middle", async () => {
    const { dataset } = await givenMuch(idle);
    await succeeded(idle.delete(`/v1/datasets/${dataset.id}`));
    const [first, second] = [await startService({}, { over: idle }), await startService({}, { over: idle })];
    await first.stop();
    await untilRemoved(idle);
    await second.stop();
    const { rows } = await idle.database.query(
      "select from examples union all select from experiment_runs union all select from spans",
    );
    expect(rows).toEqual([]);
  });

  test("none waits for what another is at", async () => {
    const [one, other] = [await givenExperiment(service), await givenExperiment(service)];
    const examplesOf = async (id: string) =>
      (await service.database.query("select from experiment_examples where experiment_id = $1", [rowidOf(id)]))
        .rowCount;
    const holder = await idleHolder(service, one.id);
    await succeeded(service.delete(`/v1/experiments/${other.id}`));
    await expect.poll(() => examplesOf(other.id)).toBe(0);
    expect(await examplesOf(one.id)).toBe(1);
    await holder.letGo();
    await succeeded(service.delete(`/v1/experiments/${(await givenExperiment(service)).id}`)); // and it looks again
    await untilRemoved(service);
    expect(await examplesOf(one.id)).toBe(0);
  });
});

/** Deletes an experiment and holds what is to be removed of it, as another process would. */
async function idleHolder(at: Service, experimentId: string) {
  const client = await at.database.connect();
  await client.query("begin");
  const { stop, service: without } = await startService({}, { over: at, sweeps: false });
  await succeeded(without.delete(`/v1/experiments/${experimentId}`));
  await client.query("select from removals for update");
  await stop();
  return {
    letGo: async () => {
      await client.query("rollback");
      client.release();
    },
  };
}

test("what fails is logged and left for another time, and the rest goes", async () => {
  const [bad, good, later] = [
    await givenExperiment(service),
    await givenExperiment(service),
    await givenExperiment(service),
  ];
  await service.database.query(`
    create function refuse() returns trigger language plpgsql as $$ begin raise 'not now'; end $$;
    create trigger refuse before delete on experiment_examples for each row when (old.experiment_id = ${rowidOf(bad.id)}) execute function refuse()`);
  await succeeded(service.delete(`/v1/experiments/${bad.id}`));
  await succeeded(service.delete(`/v1/experiments/${good.id}`));
  const left = async () => (await service.database.query("select rowid from removals")).rows.map(({ rowid }) => rowid);
  await expect.poll(left).toEqual([rowidOf(bad.id)]);
  expect(service.log.join()).toContain("not now");
  await service.database.query("drop trigger refuse on experiment_examples");
  await succeeded(service.delete(`/v1/experiments/${later.id}`));
  await untilRemoved(service);
});

describe("who writes meanwhile", () => {
  test("to an experiment is before its end, or comes too late", async () => {
    const before = await rowCounts(service);
    const { id, exampleIds } = await givenExperiment(service, 4);
    const runId = await givenRun(service, id, exampleIds[0]);
    const runs = `/v1/experiments/${id}/runs`;
    const answers = await whileTheyWait(
      service,
      `select from experiment_counters where experiment_id = ${rowidOf(id)} for update`,
      [
        () => service.post(runs, runOf(exampleIds[1])),
        () => service.delete(`/v1/experiments/${id}`),
        () => service.post(`${runs}/batch`, { runs: [runOf(exampleIds[2])] }),
        () => service.post("/v1/experiment_evaluations", evaluationOf(runId, "accuracy")),
      ],
    );
    // The first has changed the row by the time that the others get at it, and then they are in no order.
    const [run, deletion, batch, evaluation] = answers;
    expect([run?.status, deletion?.status, batch?.status]).toEqual([200, 204, 200]);
    expect([404, 200]).toContain(evaluation?.status);
    await untilRemoved(service);
    for (const table of [
      "experiment_examples",
      "incomplete_examples",
      "experiment_runs",
      "evaluations",
      "evaluation_counters",
      "experiment_counters",
    ])
      expect((await rowCounts(service))[table]).toBe(before[table]);
  });

  test("to a dataset is before its end, or comes too late", async () => {
    const before = await rowCounts(service);
    const { id, name, versionId } = await givenDataset(service, [{ n: 1 }]);
    const add = (n: number) => service.post(`/v1/datasets/${id}/examples`, { input: { n } });
    const answers = await whileTheyWait(service, `select from datasets where id = ${rowidOf(id)} for update`, [
      () => add(2),
      () => service.post(`/v1/datasets/${id}/experiments`, {}),
      () => service.delete(`/v1/datasets/${id}`),
      () => add(3),
      () => service.post(`/v1/datasets/${id}/experiments`, { version_id: versionId }),
      () => service.post("/v1/datasets/upload", { name, action: "append", inputs: [{ n: 4 }] }),
    ]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.slice(0, 3)).toEqual([201, 200, 204]);
    expect([201, 404]).toContain(statuses[3]);
    expect([200, 409]).toContain(statuses[4]);
    expect(statuses[5]).toBe(200);
    await untilRemoved(service);
    const again = (await service.get(`/v1/datasets?name=${encodeURIComponent(name)}`)).body.data;
    for (const dataset of again) {
      expect(dataset.example_count).toBe(1); // what came too late for the one made another
      await succeeded(service.delete(`/v1/datasets/${dataset.id}`));
    }
    await untilRemoved(service);
    expect(await rowCounts(service)).toEqual(before);
  });

  test("to a project is before its end, or begins another", async () => {
    const name = newProject();
    await givenSpans(service, name, [{}]);
    const { id } = (await service.get(`/v1/projects/${name}`)).body.data;
    await whileTheyWait(service, `select from projects where id = ${rowidOf(id)} for update`, [
      () => givenSpans(service, name, [{}]),
      async () => void (await succeeded(service.delete(`/v1/projects/${id}`))),
    ]);
    await untilRemoved(service);
    expect((await service.database.query("select from spans where project_id = $1", [rowidOf(id)])).rows).toEqual([]);
  });
});
