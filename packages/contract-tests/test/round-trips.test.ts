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

/** Uploads examples, downloads them, and uploads the file again. Gives what the second upload did, and what is there then. */
async function roundTrip(lists: Partial<Lists>, format: "csv" | "jsonl") {
  const name = newName();
  const json = Object.entries(lists).map(([field, list]) => `,"${field}":${list}`);
  const first = await service.post("/v1/datasets/upload?sync=true", `{"name":"${name}"${json.join("")}}`);
  expect(first.status, first.text).toBe(200);
  const { dataset_id, version_id } = first.body.data;
  const download = await service.get(`/v1/datasets/${dataset_id}/${format}`);
  expect(download.status, download.text).toBe(200);
  const body = format === "csv" ? formOfCsv(name, download.text) : formOfJsonl(name, download.text);
  const again = await service.fetch("/v1/datasets/upload?sync=true", { method: "POST", body });
  const answer = await again.text();
  expect(again.status, `${answer} ${download.text}`).toBe(200);
  const after = await service.get(`/v1/datasets/${dataset_id}/examples`);
  return { version_id, data: JSON.parse(answer).data, after: after.body.data.examples, text: download.text };
}

const parts = ["input", "output", "metadata"];

function formOfJsonl(name: string, file: string): FormData {
  const form = formOf(name, ["splits"]);
  for (const part of parts) {
    form.append(`${part}_keys[]`, part);
    form.append("flatten_keys[]", part);
  }
  form.set("file", new Blob([file], { type: "application/jsonl" }), "examples.jsonl");
  return form;
}

function formOfCsv(name: string, file: string): FormData {
  const [header = []] = readCsv(file);
  const form = formOf(name, header);
  for (const part of parts)
    for (const column of header) if (column.startsWith(`${part}.`)) form.append(`${part}_keys[]`, column);
  form.set("file", new Blob([file], { type: "text/csv" }), "examples.csv");
  return form;
}

function formOf(name: string, columns: string[]): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries({ name, action: "update", example_id_key: "node_id" }))
    form.set(field, value);
  if (columns.includes("splits")) form.set("split_key", "splits");
  return form;
}

async function expectUnchanged(...given: Parameters<typeof roundTrip>): Promise<void> {
  const { version_id, data, text } = await roundTrip(...given);
  const { num_created_examples, num_updated_examples, num_deleted_examples } = data;
  expect([num_created_examples, num_updated_examples, num_deleted_examples], text).toEqual([0, 0, 0]);
  expect(data.version_id).toBe(version_id);
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
