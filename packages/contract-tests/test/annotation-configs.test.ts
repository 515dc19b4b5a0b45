import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { idOf } from "../src/requests.ts";
import { useService } from "../src/service.ts";

const service = useService();

const path = (identifier: string) => `/v1/annotation_configs/${encodeURIComponent(identifier)}`;
const create = (body: unknown) => service.post("/v1/annotation_configs", body);
const read = (identifier: string) => service.get(path(identifier));
const update = (identifier: string, body: unknown) => service.put(path(identifier), body);

const newName = () => `config ${randomUUID()}`;
const typeOf = (id: string) => Buffer.from(id, "base64").toString().split(":")[0];
const rowidOf = (id: string) => String(Buffer.from(id, "base64").toString().split(":")[1]);

/** A config of each type with all that it can have, under a name of its own. */
const configs = {
  CATEGORICAL: () => ({
    name: newName(),
    type: "CATEGORICAL",
    description: "is it right?",
    optimization_direction: "MAXIMIZE",
    values: [
      { label: "yes", score: 1 },
      { label: "no", score: -0.5 },
      { label: "", score: null },
    ],
  }),
  CONTINUOUS: () => ({
    name: newName(),
    type: "CONTINUOUS",
    description: "how long does it take?",
    optimization_direction: "MINIMIZE",
    lower_bound: 0,
    upper_bound: 1e300,
  }),
  FREEFORM: () => ({
    name: newName(),
    type: "FREEFORM",
    description: "what is to be said?",
    optimization_direction: "NONE",
    threshold: 0.5,
    lower_bound: -1,
    upper_bound: 1,
  }),
};
const everyType = Object.entries(configs);

/** Creates a config of no particular kind and gives its id. */
async function givenConfig(name = newName()): Promise<string> {
  const { status, body, text } = await create({ name, type: "FREEFORM" });
  expect(status, text).toBe(200);
  return body.data.id;
}

const taken = { status: 409, code: "annotation_config_exists" };
const notFound = { status: 404, detail: "Annotation configuration not found" };

describe("createAnnotationConfig", () => {
  test.each(everyType)("200: %s, its fields in Phoenix's order", async (type, make) => {
    const config = make();
    const { status, body } = await create(config);
    expect(status).toBe(200);
    expect(Object.entries(body.data)).toEqual([...Object.entries(config), ["id", expect.any(String)]]);
    expect(typeOf(body.data.id)?.toUpperCase()).toBe(`${type}ANNOTATIONCONFIG`);
    expect((await read(body.data.id)).body).toEqual(body);
  });

  test.each([
    [
      { type: "CATEGORICAL", optimization_direction: "NONE", values: [{ label: "a" }] },
      { values: [{ label: "a", score: null }] },
    ],
    [
      { type: "CONTINUOUS", optimization_direction: "NONE" },
      { lower_bound: null, upper_bound: null },
    ],
    [{ type: "FREEFORM" }, { optimization_direction: null, threshold: null, lower_bound: null, upper_bound: null }],
  ])("200: %j, what is absent is null", async (config, nulls) => {
    const { body } = await create({ name: newName(), ...config });
    expect(body.data).toMatchObject({ description: null, ...nulls });
    expect((await create({ name: newName(), description: null, ...nulls, ...config })).status).toBe(200);
  });

  test("200: fields of another type are ignored, whatever they are", async () => {
    const { body } = await create({ ...configs.CONTINUOUS(), values: [7], threshold: "x", id: "mine", n: 1 });
    expect(Object.keys(body.data)).toEqual([...Object.keys(configs.CONTINUOUS()), "id"]);
  });

  test("200: names and labels are kept as they are", async () => {
    const name = `  ünï\ncode 😀 \u2028 "'\\ ${newName()} `;
    const values = [
      { label: "Yes", score: 1 },
      { label: "yes ", score: 1 },
      { label: '"\\\u2028', score: 1 },
    ];
    const { body } = await create({ ...configs.CATEGORICAL(), name, values });
    expect(body.data).toMatchObject({ name, values });
  });

  test.each(everyType)("409: the name of a %s is taken, whatever the type of the other", async (_, make) => {
    for (const [, makeOther] of everyType) {
      const config = make();
      await create(config);
      expect((await create({ ...makeOther(), name: config.name })).body).toMatchObject({
        ...taken,
        detail: "The name of the annotation configuration is already taken",
      });
      expect((await read(config.name)).body.data).toMatchObject(config);
    }
  });

  test("409: of many at once one is created", async () => {
    const name = newName();
    const answers = await Promise.all(Array.from({ length: 12 }, () => create({ name, type: "FREEFORM" })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(11).fill(409)]);
  });

  const [categorical, continuous, freeform] = [configs.CATEGORICAL(), configs.CONTINUOUS(), configs.FREEFORM()];
  test.each([
    [{}, ["/body/type"]],
    [{ name: "a", optimization_direction: "NONE", values: [] }, ["/body/type"]],
    [{ ...freeform, type: "freeform" }, ["/body/type"]],
    [{ ...freeform, type: 7 }, ["/body/type"]],
    [{ ...freeform, type: "constructor" }, ["/body/type"]],
    [{ ...freeform, name: "" }, ["/body/name"]],
    [{ ...freeform, name: "a".repeat(501) }, ["/body/name"]],
    [{ ...freeform, optimization_direction: "UP" }, ["/body/optimization_direction"]],
    [{ ...freeform, threshold: "0.5" }, ["/body/threshold"]],
    [{ ...freeform, lower_bound: 1, upper_bound: 1 }, ["/body/upper_bound"]],
    [{ type: "CATEGORICAL" }, ["/body/name", "/body/optimization_direction", "/body/values"]],
    [{ ...categorical, optimization_direction: null }, ["/body/optimization_direction"]],
    [{ ...categorical, values: [] }, ["/body/values"]],
    [{ ...categorical, values: [{ score: 1 }, { label: null }] }, ["/body/values/0/label", "/body/values/1/label"]],
    [{ ...categorical, values: [{ label: "a" }, { label: "b" }, { label: "a" }] }, ["/body/values/2/label"]],
    [{ ...categorical, values: [{ label: "a", score: "1" }] }, ["/body/values/0/score"]],
    [{ type: "CONTINUOUS", name: "a" }, ["/body/optimization_direction"]],
    [{ ...continuous, lower_bound: 2, upper_bound: -2 }, ["/body/upper_bound"]],
    [{ ...freeform, description: "long ".repeat(20_000), type: "x", name: 7 }, ["/body/type"]],
  ])("422: %j", async (body, pointers) => {
    const answer = await create(body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers);
  });

  test("422: a number beyond a double", async () => {
    const { status, body } = await create(`{"name":"huge","type":"FREEFORM","threshold":1e400}`);
    expect([status, body.errors[0].pointer]).toEqual([422, "/body/threshold"]);
  });
});

describe("listAnnotationConfigs", () => {
  test("200: of every type, newest first; a cursor names the first of its page, of whichever type", async () => {
    const ids: string[] = [];
    for (const [, make] of [...everyType, ...everyType]) ids.unshift((await create(make())).body.data.id);
    const newest = (await service.get("/v1/annotation_configs")).body.data.slice(0, ids.length);
    expect(newest.map(({ id }: { id: string }) => id)).toEqual(ids);
    for (const [index, config] of newest.slice(1).entries()) {
      const { body } = await service.get(`/v1/annotation_configs?limit=${index + 1}`);
      expect((await read(body.next_cursor)).body.data).toEqual(config);
      expect((await service.get(`/v1/annotation_configs?limit=1&cursor=${config.id}`)).body.data).toEqual([config]);
    }
  });

  test("200: a hundred on a page unless told", async () => {
    await Promise.all(Array.from({ length: 101 }, () => givenConfig()));
    const { body } = await service.get("/v1/annotation_configs");
    expect(body.data).toHaveLength(100);
    expect(body.next_cursor).not.toBeNull();
  });

  test.each(["invalid", idOf("Dataset", 1), idOf("FreeformAnnotationConfig", "x")])(
    "400: the cursor %s",
    async (cursor) => {
      const { status, body } = await service.get(`/v1/annotation_configs?cursor=${cursor}`);
      expect([status, body.detail]).toEqual([400, `Invalid cursor: ${cursor}`]);
    },
  );
});

describe("getAnnotationConfig", () => {
  test.each(["a b", "a/b", "it's 100% (v2)?", "ünï 😀", "RGF0YXNldDox"])(
    "200: by the name %s, and by id",
    async (name) => {
      const id = await givenConfig(name);
      const { status, text } = await read(name);
      expect(status).toBe(200);
      expect((await read(id)).text).toBe(text);
    },
  );

  test("200: by its id under the name of another type", async () => {
    const id = await givenConfig();
    const { body } = await read(idOf("CategoricalAnnotationConfig", rowidOf(id)));
    expect(body.data.id).toBe(id);
  });

  test.each([idOf("FreeformAnnotationConfig", 999_999), idOf("Dataset", 7), "no such name"])("404: %s", async (id) => {
    expect((await read(id)).body).toMatchObject(notFound);
  });

  test("422: no text that a name could be", async () => {
    for (const name of ["\0", "a".repeat(501)]) {
      const { status, body } = await read(name);
      expect([status, body.errors[0].pointer]).toEqual([422, "/path/config_identifier"]);
    }
  });
});

describe("updateAnnotationConfig", () => {
  test.each(everyType.flatMap(([from]) => everyType.map(([to]) => [from, to] as const)))(
    "200: from %s to %s, its name too, under the same row id",
    async (from, to) => {
      const before = (await create(configs[from as keyof typeof configs]())).body.data;
      const config = configs[to as keyof typeof configs]();
      const { status, body } = await update(before.id, config);
      expect(status).toBe(200);
      expect(Object.entries(body.data)).toEqual([...Object.entries(config), ["id", expect.any(String)]]);
      expect([rowidOf(body.data.id), typeOf(body.data.id)?.toUpperCase()]).toEqual([
        rowidOf(before.id),
        `${to}ANNOTATIONCONFIG`,
      ]);
      for (const identifier of [before.id, body.data.id, config.name])
        expect((await read(identifier)).body).toEqual(body);
      expect((await read(before.name)).status).toBe(404);
    },
  );

  test("200: what is absent is null", async () => {
    const { name, id } = (await create(configs.FREEFORM())).body.data;
    const { body } = await update(name, { name, type: "FREEFORM" });
    const nulls = { description: null, optimization_direction: null, threshold: null };
    expect(body.data).toEqual({ name, type: "FREEFORM", ...nulls, lower_bound: null, upper_bound: null, id });
  });

  test("404: there is none", async () => {
    for (const id of [idOf("FreeformAnnotationConfig", 999_999), "no such name"])
      expect((await update(id, configs.FREEFORM())).body).toMatchObject(notFound);
  });

  test("409: the name is another's, and nothing changes", async () => {
    const [one, other] = [configs.CATEGORICAL(), configs.CONTINUOUS()];
    for (const config of [one, other]) await create(config);
    expect((await update(one.name, { ...configs.FREEFORM(), name: other.name })).body).toMatchObject(taken);
    expect((await read(one.name)).body.data).toMatchObject(one);
  });

  test("409: of many that want one name at once, one has it", async () => {
    const name = newName();
    const ids = await Promise.all(Array.from({ length: 12 }, () => givenConfig()));
    const answers = await Promise.all(ids.map((id) => update(id, { name, type: "FREEFORM" })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(11).fill(409)]);
  });

  test("422: as of a new one, and nothing changes", async () => {
    const config = configs.CATEGORICAL();
    await create(config);
    const { status, body } = await update(config.name, { ...config, values: [] });
    expect([status, body.errors[0].pointer]).toEqual([422, "/body/values"]);
    expect((await read(config.name)).body.data).toMatchObject(config);
  });
});

describe("deleteAnnotationConfig", () => {
  test.each(everyType)("200: gives the %s that is gone, by id or by name", async (_, make) => {
    for (const key of ["id", "name"] as const) {
      const { body } = await create(make());
      const deleted = await service.delete(path(body.data[key]));
      expect([deleted.status, deleted.body]).toEqual([200, body]);
      expect((await read(body.data[key])).status).toBe(404);
      expect((await create({ ...make(), name: body.data.name })).status).toBe(200);
    }
  });

  test("404: there is none, or no longer", async () => {
    const id = await givenConfig();
    await service.delete(path(id));
    for (const identifier of [id, idOf("Dataset", 7), "no such name"])
      expect((await service.delete(path(identifier))).body).toMatchObject(notFound);
  });

  test("422: no text that a name could be", async () => {
    expect((await service.delete(path("\0"))).status).toBe(422);
  });
});
