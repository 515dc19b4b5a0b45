/** What is true of every field of every JSON body of the contract, and of bodies that nobody would think of. */
import { readContract } from "@assay/server";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linesOf, ndjson } from "../src/batches.ts";
import { givenExperiment } from "../src/given.ts";
import { type Callable, callables, exampleRequest, follow, idOf, replaced, type Schema } from "../src/requests.ts";
import { useService } from "../src/service.ts";

const { document } = await readContract();
const service = useService();
const forms = callables(document).flatMap((operation) =>
  (operation.body?.forms ?? []).map(
    (form) => [`${operation.operationId} ${form.name}`.trim(), operation, form] as const,
  ),
);

/** A field of a body: where it is, and what the contract says of it. */
interface Field {
  path: string[];
  schema: Schema;
}

/** Every field of a body, those in its objects too, and of a line in the first of a list; user content is not looked into. */
function fieldsOf(unresolved: Schema, path: string[] = [], isLine = false): Field[] {
  const schema = follow<Schema>(document, unresolved);
  const inside =
    schema.oneOf?.map((option) => follow<Schema>(document, option)).find((option) => option.properties) ?? schema;
  const below = Object.entries(inside.properties ?? {}).flatMap(([name, property]) =>
    fieldsOf(property, [...path, name], isLine),
  );
  const inList = isLine && schema.items ? fieldsOf(schema.items, [...path, "0"], isLine) : [];
  return path.length === 0 ? below : [{ path, schema }, ...below, ...inList];
}

const typesOf = ({ type }: Schema) => [type ?? []].flat();

const values = [
  ["null", null],
  ["boolean", true],
  ["integer", 7],
  ["number", 1.5],
  ["string", "x"],
  ["array", [[]]],
  ["object", { a: 1 }],
] as const;

/** A value of each type that a schema does not allow. */
function refused(schema: Schema) {
  const allowed = typesOf(schema);
  if (allowed.length === 0) return [];
  return values.filter(([type]) => !allowed.includes(type) && !(type === "integer" && allowed.includes("number")));
}

const send = (operation: Callable, body: unknown) => {
  const [path, init] = exampleRequest(operation);
  return service.fetch(path, { ...init, body: typeof body === "string" ? body : JSON.stringify(body) });
};

describe.each(forms)("%s", (_, operation, { example, schema }) => {
  const fields = fieldsOf(schema);

  const wrongTypes = fields.flatMap(({ path, schema }) =>
    refused(schema).map(([type, value]) => [path.join("."), type, path, value] as const),
  );
  test.each(wrongTypes)("422: %s is never %s", async (_, _type, path, value) => {
    const response = await send(operation, replaced(example, path, value));
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ pointer: `/body/${path.join("/")}` }] });
  });

  const texts = fields.filter(({ schema }) => typesOf(schema).includes("string"));
  const unstorable = texts.flatMap(({ path }) =>
    ["a\\u0000b", "a\\ud83db", "\\udc00"].map((escaped) => [path.join("."), escaped, path] as const),
  );
  test.each(unstorable)("422: %s cannot hold %s", async (_, escaped, path) => {
    const body = JSON.stringify(replaced(example, path, "PLACE")).replace('"PLACE"', `"${escaped}"`);
    const response = await send(operation, body);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ pointer: `/body/${path.join("/")}` }] });
  });

  test("whatever the body, the answer is no 500, and a problem names what is wrong", async () => {
    const names = Object.keys(schema.properties ?? {});
    const id = fc.constantFrom(
      "",
      "x",
      ...["Dataset", "DatasetVersion", "DatasetExample", "DatasetLabel", "ExperimentRun", "Span"].flatMap((type) =>
        [0, 1, -1, 2 ** 53, "1e3"].map((rowid) => idOf(type, rowid)),
      ),
    );
    const value = fc.oneof(
      id,
      fc.jsonValue(),
      fc.double(),
      fc.date().map(String),
      fc.string({ unit: "binary" }),
      fc.array(fc.oneof(id, fc.jsonValue())),
    );
    const body = fc
      .dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), value)
      .map((changes) => JSON.stringify({ ...(example as object), ...changes })); // an example of a body is an object
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        const response = await send(operation, text);
        expect(response.status, text).toBeLessThan(500);
        await response.arrayBuffer();
      }),
      { numRuns: 300 },
    );
  });
});

const ofLines = callables(document).flatMap((operation) => {
  const content = document.paths[operation.template]?.[operation.method.toLowerCase()]?.requestBody?.content;
  const lines: { schema: Schema; example?: unknown } | undefined = content?.["application/x-ndjson"];
  return lines ? [[operation.operationId, operation, lines] as const] : [];
});

describe.each(ofLines)("a line of %s", (_, operation, { schema, example }) => {
  const fields = fieldsOf(schema, [], true);
  const wrong = fields.flatMap(({ path, schema }) => [
    ...refused(schema).map(([, value]) => ({ path, line: JSON.stringify(replaced(example, path, value)) })),
    ...(typesOf(schema).includes("string") ? ["a\\u0000b", "a\\ud83db", "\\udc00"] : []).map((escaped) => ({
      path,
      line: JSON.stringify(replaced(example, path, "PLACE")).replace('"PLACE"', `"${escaped}"`),
    })),
  ]);

  test("422 to it alone: a field of another type, or that cannot be stored", async () => {
    const experiment_id = (await givenExperiment(service)).id;
    const [path] = exampleRequest(operation, { experiment_id });
    const { body } = await service.post(path, linesOf(wrong.map(({ line }) => line)), ndjson);
    expect(wrong.length).toBeGreaterThan(50);
    expect(body.counts).toMatchObject({ created: 0, rejected: wrong.length });
    for (const [index, { path, line }] of wrong.entries()) {
      const pointer = `/body/${index}/${path.join("/")}`;
      expect([line, body.data[index]]).toMatchObject([line, { problem: { status: 422, errors: [{ pointer }] } }]);
    }
  });
});
