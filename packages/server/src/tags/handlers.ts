import type { Context } from "../context.ts";
import { findExperiment } from "../experiments/queries.ts";
import { decodeId } from "../id.ts";
import { jsonData } from "../json.ts";
import type { Handler } from "../operation.ts";
import { invalid, problem } from "../problem.ts";
import type { Scope } from "../scope.ts";
import { deleteTagOf, pointTagAt, readTags } from "./queries.ts";

const experimentNotFound = () => problem("not_found", "Experiment not found");

const experimentIdOf = (scope: Scope, id: string) =>
  scope.rowidOf("Experiment", id, { noun: "experiment", pointer: "/path/experiment_id", otherType: "invalid_request" });

export const listExperimentTags: Handler<"listExperimentTags"> = async ({ path }, { db, scope }) => {
  const experimentId = await experimentIdOf(scope, path.experiment_id);
  await expectExperiment(db, experimentId);
  return jsonData(await readTags(db, experimentId));
};

export const upsertExperimentTag: Handler<"upsertExperimentTag"> = async ({ path, body }, { db, scope }) => {
  const { name, description = null } = body;
  const tag = await pointTagAt(db, await experimentIdOf(scope, path.experiment_id), { name, description });
  if (!tag) throw experimentNotFound();
  return jsonData(tag);
};

export const deleteExperimentTag: Handler<"deleteExperimentTag"> = async ({ path }, { db, scope }) => {
  const experimentId = await experimentIdOf(scope, path.experiment_id);
  const tag = await tagOf(scope, path.tag_identifier);
  await expectExperiment(db, experimentId);
  await deleteTagOf(db, experimentId, tag);
};

const tagName = /^[a-z0-9]([_a-z0-9-]*[a-z0-9])?$/; // as the contract has it for the body of a tag

/** The tag that an id or a name means. No name is an id: ids have capitals. */
async function tagOf(scope: Scope, identifier: string): Promise<{ id: number } | { name: string }> {
  const pointer = "/path/tag_identifier";
  const decoded = decodeId(identifier);
  if (decoded?.type === "ExperimentTag" && decoded.rowid !== undefined)
    return { id: await scope.rowidOf("ExperimentTag", identifier, { noun: "tag", pointer }) };
  if (tagName.test(identifier)) return { name: identifier };
  throw invalid(pointer, `Invalid tag identifier: ${identifier}`, "id");
}

async function expectExperiment(db: Context["db"], id: number): Promise<void> {
  if (!(await findExperiment(db, id))) throw experimentNotFound();
}
