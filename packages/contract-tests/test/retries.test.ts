/** What the database undoes because others were in its way is done again. The database's locks, not a clock, decide who is. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { evaluationOf, givenDataset, givenExperiment, givenRun, runOf } from "../src/given.ts";
import { whileTheyWait } from "../src/races.ts";
import { type Answer, type Service, startService, useService } from "../src/service.ts";

const service = useService();
const rowidOf = (id: string) => Number(Buffer.from(id, "base64").toString().split(":")[1]);

describe("where transactions see one state of the database, and fail with 40001 when what they change has been changed", () => {
  let strict: Service;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const setting = "set default_transaction_isolation = 'repeatable read'";
    await service.database.query(`alter database ${service.connection.database} ${setting}`);
    ({ service: strict, stop } = await startService({}, { over: service }));
  });
  afterAll(() => stop());

  /** Sends a request, and changes the row that it waits for. */
  async function afterChange(change: string, request: () => Promise<Answer>): Promise<Answer> {
    const [answer] = await whileTheyWait(service, change, [request]);
    if (!answer) throw new Error("there was one request");
    return answer;
  }

  const countersOf = (experimentId: string) =>
    `update experiment_counters set last_run = last_run where experiment_id = ${rowidOf(experimentId)}`;
  const rowOf = (datasetId: string) => `update datasets set description = 'changed' where id = ${rowidOf(datasetId)}`;

  test("createExperimentRun, and all who wait with it", async () => {
    const { id, exampleIds } = await givenExperiment(service, 3);
    const record = (n: number) => () => strict.post(`/v1/experiments/${id}/runs`, runOf(exampleIds[n]));
    const answer = await afterChange(countersOf(id), async () => {
      const answers = await Promise.all([0, 1, 2].map((n) => record(n)()));
      return answers.find(({ status }) => status !== 200) ?? (answers[0] as Answer); // there are three
    });
    expect(answer.status, answer.text).toBe(200);
    expect((await service.get(`/v1/experiments/${id}`)).body.data).toMatchObject({ successful_run_count: 3 });
  });

  test("upsertExperimentEvaluation", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const runId = await givenRun(service, id, exampleIds[0]);
    const answer = await afterChange(countersOf(id), () =>
      strict.post("/v1/experiment_evaluations", evaluationOf(runId, "exact")),
    );
    expect(answer.status, answer.text).toBe(200);
  });

  test.each([true, false])("createExperimentRuns, atomic: %s", async (atomic) => {
    const { id, exampleIds } = await givenExperiment(service);
    const answer = await afterChange(countersOf(id), () =>
      strict.post(`/v1/experiments/${id}/runs/batch?atomic=${atomic}`, { runs: [runOf(exampleIds[0])] }),
    );
    expect(answer.body, answer.text).toMatchObject({ counts: { created: 1, rejected: 0 } });
  });

  test("uploadDataset, whose examples came before", async () => {
    const { id, name } = await givenDataset(service, [{ n: 0 }]);
    const answer = await afterChange(rowOf(id), () =>
      strict.post("/v1/datasets/upload?sync=true", { name, action: "append", inputs: [{ n: 1 }] }),
    );
    expect(answer.body.data, answer.text).toMatchObject({ num_created_examples: 1 });
    expect((await service.get(`/v1/datasets/${id}`)).body.data).toMatchObject({ example_count: 2 });
  });

  test("createDatasetExample, once for its idempotency-key", async () => {
    const { id } = await givenDataset(service, []);
    const headers = { "idempotency-key": randomUUID() };
    const create = () => strict.post(`/v1/datasets/${id}/examples`, { input: { n: 1 } }, { headers });
    const answer = await afterChange(rowOf(id), create);
    expect(answer.status, answer.text).toBe(201);
    expect((await create()).text).toBe(answer.text);
    expect((await service.get(`/v1/datasets/${id}`)).body.data).toMatchObject({ example_count: 1 });
  });

  test("409: what is undone again and again is given up, and has done nothing", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    await service.database.query(`
      create sequence attempts;
      create function undo() returns trigger language plpgsql as $$
        begin perform nextval('attempts'); raise exception 'undone' using errcode = '40001'; end $$;
      create trigger undo after insert on experiment_runs for each row when (new.error = 'undo') execute function undo()`);
    const path = `/v1/experiments/${id}/runs`;
    const answer = await service.post(path, runOf(exampleIds[0], { error: "undo" }));
    expect([answer.status, answer.body.code]).toEqual([409, "conflict"]);
    const { rows } = await service.database.query("select last_value::integer from attempts");
    expect(rows).toEqual([{ last_value: 5 }]);
    expect((await service.get(path)).body.data).toEqual([]);
  });
});

test("upsertExperimentEvaluations that waits for one who waits for it, of which the database ends it (40P01)", async () => {
  const [one, two] = [await givenExperiment(service), await givenExperiment(service)];
  const runs = [await givenRun(service, one.id, one.exampleIds[0]), await givenRun(service, two.id, two.exampleIds[0])];
  const [other, gate] = [await service.database.connect(), await service.database.connect()];
  const lock = ({ id }: { id: string }) =>
    other.query(`select from experiment_counters where experiment_id = ${rowidOf(id)} for update`);
  try {
    await gate.query("begin; lock table evaluations in share mode");
    await other.query("begin; set local deadlock_timeout = '1h'"); // so that not this one is ended
    await lock(two);
    const evaluations = runs.map((runId) => evaluationOf(runId, "exact"));
    const answer = service.post("/v1/experiment_evaluations/batch", { evaluations }); // takes the first, and waits at the gate
    const blocked = () =>
      gate.query("select 1 from pg_stat_activity where datname = current_database() and pg_blocking_pids(pid) <> '{}'");
    while ((await blocked()).rowCount !== 1);
    const locked = lock(one);
    while ((await blocked()).rowCount !== 2);
    await gate.query("commit"); // now it waits for the second, too
    await locked;
    await other.query("commit");
    const { status, body, text } = await answer;
    expect([status, body.counts], text).toEqual([200, { created: 2, replaced: 0, rejected: 0 }]);
  } finally {
    other.release(true);
    gate.release(true);
  }
});
