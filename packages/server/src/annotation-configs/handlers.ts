import { pageSize } from "../cursor.ts";
import { jsonPage } from "../db/wire.ts";
import { decodeId } from "../id.ts";
import { jsonData } from "../json.ts";
import type { Handler, Input } from "../operation.ts";
import { ifTaken, invalid, problem } from "../problem.ts";
import {
  type ConfigColumns,
  type ConfigKey,
  deleteConfig,
  insertConfig,
  readConfig,
  readConfigs,
  replaceConfig,
} from "./queries.ts";

const notFound = () => problem("not_found", "Annotation configuration not found");
const nameTaken = () =>
  problem("annotation_config_exists", "The name of the annotation configuration is already taken");

export const listAnnotationConfigs: Handler<"listAnnotationConfigs"> = async ({ query }, { db }) => {
  const from = rowidIn(query.cursor ?? "");
  if (query.cursor && from === undefined) throw problem("bad_request", `Invalid cursor: ${query.cursor}`);
  // The next row may be of another type, but a row has an id of each.
  return jsonPage(await readConfigs(db, from, pageSize(query.limit)), "CategoricalAnnotationConfig");
};

export const createAnnotationConfig: Handler<"createAnnotationConfig"> = async ({ body }, { transaction }) =>
  transaction(async (trx) => {
    const config = await insertConfig(trx, columnsOf(body));
    if (!config) throw nameTaken();
    return jsonData(config);
  });

export const getAnnotationConfig: Handler<"getAnnotationConfig"> = async ({ path }, { db }) => {
  const config = await readConfig(db, keyOf(path.config_identifier));
  if (!config) throw notFound();
  return jsonData(config);
};

export const updateAnnotationConfig: Handler<"updateAnnotationConfig"> = async ({ path, body }, { db }) => {
  const key = keyOf(path.config_identifier);
  const config = await replaceConfig(db, key, columnsOf(body)).catch(ifTaken(nameTaken()));
  if (!config) throw notFound();
  return jsonData(config);
};

export const deleteAnnotationConfig: Handler<"deleteAnnotationConfig"> = async ({ path }, { db }) => {
  const config = await deleteConfig(db, keyOf(path.config_identifier));
  if (!config) throw notFound();
  return jsonData(config);
};

/**
 * The row id in an id of a config, whatever the type in it: who has an id need not know that the type has changed since. All datasets share
 * configs, so every caller sees them.
 */
function rowidIn(id: string): number | undefined {
  const decoded = decodeId(id);
  return decoded && /^(Categorical|Continuous|Freeform)AnnotationConfig$/.test(decoded.type)
    ? decoded.rowid
    : undefined;
}

/** What is no id is a name. */
function keyOf(identifier: string): ConfigKey {
  const id = rowidIn(identifier);
  return id === undefined ? { name: identifier } : { id };
}

function columnsOf(config: Input<"createAnnotationConfig">["body"]): ConfigColumns {
  const { name, type, description = null, optimization_direction = null } = config;
  const columns = { name, type, description, optimization_direction, values: null, threshold: null };
  switch (config.type) {
    case "CATEGORICAL":
      return { ...columns, values: valuesOf(config), lower_bound: null, upper_bound: null };
    case "CONTINUOUS":
      return { ...columns, ...boundsOf(config) };
    case "FREEFORM":
      return { ...columns, ...boundsOf(config), threshold: config.threshold ?? null };
  }
}

function valuesOf({ values }: { values: { label: string; score?: number | null }[] }): string {
  const labels = new Set<string>();
  for (const [index, { label }] of values.entries()) {
    const pointer = `/body/values/${index}/label`;
    if (labels.has(label)) throw invalid(pointer, `${pointer} is the label of another value too`, "uniqueItems");
    labels.add(label);
  }
  return JSON.stringify(values.map(({ label, score = null }) => ({ label, score })));
}

function boundsOf(config: { lower_bound?: number | null; upper_bound?: number | null }) {
  const { lower_bound = null, upper_bound = null } = config;
  if (lower_bound !== null && upper_bound !== null && lower_bound >= upper_bound)
    throw invalid("/body/upper_bound", "/body/upper_bound must be above lower_bound", "bounds");
  return { lower_bound, upper_bound };
}
