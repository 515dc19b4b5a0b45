/** Uploads of a CSV. */
import { describe, expect, test } from "vitest";
import { type Fields, type File, sendFile, uploadFile } from "../src/forms.ts";
import { useService } from "../src/service.ts";
import { contentsOf, examplesOf, newName } from "../src/uploads.ts";

const service = useService();

const keys = { "input_keys[]": "q", "output_keys[]": "a" };

/** The examples that an upload of a CSV makes, as they are stored. */
async function stored(content: File["content"], fields: Fields = keys) {
  const { id } = await uploadFile(service, newName(), { content }, fields);
  return await contentsOf(service, id);
}

/** The refusal of a CSV, of which nothing may be stored. */
async function refusal(content: File["content"], fields: Fields = keys, status = 422) {
  const name = newName();
  const answer = await sendFile(service, name, { content }, fields);
  expect(answer.status, answer.text).toBe(status);
  expect((await service.get(`/v1/datasets?${new URLSearchParams({ name })}`)).body.data).toEqual([]);
  return answer.body;
}

describe("uploadDataset of a CSV", () => {
  test("200: a column is in each part that names it, in the order of the form", async () => {
    const fields = { "input_keys[]": ["b", "a", "b"], "output_keys[]": "a", "metadata_keys[]": ["c", " "] };
    expect(await stored("a,b,c,d\n1,2,3,4\n5,6,7,8\n", fields)).toEqual([
      { input: '{"b":"2","a":"1"}', output: '{"a":"1"}', metadata: '{"c":"3"}' },
      { input: '{"b":"6","a":"5"}', output: '{"a":"5"}', metadata: '{"c":"7"}' },
    ]);
  });

  test("200: without keys each part is empty", async () => {
    expect(await stored("a,b\n1,2\n", {})).toEqual([{ input: "{}", output: "{}", metadata: "{}" }]);
  });

  test("200: a header alone is a dataset without examples", async () => {
    expect(await stored("q,a\n")).toEqual([]);
    expect(await stored("q,a")).toEqual([]);
  });

  const inputs: [what: string, csv: string, inputs: object[]][] = [
    ["commas, quotes and line breaks in quotes", 'q,a\n"x, ""y""\r\nz\n",1\n', [{ q: 'x, "y"\r\nz\n' }]],
    ["quotes in the middle of a cell", 'q,a\nx"y"z,1\n', [{ q: 'x"y"z' }]],
    ["lines that end in CRLF", "q,a\r\n1,2\r\n3,4\r\n", [{ q: "1" }, { q: "3" }]],
    ["lines that end in CR", "q,a\r1,2\r3,4", [{ q: "1" }, { q: "3" }]],
    ["lines that end in one and the other", "q,a\n1,2\r\n3,4\n", [{ q: "1" }, { q: "3" }]],
    ["blank lines", "q,a\n\n1,2\n\n\n3,4\n\n", [{ q: "1" }, { q: "3" }]],
    ["no end to the last line", "q,a\n1,2", [{ q: "1" }]],
    ["blank cells, which are left out", 'q,a\n,2\n"  ",2\n\t,2\n', [{}, {}, {}]],
    ["space around a cell", "q,a\n  1 ,2\n", [{ q: "  1 " }]],
    ["cells too few", "a,q\n2\n2,1\n", [{}, { q: "1" }]],
    ["cells too many", "q,a\n1,2,3,4\n", [{ q: "1" }]],
    [
      "numbers, which are strings",
      "q,a\n1.0,2\n12345678901234567890,2\n",
      [{ q: "1.0" }, { q: "12345678901234567890" }],
    ],
    ["what looks like JSON, which is a string", 'q,a\n"{""a"": 1}",2\n', [{ q: '{"a": 1}' }]],
    ["line separators that are none", "q,a\nx\u2028y\u0085z\u000b,2\n", [{ q: "x\u2028y\u0085z\u000b" }]],
    ["text beyond ASCII", "q,a\né 🙂,2\n", [{ q: "é 🙂" }]],
    ["a byte order mark, which is no part of the header", "\ufeffq,a\n1,2\n", [{ q: "1" }]],
    ["NUL", "q,a\nx\0y,2\n", [{ q: "x\0y" }]],
  ];
  test.each(inputs)("200: %s", async (_, csv, expected) => {
    const contents = await stored(csv);
    expect(contents.map(({ input }) => JSON.parse(input ?? ""))).toEqual(expected);
  });

  test("200: keys of the language are keys", async () => {
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
    const [content] = await stored(`${names.join()}\n1,2,3,4\n`, { "input_keys[]": names });
    expect(content?.input).toBe('{"__proto__":"1","constructor":"2","toString":"3","hasOwnProperty":"4"}');
  });

  describe("the header", () => {
    const frozen = (noun: string, name: string) => `${noun} keys not found in column headers: frozenset({'${name}'})`;
    const refusals: [detail: string, pointer: string, csv: string, fields: Fields][] = [
      ["Missing CSV column header", "/body/file", "", {}],
      ["Missing CSV column header", "/body/file", "\ufeff", {}],
      ["not enough values to unpack (expected at least 1, got 0)", "/body/file", "\nq,a\n1,2\n", keys],
      ["Duplicated column header in CSV file: q", "/body/file", "q,a,q\n1,2,3\n", keys],
      [frozen("input", "nope"), "/body/input_keys[]", "q,a\n", { "input_keys[]": ["q", "nope"] }],
      [frozen("output", "nope"), "/body/output_keys[]", "q,a\n", { "output_keys[]": "nope" }],
      [frozen("metadata", "nope"), "/body/metadata_keys[]", "q,a\n", { "metadata_keys[]": "nope" }],
      [frozen("split", "nope"), "/body/split_keys[]", "q,a\n", { "split_keys[]": "nope" }],
      ["span_id_key 'x' not found in column headers", "/body/span_id_key", "q,a\n", { span_id_key: "x" }],
      ["example_id_key 'x' not found in column headers", "/body/example_id_key", "q,a\n", { example_id_key: "x" }],
      ["split_key 'x' not found in column headers", "/body/split_key", "q,a\n", { split_key: "x" }],
    ];
    test.each(refusals)("422: %s (%s)", async (detail, pointer, csv, fields) => {
      const body = await refusal(csv, fields);
      expect(body.detail).toContain(detail);
      expect(body.errors).toMatchObject([{ pointer }]);
    });

    test("422: more than 10,000 columns", async () => {
      const header = Array.from({ length: 10_001 }, (_, n) => `c${n}`).join();
      expect((await refusal(`${header}\n`, {})).errors).toMatchObject([{ pointer: "/body/file", code: "columns" }]);
    });
  });

  describe("what it refuses, and says in which row", () => {
    test.each([1, 2, 5000])("422: a quote in row %i that is not closed", async (row) => {
      const { detail, errors } = await refusal(`q,a\n${"1,2\n".repeat(row - 1)}"3,4\n5,6\n`);
      expect(detail).toBe(`A quote is not closed (row ${row})`);
      expect(errors).toMatchObject([{ pointer: "/body/file" }]);
    });

    test("422: a quote in the header that is not closed", async () => {
      expect((await refusal('"q,a\n1,2\n')).detail).toBe("A quote is not closed");
    });

    test("400: what is not UTF-8", async () => {
      const latin1 = Buffer.from("q,a\n1,2\né,4\n", "latin1");
      expect((await refusal(latin1, keys, 400)).detail).toContain("it is not valid UTF-8");
    });

    test("400: UTF-8 that is cut off", async () => {
      await refusal(Buffer.from("q,a\n1,🙂").subarray(0, -1), keys, 400);
    });

    test.each([
      ["in one cell", `q,a\n${"x".repeat(9_000_000)},2\n`],
      ["in quotes that do not end", `q,a\n"${"x\n".repeat(4_500_000)}`],
      ["in cells beyond the header", `q,a\n1,2${",".repeat(9_000_000)}\n`],
    ])("413: a row of more than 8 MiB %s", async (_, csv) => {
      expect((await refusal(csv, keys, 413)).detail).toBe("A row may have 8388608 bytes at most.");
    });
  });

  describe("paths", () => {
    const dotted = (csv: string, columns: string[], part = "input") => stored(csv, { [`${part}_keys[]`]: columns });

    test("200: nest in the part whose name they begin with; other keys stay as they are", async () => {
      const header = "input.a.b,input.a.c,input.d,output.x,plain.y";
      const fields = {
        "input_keys[]": ["input.a.b", "input.d", "input.a.c", "plain.y", "output.x"],
        "output_keys[]": ["output.x"],
      };
      expect(await stored(`${header}\n1,2,3,4,5\n`, fields)).toEqual([
        { input: '{"a":{"b":"1","c":"2"},"d":"3","plain.y":"5","output.x":"4"}', output: '{"x":"4"}', metadata: "{}" },
      ]);
    });

    test("200: blank cells are left out, and objects that have no other", async () => {
      const csv = "input.a.b,input.a.c,input.d\n,,3\n1, ,\n,,\n";
      const contents = await dotted(csv, ["input.a.b", "input.a.c", "input.d"]);
      expect(contents.map(({ input }) => input)).toEqual(['{"d":"3"}', '{"a":{"b":"1"}}', "{}"]);
    });

    const cells: [what: string, cell: string, value: string][] = [
      ["a list", '["x", 1]', '["x",1]'],
      ["an object", '{ "b" : 1 , "a" : { } }', '{"b":1,"a":{}}'],
      ["numbers as they are spelled", "[1.0, 12345678901234567890, 1e400, -0]", "[1.0,12345678901234567890,1e400,-0]"],
      ["text as it is spelled", '["\\u0041\\/", "a  b"]', '["\\u0041\\/","a  b"]'],
      ["keys of the language", '{"__proto__": {"x": 1}}', '{"__proto__":{"x":1}}'],
      ["a number, which stays a string", "1", '"1"'],
      ["a literal, which stays a string", "true", '"true"'],
      ["a JSON string, which stays a string", '"x"', '"\\"x\\""'],
      ["what only begins like JSON", "[see below]", '"[see below]"'],
      ["more than JSON", "{} {}", '"{} {}"'],
      ["NaN", "[NaN]", '"[NaN]"'],
    ];
    test.each(cells)("200: a cell that has %s", async (_, cell, value) => {
      const csv = `input.a,other\n"${cell.replaceAll('"', '""')}","${cell.replaceAll('"', '""')}"\n`;
      const [content] = await dotted(csv, ["input.a", "other"]);
      expect(content?.input).toBe(`{"a":${value},"other":${value}}`);
    });

    test("200: keys of the language are keys", async () => {
      const columns = ["input.__proto__.polluted", "input.constructor.prototype.polluted", "input.toString"];
      const [content] = await dotted(`${columns.join()}\n1,2,3\n`, columns);
      expect(content?.input).toBe(
        '{"__proto__":{"polluted":"1"},"constructor":{"prototype":{"polluted":"2"}},"toString":"3"}',
      );
      expect(Reflect.get({}, "polluted")).toBeUndefined();
    });

    test("200: empty keys are keys", async () => {
      const [content] = await dotted("input.,input.a..b\n1,2\n", ["input.", "input.a..b"]);
      expect(content?.input).toBe('{"":"1","a":{"":{"b":"2"}}}');
    });

    test("422: a value and what is below it, in one row", async () => {
      const csv = "input.a,input.a.b\n1,\n,2\n";
      const contents = await dotted(csv, ["input.a", "input.a.b"]);
      expect(contents.map(({ input }) => input)).toEqual(['{"a":"1"}', '{"a":{"b":"2"}}']);
      const { detail } = await refusal(`${csv}1,2\n`, { "input_keys[]": ["input.a", "input.a.b"] });
      expect(detail).toContain("'input.a'");
      expect(detail).toContain("(row 3)");
    });

    test("422: two columns that come to stand in one place", async () => {
      const { detail } = await refusal("a,input.a\n1,2\n", { "input_keys[]": ["a", "input.a"] });
      expect(detail).toContain("(row 1)");
    });

    const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

    test("200: of 500 keys and a cell of 499 levels are content of 500 levels", async () => {
      const columns = [`input.${"a.".repeat(499)}a`, "input.b"];
      const [content] = await dotted(`${columns.join()}\n1,${deep(499)}\n`, columns);
      expect(content?.input).toBe(`${'{"a":'.repeat(500)}"1"${"}".repeat(499)},"b":${deep(499)}}`);
    });

    test("422: more than 500 keys", async () => {
      const column = `input.${"a.".repeat(500)}a`;
      const { errors } = await refusal(`${column}\n1\n`, { "input_keys[]": column });
      expect(errors).toMatchObject([{ pointer: "/body/input_keys[]", code: "depth" }]);
    });

    test("422: a cell that makes it more than 500 levels", async () => {
      const { detail, errors } = await refusal(`input.a.b\n1\n${deep(499)}\n`, { "input_keys[]": "input.a.b" });
      expect(detail).toContain("(row 2)");
      expect(errors).toMatchObject([{ pointer: "/body/file", code: "depth" }]);
    });
  });

  describe("flatten_keys[]", () => {
    const objects = 'id,o,p\n1,"{""a"": 1.0, ""b"": null}","{""c"": [1, 2]}"\n';

    test("200: the members of an object stand in its place, as they are written", async () => {
      const fields = { "input_keys[]": ["id", "o"], "output_keys[]": ["o", "p"], "flatten_keys[]": ["o", "p"] };
      expect(await stored(objects, fields)).toEqual([
        { input: '{"a":1.0,"b":null,"id":"1"}', output: '{"a":1.0,"b":null,"c":[1,2]}', metadata: "{}" },
      ]);
    });

    test("200: some of them, while others stay text", async () => {
      const fields = { "input_keys[]": ["o", "p"], "flatten_keys[]": "o" };
      expect((await stored(objects, fields))[0]?.input).toBe('{"a":1.0,"b":null,"p":"{\\"c\\": [1, 2]}"}');
    });

    test("200: an empty list of them changes nothing", async () => {
      const [content] = await stored(objects, { "input_keys[]": "id", "flatten_keys[]": " " });
      expect(content?.input).toBe('{"id":"1"}');
    });

    test("200: paths are none beside them", async () => {
      const fields = { "input_keys[]": ["input.a", "o"], "flatten_keys[]": "o" };
      const [content] = await stored('input.a,o\n1,"{}"\n', fields);
      expect(content?.input).toBe('{"input.a":"1"}');
    });

    test("200: a column that no part has is not in any; one that the file lacks is none", async () => {
      const [content] = await stored(objects, { "input_keys[]": "id", "flatten_keys[]": ["o", "nowhere"] });
      expect(content).toEqual({ input: '{"id":"1"}', output: "{}", metadata: "{}" });
    });

    test("200: a row that is too short for it lacks it", async () => {
      const [content] = await stored("id,o\n1\n", { "input_keys[]": ["id", "o"], "flatten_keys[]": "o" });
      expect(content?.input).toBe('{"id":"1"}');
    });

    const notObjects = ["x", "1", "[1]", '"""x"""', "{", "", " ", "null"];
    test.each(notObjects)("422: %j is no object", async (cell) => {
      for (const part of [{ "input_keys[]": "o" }, { "input_keys[]": "id" }]) {
        const { detail } = await refusal(`id,o\n1,{}\n2,${cell}\n`, { ...part, "flatten_keys[]": "o" });
        expect(detail).toBe("Cannot flatten 'o': expected object values (row 2)");
      }
    });

    test("422: members that two of them have", async () => {
      const csv = 'o,p\n"{""text"": 1}","{""text"": 2}"\n';
      const { detail } = await refusal(csv, { "input_keys[]": ["o", "p"], "flatten_keys[]": ["o", "p"] });
      expect(detail).toBe("Cannot flatten 'p': keys {'text'} already emitted (row 1)");
    });

    test("422: a member that is a column too", async () => {
      const csv = 'a,o\n1,"{""a"": 1}"\n';
      const { detail } = await refusal(csv, { "input_keys[]": ["a", "o"], "flatten_keys[]": "o" });
      expect(detail).toBe("Keys {'a'} conflict with flattened children (row 1)");
    });

    test("200: a column that is blank is none", async () => {
      const [content] = await stored('a,o\n,"{""a"": 1}"\n', { "input_keys[]": ["a", "o"], "flatten_keys[]": "o" });
      expect(content?.input).toBe('{"a":1}');
    });
  });

  describe("splits", () => {
    const [train, hard] = [newName(), newName()];
    const membersOf = async (id: string, split: string) =>
      (await examplesOf(service, id, { split })).map(({ input }) => (input as { q: string }).q);

    test("200: of split_key, a name or a JSON list of names, trimmed, blank ones dropped", async () => {
      const csv = `q,s\n1,${train}\n2," ${hard} "\n3,"[""${train}"", "" ${hard}"", """", null]"\n4,\n5,[]\n`;
      const { id } = await uploadFile(
        service,
        newName(),
        { content: csv },
        { ...{ "input_keys[]": "q" }, split_key: "s" },
      );
      expect(await membersOf(id, train)).toEqual(["1", "3"]);
      expect(await membersOf(id, hard)).toEqual(["2", "3"]);
    });

    test("200: of split_key, what only looks like a list is a name", async () => {
      const name = `[${newName()}`;
      const { id } = await uploadFile(
        service,
        newName(),
        { content: `q,s\n1,${name}\n` },
        { "input_keys[]": "q", split_key: "s" },
      );
      expect(await membersOf(id, name)).toEqual(["1"]);
    });

    test("200: of split_keys[], the name in each", async () => {
      const csv = `q,s,t\n1,${train},${hard}\n2, ,${hard}\n3,,\n`;
      const fields = { "input_keys[]": "q", "split_keys[]": ["s", "t"] };
      const { id } = await uploadFile(service, newName(), { content: csv }, fields);
      expect(await membersOf(id, train)).toEqual(["1"]);
      expect(await membersOf(id, hard)).toEqual(["1", "2"]);
    });

    test("422: of both", async () => {
      const { detail } = await refusal("q,s\n1,2\n", { split_key: "s", "split_keys[]": "s" });
      expect(detail).toBe(
        "Cannot specify both 'split_keys[]' and 'split_key'. Use 'split_key' for a single column with JSON-encoded split lists.",
      );
    });

    test.each([
      ['"[1]"', "Split value must be a string or None (row 2)"],
      ['"[[""a""]]"', "Split value must be a string or None (row 2)"],
      [`"[""a\\u0000""]"`, 'splits must match format "text" (row 2)'],
      [`${"x".repeat(501)}`, "splits must NOT have more than 500 characters (row 2)"],
    ])("422: %s is none", async (cell, detail) => {
      const { detail: given, errors } = await refusal(`q,s\n1,a\n2,${cell}\n`, { split_key: "s" });
      expect(given).toContain(detail);
      expect(errors).toMatchObject([{ pointer: "/body/file" }]);
    });

    test.each(["append", "update"])("200: %s without a column of them leaves them alone", async (action) => {
      const name = newName();
      const { id } = await uploadFile(
        service,
        name,
        { content: `q,s\n1,${train}\n` },
        { "input_keys[]": "q", split_key: "s" },
      );
      const again = await uploadFile(service, name, { content: "q\n1\n" }, { action, "input_keys[]": "q" });
      expect(again.counts).toEqual([0, 0, 0]);
      expect(await membersOf(id, train)).toEqual(["1"]);
    });

    test("200: append with a column of them replaces those of its examples, update those of the dataset", async () => {
      const name = newName();
      const send = (content: string, action: string) =>
        uploadFile(service, name, { content }, { action, "input_keys[]": "q", split_key: "s" });
      const { id } = await send(`q,s\n1,${train}\n2,${train}\n`, "create");
      expect((await send(`q,s\n1,${hard}\n`, "append")).counts).toEqual([0, 1, 0]);
      expect([await membersOf(id, train), await membersOf(id, hard)]).toEqual([["2"], ["1"]]);
      expect((await send(`q,s\n1,\n2,${train}\n`, "update")).counts).toEqual([0, 1, 0]);
      expect([await membersOf(id, train), await membersOf(id, hard)]).toEqual([["2"], []]);
    });
  });

  describe("ids", () => {
    const send = (name: string, content: string) =>
      uploadFile(service, name, { content }, { "input_keys[]": "q", example_id_key: "id" });

    test("200: of example_id_key match examples, which are patched, kept, deleted and come back", async () => {
      const name = newName();
      const { id } = await send(name, "id,q\na,1\nb,2\nc,3\n");
      expect((await send(name, "id,q\na,1\nb,9\nd,4\n")).counts).toEqual([1, 1, 1]);
      expect((await examplesOf(service, id)).map(({ id, input }) => [id, input])).toEqual([
        ["a", { q: "1" }],
        ["b", { q: "9" }],
        ["d", { q: "4" }],
      ]);
      expect((await send(name, "id,q\na,1\nb,9\nc,3\nd,4\n")).counts).toEqual([1, 0, 0]);
    });

    test("200: that are empty or nan are none; others stay as they are", async () => {
      const { id } = await send(newName(), 'id,q\n,1\nnan,2\nNaN,3\n" x ",4\n');
      const ids = (await examplesOf(service, id)).map((example) => [example.id === example.node_id, example.id]);
      expect(ids.map(([isNode]) => isNode)).toEqual([true, true, true, false]);
      expect(ids[3]?.[1]).toBe(" x ");
    });

    test("200: that are node ids name their examples, and are not stored", async () => {
      const name = newName();
      const { id } = await send(name, "id,q\n,1\n,2\n");
      const [first] = await examplesOf(service, id);
      expect((await send(name, `id,q\n${first?.node_id},9\n`)).counts).toEqual([0, 1, 1]);
      expect(await examplesOf(service, id)).toMatchObject([{ id: first?.node_id, input: { q: "9" } }]);
    });

    test("422: given twice", async () => {
      const body = await refusal("id,q\na,1\nb,2\nc,3\na,4\n", { "input_keys[]": "q", example_id_key: "id" });
      expect(body.detail).toBe("Duplicate example_id in request: 'a' (row 4)");
      expect(body.errors).toMatchObject([{ pointer: "/body/file", code: "unique" }]);
    });

    test("422: that are node ids of no example are all listed", async () => {
      const ids = ["RGF0YXNldEV4YW1wbGU6OTk5OTk5", "RGF0YXNldEV4YW1wbGU6OTk5OTk4"];
      const body = await refusal(`id,q\n${ids[0]},1\n${ids[1]},2\n`, { example_id_key: "id" });
      expect(body.detail).toBe(`No examples found in this dataset with the following IDs: '${ids[0]}', '${ids[1]}'`);
      expect(body.errors).toMatchObject([{ pointer: "/body/file" }]);
    });

    test.each([`"a\0b"`, "x".repeat(501)])("422: that no column can hold", async (id) => {
      expect((await refusal(`id,q\n${id},1\n`, { example_id_key: "id" })).detail).toMatch(
        /^example_ids must .* \(row 1\)$/,
      );
    });

    test("200: of span_id_key link examples to their spans, as far as those are stored", async () => {
      const span_id = "00000000000000f1";
      const times = { startTimeUnixNano: "1795339862123456789", endTimeUnixNano: "1795339862812500000" };
      const span = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: span_id, name: "chat", ...times };
      await service.post("/v1/traces", { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
      const csv = `q,span\n1,${span_id}\n2,00000000000000ff\n3,\n4,nan\n`;
      const { id } = await uploadFile(
        service,
        newName(),
        { content: csv },
        { "input_keys[]": "q", span_id_key: "span" },
      );
      expect((await examplesOf(service, id)).map(({ source }) => source?.span_id ?? null)).toEqual([
        span_id,
        null,
        null,
        null,
      ]);
    });
  });

  test("200: the action and the description of a form", async () => {
    const find = async (name: string) => (await service.get(`/v1/datasets?${new URLSearchParams({ name })}`)).body.data;
    const [named, described] = [newName(), newName()];
    await uploadFile(service, named, { content: "q\n1\n", filename: "questions of été.csv" }, { action: "CREATE" });
    await uploadFile(service, described, { content: "q\n1\n" }, { action: "", description: "What users ask" });
    expect(await find(named)).toMatchObject([{ description: "questions of été.csv" }]);
    expect(await find(described)).toMatchObject([{ description: "What users ask" }]);
    const taken = await sendFile(service, named, { content: "q\n1\n" }, { action: "create" });
    expect([taken.status, taken.body.detail]).toEqual([409, `A dataset named "${named}" already exists.`]);
    const unknown = await sendFile(service, named, { content: "q\n1\n" }, { action: "upsert" });
    expect([unknown.status, unknown.body.detail]).toEqual([422, "Invalid dateset action: upsert"]);
  });
});
