/** What a key that is limited to datasets sees: its own datasets, and of all others nothing, not even that they are there. */
import { readContract } from "@assay/server";
import { beforeAll, describe, expect, test } from "vitest";
import { fieldParts, filePart, sendForm } from "../src/forms.ts";
import { givenSpans, newSpanId } from "../src/given.ts";
import { callables, type Place, placesOf, requestOn } from "../src/requests.ts";
import { useService } from "../src/service.ts";
import { givenCommon, givenWorld, type World } from "../src/world.ts";

const { document } = await readContract();
const operations = callables(document).filter(({ isProtected, access }) => isProtected && access !== "admin");

const auth = { enabled: true, adminSecret: "a secret of the tests, long enough" };
const admin = { headers: { authorization: `Bearer ${auth.adminSecret}` } };
/** The one has two worlds; the other has only the one that the key sees, under the same ids. */
const shared = useService({ auth });
const alone = useService({ auth });
const own: World = {};
const foreign: World = {};
/** What a limited key sees although it is of no dataset. */
const common: World = {};
let keys: { shared: RequestInit; alone: RequestInit };

beforeAll(async () => {
  Object.assign(own, await givenWorld(shared, "own", admin));
  expect(await givenWorld(alone, "own", admin)).toEqual(own);
  Object.assign(common, await givenCommon(shared, admin));
  expect(await givenCommon(alone, admin)).toEqual(common);
  Object.assign(foreign, await givenWorld(shared, "foreign", admin));
  const limitedKey = async (service: typeof shared) => {
    const data = { name: "limited", kind: "write", dataset_ids: [own.Dataset] };
    const { body } = await service.post("/v1/system/api_keys", { data }, admin);
    return { headers: { authorization: `Bearer ${body.data.key}` } };
  };
  keys = { shared: await limitedKey(shared), alone: await limitedKey(alone) };
});

/** All that there is to see of an answer, but for what differs each time. */
async function seen(service: typeof shared, key: RequestInit, [path, init]: ReturnType<typeof requestOn>) {
  const response = await service.fetch(path, { ...init, headers: { ...init.headers, ...key.headers } });
  const headers = Object.fromEntries(response.headers);
  const { "x-request-id": requestId = "", date: _, ...others } = headers;
  return { status: response.status, headers: others, body: (await response.text()).replace(requestId, "") };
}

/** Every way to put ids of the foreign world in some places of a request, and ids of its own in the others. */
function mixtures(places: Place[]): ("own" | "foreign")[][] {
  const all = places.reduce<("own" | "foreign")[][]>(
    (before, _) =>
      before.flatMap((each) => [
        [...each, "own"],
        [...each, "foreign"],
      ]),
    [[]],
  );
  return all.filter((each) => each.includes("foreign"));
}

const withPlaces = operations.map((operation) => ({ operation, places: placesOf(document, operation) }));

describe.each(withPlaces.filter(({ places }) => places.length > 0))(
  "$operation.operationId",
  ({ operation, places }) => {
    const named = mixtures(places).map(
      (worlds) => [places.map(({ path }, at) => `${path.join(".")} is ${worlds[at]}`).join(", "), worlds] as const,
    );

    test.each(named)("%s: the answer is that to an id that never was", async (_, worlds) => {
      const ids = places.map((place, at): [Place, string] => {
        const id = (worlds[at] === "own" ? own : foreign)[place.type] ?? common[place.type];
        if (id === undefined) throw new Error(`givenWorld has no ${place.type}`);
        return [place, id];
      });
      const request = requestOn(operation, ids);
      expect(await seen(shared, keys.shared, request)).toEqual(await seen(alone, keys.alone, request));
    });
  },
);

describe("what is its own", () => {
  test.each(operations.filter(({ method }) => method === "GET"))(
    "$operationId shows nothing of another dataset",
    async (operation) => {
      const all = { ...own, ...common };
      const places = placesOf(document, operation).map((place): [Place, string] => [place, all[place.type] ?? ""]);
      const { status, body } = await seen(shared, keys.shared, requestOn(operation, places));
      expect(status).toBe(200);
      const traces = Object.entries(foreign).flatMap(([type, id]) => (id === own[type] ? [] : [id]));
      for (const trace of ["foreign", ...traces]) expect(body).not.toContain(trace);
    },
  );

  test("a dataset is not found by a name that another has", async () => {
    expect((await shared.get("/v1/datasets?name=own", keys.shared)).body.data).toMatchObject([{ id: own.Dataset }]);
    expect((await shared.get("/v1/datasets?name=foreign", keys.shared)).body.data).toEqual([]);
    await shared.post("/v1/datasets/upload", { name: own.Dataset, inputs: [{ of: "foreign" }] }, admin);
    const byId = `/v1/datasets?name=${own.Dataset}`;
    expect((await shared.get(byId, keys.shared)).body.data).toMatchObject([{ name: "own" }]);
    expect((await shared.get(byId, admin)).body.data).toMatchObject([{ name: own.Dataset }]);
    for (const below of ["splits", "labels"]) {
      expect((await shared.get(`/v1/datasets/own/${below}`, keys.shared)).status).toBe(200);
      const { status, body } = await shared.get(`/v1/datasets/foreign/${below}`, keys.shared);
      expect([status, body.detail]).toEqual([404, "Dataset with name foreign not found"]);
    }
  });

  test("who of its own is in a split can be changed, and the split itself cannot", async () => {
    const split = `/v1/datasets/own/splits/${own.DatasetSplit}`;
    const change = (body: object) => shared.patch(split, body, keys.shared);
    const ids = [own.DatasetExample];
    for (const body of [{ name: "x" }, { description: "x" }, { color: "x" }, { metadata: { x: 1 } }])
      expect(await change({ ...body, remove_example_ids: ids })).toMatchObject({
        status: 403,
        body: { code: "forbidden" },
      });
    const admins = await shared.post("/v1/datasets/own/splits", { name: "of an admin" }, admin);
    expect(await change({ add_example_ids: ids })).toMatchObject({ status: 200, body: { data: { example_count: 1 } } });
    expect(await shared.patch(`/v1/datasets/own/splits/${admins.body.data.id}`, {}, keys.shared)).toMatchObject({
      status: 404,
    });
    expect(await change({ remove_example_ids: ids })).toMatchObject({
      status: 200,
      body: { data: { example_count: 0 } },
    });
    expect(await change({ add_example_ids: ids })).toMatchObject({ status: 404 }); // now it sees the split no more
    await shared.patch(split, { add_example_ids: ids }, admin);
  });

  test("a split that it shares with others shows what is its own", async () => {
    const path = (dataset = "") => `/v1/datasets/${dataset}/splits/${own.DatasetSplit}`;
    await shared.patch(path(foreign.Dataset), { add_example_ids: [foreign.DatasetExample] }, admin);
    const { body } = await shared.get(path(own.Dataset), keys.shared);
    expect(body.data).toMatchObject({ name: "own", example_count: 1 });
    expect((await shared.get("/v1/datasets/own/splits", keys.shared)).body.data).toEqual([body.data]);
  });

  test("of the tokens of a trace it is told those in projects of its experiments", async () => {
    const tokens = async (init: RequestInit) => {
      const exported = await shared.get(`/v1/experiments/${own.Experiment}/json`, init);
      const runs = `/v1/experiments/${own.Experiment}/runs`;
      const listed = await shared.get(`${runs}?include=token_counts`, init);
      const alone = await shared.get(`${runs}/${own.ExperimentRun}`, init);
      const told = [...exported.body, ...listed.body.data, alone.body.data];
      return told.map(({ prompt_token_count }) => prompt_token_count);
    };
    expect(await tokens(keys.shared)).toEqual([10, 10, 10]);
    expect(await tokens(admin)).toEqual([20, 20, 20]);
    const total = async (init: RequestInit) => {
      const { body } = await shared.get(`/v1/experiments/${own.Experiment}/summary`, init);
      return body.data.prompt_tokens.total.value;
    };
    for (const _ of [1, 2]) expect([await total(keys.shared), await total(admin)]).toEqual([10, 20]);
  });

  test("an example is linked to a span, and told of it, if that is in such a project", async () => {
    const spanIds = { foreign: newSpanId(), own: newSpanId() };
    for (const [world, spanId] of Object.entries(spanIds)) {
      const { body } = await shared.get(`/v1/projects/${{ own, foreign }[world]?.Project}`, admin);
      await givenSpans(shared, body.data.name, [{ spanId }], admin);
    }
    const upload = (inputs: object[], init: RequestInit) => {
      const body = { name: "own", action: "append", inputs, span_ids: Object.values(spanIds) };
      return shared.post("/v1/datasets/upload", body, init);
    };
    const links = async (init: RequestInit) => {
      const { body } = await shared.get(`/v1/datasets/${own.Dataset}/examples`, init);
      return body.data.examples.slice(-2).map(({ source }: { source: { span_id: string } | null }) => source?.span_id);
    };
    await upload([{ n: 2 }, { n: 3 }], keys.shared);
    expect(await links(admin)).toEqual([undefined, spanIds.own]);
    await upload([{ n: 4 }, { n: 5 }], admin);
    expect(await links(admin)).toEqual([spanIds.foreign, spanIds.own]);
    expect(await links(keys.shared)).toEqual([undefined, spanIds.own]);
  });

  test("projects are those of its experiments, by whatever name they are asked for", async () => {
    const list = async (init: RequestInit) =>
      (await shared.get("/v1/projects?include_experiment_projects=true", init)).body.data;
    expect(await list(keys.shared)).toMatchObject([{ id: own.Project }]);
    const [hidden] = (await list(admin)).filter(({ id }: { id: string }) => id === foreign.Project);
    for (const name of [hidden.name, "default"]) {
      for (const path of [`/v1/projects/${name}`, `/v1/projects/${name}/spans`])
        expect((await shared.get(path, keys.shared)).status).toBe(404);
      expect((await shared.delete(`/v1/projects/${name}`, keys.shared)).status).toBe(404);
    }
    expect((await shared.get(`/v1/projects/${own.Project}/spans`, keys.shared)).body.data).not.toEqual([]);
    expect((await shared.get(`/v1/projects/${foreign.Project}/spans`, admin)).body.data).not.toEqual([]);
  });

  test("it can be uploaded to, but not created anew", async () => {
    const upload = (action: string) =>
      shared.post("/v1/datasets/upload?sync=true", { name: "own", action, inputs: [{ n: 1 }] }, keys.shared);
    expect(await upload("append")).toMatchObject({ status: 200, body: { data: { dataset_id: own.Dataset } } });
    expect(await upload("create")).toMatchObject({ status: 409, body: { code: "dataset_exists" } });
  });

  describe.each(["create", "append", "update"])("403: %s of any other name, whether or not it is taken", (action) => {
    const json = (name: string) =>
      shared.post("/v1/datasets/upload?sync=true", { name, action, inputs: [{ n: 1 }] }, keys.shared);
    const file = (name: string) =>
      sendForm(
        shared,
        [...fieldParts({ name, action, "input_keys[]": "n" }), filePart({ content: "n\n1\n" })],
        keys.shared,
      );

    test.each([
      ["by JSON", json],
      ["of a file", file],
    ])("%s", async (_, send) => {
      const upload = async (name: string) => {
        const { status, body } = await send(name);
        return { status, ...body, request_id: "" };
      };
      expect(await upload("foreign")).toMatchObject({ status: 403, code: "forbidden" });
      expect(await upload("foreign")).toEqual(await upload("not taken"));
      expect((await shared.get("/v1/datasets?name=not+taken", admin)).body.data).toEqual([]);
    });
  });

  test("403: it is not named anew, whether or not the name is taken; what is said of it may change", async () => {
    const change = (changes: object) => shared.patch(`/v1/datasets/${own.Dataset}`, changes, keys.shared);
    const { status, body } = await change({ name: "foreign" });
    expect([status, body.code]).toEqual([403, "forbidden"]);
    for (const name of ["not taken", "own"])
      expect((await change({ name })).body).toEqual({ ...body, request_id: expect.any(String) });
    expect((await change({ description: "other" })).body.data).toMatchObject({ name: "own", description: "other" });
  });

  test("an example of it is not made from a span that another dataset's experiment has", async () => {
    const spanId = "00f067aa0ba902b7";
    const { rows } = await shared.database.query("select project_name from experiments where dataset_id = $1", [
      Buffer.from(foreign.Dataset ?? "", "base64")
        .toString()
        .split(":")[1],
    ]);
    const span = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId, name: "s", kind: 1 };
    const times = { startTimeUnixNano: "1", endTimeUnixNano: "2" };
    const spans = { resourceSpans: [{ scopeSpans: [{ spans: [{ ...span, ...times }] }] }] };
    const headers = { ...admin.headers, "x-project-name": rows[0].project_name };
    expect((await shared.post("/v1/traces", spans, { headers })).status).toBe(200);
    const example = { input: {}, span_id: spanId };
    const made = await shared.post(`/v1/datasets/${own.Dataset}/examples`, example, keys.shared);
    expect(made.body.data.example.source).toBeNull();
    const byAdmin = await shared.post(`/v1/datasets/${own.Dataset}/examples`, example, admin);
    expect(byAdmin.body.data.example.source).toMatchObject({ span_id: spanId });
    const { body } = await shared.get(
      `/v1/datasets/${own.Dataset}/examples/${byAdmin.body.data.example.node_id}`,
      keys.shared,
    );
    expect(body.data.example.source).toBeNull();
  });

  test("a key whose datasets are all deleted sees nothing", async () => {
    const given = await givenWorld(shared, "deleted", admin);
    const data = { name: "limited", dataset_ids: [given.Dataset] };
    const { body } = await shared.post("/v1/system/api_keys", { data }, admin);
    const key = { headers: { authorization: `Bearer ${body.data.key}` } };
    expect((await shared.get("/v1/datasets", key)).body.data).toHaveLength(1);
    await shared.delete(`/v1/datasets/${given.Dataset}`, admin);
    expect((await shared.get("/v1/datasets", key)).body.data).toEqual([]);
  });
});
