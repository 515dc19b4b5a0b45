import { openAsBlob } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApiError, createClient } from "@assay/client";
import { afterAll, describe, expect, test } from "vitest";
import { type Operation, type Parameter, startExampleServer } from "../src/example-server.ts";
import { givenExperiment, runOf } from "../src/given.ts";
import { useService } from "../src/service.ts";

const apiKey = "0123456789abcdef";
const server = await startExampleServer();
const serverOfPages = await startExampleServer({ pages: 3 });
afterAll(server.stop);
afterAll(serverOfPages.stop);

// biome-ignore lint/suspicious/noExplicitAny: methods of every shape, by name
type Methods = Record<string, (...values: unknown[]) => any>;

/** The client's methods, whatever noun they stand under. With a `status`, that one is asked for in place of the success. */
function methodsFor(baseUrl: string, status?: string): Methods {
  const client = createClient({
    baseUrl,
    apiKey,
    fetch: (request) => {
      if (status !== undefined) request.headers.set("prefer", `code=${status}`);
      return fetch(request);
    },
  });
  return Object.assign({}, ...Object.values(client));
}

/** What a method gives, read to its end: a value of the contract, a `List`, a `Download`, or bytes. */
async function read(given: ReturnType<Methods[string]>): Promise<unknown> {
  const answer = await given;
  if (answer instanceof Uint8Array) return JSON.parse(new TextDecoder().decode(answer));
  if (answer?.page) return answer.page();
  if (answer?.json) return answer.json();
  return answer?.text ? answer.text() : answer;
}

/** The arguments of the method of an operation, and the request that they stand for. */
function callOf({ parameters, requestBody }: Operation) {
  const valuesIn = (place: Parameter["in"]): Record<string, unknown> =>
    Object.fromEntries(parameters.filter((each) => each.in === place).map((each) => [each.name, exampleOf(each)]));
  const [path, query, headers] = [valuesIn("path"), valuesIn("query"), valuesIn("header")];
  const json = requestBody?.["application/json"]?.example;
  const takesBytes = requestBody !== undefined && "application/x-protobuf" in requestBody;
  const takesItems = requestBody !== undefined && "application/x-ndjson" in requestBody;
  const body = takesItems ? Object.values(json)[0] : json; // the client sends the items of the list as lines
  const { sync, "idempotency-key": idempotencyKey, ...others } = { ...query, ...headers }; // the client says `sync` by itself
  if (takesBytes) others["content-type"] = "application/json";
  const values = [
    ...Object.values(path),
    ...(body === undefined ? [] : [takesBytes ? new TextEncoder().encode(JSON.stringify(body)) : body]),
    ...(Object.keys(others).length === 0 ? [] : [others]),
    ...(idempotencyKey === undefined ? [] : [{ idempotencyKey }]),
  ];
  return { values, request: { path, query, body, headers: expect.objectContaining(headers) } };
}

function exampleOf({ in: place, schema, example }: Parameter): unknown {
  if (place === "query" && example !== undefined) return example; // not every text is one of its values
  const type = "type" in schema ? schema.type : "string";
  if ("enum" in schema && Array.isArray(schema.enum)) return schema.enum[0];
  if (type === "boolean") return true;
  if (type === "integer") return 7;
  if (type === "number") return 0.5;
  if (type === "array" && isList(schema)) return "enum" in schema.items ? schema.items.enum : ["a,b", "it's + (v2)"];
  return place === "header" ? "my project" : "it's ø / a,b + (v2)?&=#%";
}

const isList = (schema: object): schema is { items: object } => "items" in schema && typeof schema.items === "object";

function successOf({ responses }: Operation) {
  const status = Object.keys(responses).find((status) => status.startsWith("2")) ?? "";
  const examples = Object.values(responses[status] ?? {}).map(({ example }) => example);
  return { status, example: examples.find((example) => example !== undefined) };
}

/** The rows of a page, of which the examples of a dataset stand below what they are the examples of. */
const rowsOf = ({ data }: { data: unknown[] & { examples?: unknown[] } }) => data.examples ?? data;

test("the client has a method for each operation of the contract, and no other", () => {
  expect(Object.keys(methodsFor(server.url)).sort()).toEqual(
    server.operations.map(({ operationId }) => operationId).sort(),
  );
});

describe.each(server.operations)("$operationId", (operation) => {
  const { operationId, responses } = operation;
  const { values, request } = callOf(operation);
  const { status: success, example } = successOf(operation);
  const call = async (status?: string) => read(methodsFor(server.url, status)[operationId]?.(...values));

  test(`${success}: sends what the contract takes and gives what it answers`, async () => {
    const answer = await call();
    expect(server.received.at(-1)).toEqual({ operationId, ...request });
    if (example?.next_cursor !== undefined) expect(answer).toEqual({ ...example, data: rowsOf(example) });
    else expect(answer).toEqual(example?.data ?? example);
  });

  const failures = Object.entries(responses).filter(([status]) => status !== success);
  test.each(failures)("%s: throws the contract's problem", async (declared, content) => {
    const status = declared === "default" ? "503" : declared;
    const error: unknown = await call(status).catch((error) => error);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      status: Number(status),
      problem: content?.["application/problem+json"]?.example,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });
});

const lists = server.operations.filter((operation) => successOf(operation).example?.next_cursor !== undefined);

describe.each(lists)("the list of $operationId", (operation) => {
  const { operationId, parameters } = operation;
  const { values, request } = callOf({ ...operation, parameters: parameters.filter(({ name }) => name !== "cursor") });
  const { path, query } = request;
  const list = methodsFor(serverOfPages.url)[operationId]?.(...values);
  const received = () => serverOfPages.received.splice(0).map(({ path, query }) => ({ path, query }));

  test("gives the rows of all pages in one iteration", async () => {
    const rows = await list.toArray();
    const data = rowsOf(successOf(operation).example);
    expect(rows).toEqual([...data, ...data, ...data]);
    const pages = [
      { path, query },
      { path, query: { ...query, cursor: "2" } },
      { path, query: { ...query, cursor: "3" } },
    ];
    expect(received()).toEqual(pages);
  });

  test("asks for no page that is not read", async () => {
    for await (const _row of list) break;
    expect(received()).toEqual([{ path, query }]);
  });
});

describe("getExperimentCSV", () => {
  test("200: comes as a stream too", async () => {
    const client = createClient({ baseUrl: server.url, apiKey });
    const download = client.experiments.getExperimentCSV("RXhwZXJpbWVudDox");
    const stream = await download.stream();
    expect(await new Response(stream).text()).toBe(await download.text());
  });
});

describe("exportTraces", () => {
  test("200: takes protobuf if nothing else is said", async () => {
    const client = createClient({ baseUrl: server.url, apiKey });
    await client.traces.exportTraces(new Uint8Array([0x0a, 0x00]));
    expect(server.received.at(-1)).toMatchObject({
      headers: { "content-type": "application/x-protobuf" },
      body: Buffer.from([0x0a, 0x00]),
    });
  });
});

describe("uploadDataset", () => {
  test("200: takes a file in place of inputs", async () => {
    const { requestBody } = server.operations.find(({ operationId }) => operationId === "uploadDataset") ?? {};
    const body = requestBody?.["multipart/form-data"]?.example;
    const client = createClient({ baseUrl: server.url, apiKey });
    const file = new File([body.file], "questions.csv", { type: "text/csv" });
    expect(await client.datasets.uploadDataset({ ...body, file })).toMatchObject({ num_created_examples: 2 });
    expect(server.received.at(-1)).toMatchObject({ operationId: "uploadDataset", query: { sync: true }, body });
  });
});

describe("createExperimentRuns", () => {
  const service = useService();
  const newRun = (dataset_example_id = "", fields: object = {}) => ({ ...runOf("", fields), dataset_example_id });

  test("200: sends what is iterated over while it is made, and gives what became of each", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const client = createClient({ baseUrl: service.url });
    const stored: number[] = [];
    async function* runs() {
      for (let n = 1; n <= 2000; n++) {
        yield newRun(exampleIds[0], { repetition_number: n, output: "long ".repeat(100) });
        if (n < 1500 || stored.length > 0) continue;
        await expect.poll(() => countOf(id), { timeout: 20_000 }).toBe(1000); // what comes after them fills no second group yet
        stored.push(await countOf(id));
      }
      yield newRun("nonsense");
    }
    const countOf = async (id: string) => (await client.experiments.getExperiment(id)).successful_run_count;
    const results = await client.runs.createExperimentRuns(id, runs());
    expect(stored).toEqual([1000]); // the others were yet to be sent
    expect(results).toHaveLength(2001);
    expect(results.filter(({ outcome, id }) => outcome === "created" && id)).toHaveLength(2000);
    expect(results.at(-1)).toMatchObject({ outcome: "rejected", problem: { status: 422 } });
  });

  test("a failure of what is iterated over ends the request, and is told", async () => {
    const { id, exampleIds } = await givenExperiment(service);
    const client = createClient({ baseUrl: service.url });
    async function* runs() {
      yield newRun(exampleIds[0]);
      throw new Error("the task broke");
    }
    const error: unknown = await client.runs.createExperimentRuns(id, runs()).catch((error) => error);
    expect(error).toMatchObject({ message: expect.stringContaining("the task broke") });
    expect(await client.runs.listExperimentRuns(id).toArray()).toEqual([]);
  });

  test("404: of an experiment that is not there, before all is sent", async () => {
    const client = createClient({ baseUrl: service.url });
    const sent = { lines: 0 };
    function* runs() {
      for (; sent.lines < 1_000_000; sent.lines++) yield newRun("RGF0YXNldEV4YW1wbGU6MQ==");
    }
    const answer = client.runs.createExperimentRuns("RXhwZXJpbWVudDo5OTk=", runs());
    await expect(answer).rejects.toMatchObject({ status: 404 });
    expect(sent.lines).toBeLessThan(1_000_000);
  });
});

describe("createClient", () => {
  test("without a key sends none", async () => {
    const answer = createClient({ baseUrl: server.url }).datasets.getDataset("RGF0YXNldDox");
    await expect(answer).rejects.toMatchObject({ status: 401, problem: { code: "unauthenticated" } });
  });
});

describe("with the service", () => {
  const service = useService();

  test("a file on disk", async () => {
    const folder = await mkdtemp(join(tmpdir(), "assay-test-"));
    await writeFile(join(folder, "questions.csv"), "question,split\n2 + 2,early\n");
    const file = await openAsBlob(join(folder, "questions.csv"), { type: "text/csv" });
    const client = createClient({ baseUrl: service.url });
    const form = { name: "of a file", "input_keys[]": ["question"], split_key: "split", file };
    const { dataset_id } = await client.datasets.uploadDataset(form);
    const { examples } = await client.examples.getDatasetExamples(dataset_id, { split: ["early"] });
    expect(examples).toMatchObject([{ input: { question: "2 + 2" } }]);
    await rm(folder, { recursive: true });
  });

  test("an experiment, from its dataset to its export", async () => {
    const client = createClient({ baseUrl: service.url });
    const { dataset_id, version_id } = await client.datasets.uploadDataset({
      name: "it's (v2), a+b",
      inputs: [{ question: "6 × 7" }, { question: "2 + 2" }, { question: "1 / 0" }],
      outputs: [{ answer: 42 }, { answer: 4 }, {}],
      splits: ["train", "train", ["odd, ones"]],
    });
    expect(await client.datasets.listDatasets({ name: "it's (v2), a+b" }).toArray()).toMatchObject([
      { id: dataset_id },
    ]);
    expect(await client.versions.listDatasetVersionsByDatasetId(dataset_id).toArray()).toMatchObject([{ version_id }]);
    const odd = await client.examples.getDatasetExamples(dataset_id, { version_id, split: ["odd, ones"] });
    expect(odd.examples).toMatchObject([{ input: { question: "1 / 0" } }]);
    const { examples } = await client.examples.getDatasetExamples(dataset_id);
    expect(await client.examples.getDatasetExamples(dataset_id, { limit: 2 }).toArray()).toEqual(examples);

    const { id, project_name } = await client.experiments.createExperiment(dataset_id, { repetitions: 2 });
    const during = { start_time: "2026-11-22T09:31:02Z", end_time: "2026-11-22T09:31:03.5Z" };
    const recorded: { id: string }[] = [];
    for (const { node_id } of examples) {
      const run = { dataset_example_id: node_id, output: "42", repetition_number: 1, ...during };
      recorded.push(await client.runs.createExperimentRun(id, run));
    }
    expect((await client.runs.listExperimentRuns(id).page()).next_cursor).toBeNull();
    const runs = await client.runs.listExperimentRuns(id, { limit: 2 }).toArray();
    expect(runs.map((run) => run.id)).toEqual(recorded.map((run) => run.id).reverse());
    const incomplete = await client.runs.getIncompleteExperimentRuns(id, { limit: 1 }).toArray();
    expect(incomplete.map(({ repetition_numbers }) => repetition_numbers)).toEqual([[2], [2], [2]]);

    for (const { id: experiment_run_id } of recorded.slice(1)) {
      await client.evaluations.upsertExperimentEvaluation({
        experiment_run_id,
        name: "exact, match",
        annotator_kind: "CODE",
        result: { score: 0.5 },
        ...during,
      });
    }
    const lacking = client.evaluations.getIncompleteExperimentEvaluations(id, {
      evaluation_name: ["exact, match", "other"],
      limit: 2,
    });
    expect((await lacking.toArray()).map(({ evaluation_names }) => evaluation_names)).toEqual([
      ["exact, match", "other"],
      ["other"],
      ["other"],
    ]);

    const half = { evaluation_name: "exact, match", max_score: 0.5, include: ["evaluations" as const], limit: 1 };
    const found = await client.runs.listExperimentRuns(id, half).toArray();
    expect(found.map((run) => run.id)).toEqual([recorded[2]?.id, recorded[1]?.id]);
    const evaluations = client.evaluations.listExperimentEvaluations(id, { name: ["exact, match", "x"], limit: 1 });
    expect(await evaluations.toArray()).toEqual(found.flatMap((run) => run.evaluations ?? []).toReversed());
    const { evaluations: _, ...run } = found[0] ?? { id: "" };
    const tokens = { prompt_token_count: null, completion_token_count: null };
    expect(await client.runs.getExperimentRun(id, run.id)).toEqual({ ...run, ...tokens });
    const withTokens = await client.runs.listExperimentRuns(id, { ...half, include: ["token_counts"] }).toArray();
    expect(withTokens[0]).toEqual({ ...run, ...tokens });

    const exported = await client.experiments.getExperimentJSON(id).json();
    expect(exported).toMatchObject([
      { output: "42", latency_ms: 1500, annotations: [] },
      { annotations: [{ name: "exact, match", score: 0.5 }] },
      { annotations: [{ name: "exact, match", score: 0.5 }] },
    ]);
    const lines = (await client.experiments.getExperimentJSONL(id).text()).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(exported);
    const csv = await client.experiments.getExperimentCSV(id).text();
    expect(csv).toContain('"annotation_exact, match_score"');

    const exportedSpans = await client.traces.exportTraces(new TextEncoder().encode('{"resourceSpans":[]}'), {
      "content-type": "application/json",
      "x-project-name": project_name ?? "",
    });
    expect(new TextDecoder().decode(exportedSpans)).toBe("{}");
    expect(await client.service.getHealth()).toBe("OK");

    await client.experiments.deleteExperiment(id, { delete_project: true });
    await client.datasets.deleteDatasetById(dataset_id);
    const missing = await client.datasets.getDataset(dataset_id).catch((error) => error);
    expect(missing).toBeInstanceOf(ApiError);
    expect(missing.message).toBe(
      `Dataset with ID ${dataset_id} not found (404 not_found, request ${missing.headers.get("x-request-id")})`,
    );
  });

  test("a dataset, changed example by example and read as files", async () => {
    const client = createClient({ baseUrl: service.url });
    const { dataset_id } = await client.datasets.uploadDataset({ name: "it's (v3), a+b", inputs: [{ n: 1 }] });
    await client.datasets.updateDataset(dataset_id, { name: "renamed", metadata: { owner: "search" } });
    const added = await client.examples.createDatasetExample(dataset_id, {
      input: { n: 2 },
      id: "q/2",
      splits: "test",
    });
    const { node_id } = added.example;
    const changed = await client.examples.updateDatasetExample(dataset_id, node_id, { output: { answer: "=4" } });
    expect(await client.examples.getDatasetExample(dataset_id, node_id)).toEqual(changed);
    const { version_id } = added;
    const before = await client.examples.getDatasetExample(dataset_id, node_id, { version_id });
    expect(before.example.output).toEqual({});

    const csv = await client.examples.getDatasetCsv(dataset_id, { spreadsheet: true }).text();
    expect(csv).toContain(`q/2,${node_id},2,"[""test""]",'=4\n`);
    const jsonl = await client.examples.getDatasetJSONL(dataset_id, { version_id }).text();
    expect(jsonl).toContain(
      `{"id":"q/2","node_id":"${node_id}","input":{"n":2},"output":{},"metadata":{},"splits":["test"]}\n`,
    );

    const gone = await client.examples.deleteDatasetExample(dataset_id, node_id);
    expect(gone.example).toEqual(changed.example);
    expect(await client.datasets.getDataset(dataset_id)).toMatchObject({ name: "renamed", example_count: 1 });
  });
});
