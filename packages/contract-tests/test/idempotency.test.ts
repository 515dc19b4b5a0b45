/** What is true of every operation that takes an `idempotency-key`. */
import { randomUUID } from "node:crypto";
import { readContract } from "@assay/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { givenDataset, givenExperiment, givenRun, runOf } from "../src/given.ts";
import { callables, idOf } from "../src/requests.ts";
import { type Service, startService, useService } from "../src/service.ts";
import { newName } from "../src/uploads.ts";

const { document } = await readContract();
const service = useService();
/** Another process over the same database. */
const other = {} as Service;
let stopOther = async () => {};
beforeAll(async () => {
  const started = await startService({}, { over: service });
  stopOther = started.stop;
  Object.assign(other, started.service);
});
afterAll(() => stopOther());

interface Effect {
  path: string;
  body: object;
  /** The same request but for something that matters. */
  otherBody: object;
  /** How often it has been done. */
  count: () => Promise<number>;
  /** How often it is done if it is asked for twice without a key, or with two. */
  twice: 1 | 2;
  /** A table without which it cannot be done. */
  table: string;
}

/** Creates what is found by its name. */
const named = (table: string, pathOf: () => string | Promise<string>, fields: object) => async (): Promise<Effect> => {
  const body = { name: randomUUID(), ...fields };
  const count = async () =>
    (await service.database.query(`select from ${table} where name = $1`, [body.name])).rowCount ?? 0;
  return { path: await pathOf(), body, otherBody: { ...body, name: randomUUID() }, count, twice: 1, table };
};

/** For each operation a request to it. */
const effects: Record<string, () => Promise<Effect>> = {
  createAnnotationConfig: named("annotation_configs", () => "/v1/annotation_configs", { type: "FREEFORM" }),
  createDatasetExample: async () => {
    const dataset = await givenDataset(service, []);
    const path = `/v1/datasets/${dataset.id}/examples`;
    const count = async () => (await service.get(path)).body.data.examples.length;
    return { path, body: { input: { n: 1 } }, otherBody: { input: { n: 2 } }, count, twice: 2, table: "examples" };
  },
  createDatasetLabel: named("labels", () => "/v1/dataset_labels", { color: "#00cc88" }),
  createDatasetSplit: named("splits", async () => `/v1/datasets/${(await givenDataset(service, [])).id}/splits`, {}),
  createExperiment: async () => {
    const dataset = await givenDataset(service, [{ n: 1 }]);
    const path = `/v1/datasets/${dataset.id}/experiments`;
    const body = { metadata: { b: 1, a: [2] } };
    const count = async () => (await service.get(path)).body.data.length;
    return { path, body, otherBody: { ...body, repetitions: 2 }, count, twice: 2, table: "experiments" };
  },
  uploadDataset: async () => {
    const name = newName();
    const body = { name, action: "append", inputs: [{ n: 1 }], example_ids: [null] };
    const dataset = await givenDataset(service, [], { name });
    const count = async () => (await service.get(`/v1/datasets/${dataset.id}/examples`)).body.data.examples.length;
    const otherBody = { ...body, inputs: [{ n: 2 }] };
    return { path: "/v1/datasets/upload?sync=true", body, otherBody, count, twice: 1, table: "datasets" };
  },
};

const withKey = (key: string = randomUUID()) => ({ headers: { "idempotency-key": key } });
const isReplayed = ({ headers }: { headers: Headers }) => headers.get("idempotency-replayed");

const operations = callables(document).filter(({ parameters }) =>
  parameters.some(({ name }) => name === "idempotency-key"),
);

describe.each(operations)("$operationId with an idempotency-key", ({ operationId, statuses }) => {
  const success = Number(statuses.find((status) => status.startsWith("2")));
  const given = () => {
    const effect = effects[operationId];
    if (!effect) throw new Error(`say in \`effects\` what ${operationId} does`);
    return effect();
  };

  test("2xx: sent again it is answered with the same text, by any process, and does nothing", async () => {
    const { path, body, count } = await given();
    const key = withKey();
    const first = await service.post(path, body, key);
    expect([first.status, isReplayed(first)]).toEqual([success, null]);
    for (const to of [service, other, service]) {
      const again = await to.post(path, body, key);
      expect([again.status, isReplayed(again), again.text]).toEqual([success, "true", first.text]);
      expect(again.headers.get("content-type")).toBe(first.headers.get("content-type"));
    }
    expect(await count()).toBe(1);
  });

  test("2xx: with another key, on another path or by another caller it is another request", async () => {
    const [one, two] = [await given(), await given()];
    const key = withKey();
    await service.post(one.path, one.body, key);
    await service.post(one.path, one.body, withKey());
    if (one.path !== two.path) {
      expect(isReplayed(await service.post(two.path, two.body, key))).toBeNull();
      expect(await two.count()).toBe(1);
    }
    expect(await one.count()).toBe(one.twice);
  });

  test("422: with another body, which does nothing", async () => {
    const { path, body, otherBody, count } = await given();
    const key = withKey();
    await service.post(path, body, key);
    for (const sent of [otherBody, JSON.stringify(body, null, 1)]) {
      const answer = await other.post(path, sent, key);
      expect([answer.status, answer.body.code]).toEqual([422, "idempotency_key_reused"]);
    }
    expect(await count()).toBe(1);
  });

  test.each(["", "x".repeat(256)])("422: %j is no key", async (key) => {
    const { path, body, count } = await given();
    const answer = await service.post(path, body, withKey(key));
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ pointer: "/headers/idempotency-key" }]);
    expect(await count()).toBe(0);
  });

  test("409: while it is under way, in any process; then it is answered as before", async () => {
    const { path, body, count, table } = await given();
    const key = withKey();
    const holder = await service.database.connect();
    await holder.query("begin");
    await holder.query(`lock table ${table} in access exclusive mode`);
    const first = service.post(path, body, key);
    const held =
      "select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())";
    await expect.poll(async () => (await holder.query(held)).rowCount, { timeout: 20_000 }).toBe(1);
    for (const to of [service, other]) {
      const { status, body: problem, headers } = await to.post(path, body, key);
      expect([status, problem.code, headers.get("retry-after")]).toEqual([409, "request_in_progress", "1"]);
    }
    await holder.query("commit");
    holder.release();
    const answer = await first;
    expect([answer.status, isReplayed(answer)]).toEqual([success, null]);
    expect((await other.post(path, body, key)).text).toBe(answer.text);
    expect(await count()).toBe(1);
  });

  test("2xx or 409: of twenty at the same time, in two processes, one does it", async () => {
    const { path, body, count } = await given();
    const key = withKey();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 ? service : other).post(path, body, key)),
    );
    const done = answers.filter(({ status }) => status === success);
    expect(done.filter((answer) => isReplayed(answer) === null)).toHaveLength(1);
    expect(new Set(done.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ status }) => status !== success && status !== 409)).toEqual([]);
    expect(await count()).toBe(1);
  });

  test("2xx: a day later it is a new request", async () => {
    const { path, body, otherBody } = await given();
    const key = withKey();
    const first = await service.post(path, body, key);
    await service.database.query("update idempotent_answers set created_at = now() - interval '23 hours 59 minutes'");
    expect(isReplayed(await service.post(path, body, key))).toBe("true");
    await service.database.query("update idempotent_answers set created_at = now() - interval '24 hours 1 minute'");
    const later = await service.post(path, otherBody, key);
    expect([later.status, isReplayed(later)]).toEqual([success, null]);
    const again = await service.post(path, otherBody, key);
    expect([again.text, isReplayed(again)]).toEqual([later.text, "true"]);
    expect(later.text).not.toBe(first.text);
  });

  test("a failure is not remembered", async () => {
    const { path, body, count, table } = await given();
    const key = withKey();
    await service.database.query(`alter table ${table} rename to hidden`);
    const failed = await service.post(path, body, key);
    await service.database.query(`alter table hidden rename to ${table}`);
    expect(failed.status).toBe(500);
    const answer = await service.post(path, body, key);
    expect([answer.status, isReplayed(answer)]).toEqual([success, null]);
    expect(await count()).toBe(1);
  });
});

describe("an idempotency-key", () => {
  test("a request that was refused may be corrected under its key", async () => {
    const dataset = await givenDataset(service, [{ n: 1 }]);
    const path = `/v1/datasets/${dataset.id}/experiments`;
    const key = withKey();
    expect((await service.post(path, { version_id: idOf("DatasetVersion", 999_999) }, key)).status).toBe(404);
    expect((await service.post(path, { repetitions: 0 }, key)).status).toBe(422);
    expect((await service.post(path, {}, key)).status).toBe(200);
  });

  test("is remembered after what was created is gone", async () => {
    const dataset = await givenDataset(service, [{ n: 1 }]);
    const path = `/v1/datasets/${dataset.id}/experiments`;
    const key = withKey();
    const { text } = await service.post(path, {}, key);
    await service.delete(`/v1/datasets/${dataset.id}`);
    expect(await service.post(path, {}, key)).toMatchObject({ status: 200, text });
  });

  test("counts with the query, and not with parameters that the contract does not have", async () => {
    const body = { name: newName(), action: "append", inputs: [{ n: 1 }] };
    const key = withKey();
    expect((await service.post("/v1/datasets/upload", body, key)).text).toBe("null");
    const again = await service.post("/v1/datasets/upload?nonsense=1", body, key);
    expect([again.text, isReplayed(again)]).toEqual(["null", "true"]);
    expect((await service.post("/v1/datasets/upload?sync=true", body, key)).status).toBe(422);
  });

  test("is the body's, however that is compressed", async () => {
    const dataset = await givenDataset(service, [{ n: 1 }]);
    const path = `/v1/datasets/${dataset.id}/experiments`;
    const { headers } = withKey();
    const { text } = await service.post(path, '{"name":"compressed"}', { headers });
    const body = new Blob(['{"name":"compressed"}']).stream().pipeThrough(new CompressionStream("gzip"));
    const response = await service.fetch(path, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json", "content-encoding": "gzip" },
      body: await new Response(body).arrayBuffer(),
    });
    expect(await response.text()).toBe(text);
  });

  test("is a form's fields and file, whatever parts them", async () => {
    const name = newName();
    const { headers } = withKey();
    const send = (lines: string, fields: [name: string, value: string][]) => {
      const form = new FormData();
      for (const [field, value] of [["name", name], ["action", "append"], ...fields])
        form.append(field ?? "", value ?? "");
      form.append("file", new Blob([lines], { type: "application/jsonl" }), "lines.jsonl");
      return service.fetch("/v1/datasets/upload?sync=true", { method: "POST", headers, body: form });
    };
    const keys: [string, string][] = [
      ["input_keys[]", "a"],
      ["output_keys[]", "b"],
    ];
    const first = await send('{"a":1,"b":2}\n', keys);
    expect(first.status).toBe(200);
    const text = await first.text();
    for (const fields of [keys, keys.toReversed()]) {
      const again = await send('{"a":1,"b":2}\n', fields);
      expect([isReplayed(again), await again.text()]).toEqual(["true", text]);
    }
    expect((await send('{"a":1,"b":3}\n', keys)).status).toBe(422);
    expect((await send('{"a":1,"b":2}\n', keys.slice(0, 1))).status).toBe(422);
    const { dataset_id } = JSON.parse(text).data;
    expect((await service.get(`/v1/datasets/${dataset_id}/examples`)).body.data.examples).toHaveLength(1);
  });

  test("is ignored where a request has no need of one", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    await givenRun(service, id, exampleIds[0]);
    const key = withKey();
    for (let n = 0; n < 2; n++)
      expect((await service.post(`/v1/experiments/${id}/runs`, runOf(exampleIds[0]), key)).status).toBe(409);
  });

  test("old answers go, a hundred at a time, when another is kept", async () => {
    const dataset = await givenDataset(service, [{ n: 1 }]);
    await service.database.query(
      "insert into idempotent_answers select sha256(n::text::bytea), '', '', now() - interval '2 days' from generate_series(1, 250) as n",
    );
    const old = async () =>
      Number(
        (await service.database.query("select count(*) from idempotent_answers where request_hash = ''")).rows[0].count,
      );
    for (const left of [150, 50, 0]) {
      await service.post(`/v1/datasets/${dataset.id}/experiments`, {}, withKey());
      expect(await old()).toBe(left);
    }
  });
});

describe("with auth on", () => {
  const adminSecret = "a secret of the tests, long enough";
  const guarded = useService({ auth: { enabled: true, adminSecret } });

  test("a key is its caller's: the same word of another is another key", async () => {
    const admin = { authorization: `Bearer ${adminSecret}` };
    const init = (headers: Record<string, string>) => ({ headers: { ...withKey("the same").headers, ...headers } });
    const upload = await guarded.post(
      "/v1/datasets/upload?sync=true",
      { name: "one", inputs: [{ n: 1 }] },
      { headers: admin },
    );
    const path = `/v1/datasets/${upload.body.data.dataset_id}/experiments`;
    const answers = [await guarded.post(path, {}, init(admin))];
    for (const name of ["a", "b"]) {
      const { body } = await guarded.post("/v1/system/api_keys", { data: { name, kind: "write" } }, { headers: admin });
      const caller = { authorization: `Bearer ${body.data.key}` };
      answers.push(await guarded.post(path, {}, init(caller)));
      expect(isReplayed(await guarded.post(path, {}, init(caller)))).toBe("true");
    }
    expect(new Set(answers.map(({ body }) => body.data.id)).size).toBe(3);
  });
});
