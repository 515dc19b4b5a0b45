import { describe, expect, test } from "vitest";
import { idOf } from "../src/requests.ts";
import { startService, useService } from "../src/service.ts";
import { newName, upload } from "../src/uploads.ts";

const auth = { enabled: true, adminSecret: "a secret of the tests, long enough" };
const admin = { headers: { authorization: `Bearer ${auth.adminSecret}` } };
const service = useService({ auth });
const open = useService();

const path = "/v1/system/api_keys";
const create = (data: object) => service.post(path, { data }, admin);
const bearing = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
const list = async () => (await service.get(path, admin)).body.data;

/** Another process of the service over the same database. */
async function anotherProcess() {
  return await startService({ auth }, { over: service });
}

describe("createSystemApiKey", () => {
  test("201: the key, with its secret, in the fields of Phoenix and some more", async () => {
    const { status, body } = await create({ name: "ci", description: "pull requests", expires_at: "2127-01-31" });
    expect(status).toBe(201);
    expect(Object.entries(body.data)).toEqual([
      ["id", expect.stringMatching(/^U3lzdGVtQXBpS2V5/)],
      ["name", "ci"],
      ["description", "pull requests"],
      ["kind", "write"],
      ["dataset_ids", null],
      ["created_at", expect.stringMatching(/\+00:00$/)],
      ["expires_at", "2127-01-31T00:00:00+00:00"],
      ["last_used_at", null],
      ["key", expect.stringMatching(/^assay_[0-9A-Za-z]{49}$/)],
    ]);
    expect((await service.get("/v1/datasets", bearing(body.data.key))).status).toBe(200);
  });

  test("what is stored is a hash", async () => {
    const { key } = (await create({ name: "hashed" })).body.data;
    const { rows } = await service.database.query("select api_keys::text as row from api_keys");
    expect(rows.map(({ row }) => row).join()).not.toContain(key.slice("assay_".length));
    expect(JSON.stringify(await list())).not.toContain(key);
    expect(service.log.join()).not.toContain(key);
  });

  test("201: limited to datasets, in their order, each once", async () => {
    const ids: string[] = [];
    for (const _ of [1, 2]) ids.unshift((await upload(open, newName(), { inputs: [{}] })).id);
    const made = await open.post(path, { data: { name: "two", dataset_ids: [...ids, ...ids] } });
    expect(made.body.data.dataset_ids).toEqual(ids);
  });

  test("404: a dataset that is not there; no key is made", async () => {
    const before = (await list()).length;
    const { status, body } = await create({ name: "none", dataset_ids: [idOf("Dataset", 999_999_999)] });
    expect([status, body.detail]).toEqual([404, `Dataset with ID ${idOf("Dataset", 999_999_999)} does not exist`]);
    expect(await list()).toHaveLength(before);
  });

  test.each([
    ["no name", {}, "/body/data/name"],
    ["an empty name", { name: "" }, "/body/data/name"],
    ["a kind that there is not", { name: "a", kind: "owner" }, "/body/data/kind"],
    ["no dataset at all", { name: "a", dataset_ids: [] }, "/body/data/dataset_ids"],
    ["no id", { name: "a", dataset_ids: ["questions"] }, "/body/data/dataset_ids"],
    [
      "an admin key for some datasets",
      { name: "a", kind: "admin", dataset_ids: [idOf("Dataset", 1)] },
      "/body/data/dataset_ids",
    ],
    ["an expiry that has passed", { name: "a", expires_at: "2026-01-01" }, "/body/data/expires_at"],
    ["an expiry that is no time", { name: "a", expires_at: "soon" }, "/body/data/expires_at"],
  ])("422: %s", async (_, data, pointer) => {
    const { status, body } = await create(data);
    expect(status, JSON.stringify(body)).toBe(422);
    expect(body.errors).toMatchObject([{ pointer }]);
  });
});

describe("getSystemApiKeys", () => {
  test("200: newest first, without their secrets", async () => {
    const made = [(await create({ name: "older" })).body.data, (await create({ name: "newer" })).body.data];
    const expected = made.toReversed().map(({ key: _, ...rest }) => rest);
    expect((await list()).slice(0, 2)).toEqual(expected);
  });

  test("200: when it was last used, to the minute", async () => {
    const { id, key } = (await create({ name: "used" })).body.data;
    const used = async () => (await list()).find((each: { id: string }) => each.id === id).last_used_at;
    expect(await used()).toBeNull();
    await service.get("/v1/datasets", bearing(key));
    await expect.poll(used).not.toBeNull();
    const first = await used();
    const { service: other, stop } = await anotherProcess();
    await other.get("/v1/datasets", bearing(key));
    await stop();
    expect(await used()).toBe(first);
  });

  test("422: a cursor that is none", async () => {
    expect((await service.get(`${path}?cursor=x`, admin)).status).toBe(422);
  });
});

describe("deleteSystemApiKey", () => {
  test("204: refused at once here, within five seconds elsewhere", async () => {
    const { id, key } = (await create({ name: "leaked" })).body.data;
    const { service: other, stop } = await anotherProcess();
    expect((await other.get("/v1/datasets", bearing(key))).status).toBe(200);
    expect((await service.get("/v1/datasets", bearing(key))).status).toBe(200);
    expect((await service.delete(`${path}/${id}`, admin)).status).toBe(204);
    expect((await service.get("/v1/datasets", bearing(key))).status).toBe(401);
    const status = async () => (await other.get("/v1/datasets", bearing(key))).status;
    await expect.poll(status, { timeout: 5000 }).toBe(401);
    await stop();
    expect((await service.delete(`${path}/${id}`, admin)).status).toBe(404);
  });
});

describe("a key", () => {
  test("401: it has expired", async () => {
    const { key } = (await create({ name: "short", expires_at: "2127-01-01" })).body.data;
    await service.database.query("update api_keys set expires_at = now() where name = 'short'");
    const { status, headers } = await service.get("/v1/datasets", bearing(key));
    expect([status, headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="Assay"']);
  });

  test("401: any character of it is another", async () => {
    const { key } = (await create({ name: "spelt" })).body.data;
    for (const at of [0, 6, 30, 48, 54]) {
      const misspelt = `${key.slice(0, at)}${key[at] === "x" ? "y" : "x"}${key.slice(at + 1)}`;
      expect((await service.get("/v1/datasets", bearing(misspelt))).status).toBe(401);
    }
    expect((await service.get("/v1/datasets", bearing(` ${key}`))).status).toBe(200); // spaces before it are the header's
  });

  test("the scheme may be written in any case", async () => {
    const { key } = (await create({ name: "case" })).body.data;
    expect((await service.get("/v1/datasets", { headers: { authorization: `bearer ${key}` } })).status).toBe(200);
  });

  test("the log names it by its number", async () => {
    const { id, key } = (await create({ name: "logged" })).body.data;
    const number = Buffer.from(id, "base64").toString().split(":")[1];
    const requestId = String((await service.get("/v1/datasets", bearing(key))).headers.get("x-request-id"));
    await expect.poll(() => service.log.find((line) => line.includes(requestId))).toContain(`"caller":"key ${number}"`);
  });
});
