import { beforeAll, describe, expect, test } from "vitest";
import {
  type GivenExperiment,
  givenDataset,
  givenEvaluation,
  givenExperiment,
  givenExperimentOver,
  givenRun,
} from "../src/given.ts";
import { idOf } from "../src/requests.ts";
import { useService } from "../src/service.ts";

const service = useService();

const download = (experimentId: string, format: string, init?: RequestInit) =>
  service.get(`/v1/experiments/${experimentId}/${format}`, init);

/** More runs of one example than one statement of the stream reads, evaluated on the first and, under a name of its own, on the last. */
const rows = 1001;
let many: GivenExperiment;
beforeAll(async () => {
  many = await givenExperiment(service, 1);
  const runIds: string[] = [];
  for (let from = 1; from <= rows; from += 50) {
    const repetitions = Array.from({ length: Math.min(50, rows + 1 - from) }, (_, index) => from + index);
    const recorded = repetitions.map((n) => givenRun(service, many.id, many.exampleIds[0], { repetition_number: n }));
    runIds.push(...(await Promise.all(recorded)));
  }
  await givenEvaluation(service, runIds.at(0) ?? "", "first");
  await givenEvaluation(service, runIds.at(-1) ?? "", "last");
});

/** Two examples, and three runs that are recorded in another order than exports have. */
async function givenRunsOutOfOrder() {
  const content = { outputs: [{ a: 1 }, { a: 2 }], metadata: [{ topic: "x, y" }, {}] };
  const dataset = await givenDataset(service, [{ q: 1 }, { q: 2 }], content);
  const { id } = await givenExperimentOver(service, dataset, { name: "order", repetitions: 2 });
  const [one, two] = dataset.exampleIds;
  const failure = { output: null, error: 'no "luck",\nnone', trace_id: "abc" };
  const secondRun = await givenRun(service, id, two);
  const repeatedRun = await givenRun(service, id, one, { repetition_number: 2, ...failure });
  const firstRun = await givenRun(service, id, one, { output: { n: 1.5 } });
  return { id, one, two, firstRun, repeatedRun, secondRun };
}

describe.each([
  ["getExperimentJSON", "json", "application/json"],
  ["getExperimentJSONL", "jsonl", "application/x-ndjson"],
  ["getExperimentCSV", "csv", "text/csv"],
])("%s", (_, format, mediaType) => {
  test("200: a download, whose name is the experiment's, in a media type without a charset", async () => {
    const { id, exampleIds } = await givenExperiment(service, 1, { name: "shorter prompt" });
    await givenRun(service, id, exampleIds[0]);
    const { status, headers } = await download(id, format);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe(mediaType);
    expect(headers.get("content-disposition")).toBe(`attachment; filename="shorter prompt.${format}"`);
  });

  test.each([
    ["plain", 'filename="plain.FORMAT"'],
    ['say "hi"', 'filename="say \\"hi\\".FORMAT"'],
    ["a/b\\c", 'filename="a_b_c.FORMAT"'],
    ["../../etc/passwd", 'filename=".._.._etc_passwd.FORMAT"'],
    ["a\r\nSet-Cookie: b", `filename="a??Set-Cookie: b.FORMAT"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20b.FORMAT`],
    ["été 😀", `filename="été ??.FORMAT"; filename*=UTF-8''%C3%A9t%C3%A9%20%F0%9F%98%80.FORMAT`],
    ["50%20off", `filename="50%20off.FORMAT"; filename*=UTF-8''50%2520off.FORMAT`],
  ])("200: the name %j", async (name, parameters) => {
    const { id, exampleIds } = await givenExperiment(service, 1, { name });
    await givenRun(service, id, exampleIds[0]);
    const { headers } = await download(id, format);
    expect(headers.get("content-disposition")).toBe(`attachment; ${parameters.replaceAll("FORMAT", format)}`);
  });

  test("200: gzipped if the caller asks, whatever its size", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    await givenRun(service, id, exampleIds[0]);
    const zipped = await download(id, format, { headers: { "accept-encoding": "gzip" } });
    const plain = await download(id, format, { headers: { "accept-encoding": "identity" } });
    expect([zipped.headers.get("content-encoding"), plain.headers.get("content-encoding")]).toEqual(["gzip", null]);
    expect(zipped.headers.get("vary")).toBe("Accept-Encoding");
    expect(zipped.text).toBe(plain.text);
  });

  test("200: runs that failed, and repetitions beyond the experiment's, are in it", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    await givenRun(service, id, exampleIds[0], { error: "timeout 7" });
    await givenRun(service, id, exampleIds[0], { repetition_number: 99, output: "beyond" });
    const { text } = await download(id, format);
    expect(text).toMatch(/timeout 7.*beyond/s);
  });

  test("200: examples are as the experiment fixed them", async () => {
    const upload = { outputs: [{ a: "then" }], metadata: [{ m: "then" }], example_ids: ["e"] };
    const dataset = await givenDataset(service, [{ q: "then" }], upload);
    const { id } = await givenExperimentOver(service, dataset);
    await givenRun(service, id, dataset.exampleIds[0]);
    const before = await download(id, format);
    await givenDataset(service, [{ q: "now" }], { name: dataset.name, example_ids: ["e"] });
    await givenDataset(service, [], { name: dataset.name });
    expect((await download(id, format)).text).toBe(before.text);
    expect(before.text.match(/then/g)).toHaveLength(format === "csv" ? 3 : 2);
  });

  test("404: no runs, which Phoenix's clients take to mean that there are none yet", async () => {
    const { id } = await givenExperiment(service);
    const { status, headers, body } = await download(id, format);
    expect([status, body.code, body.detail]).toEqual([404, "experiment_has_no_runs", "Experiment has no runs"]);
    expect(headers.get("content-disposition")).toBeNull();
  });

  test("404: the experiment does not exist", async () => {
    const { status, body } = await download(idOf("Experiment", 999_999), format);
    expect([status, body.code, body.detail]).toEqual([404, "not_found", "Experiment not found"]);
  });

  test("422: the id is none, or of something else", async () => {
    const malformed = await download("nonsense", format);
    expect([malformed.status, malformed.body.detail]).toEqual([422, "Invalid experiment ID format: nonsense"]);
    const other = await download(idOf("Dataset", 1), format);
    expect([other.status, other.body.detail]).toEqual([422, `Invalid experiment ID: ${idOf("Dataset", 1)}`]);
  });
});

describe("getExperimentJSON", () => {
  test("200: an array with a run a line, in the order of examples and repetitions, each with its thirteen fields", async () => {
    const { id, one, two, firstRun } = await givenRunsOutOfOrder();
    await givenEvaluation(service, firstRun, "b");
    await givenEvaluation(service, firstRun, "a", { result: { label: "x" }, error: "no", metadata: { k: 1.0 } });
    const times = `"start_time":"2026-11-22T09:30:00+00:00","end_time":"2026-11-22T09:30:01.500000+00:00"`;
    const evaluated = `"start_time":"2026-11-22T09:30:02+00:00","end_time":"2026-11-22T09:30:03+00:00"`;
    const tokens = `"prompt_token_count":null,"completion_token_count":null`;
    expect((await download(id, "json")).text.split("\n")).toEqual([
      "[",
      `{"example_id":"${one}","repetition_number":1,"input":{"q":1},"reference_output":{"a":1},"output":{"n":1.5},"error":null,` +
        `"latency_ms":1500.000,${times},"trace_id":null,${tokens},"annotations":[` +
        `{"name":"b","annotator_kind":"CODE","label":null,"score":1,"explanation":null,"trace_id":null,"error":null,"metadata":{},${evaluated}},` +
        `{"name":"a","annotator_kind":"CODE","label":"x","score":null,"explanation":null,"trace_id":null,"error":"no","metadata":{"k":1},${evaluated}}]},`,
      `{"example_id":"${one}","repetition_number":2,"input":{"q":1},"reference_output":{"a":1},"output":null,"error":"no \\"luck\\",\\nnone",` +
        `"latency_ms":1500.000,${times},"trace_id":"abc",${tokens},"annotations":[]},`,
      `{"example_id":"${two}","repetition_number":1,"input":{"q":2},"reference_output":{"a":2},"output":"done","error":null,` +
        `"latency_ms":1500.000,${times},"trace_id":null,${tokens},"annotations":[]}`,
      "]",
      "",
    ]);
  });

  test.each([
    ["2026-11-22T09:30:00Z", "2026-11-22T09:30:00Z", "0.000"],
    ["2026-11-22T09:30:00Z", "2026-11-22T09:30:00.000001Z", "0.001"],
    ["2026-11-22T09:30:00Z", "2026-11-22T09:30:00.1Z", "100.000"],
    ["2026-11-22T09:30:01Z", "2026-11-22T09:30:00Z", "-1000.000"],
    ["0001-01-01", "9999-12-31T23:59:59.999999Z", "315537897599999.999"],
  ])("200: from %s to %s are %s milliseconds", async (start_time, end_time, latency) => {
    const { id, exampleIds } = await givenExperiment(service);
    await givenRun(service, id, exampleIds[0], { start_time, end_time });
    expect((await download(id, "json")).text).toContain(`"latency_ms":${latency},`);
    expect((await download(id, "csv")).text).toContain(`,${latency},`);
    expect((await download(id, "runs")).text).toContain(`"latency_ms":${latency}}`);
  });

  test("200: content comes back as it was sent, and a line stays a line", async () => {
    const content = String.raw`{"b":1.0,"a":[1e400,-0.0,12345678901234567890],"2":"\u0000\ud800\n","😀":"${"\u2028"}"}`;
    const upload = `{"name": "exact", "inputs": [${content}], "outputs": [{\n"o":\n${content}}], "metadata": [{}]}`;
    const { body } = await service.post("/v1/datasets/upload?sync=true", upload);
    const examples = (await service.get(`/v1/datasets/${body.data.dataset_id}/examples`)).body.data.examples;
    const created = await service.post(`/v1/datasets/${body.data.dataset_id}/experiments`, {});
    await givenRun(service, created.body.data.id, examples[0].node_id);
    const { text } = await download(created.body.data.id, "json");
    expect(text).toContain(`"input":${content},"reference_output":{"o":${content}},"output":"done",`);
    expect(text.split("\n")).toHaveLength(4);
  });

  test("200: all of them, page after page", async () => {
    const { body } = await download(many.id, "json");
    const repetitions = body.map((run: { repetition_number: number }) => run.repetition_number);
    expect(repetitions).toEqual(Array.from({ length: rows }, (_, index) => index + 1));
    expect(body[0].annotations).toMatchObject([{ name: "first" }]);
    expect(body.at(-1).annotations).toMatchObject([{ name: "last" }]);
  });
});

describe("getExperimentJSONL", () => {
  test("200: the lines of getExperimentJSON, without what an array has around them, page after page", async () => {
    const array = await download(many.id, "json");
    const { text } = await download(many.id, "jsonl");
    const lines = text.split("\n");
    expect(lines).toHaveLength(rows + 1);
    expect(lines.at(-1)).toBe("");
    expect(lines.slice(0, -1)).toEqual(
      array.text
        .split("\n")
        .slice(1, -2)
        .map((line) => line.replace(/,$/, "")),
    );
  });
});

describe("getExperimentCSV", () => {
  const base =
    "example_id,repetition_number,input,reference_output,output,metadata,error,latency_ms,start_time,end_time,trace_id,prompt_token_count,completion_token_count";
  const parts = ["label", "score", "explanation", "metadata", "annotator_kind", "trace_id", "error"].concat([
    "start_time",
    "end_time",
  ]);
  const columnsOf = (name: string) => parts.map((part) => `annotation_${name}_${part}`);
  const times = "2026-11-22T09:30:00+00:00,2026-11-22T09:30:01.500000+00:00";

  test("200: a header and a row for each run, in the order of examples and repetitions", async () => {
    const { id, one, two } = await givenRunsOutOfOrder();
    expect((await download(id, "csv")).text).toBe(
      [
        base,
        `${one},1,"{""q"":1}","{""a"":1}","{""n"":1.5}","{""topic"":""x, y""}",,1500.000,${times},,,`,
        `${one},2,"{""q"":1}","{""a"":1}",,"{""topic"":""x, y""}","no ""luck"",\nnone",1500.000,${times},abc,,`,
        `${two},1,"{""q"":2}","{""a"":2}",done,{},,1500.000,${times},,,`,
        "",
      ].join("\n"),
    );
  });

  test("200: nine columns for each name, in the order in which the rows first have them", async () => {
    const { id, one, two, firstRun, repeatedRun, secondRun } = await givenRunsOutOfOrder();
    await givenEvaluation(service, secondRun, "a");
    await givenEvaluation(service, repeatedRun, "c", { result: { label: "x,y" }, error: 'no "luck"' });
    await givenEvaluation(service, firstRun, "b", { result: { score: 0.1, explanation: "" }, trace_id: "def" });
    await givenEvaluation(service, secondRun, "b", { result: { score: -2 }, metadata: { k: "v" } });
    const evaluated = "2026-11-22T09:30:02+00:00,2026-11-22T09:30:03+00:00";
    const none = ",".repeat(8);
    expect((await download(id, "csv")).text).toBe(
      [
        [base, ...["b", "c", "a"].flatMap(columnsOf)].join(),
        `${one},1,"{""q"":1}","{""a"":1}","{""n"":1.5}","{""topic"":""x, y""}",,1500.000,${times},,,` +
          `,,0.1,"",{},CODE,def,,${evaluated},${none},${none}`,
        `${one},2,"{""q"":1}","{""a"":1}",,"{""topic"":""x, y""}","no ""luck"",\nnone",1500.000,${times},abc,,` +
          `,${none},"x,y",,,{},CODE,,"no ""luck""",${evaluated},${none}`,
        `${two},1,"{""q"":2}","{""a"":2}",done,{},,1500.000,${times},,,` +
          `,,-2,,"{""k"":""v""}",CODE,,,${evaluated},${none},,1,,{},CODE,,,${evaluated}`,
        "",
      ].join("\n"),
    );
  });

  test("200: of one row, names in the order in which they were recorded, quoted where they must be", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const runId = await givenRun(service, id, exampleIds[0]);
    const names = ["z", 'a "b", c', "été\n😀", "", "\r"];
    for (const name of names) await givenEvaluation(service, runId, name);
    const quoted = (name: string) => (/[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
    const header = [base, ...names.flatMap(columnsOf).map(quoted)].join();
    expect((await download(id, "csv")).text.startsWith(`${header}\n`)).toBe(true);
  });

  test.each([
    ["null", ""],
    ['""', '""'],
    ['"null"', "null"],
    ['"plain text"', "plain text"],
    ['" spaces "', " spaces "],
    ['"42"', "42"],
    ["42", "42"],
    ["1.0", "1.0"],
    ["1e400", "1e400"],
    ["12345678901234567890", "12345678901234567890"],
    ["true", "true"],
    ["[]", "[]"],
    ['[1,{"a":2}]', '"[1,{""a"":2}]"'],
    ['{"b":1.0,"a":"x\\ny"}', '"{""b"":1.0,""a"":""x\\ny""}"'],
    ['"one, two"', '"one, two"'],
    ['"say \\"hi\\""', '"say ""hi"""'],
    ['"two\\nlines"', '"two\nlines"'],
    ['"two\\r\\nlines"', '"two\r\nlines"'],
    ['"a return\\r"', '"a return\r"'],
    ['"été 😀 \\ud83d\\ude00 \u2028"', "été 😀 😀 \u2028"],
    ['"\\u0000\\u0001"', "\u0000\u0001"],
    ['"half \\ud83d"', '"""half \\ud83d"""'],
    ['"=1+1"', "=1+1"],
  ])("200: the output %s is the cell %j", async (output, cell) => {
    const { id, exampleIds } = await givenExperiment(service);
    const run = { dataset_example_id: exampleIds[0], repetition_number: 1, start_time: 0, end_time: 0 };
    await service.post(`/v1/experiments/${id}/runs`, `${JSON.stringify(run).slice(0, -1)},"output":${output}}`);
    const epoch = "1970-01-01T00:00:00+00:00";
    expect((await download(id, "csv")).text).toBe(
      `${base}\n${exampleIds[0]},1,"{""index"":0}",{},${cell},{},,0.000,${epoch},${epoch},,,\n`,
    );
  });

  test.each<[string, string, string]>([
    ["", '""', '""'],
    [" ", " ", " "],
    ["one, two", '"one, two"', '"one, two"'],
    ['say "hi"', '"say ""hi"""', '"say ""hi"""'],
    ['"', '""""', '""""'],
    ["two\nlines", '"two\nlines"', '"two\nlines"'],
    ["a\rreturn", '"a\rreturn"', '"a\rreturn"'],
    ["back\\slash, \\n", '"back\\slash, \\n"', '"back\\slash, \\n"'],
    ["back\\slash", "back\\slash", "back\\slash"],
    ["été 😀", "été 😀", "été 😀"],
    ["1=1-1", "1=1-1", "1=1-1"],
    ["a\n=1", '"a\n=1"', '"a\n=1"'],
    ["'=1", "'=1", "'=1"],
    ...["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"].map((first): [string, string, string] => [
      `${first}1`,
      `${first}1`,
      `'${first}1`,
    ]),
    ['=A1&","', '"=A1&"","""', `"'=A1&"","""`],
    ["\r=1", '"\r=1"', '"\'\r=1"'],
  ])("200: the text %j is the cell %j, and %j for a spreadsheet, wherever it stands", async (text, cell, shown) => {
    const { id, exampleIds } = await givenExperiment(service);
    const runId = await givenRun(service, id, exampleIds[0], { output: text, error: text, trace_id: text });
    const result = { label: text, explanation: text };
    await givenEvaluation(service, runId, "e", { result, error: text, trace_id: text });
    const evaluated = "2026-11-22T09:30:02+00:00,2026-11-22T09:30:03+00:00";
    const line = (c: string) =>
      `${exampleIds[0]},1,"{""index"":0}",{},${c},{},${c},1500.000,${times},${c},,,${c},,${c},{},CODE,${c},${c},${evaluated}\n`;
    const rowOf = async (format: string) =>
      (await download(id, format)).text.slice(`${base},${columnsOf("e")}\n`.length);
    expect([await rowOf("csv"), await rowOf("csv?spreadsheet=true")]).toEqual([line(cell), line(shown)]);
  });

  test("200: for a spreadsheet numbers below 0 are no formulas either", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const backwards = { start_time: "2026-11-22T09:31:04Z", end_time: "2026-11-22T09:31:02Z" };
    const runId = await givenRun(service, id, exampleIds[0], backwards);
    await givenEvaluation(service, runId, "e", { result: { score: -0.5 } });
    const lineOf = async (format: string) => (await download(id, format)).text.split("\n")[1];
    expect(await lineOf("csv")).toMatch(/,-2000\.000,.*,-0\.5,/);
    expect(await lineOf("csv?spreadsheet=true")).toMatch(/,'-2000\.000,.*,'-0\.5,/);
  });

  test("200: all of them, page after page, under one header with the names of all", async () => {
    const [header, ...lines] = (await download(many.id, "csv")).text.trimEnd().split("\n");
    expect(header).toBe([base, ...["first", "last"].flatMap(columnsOf)].join());
    const repetitions = lines.map((line) => Number(line.split(",")[1]));
    expect(repetitions).toEqual(Array.from({ length: rows }, (_, index) => index + 1));
    expect(lines.filter((line) => line.includes("CODE"))).toEqual([lines.at(0), lines.at(-1)]);
  });
});
