/** Downloads that are uploaded again to their dataset: JSONL changes nothing, CSV nothing where it can carry what there is. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCsv } from "../src/read-csv.ts";
import { useService } from "../src/service.ts";
import { newName } from "../src/uploads.ts";

const service = useService();

/** Lists of an upload, as JSON text. */
interface Lists {
  inputs: string;
  outputs: string;
  metadata: string;
  /** Lists of names. */
  splits: string;
  example_ids: string;
}

const textOf = (values: unknown[]) => JSON.stringify(values);

const send = (name: string, action: string, lists: Partial<Lists>) => {
  const json = Object.entries(lists).map(([field, list]) => `,"${field}":${list}`);
  return service.post("/v1/datasets/upload?sync=true", `{"name":"${name}","action":"${action}"${json.join("")}}`);
};

/** Uploads examples, downloads them, and uploads again what is in the file. Gives what the second upload did, and what is there then. */
async function roundTrip(lists: Partial<Lists>, format: "csv" | "jsonl") {
  const name = newName();
  const first = await send(name, "create", lists);
  expect(first.status, first.text).toBe(200);
  const { dataset_id, version_id } = first.body.data;
  const download = await service.get(`/v1/datasets/${dataset_id}/${format}`);
  expect(download.status, download.text).toBe(200);
  const again = await send(name, "update", format === "csv" ? listsOfCsv(download.text) : listsOfJsonl(download.text));
  expect(again.status, `${again.text} ${download.text}`).toBe(200);
  const after = await service.get(`/v1/datasets/${dataset_id}/examples`);
  return { version_id, data: again.body.data, after: after.body.data.examples, text: download.text };
}

async function expectUnchanged(...given: Parameters<typeof roundTrip>): Promise<void> {
  const { version_id, data, text } = await roundTrip(...given);
  const { num_created_examples, num_updated_examples, num_deleted_examples } = data;
  expect([num_created_examples, num_updated_examples, num_deleted_examples], text).toEqual([0, 0, 0]);
  expect(data.version_id).toBe(version_id);
}

function listsOfJsonl(file: string): Lists {
  const lines = file.split("\n").slice(0, -1).map(parseExactly);
  const list = (field: string) => stringifyExactly(lines.map((line) => line[field]));
  return {
    inputs: list("input"),
    outputs: list("output"),
    metadata: list("metadata"),
    splits: list("splits"),
    example_ids: list("node_id"),
  };
}

/** What a dotted CSV says: blank cells are nothing, columns that begin with a part are paths in it, lists and objects are what they say. */
function listsOfCsv(file: string): Partial<Lists> {
  const [header = [], ...rows] = readCsv(file);
  const list = (part: string) => {
    const texts = rows.map((cells) => {
      const object = new Map();
      for (const [place, column] of header.entries()) {
        const cell = cells[place] ?? "";
        const [first, ...keys] = column.split(".");
        if (first === part && cell.trim() !== "") put(object, keys, jsonIn(cell) ?? cell);
      }
      return stringifyExactly(object);
    });
    return `[${texts.join()}]`;
  };
  const column = (name: string) => rows.map((cells) => cells[header.indexOf(name)] ?? "");
  return {
    inputs: list("input"),
    outputs: list("output"),
    metadata: list("metadata"),
    ...(header.includes("splits") && { splits: `[${column("splits").join()}]` }),
    example_ids: textOf(column("node_id")),
  };
}

type Node = Map<string, unknown>;

function put(object: Node, [key = "", ...keys]: string[], value: unknown): void {
  const inside = object.get(key);
  const next: Node = inside instanceof Map ? inside : new Map();
  object.set(key, keys.length === 0 ? value : next);
  if (keys.length > 0) put(next, keys, value);
}

function jsonIn(cell: string): unknown {
  try {
    return /^\s*[[{]/.test(cell) ? parseExactly(cell) : undefined;
  } catch {
    return undefined;
  }
}

const mark = "the number ";
const parseExactly = (json: string) =>
  JSON.parse(json, (_key, value, { source }: { source?: string } = {}) =>
    typeof value === "number" ? `${mark}${source}` : value,
  );

/** JSON with the numbers that `parseExactly` has marked, of objects and maps. */
function stringifyExactly(value: unknown): string {
  const json = JSON.stringify(value, (_key, inside) => (inside instanceof Map ? Object.fromEntries(inside) : inside));
  return json.replaceAll(new RegExp(`"${mark}([^"]*)"`, "g"), "$1");
}

async function expectUnchangedForAll(object: fc.Arbitrary<unknown>, format: "csv" | "jsonl"): Promise<void> {
  const examples = fc.array(fc.record({ input: object, output: object, metadata: object }), {
    minLength: 1,
    maxLength: 4,
  });
  const property = fc.asyncProperty(examples, async (examples) => {
    const list = (part: "input" | "output" | "metadata") => textOf(examples.map((example) => example[part]));
    await expectUnchanged({ inputs: list("input"), outputs: list("output"), metadata: list("metadata") }, format);
  });
  await fc.assert(property, { numRuns: 20 });
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const split = newName();

describe("getDatasetJSONL, uploaded again", () => {
  test.each([
    ["with ids of the user's and without", { example_ids: '["a",null,"","nan","b c"]' }],
    ["in splits", { splits: textOf([[split], [split, `${split}, "2"`], [], null, ["1.0"]]) }],
    ["the same content twice", { inputs: '[{"a":1},{"a":1},{"a":1},{"a":2},{}]' }],
    [
      "numbers, null and what is blank",
      { inputs: '[{"a":1.0,"b":null,"c":true,"d":""},{},{"a":1e400},{"":" "},{"a.b":-0.0}]' },
    ],
    ["beyond a double", { outputs: '[{"a":12345678901234567890},{"a":0.10000000000000000001},{},{},{}]' }],
    ["without UTF-8", { metadata: '[{"a":"\\ud800"},{"\\udfff":"\\u0000"},{},{},{}]' }],
    ["of lines and line separators", { metadata: '[{"a":"\\r\\n\\u2028\u2028"},{},{},{},{}]' }],
    ["of the names of the parts", { inputs: '[{"input":{"output":1},"id":2,"node_id":3,"splits":4},{},{},{},{}]' }],
    ["given twice", { inputs: '[{"a":1,"a":2},{"__proto__":{"a":1}},{},{},{}]' }],
  ])("200: nothing changes: %s", async (_, lists) => {
    await expectUnchanged({ inputs: textOf(range(5).map((n) => ({ n }))), ...lists }, "jsonl");
  });

  test("200: nothing changes, whatever it is", async () => {
    const object = fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue({ stringUnit: "binary" }), { maxKeys: 5 });
    await expectUnchangedForAll(object, "jsonl");
  });
});

describe("getDatasetCsv, uploaded again", () => {
  test.each([
    ["with ids of the user's and without", { example_ids: '["a",null,"","nan","b c"]' }],
    ["in splits", { splits: textOf([[split], [split, `${split}, "2"`], [], null, ["1.0"]]) }],
    ["the same content twice", { inputs: '[{"a":"1"},{"a":"1"},{"a":"1"},{"a":"2"},{}]' }],
    [
      "lists and empty objects",
      { inputs: '[{"a":[1.0,null,{"b":1e400}]},{"a":[]},{"a":{}},{"a":{"b":{}}},{"a":{"b":"x"}}]' },
    ],
    [
      "texts of any characters",
      { inputs: '[{"a":"1,\\"2\\"\\r\\n3"},{"a":"x\\r"},{"a":" x "},{"a":"\\u0000\\ufeff"},{"a":"null"}]' },
    ],
    ["what a spreadsheet takes for formulas", { inputs: '[{"a":"=1"},{"a":"-1"},{"a":"@x"},{"a":"\'"},{"a":"+"}]' }],
    [
      "keys of any characters",
      { inputs: '[{"":"x"},{"a,\\"b\\"":"x"},{" a ":"x"},{"__proto__":{"b":"x"}},{"10":"x","9":"x"}]' },
    ],
    ["in all parts", { outputs: '[{"a":"x"},{"a":{"b":"x"}},{},{},{}]', metadata: '[{"a":"y"},{},{},{},{}]' }],
    ["deep", { inputs: `[${'{"a":'.repeat(150)}"x"${"}".repeat(150)},{},{},{},{}]` }],
  ])("200: nothing changes: %s", async (_, lists) => {
    await expectUnchanged({ inputs: textOf(range(5).map((n) => ({ n: `${n}` }))), ...lists }, "csv");
  });

  test("200: nothing changes, where every leaf is a string that is not blank, a list or an object, and no key has a dot", async () => {
    // A form cannot name a key that has NUL, and `FormData` changes line breaks.
    const key = fc.string({ unit: "binary" }).filter((key) => !/[.\0\r\n]/.test(key));
    const text = fc.string({ unit: "binary" }).filter((text) => text.trim() !== "" && !/^\s*[[{]/.test(text));
    const leaf = fc.oneof(text, fc.array(fc.jsonValue({ stringUnit: "binary" })), fc.constant({}));
    const { object } = fc.letrec((tie) => ({
      object: fc.dictionary(key, fc.oneof({ maxDepth: 3 }, leaf, tie("object")), { maxKeys: 5 }),
    }));
    await expectUnchangedForAll(object, "csv");
  });

  test.each([
    ["a number is a string", '{"a":1.0,"b":-1e400}', { a: "1.0", b: "-1e400" }],
    ["so is true or false", '{"a":true,"b":false}', { a: "true", b: "false" }],
    ["null is left out", '{"a":null,"b":"x"}', { b: "x" }],
    ["so is what is blank", '{"a":"","b":" \\n","c":"x"}', { c: "x" }],
    ["the JSON of a list or an object is that", '{"a":"[1]","b":"{\\"c\\":2}"}', { a: [1], b: { c: 2 } }],
    ["a key with a dot is two", '{"a.b":"x"}', { a: { b: "x" } }],
    ["what has no UTF-8 is its JSON", '{"a":"\\ud800"}', { a: '"\\ud800"' }],
  ])("200: what CSV cannot carry: %s", async (_, input, expected) => {
    const { data, after } = await roundTrip({ inputs: `[${input}]` }, "csv");
    expect(data.num_updated_examples).toBe(1);
    expect(after).toMatchObject([{ input: expected }]);
    expect(Object.keys(after[0].input)).toEqual(Object.keys(expected));
  });
});
