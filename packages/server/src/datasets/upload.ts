import { setImmediate } from "node:timers/promises";
import type { Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { takeRowIds } from "../db/row-ids.ts";
import { contentHash } from "../examples/content-hash.ts";
import { diffExamples, type UploadedExample } from "../examples/diff.ts";
import { findSpans, insertExamples, readAllExamples, reviseExamples } from "../examples/revisions.ts";
import type { Input } from "../operation.ts";
import { invalid, problem } from "../problem.ts";
import type { Datasets } from "../scope.ts";
import { deleteMembershipsOf } from "../splits/queries.ts";
import { replaceMemberships } from "../splits/replace.ts";
import { findVersion, insertVersion } from "../versions/queries.ts";
import { insertDataset, lockDataset, updateExampleCount } from "./queries.ts";

type Action = "create" | "append" | "update";

/** An upload, checked. */
interface Upload {
  action: Action;
  name: string;
  description: string;
  examples: UploadedExample[];
  /** The names of each example's splits; undefined if the upload says nothing of splits. */
  splits: string[][] | undefined;
}

/** To hash a large upload takes seconds: others have their turn in between. */
const hashedAtATime = 200;

/**
 * The examples of an upload by JSON.
 * @throws a Problem (422) in Phoenix's words if its lists do not fit together or an id is given twice.
 */
export async function examplesOf(body: Input<"uploadDataset">["body"]): Promise<Upload> {
  const { name, inputs } = body;
  const listed = (field: "outputs" | "metadata") => {
    const list = body[field];
    if (!list?.length) return undefined; // Phoenix takes an empty list for none
    if (list.length !== inputs.length) {
      throw invalid(
        `/body/${field}`,
        `${field} should be a list of same length as input containing only dictionary objects`,
        "length",
      );
    }
    return list;
  };
  const parallel = <Item>(field: string, list: Item[] | null | undefined) => {
    if (list && list.length !== inputs.length) {
      throw invalid(
        `/body/${field}`,
        `${field} must have same length as inputs (${list.length} != ${inputs.length})`,
        "length",
      );
    }
    return list ?? undefined;
  };
  const outputs = listed("outputs");
  const metadata = listed("metadata");
  const splits = parallel("splits", body.splits);
  const spanIds = parallel("span_ids", body.span_ids);
  const exampleIds = parallel("example_ids", body.example_ids);
  refuseDuplicates(exampleIds ?? []);
  const examples: UploadedExample[] = [];
  for (const [index, input] of inputs.entries()) {
    if (index % hashedAtATime === 0) await setImmediate();
    const content = {
      input: input.text,
      output: outputs?.[index]?.text ?? "{}",
      metadata: metadata?.[index]?.text ?? "{}",
    };
    examples.push({
      ...content,
      hash: contentHash(content),
      id: exampleIds?.[index] ?? undefined,
      spanId: spanIds?.[index]?.trim() || undefined,
    });
  }
  return {
    action: actionOf(body.action),
    name,
    description: body.description ?? "",
    examples,
    splits: splits?.map(namesOfSplits),
  };
}

function refuseDuplicates(ids: (string | null)[]): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (id === null) continue;
    if (seen.has(id)) throw invalid("/body/example_ids", `Duplicate example_id in request: '${id}'`, "unique");
    seen.add(id);
  }
}

/** The names that are given for an example's splits, each once, trimmed, without blank ones. */
export function namesOfSplits(splits: string | (string | null)[] | null): string[] {
  const names = [splits].flat().map((name) => name?.trim() ?? "");
  return [...new Set(names.filter((name) => name !== ""))];
}

function actionOf(text: string | null): Action {
  const action = (text || "create").toLowerCase();
  if (action === "create" || action === "append" || action === "update") return action;
  // Sic: Phoenix's clients look for these words, and try again with `create`.
  throw invalid("/body/action", `Invalid dateset action: ${text}`, "enum");
}

interface Applied {
  datasetId: number;
  versionId: number;
  created: number;
  updated: number;
  deleted: number;
}

/**
 * Makes the dataset what the upload asks for: compares it with the examples there are and writes the differences, in one version, a few
 * statements in all. The dataset is locked meanwhile, so uploads to it come one after the other.
 */
export async function applyUpload(
  trx: Transaction<DB>,
  { action, name, description, examples, splits }: Upload,
  within: Datasets,
): Promise<Applied> {
  const dataset = within
    ? await takeExisting(trx, action, name, within)
    : await takeDataset(trx, action, name, description);
  const diff = diffExamples(await readAllExamples(trx, dataset.id), examples, { deletesRest: action === "update" });

  const newIds = await takeRowIds(trx, "examples", diff.inserts.length);
  const inserts = diff.inserts.map((example, index) => ({ example, id: newIds[index] ?? 0 }));
  const created = [...inserts, ...diff.revivals];
  const changes = created.length + diff.patches.length + diff.deletes.length;

  const latest = await findVersion(trx, dataset.id, undefined);
  const versionId = changes > 0 || latest === undefined ? await insertVersion(trx, dataset.id) : latest;
  if (changes > 0) {
    await insertExamples(trx, dataset.id, inserts, await findSpans(trx, examples, within));
    await reviseExamples(
      trx,
      { datasetId: dataset.id, versionId },
      { created, patched: diff.patches, deleted: diff.deletes },
    );
    await updateExampleCount(trx, dataset.id, dataset.example_count + created.length - diff.deletes.length);
    await deleteMembershipsOf(trx, dataset.id, diff.deletes);
  }

  const updatedIds = new Set(diff.patches.map(({ id }) => id));
  if (splits) {
    const idOf = new Map([...created, ...diff.patches, ...diff.unchanged].map(({ example, id }) => [example, id]));
    const wanted = examples.map((example, index) => ({
      exampleId: idOf.get(example) ?? 0,
      names: splits[index] ?? [],
    }));
    const createdIds = new Set(created.map(({ id }) => id));
    for (const id of await replaceMemberships(trx, dataset.id, wanted)) if (!createdIds.has(id)) updatedIds.add(id);
  }
  return {
    datasetId: dataset.id,
    versionId,
    created: created.length,
    updated: updatedIds.size,
    deleted: diff.deletes.length,
  };
}

/** The dataset of this name, made if there is none, and kept from others until the transaction ends. */
async function takeDataset(trx: Transaction<DB>, action: Action, name: string, description: string) {
  for (;;) {
    const created = await insertDataset(trx, name, description);
    if (created) return created;
    if (action === "create") throw nameIsTaken(name);
    const existing = await lockDataset(trx, name, undefined);
    if (existing) return existing;
    // It was deleted while this waited for it, so the name may be free.
  }
}

/** The dataset of this name for a caller who sees some datasets only, and is not told whether any other has the name. */
async function takeExisting(trx: Transaction<DB>, action: Action, name: string, within: Datasets) {
  const existing = await lockDataset(trx, name, within);
  if (!existing) throw problem("forbidden", "A key that is limited to datasets uploads to those, and creates none.");
  if (action === "create") throw nameIsTaken(name);
  return existing;
}

const nameIsTaken = (name: string) => problem("dataset_exists", `A dataset named "${name}" already exists.`);
