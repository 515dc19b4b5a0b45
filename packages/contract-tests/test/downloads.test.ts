/** The examples of a dataset as files: what is in them, what they are called, and that they can be uploaded again. */
import { describe, expect, test } from "vitest";
import { givenDataset } from "../src/given.ts";
import { readCsv } from "../src/read-csv.ts";
import { idOf } from "../src/requests.ts";
import { useService } from "../src/service.ts";
import { examplesOf, newName, upload } from "../src/uploads.ts";

const service = useService();

const download = (datasetId: string, format: string, query: Record<string, string> = {}, init?: RequestInit) =>
  service.get(`/v1/datasets/${datasetId}/${format}?${new URLSearchParams(query)}`, init);

/** A dataset with one example for each of these contents, which are JSON text. */
async function givenTexts(contents: { input?: string; output?: string; metadata?: string }[]): Promise<string> {
  const list = (part: "input" | "output" | "metadata") => contents.map((content) => content[part] ?? "{}").join();
  const body = `{"name":"${newName()}","inputs":[${list("input")}],"outputs":[${list("output")}],"metadata":[${list("metadata")}]}`;
  const answer = await service.post("/v1/datasets/upload?sync=true", body);
  expect(answer.status, answer.text).toBe(200);
  return answer.body.data.dataset_id;
}

const many = Array.from({ length: 2501 }, (_, n) => ({ n: (n * 7) % 2501 }));

describe.each([
  ["getDatasetCsv", "csv", "csv", "text/csv"],
  ["getDatasetJSONL", "jsonl", "jsonl", "text/plain; charset=utf-8"],
  ["getDatasetJSONLOpenAIFineTuning", "jsonl/openai_ft", "jsonl", "text/plain; charset=utf-8"],
  ["getDatasetJSONLOpenAIEvals", "jsonl/openai_evals", "jsonl", "text/plain; charset=utf-8"],
])("%s", (_, format, extension, mediaType) => {
  const nothing = format === "csv" ? "\n" : "";

  /** Inputs that each form has in full. */
  const inputs = (texts: string[]) => texts.map((text) => ({ messages: [text] }));

  test.each([
    ["empty dataset", "empty%20dataset"],
    ["it's (v2)*", "it%27s%20%28v2%29%2A"],
    ["../a/b\\c", ".._a_b_c"],
    ["a\r\nSet-Cookie: b", "a%0D%0ASet-Cookie%3A%20b"],
    ["été 😀", "%C3%A9t%C3%A9%20%F0%9F%98%80"],
    ["50%20off", "50%2520off"],
    ["😀".repeat(200), "%F0%9F%98%80".repeat(150)],
  ])("200: a file named after the dataset: %j", async (name, encoded) => {
    const { id } = await upload(service, name, { inputs: [] });
    const { status, headers } = await download(id, format);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe(mediaType);
    expect(headers.get("content-disposition")).toBe(`attachment; filename*=UTF-8''${encoded}.${extension}`);
  });

  test.each([
    ["of an example", inputs(["a"])],
    ["of nothing", []],
  ])("200: gzipped if the caller asks, whatever its size: %s", async (_, inputs) => {
    const { id } = await givenDataset(service, inputs);
    const zipped = await download(id, format, {}, { headers: { "accept-encoding": "gzip" } });
    const plain = await download(id, format, {}, { headers: { "accept-encoding": "identity" } });
    expect([zipped.headers.get("content-encoding"), plain.headers.get("content-encoding")]).toEqual(["gzip", null]);
    expect(zipped.headers.get("vary")).toBe("Accept-Encoding");
    expect(zipped.text).toBe(plain.text);
  });

  test("200: nothing, of a dataset without examples or of a version that is not the dataset's", async () => {
    const [empty, filled] = [await givenDataset(service, []), await givenDataset(service, inputs(["a"]))];
    expect((await download(empty.id, format)).text).toBe(nothing);
    for (const version_id of [empty.versionId, idOf("DatasetVersion", 999_999_999)])
      expect((await download(filled.id, format, { version_id })).text).toBe(nothing);
  });

  test("200: every version stays as it was; without one, or with an empty one, it is the latest", async () => {
    const { id, name, versionId } = await givenDataset(service, inputs(["then", "gone"]));
    await upload(service, name, { inputs: inputs(["now"]) });
    const then = await download(id, format, { version_id: versionId });
    expect(then.text).toMatch(/then.*\n.*gone/);
    const now = await download(id, format);
    expect(now.text).toContain("now");
    expect(now.text).not.toMatch(/then|gone/);
    expect((await download(id, format, { version_id: "" })).text).toBe(now.text);
  });

  test("200: all of them, page after page, in the order of their ids", async () => {
    const { id } = await upload(service, newName(), { inputs: inputs(many.map(({ n }) => `number ${n}`)) });
    const lines = (await download(id, format)).text.trimEnd().split("\n");
    const numbers = lines.flatMap((line) => /number (\d+)/.exec(line)?.[1] ?? []);
    expect(numbers.map(Number)).toEqual(many.map(({ n }) => n));
    expect(lines).toHaveLength(many.length + (format === "csv" ? 1 : 0));
  });

  test("200: cut off, never ended as if all had come, when the dataset is deleted while it is read", async () => {
    const text = "x".repeat(10_000);
    const { id } = await upload(service, newName(), { inputs: inputs(many.map(({ n }) => `${n} ${text}`)) }); // more than sockets hold
    const headers = { "accept-encoding": "identity" };
    const response = await fetch(`${service.url}/v1/datasets/${id}/${format}`, { headers });
    expect((await service.delete(`/v1/datasets/${id}`)).status).toBe(204);
    await expect(response.text()).rejects.toThrow();
  });

  test("404: no such dataset", async () => {
    const { status, body } = await download(idOf("Dataset", 999_999_999), format);
    expect([status, body.code, body.detail]).toEqual([404, "not_found", "Dataset does not exist."]);
  });

  test("422: no ids, or the ids of something else", async () => {
    const { id } = await givenDataset(service, []);
    const detailOf = async (datasetId: string, version_id = "") => {
      const { status, body } = await download(datasetId, format, { version_id });
      expect(status).toBe(422);
      return body.detail;
    };
    const other = idOf("Experiment", 1);
    expect(await detailOf("questions")).toBe("Invalid dataset ID format: questions");
    expect(await detailOf(other)).toBe(`Invalid dataset ID: ${other}`);
    expect(await detailOf(id, "latest")).toBe("Invalid dataset version ID format: latest");
    expect(await detailOf(id, other)).toBe(`Invalid dataset version ID: ${other}`);
  });
});

describe("getDatasetCsv", () => {
  /** The header and the only row of a file. */
  async function onlyRow(datasetId: string, query?: Record<string, string>) {
    const { status, text } = await download(datasetId, "csv", query);
    expect(status, text).toBe(200);
    const [header = [], cells = [], ...rest] = readCsv(text);
    expect(rest).toEqual([]);
    return { header, cells };
  }

  test("200: a header and a row for each example; a column for each leaf, in the order in which the rows first have it", async () => {
    const split = newName();
    const { id, exampleIds } = await givenDataset(service, [{ q: "6 × 7?" }, { q: "a, b", more: { b: "x", a: "y" } }], {
      outputs: [{ answer: "42" }, { answer: 'say "hi"', "7": "z" }],
      metadata: [{ from: { page: "1" } }, {}],
      example_ids: ["q1", null],
      splits: [split, null],
    });
    expect((await download(id, "csv")).text).toBe(
      [
        "id,node_id,input.q,output.answer,metadata.from.page,splits,input.more.b,input.more.a,output.7",
        `q1,${exampleIds[0]},6 × 7?,42,1,"[""${split}""]",,,`,
        `${exampleIds[1]},${exampleIds[1]},"a, b","say ""hi""",,[],x,y,z`,
        "",
      ].join("\n"),
    );
  });

  test("200: `splits` is a column if any example is in a split now, and lists names in the order of their characters", async () => {
    const [name, key] = [newName(), newName()];
    const splits = [`${key} b`, `${key} a`, `${key} B`, `${key} é`];
    const { id } = await upload(service, name, { inputs: [{}] });
    expect((await onlyRow(id)).header).toEqual(["id", "node_id"]);
    await upload(service, name, { inputs: [{}], splits: [splits] });
    const { header, cells } = await onlyRow(id);
    expect(header).toEqual(["id", "node_id", "splits"]);
    expect(JSON.parse(cells[2] ?? "")).toEqual([`${key} B`, `${key} a`, `${key} b`, `${key} é`]);
  });

  test("200: an example's id is the user's if that is not empty, or else its node id", async () => {
    const { id, exampleIds } = await givenDataset(service, [{}, {}, {}], { example_ids: ["mine", "", null] });
    const [, ...rows] = readCsv((await download(id, "csv")).text);
    expect(rows).toEqual([
      ["mine", exampleIds[0]],
      [exampleIds[1], exampleIds[1]],
      [exampleIds[2], exampleIds[2]],
    ]);
  });

  test.each([
    ["null", ""],
    ['""', '""'],
    ['" "', " "],
    ['"null"', "null"],
    ['"plain text"', "plain text"],
    ["42", "42"],
    ["-0.0", "-0.0"],
    ["1E5", "1E5"],
    ["1e400", "1e400"],
    ["12345678901234567890", "12345678901234567890"],
    ["true", "true"],
    ["false", "false"],
    ["[]", "[]"],
    ["{}", "{}"],
    ['[1.0,{"b":2,"a":null},"]}\\""]', '"[1.0,{""b"":2,""a"":null},""]}\\""""]"'],
    ['"one, two"', '"one, two"'],
    ['"say \\"hi\\""', '"say ""hi"""'],
    ['"two\\nlines"', '"two\nlines"'],
    ['"a return\\r"', '"a return\r"'],
    ['"\\u00e9\\/ 😀 \\ud83d\\ude00 \u2028"', "é/ 😀 😀 \u2028"],
    ['"\\u0000\\u0001"', "\u0000\u0001"],
    ['"half \\ud83d"', '"""half \\ud83d"""'],
    ['"=1+1"', "=1+1"],
  ])("200: the value %s is the cell %j", async (value, cell) => {
    const id = await givenTexts([{ input: `{"v":${value}}`, output: '{"end":"x"}' }]);
    const [{ node_id } = { node_id: "" }] = await examplesOf(service, id);
    expect((await download(id, "csv")).text).toBe(`id,node_id,input.v,output.end\n${node_id},${node_id},${cell},x\n`);
  });

  test.each([
    ["none", "{}", []],
    ["nested", '{"a":{"b":{"c":"x"},"d":"x"},"e":"x"}', ["a.b.c", "a.d", "e"]],
    ["empty objects", '{"a":{},"b":{"c":{}}}', ["a", "b.c"]],
    ["as the user orders them", '{"10":"x","b":"x","9":"x","a":"x"}', ["10", "b", "9", "a"]],
    ["those of the language", '{"__proto__":{"a":"x"},"constructor":"x"}', ["__proto__.a", "constructor"]],
    ["of any characters", '{"":"x","a,\\"b\\"\\n":"x","é😀":"x"}', ["", 'a,"b"\n', "é😀"]],
    ["with dots: two that look alike are one", '{"a":{"b":"x"},"a.b":"y"}', ["a.b"]],
    ["given twice: what was in the first is gone", '{"a":{"b":"x","c":"x"},"d":"x","a":{"e":"x"}}', ["d", "a.e"]],
    ["given twice, deep down", '{"a":{"b":{"c":"x"},"b":"y","b":{"d":"x"}}}', ["a.b.d"]],
    ["without UTF-8", '{"\\ud800":"x"}', ['"\\ud800"']],
    ["that look like JSON", '{"}":{"]\\"":"x"}}', ['}.]"']],
  ])("200: keys are columns: %s", async (_, input, keys) => {
    const id = await givenTexts([{ input, metadata: '{"end":"x"}' }]);
    expect((await onlyRow(id)).header).toEqual(["id", "node_id", ...keys.map((key) => `input.${key}`), "metadata.end"]);
  });

  test.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", "'\r=1"],
    ['=HYPERLINK("http://evil.example","a")', `'=HYPERLINK("http://evil.example","a")`],
    [-1.5, "'-1.5"],
    [["=1"], '["=1"]'],
    ["1-1", "1-1"],
    ["'=1", "'=1"],
    ["", ""],
  ])("200: for a spreadsheet %j is the cell %j", async (value, cell) => {
    const { id } = await givenDataset(service, [{ v: value }]);
    expect((await onlyRow(id, { spreadsheet: "true" })).cells[2]).toBe(cell);
    const plain = typeof value === "object" ? JSON.stringify(value) : String(value);
    expect((await onlyRow(id)).cells[2]).toBe(plain);
  });

  test("200: for a spreadsheet ids and splits are no formulas either", async () => {
    const { id } = await givenDataset(service, [{}], { example_ids: ["=1"], splits: ["=1"] });
    expect((await onlyRow(id, { spreadsheet: "1" })).cells).toEqual(["'=1", expect.any(String), '["=1"]']);
  });

  const wide = (from: number, columns: number) =>
    Object.fromEntries(Array.from({ length: columns }, (_, index) => [`c${from + index}`, "x"]));

  test("200: ten thousand columns", async () => {
    const { id } = await givenDataset(service, [wide(0, 5000), wide(5000, 4997)], { splits: ["s", null] });
    const [header, ...rows] = readCsv((await download(id, "csv")).text);
    expect(header).toHaveLength(10_000);
    expect(rows.map((cells) => cells.filter((cell) => cell === "x").length)).toEqual([5000, 4997]);
  });

  test("200: below a hundred keys an object is a cell", async () => {
    const nested = (levels: number, leaf: string) => `${'{"a":'.repeat(levels)}${leaf}${"}".repeat(levels)}`;
    const id = await givenTexts([{ input: nested(100, "1") }, { input: nested(102, "1") }]);
    const [header, ...rows] = readCsv((await download(id, "csv")).text);
    expect(header).toEqual(["id", "node_id", `input${".a".repeat(100)}`]);
    expect(rows.map((cells) => cells[2])).toEqual(["1", '{"a":{"a":1}}']);
  });

  const long = "k".repeat(400_000);
  test.each([
    ["more than ten thousand columns", [JSON.stringify(wide(0, 5000)), JSON.stringify(wide(5000, 4998))]],
    ["more than ten thousand columns in an example", [JSON.stringify(wide(0, 10_001))]],
    ["names longer than a million characters together", [`{"${long}":{"a":1,"b":2,"c":3}}`]],
    ["a long name over and over", [`{"${long}":{${'"a":1,'.repeat(300_000)}"a":1}}`]],
  ])("422: %s", async (_, inputs) => {
    const id = await givenTexts(inputs.map((input) => ({ input })));
    const { status, headers, body } = await download(id, "csv");
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: "/path/dataset_id", code: "columns" }]);
    expect(headers.get("content-disposition")).toBeNull();
  });
});

describe("getDatasetJSONL", () => {
  const lines = async (id: string) => (await download(id, "jsonl")).text.split("\n");

  test("200: a line for each example, its fields in Phoenix's order, with the splits that it is in now", async () => {
    const key = newName();
    const { id, exampleIds } = await givenDataset(service, [{ q: 1 }, { q: 2 }, { q: 3 }], {
      outputs: [{ a: 1 }, {}, {}],
      metadata: [{ m: "é" }, {}, {}],
      example_ids: ["mine", "", null],
      splits: [[`${key} b`, `${key} a`, `${key} B`], null, []],
    });
    const splits = `["${key} B","${key} a","${key} b"]`;
    expect(await lines(id)).toEqual([
      `{"id":"mine","node_id":"${exampleIds[0]}","input":{"q":1},"output":{"a":1},"metadata":{"m":"é"},"splits":${splits}}`,
      `{"id":"${exampleIds[1]}","node_id":"${exampleIds[1]}","input":{"q":2},"output":{},"metadata":{},"splits":[]}`,
      `{"id":"${exampleIds[2]}","node_id":"${exampleIds[2]}","input":{"q":3},"output":{},"metadata":{},"splits":[]}`,
      "",
    ]);
  });

  test("200: content comes back as it was sent, and a line stays a line", async () => {
    const content = String.raw`{"b":1.0,"a":[1e400,-0.0,12345678901234567890],"2":"\u0000\ud800\n","😀":"${"\u2028"}","b":2}`;
    const id = await givenTexts([{ input: content, output: content, metadata: content }]);
    const [line, ...rest] = await lines(id);
    expect(line).toContain(`"input":${content},"output":${content},"metadata":${content},"splits":[]}`);
    expect(rest).toEqual([""]);
  });
});

describe("getDatasetJSONLOpenAIFineTuning", () => {
  const user = '{"role":"user","content":"6 × 7?","weight":1.0}';
  const assistant = '{"content":"\\u0034\\u0032 ]}","role":"assistant"}';
  const tools = '[{"type":"function","function":{"name":"x","max":1e400}}]';

  test.each([
    [
      "messages of both, as they were sent",
      `{"messages":[${user}]}`,
      `{"messages":[${assistant}]}`,
      `[${user},${assistant}]`,
    ],
    [
      "several",
      `{"messages":[${user},${user}]}`,
      `{"messages":[${assistant},${user}]}`,
      `[${user},${user},${assistant},${user}]`,
    ],
    ["none", "{}", "{}", "[]"],
    ["empty lists", '{"messages":[]}', '{"messages":[]}', "[]"],
    ["no lists", '{"messages":"hi"}', '{"messages":{"a":[1]}}', "[]"],
    ["null", '{"messages":null}', `{"messages":[${assistant}]}`, `[${assistant}]`],
    ["whatever is in a list", '{"messages":[1,null,[],"x"]}', '{"messages":[[1,2],{}]}', '[1,null,[],"x",[1,2],{}]'],
    ["deeper ones are not meant", `{"a":{"messages":[1]},"messages":[2]}`, '{"b":[{"messages":[3]}]}', "[2]"],
    ["the last of those given twice", '{"messages":[1],"messages":[2]}', "{}", "[2]"],
  ])("200: %s", async (_, input, output, messages) => {
    const id = await givenTexts([{ input, output }]);
    expect((await download(id, "jsonl/openai_ft")).text).toBe(`{"messages":${messages}}\n`);
  });

  test("200: the input's tools if there are any, as they were sent", async () => {
    const none = ["null", "false", "0", "0.0", '""', "[]", "{}"];
    const id = await givenTexts([
      { input: `{"tools":${tools},"messages":[${user}]}`, output: '{"tools":[1]}' },
      ...none.map((tools) => ({ input: `{"tools":${tools}}` })),
      { output: `{"tools":${tools}}` },
      { input: '{"tools":"search"}' },
    ]);
    expect((await download(id, "jsonl/openai_ft")).text.split("\n")).toEqual([
      `{"messages":[${user}],"tools":${tools}}`,
      ...[...none, ""].map(() => '{"messages":[]}'),
      '{"messages":[],"tools":"search"}',
      "",
    ]);
  });
});

describe("getDatasetJSONLOpenAIEvals", () => {
  test.each([
    [
      "what the output's last message says",
      '{"messages":[{"content":"first"},{"role":"assistant","content":"4\\u0032"}]}',
      '"4\\u0032"',
    ],
    ["no messages", "{}", '""'],
    ["an empty list", '{"messages":[]}', '""'],
    ["no list", '{"messages":{"content":"x"}}', '""'],
    ["a message without content", '{"messages":[{"content":"first"},{"role":"assistant"}]}', '""'],
    ["content that is no string", '{"messages":[{"content":[{"type":"text","text":"x"}]}]}', '""'],
    ["null", '{"messages":[{"content":null}]}', '""'],
    ["no message", '{"messages":["content"]}', '""'],
  ])("200: the ideal is %s", async (_, output, ideal) => {
    const id = await givenTexts([{ input: '{"messages":[{"n":1.0},"x"]}', output }]);
    expect((await download(id, "jsonl/openai_evals")).text).toBe(`{"messages":[{"n":1.0},"x"],"ideal":${ideal}}\n`);
  });

  test.each(["{}", '{"messages":null}', '{"messages":"hi"}', '{"messages":[]}'])(
    "200: of the input %s there are no messages",
    async (input) => {
      const id = await givenTexts([{ input }]);
      expect((await download(id, "jsonl/openai_evals")).text).toBe('{"messages":[],"ideal":""}\n');
    },
  );
});
