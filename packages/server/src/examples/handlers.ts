import type { Kysely, Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { attachmentInUtf8 } from "../attachment.ts";
import type { Context } from "../context.ts";
import { encodeCursor, invalidCursor, pageSize, rowidsOfCursor } from "../cursor.ts";
import { findDataset, lockDatasetBy, readDatasetExists } from "../datasets/queries.ts";
import { namesOfSplits } from "../datasets/upload.ts";
import { inTransaction } from "../db/transaction.ts";
import { readAll } from "../db/wire.ts";
import { decodeId, encodeId } from "../id.ts";
import { JsonPage, JsonStream, jsonData, jsonFields, jsonJoined, jsonList, jsonOf, TextStream } from "../json.ts";
import { type Handler, type Input, reply } from "../operation.ts";
import { invalid, problem } from "../problem.ts";
import { resolveSplits } from "../splits/resolve.ts";
import { findVersion } from "../versions/queries.ts";
import { addExample, patchExample, removeExample } from "./change.ts";
import { contentHash } from "./content-hash.ts";
import { examplesAsCsv } from "./csv.ts";
import { type Downloaded, examplesAsLines } from "./downloads.ts";
import { examplesForEvals, examplesForFineTuning } from "./openai.ts";
import { readExample, readExamples } from "./queries.ts";
import { findCurrent } from "./single.ts";

const datasetWords = { noun: "dataset", pointer: "/path/dataset_id" };
const exampleWords = { noun: "dataset example", pointer: "/path/example_id" };
const versionWords = { noun: "dataset version", pointer: "/query/version_id" };

export const getDatasetExamples: Handler<"getDatasetExamples"> = async ({ path, query }, { db, scope }) => {
  const otherType = "refers_to";
  const datasetId = await scope.rowidOf("Dataset", path.dataset_id, { ...datasetWords, otherType });
  const asked = query.version_id
    ? await scope.rowidOf("DatasetVersion", query.version_id, { ...versionWords, otherType })
    : undefined;
  const [pagedVersion, from] = rowidsOfCursor("DatasetExample", query.cursor) ?? [];
  const isThere = () => readDatasetExists(db, datasetId);
  if (!(await isThere())) throw problem("not_found", `No dataset with id ${path.dataset_id} can be found.`);
  const versionId = await findVersion(db, datasetId, asked ?? pagedVersion);
  if (versionId === undefined) {
    if (query.version_id) throw problem("not_found", `No dataset version with id ${query.version_id} can be found.`);
    throw query.cursor ? invalidCursor(query.cursor) : problem("not_found", "Dataset has no versions.");
  }
  const splits = query.split?.length ? await resolveSplits(db, query.split, scope.datasets, "/query/split") : undefined;
  const head = {
    dataset_id: encodeId("Dataset", datasetId),
    version_id: encodeId("DatasetVersion", versionId),
    filtered_splits: splits?.names ?? [],
  };
  const at = { datasetId, versionId, within: scope.datasets };
  const read = (from: number | undefined, size: number) => readExamples(db, at, splits?.ids, from, size);
  if (query.limit === undefined) {
    const examples = readAll(read, from, isThere);
    return JsonStream.array(examples).within(head, "examples", {}).within({}, "data", {});
  }
  const { items, next } = await read(from, pageSize(query.limit));
  const data = jsonJoined(jsonOf(head), jsonFields({ examples: jsonList(items) }));
  return new JsonPage(data, next === undefined ? null : encodeCursor("DatasetExample", [versionId, next]));
};

/** A version that no dataset has, without examples. */
const beforeTheFirst = 0;

/** What is asked for of a dataset, and what the file is called after. */
async function findForDownload(
  { path, query }: Pick<Input<"getDatasetJSONL">, "path" | "query">,
  { db, scope }: Context,
) {
  const otherType = "invalid_request";
  const datasetId = await scope.rowidOf("Dataset", path.dataset_id, { ...datasetWords, otherType });
  const wanted = query.version_id
    ? await scope.rowidOf("DatasetVersion", query.version_id, { ...versionWords, otherType })
    : undefined;
  const dataset = await findDataset(db, datasetId);
  if (!dataset) throw problem("not_found", "Dataset does not exist.");
  // Of a version that is not this dataset's the download is empty: so Phoenix answers, and its clients' tests expect it.
  const versionId = (await findVersion(db, datasetId, wanted)) ?? beforeTheFirst;
  return { name: dataset.name, downloaded: { datasetId, versionId } };
}

export const getDatasetCsv: Handler<"getDatasetCsv"> = async (input, context) => {
  const { name, downloaded } = await findForDownload(input, context);
  const headers = { "Content-Disposition": attachmentInUtf8(name, "csv") };
  return reply(new TextStream(examplesAsCsv(context.db, downloaded, input.query)), headers);
};

type Lines = (db: Kysely<DB>, downloaded: Downloaded) => AsyncGenerator<string>;

async function fileOf(lines: Lines, input: Parameters<typeof findForDownload>[0], context: Context) {
  const { name, downloaded } = await findForDownload(input, context);
  const headers = { "Content-Disposition": attachmentInUtf8(name, "jsonl") };
  return reply(new TextStream(lines(context.db, downloaded)), headers);
}

export const getDatasetJSONL: Handler<"getDatasetJSONL"> = (input, context) => fileOf(examplesAsLines, input, context);

export const getDatasetJSONLOpenAIFineTuning: Handler<"getDatasetJSONLOpenAIFineTuning"> = (input, context) =>
  fileOf(examplesForFineTuning, input, context);

export const getDatasetJSONLOpenAIEvals: Handler<"getDatasetJSONLOpenAIEvals"> = (input, context) =>
  fileOf(examplesForEvals, input, context);

export const createDatasetExample: Handler<"createDatasetExample"> = async ({ path, body }, { scope, transaction }) => {
  const datasetId = await scope.rowidOf("Dataset", path.dataset_id, datasetWords);
  if (body.id && decodeId(body.id)?.type === "DatasetExample") {
    throw invalid("/body/id", `'${body.id}' has the form of an id that Assay gives: choose another, or none`, "id");
  }
  const content = {
    input: body.input.text,
    output: body.output?.text ?? "{}",
    metadata: body.metadata?.text ?? "{}",
  };
  const example = {
    content: { ...content, hash: contentHash(content) },
    externalId: body.id ?? null,
    spanId: body.span_id?.trim() || null,
  };
  const splits = namesOfSplits(body.splits ?? null);
  return await transaction(async (trx) => {
    const dataset = await lockDataset(trx, datasetId, path.dataset_id);
    const { id, versionId } = await addExample(trx, dataset, example, splits, scope.datasets);
    const at = { datasetId, versionId, within: scope.datasets };
    return await exampleData(readExample(trx, at, id), encodeId("DatasetExample", id));
  });
};

export const getDatasetExample: Handler<"getDatasetExample"> = async ({ path, query }, { db, scope }) => {
  const datasetId = await scope.rowidOf("Dataset", path.dataset_id, datasetWords);
  const id = await scope.rowidOf("DatasetExample", path.example_id, exampleWords);
  const wanted = query.version_id ? await scope.rowidOf("DatasetVersion", query.version_id, versionWords) : undefined;
  if (!(await readDatasetExists(db, datasetId))) throw noDataset(path.dataset_id);
  const versionId = await findVersion(db, datasetId, wanted);
  if (versionId === undefined && wanted !== undefined)
    throw problem("not_found", `DatasetVersion with ID ${query.version_id} does not exist`);
  const at = { datasetId, versionId: versionId ?? beforeTheFirst, within: scope.datasets };
  return await exampleData(readExample(db, at, id), path.example_id);
};

export const updateDatasetExample: Handler<"updateDatasetExample"> = async ({ path, body }, { db, scope }) => {
  const datasetId = await scope.rowidOf("Dataset", path.dataset_id, datasetWords);
  const id = await scope.rowidOf("DatasetExample", path.example_id, exampleWords);
  if (Object.keys(body).length === 0) throw invalid("/body", "No fields to update", "minProperties");
  const patch = { input: body.input?.text, output: body.output?.text, metadata: body.metadata?.text };
  return await inTransaction(db, async (trx) => {
    const dataset = await lockDataset(trx, datasetId, path.dataset_id);
    const current = await existing(findCurrent(trx, datasetId, id), path.example_id);
    const made = await patchExample(trx, dataset, current, patch);
    const versionId = made ?? (await findVersion(trx, datasetId, undefined)) ?? beforeTheFirst;
    return await exampleData(readExample(trx, { datasetId, versionId, within: scope.datasets }, id), path.example_id);
  });
};

export const deleteDatasetExample: Handler<"deleteDatasetExample"> = async ({ path }, { db, scope }) => {
  const datasetId = await scope.rowidOf("Dataset", path.dataset_id, datasetWords);
  const id = await scope.rowidOf("DatasetExample", path.example_id, exampleWords);
  return await inTransaction(db, async (trx) => {
    const dataset = await lockDataset(trx, datasetId, path.dataset_id);
    const { version_id } = await existing(findCurrent(trx, datasetId, id), path.example_id);
    const before = { datasetId, versionId: version_id, within: scope.datasets };
    const versionId = await removeExample(trx, dataset, id);
    return await exampleData(readExample(trx, before, id, versionId), path.example_id);
  });
};

async function lockDataset(trx: Transaction<DB>, value: number, datasetId: string) {
  const dataset = await lockDatasetBy(trx, { column: "id", value }, undefined);
  if (!dataset) throw noDataset(datasetId);
  return dataset;
}

const noDataset = (id: string) => problem("not_found", `Dataset with ID ${id} does not exist`);

async function existing<Example>(example: Promise<Example | undefined>, id: string): Promise<Example> {
  const found = await example;
  if (found === undefined) throw problem("not_found", `DatasetExample with ID ${id} does not exist`);
  return found;
}

const exampleData = async (example: ReturnType<typeof readExample>, id: string) =>
  jsonData(await existing(example, id));
