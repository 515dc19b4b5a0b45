/** Uploads of JSON Lines. */
import { describe, expect, test } from "vitest";
import { type Fields, type File, sendFile, uploadFile } from "../src/forms.ts";
import { useService } from "../src/service.ts";
import { contentsOf, examplesOf, newName } from "../src/uploads.ts";

const service = useService();

const type = "application/jsonl";
const keys = { "input_keys[]": "q" };

/** The examples that an upload of lines makes, as they are stored. */
async function stored(content: File["content"], fields: Fields = keys) {
  const { id } = await uploadFile(service, newName(), { type, content }, fields);
  return await contentsOf(service, id);
}

const inputs = async (content: File["content"], fields: Fields = keys) =>
  (await stored(content, fields)).map(({ input }) => input);

/** The refusal of lines, of which nothing may be stored. */
async function refusal(content: File["content"], fields: Fields = keys, status = 422) {
  const name = newName();
  const answer = await sendFile(service, name, { type, content }, fields);
  expect(answer.status, answer.text).toBe(status);
  expect((await service.get(`/v1/datasets?${new URLSearchParams({ name })}`)).body.data).toEqual([]);
  return answer.body;
}

describe("uploadDataset of JSON Lines", () => {
  test("200: each part has the members that its keys name, as far as a line has them", async () => {
    const lines = '{"q":1,"a":"x","t":null}\n{"q":2}\n{"other":3}\n';
    const fields = { "input_keys[]": ["q", "a"], "output_keys[]": "a", "metadata_keys[]": ["t", "nowhere"] };
    expect(await stored(lines, fields)).toEqual([
      { input: '{"q":1,"a":"x"}', output: '{"a":"x"}', metadata: '{"t":null}' },
      { input: '{"q":2}', output: "{}", metadata: "{}" },
      { input: "{}", output: "{}", metadata: "{}" },
    ]);
  });

  const values: [what: string, value: string][] = [
    ["keys in the order of the user", '{"b":1,"a":2,"10":3,"9":4}'],
    ["numbers as they are spelled", "[12345678901234567890,1.0,1e400,-0.0,1E5,0.10e-0]"],
    ["escapes as they are spelled", '"\\u0041\\/\\b\\ud800\\u0000"'],
    ["line separators", '"\u2028\u2029\u0085\u000b"'.replace("\u000b", "\\u000b")],
    ["keys of the language", '{"__proto__":{"polluted":1},"constructor":{}}'],
    ["duplicate keys", '{"a":1,"a":2}'],
    ["text of any script", '"é🙂\ufeff"'],
    ["499 levels, which the part that it stands in makes 500", "[".repeat(499) + "]".repeat(499)],
  ];
  test.each(values)("200: %s", async (_, value) => {
    expect(await inputs(`{"q":${value}}\n`)).toEqual([`{"q":${value}}`]);
  });

  test("200: but for white space between tokens", async () => {
    expect(await inputs(' {\t"q" : [ 1 , " a  b " ] , "x" : 1 } \r\n')).toEqual(['{"q":[1," a  b "]}']);
  });

  test("200: of a key that a line gives twice, the last", async () => {
    expect(await inputs('{"q":1,"x":0,"q":2}')).toEqual(['{"q":2}']);
  });

  test("200: a key is what it says, however it is spelled", async () => {
    expect(await inputs('{"\\u0071":1}')).toEqual(['{"q":1}']);
  });

  test("200: keys of the language name members", async () => {
    const line = '{"__proto__":{"polluted":1},"constructor":2,"q":3}';
    expect(await inputs(line, { "input_keys[]": ["__proto__", "constructor", "toString"] })).toEqual([
      '{"__proto__":{"polluted":1},"constructor":2}',
    ]);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  test.each([
    ["no end to the last line", '{"q":1}\n{"q":2}'],
    ["lines that end in CRLF", '{"q":1}\r\n{"q":2}\r\n'],
    ["blank lines", '\n{"q":1}\n\n \n{"q":2}\n\n'],
    ["a byte order mark", '\ufeff{"q":1}\n{"q":2}\n'],
  ])("200: %s", async (_, lines) => {
    expect(await inputs(lines)).toEqual(['{"q":1}', '{"q":2}']);
  });

  test.each(["", "\n", "\ufeff"])("200: %j is a dataset without examples", async (lines) => {
    expect(await inputs(lines)).toEqual([]);
  });

  test("200: keys with dots are keys: nothing nests", async () => {
    expect(await inputs('{"input.a":"{}"}', { "input_keys[]": "input.a" })).toEqual(['{"input.a":"{}"}']);
  });

  describe("what it refuses, and says in which row", () => {
    test.each([
      ["half a line", '{"q":'],
      ["two objects in a line", '{"q":1}{"q":2}'],
      ["a control character", '{"q":"\u0001"}'],
      ["NaN", '{"q":NaN}'],
      ["a list", "[1]"],
      ["a number", "1"],
      ["text", '"x"'],
      ["null", "null"],
    ])("422: %s", async (_, line) => {
      const { detail, errors } = await refusal(`{"q":1}\n${line}\n{"q":2}\n`);
      expect(detail).toMatch(/^The row is not .*\(row 2\)$/);
      expect(errors).toMatchObject([{ pointer: "/body/file" }]);
    });

    test.each([500, 100_000])("422: a member with %i levels", async (levels) => {
      const { detail, errors } = await refusal(`{"x":1,"q":${"[".repeat(levels)}${"]".repeat(levels)}}\n`);
      expect(detail).toBe("/row/q is nested more than 499 levels deep (row 1)");
      expect(errors).toMatchObject([{ pointer: "/body/file", code: "depth" }]);
    });

    test("400: what is not UTF-8", async () => {
      await refusal(Buffer.from('{"q":"é"}', "latin1"), keys, 400);
    });

    test("413: a line of more than 8 MiB", async () => {
      expect((await refusal(`{"q":1}\n{"q":"${"x".repeat(9_000_000)}"}`, keys, 413)).detail).toBe(
        "A row may have 8388608 bytes at most.",
      );
    });
  });

  describe("flatten_keys[]", () => {
    test("200: members stand in place of their object, nulls too; other keys beside them", async () => {
      const line = '{"id":7,"o":{"b":1.0,"\\u0061":null},"p":{"c":{}}}\n{"id":8}\n';
      const fields = { "input_keys[]": ["o", "id"], "output_keys[]": ["o", "p"], "flatten_keys[]": ["o", "p"] };
      expect(await stored(line, fields)).toEqual([
        { input: '{"b":1.0,"\\u0061":null,"id":7}', output: '{"b":1.0,"\\u0061":null,"c":{}}', metadata: "{}" },
        { input: '{"id":8}', output: "{}", metadata: "{}" },
      ]);
    });

    test("200: an object of 500 levels is content of 500 levels", async () => {
      const object = `{"a":${"[".repeat(499)}${"]".repeat(499)}}`;
      expect(await inputs(`{"q":${object}}`, { ...keys, "flatten_keys[]": "q" })).toEqual([object]);
    });

    test("200: keys of the language are keys", async () => {
      const [input] = await inputs('{"q":{"__proto__":1,"constructor":2}}', { ...keys, "flatten_keys[]": "q" });
      expect(input).toBe('{"__proto__":1,"constructor":2}');
    });

    test.each(["null", "1", '"{}"', "[]"])("422: %s is no object", async (value) => {
      const { detail } = await refusal(`{"q":{}}\n{"q":${value}}`, { ...keys, "flatten_keys[]": "q" });
      expect(detail).toBe("Cannot flatten 'q': expected object (row 2)");
    });

    test("422: members that two of them have, or that is a key too", async () => {
      const line = '{"q":{"a":1},"p":{"a":2},"a":3}';
      const two = await refusal(line, { "input_keys[]": ["q", "p"], "flatten_keys[]": ["q", "p"] });
      expect(two.detail).toBe("Cannot flatten 'p': keys {'a'} already emitted (row 1)");
      const beside = await refusal(line, { "input_keys[]": ["q", "a"], "flatten_keys[]": "q" });
      expect(beside.detail).toBe("Keys {'a'} conflict with flattened children (row 1)");
    });
  });

  describe("splits and ids", () => {
    const [train, hard] = [newName(), newName()];

    test("200: of split_key, a name, a list of names, or the text of one; of null and nothing, none", async () => {
      const splits = [`"${train}"`, `["${train}"," ${hard} ",null,""]`, `"[\\"${hard}\\"]"`, "null", '""'];
      const lines = [...splits.map((split, n) => `{"q":${n},"s":${split}}`), '{"q":5}'];
      const { id } = await uploadFile(
        service,
        newName(),
        { type, content: lines.join("\n") },
        { ...keys, split_key: "s" },
      );
      const membersOf = async (split: string) => (await examplesOf(service, id, { split })).map(({ input }) => input);
      expect(await membersOf(train)).toEqual([{ q: 0 }, { q: 1 }]);
      expect(await membersOf(hard)).toEqual([{ q: 1 }, { q: 2 }]);
    });

    test("200: of split_keys[], the names in each; a number is a name", async () => {
      const lines = `{"q":1,"s":"${train}","t":["${hard}"]}\n{"q":2,"t":${Date.now()}}\n{"q":3,"s":null}`;
      const { id } = await uploadFile(
        service,
        newName(),
        { type, content: lines },
        { ...keys, "split_keys[]": ["s", "t"] },
      );
      for (const split of [train, hard])
        expect(await examplesOf(service, id, { split })).toMatchObject([{ input: { q: 1 } }]);
    });

    test.each(["7", "true", '{"a":1}', "[1]", "[[]]"])("422: of split_key, %s", async (value) => {
      const { detail } = await refusal(`{"q":1,"s":"a"}\n{"q":2,"s":${value}}`, { ...keys, split_key: "s" });
      expect(detail).toMatch(/^Split value must be a string.* or None \(row 2\)$/);
    });

    test("200: of example_id_key, text or a number; empty, nan and null are none", async () => {
      const lines = ['"a"', "5", "1.0", '""', '"NaN"', "null"].map((id, n) => `{"id":${id},"q":${n}}`);
      const { id } = await uploadFile(
        service,
        newName(),
        { type, content: lines.join("\n") },
        { ...keys, example_id_key: "id" },
      );
      const ids = (await examplesOf(service, id)).map((example) =>
        example.id === example.node_id ? null : example.id,
      );
      expect(ids).toEqual(["a", "5", "1.0", null, null, null]);
    });

    test.each(["[]", "{}", '["a"]'])("422: of example_id_key, %s", async (id) => {
      const { detail } = await refusal(`{"id":${id}}`, { example_id_key: "id" });
      expect(detail).toBe("example_ids must contain only strings or None (row 1)");
    });

    test("422: of span_id_key, an object", async () => {
      expect((await refusal('{"s":{}}', { span_id_key: "s" })).detail).toBe("Span ID must be a string or None (row 1)");
    });

    test("422: an id that is given twice", async () => {
      const { detail } = await refusal('{"id":"a"}\n\n{"id":"b"}\n{"id":"a"}\n', { example_id_key: "id" });
      expect(detail).toBe("Duplicate example_id in request: 'a' (row 3)");
    });
  });
});
