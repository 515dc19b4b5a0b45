import { type ExpressionBuilder, type Kysely, sql } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { jsonByValue, jsonObject, readPage, wireId } from "../db/wire.ts";

/** A config as the contract has it: its type says which of its columns it has. */
function configAsJson({ ref }: ExpressionBuilder<DB, "annotation_configs">) {
  const id = ref("annotation_configs.id");
  const [name, description] = [ref("annotation_configs.name"), ref("annotation_configs.description")];
  const direction = ref("annotation_configs.optimization_direction");
  const [lower_bound, upper_bound] = [ref("annotation_configs.lower_bound"), ref("annotation_configs.upper_bound")];
  return jsonByValue(ref("annotation_configs.type"), {
    CATEGORICAL: jsonObject({
      name,
      type: sql.lit<"CATEGORICAL">("CATEGORICAL"),
      description,
      optimization_direction: direction.$notNull(),
      values: ref("annotation_configs.values").$notNull(),
      id: wireId("CategoricalAnnotationConfig", id),
    }),
    CONTINUOUS: jsonObject({
      name,
      type: sql.lit<"CONTINUOUS">("CONTINUOUS"),
      description,
      optimization_direction: direction.$notNull(),
      lower_bound,
      upper_bound,
      id: wireId("ContinuousAnnotationConfig", id),
    }),
    FREEFORM: jsonObject({
      name,
      type: sql.lit<"FREEFORM">("FREEFORM"),
      description,
      optimization_direction: direction,
      threshold: ref("annotation_configs.threshold"),
      lower_bound,
      upper_bound,
      id: wireId("FreeformAnnotationConfig", id),
    }),
  });
}

/** What a caller knows a config by. */
export type ConfigKey = { id: number } | { name: string };

/** Configs of every type, newest first. */
export function readConfigs(db: Kysely<DB>, from: number | undefined, size: number) {
  const query = db
    .selectFrom("annotation_configs")
    .$if(from !== undefined, (query) => query.where("id", "<=", from ?? 0))
    .orderBy("annotation_configs.id", "desc")
    .select((eb) => ["annotation_configs.id as rowid", configAsJson(eb).as("json")]);
  return readPage(query, size);
}

export async function readConfig(db: Kysely<DB>, key: ConfigKey) {
  const row = await db
    .selectFrom("annotation_configs")
    .where((eb) => eb.and(key))
    .select((eb) => configAsJson(eb).as("json"))
    .executeTakeFirst();
  return row?.json;
}

/** A config's columns; `values` are JSON text. What its type does not have is null. */
export interface ConfigColumns {
  name: string;
  type: "CATEGORICAL" | "CONTINUOUS" | "FREEFORM";
  description: string | null;
  optimization_direction: "MINIMIZE" | "MAXIMIZE" | "NONE" | null;
  values: string | null;
  threshold: number | null;
  lower_bound: number | null;
  upper_bound: number | null;
}

/** Makes a config; undefined if the name is taken. */
export async function insertConfig(db: Kysely<DB>, config: ConfigColumns) {
  const row = await db
    .insertInto("annotation_configs")
    .values({ ...config, values: sql`${config.values}::json` })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .returning((eb) => configAsJson(eb).as("json"))
    .executeTakeFirst();
  return row?.json;
}

/** Replaces all of a config but its id; undefined if there is none, and the database's error if the name is another's. */
export async function replaceConfig(db: Kysely<DB>, key: ConfigKey, config: ConfigColumns) {
  const row = await db
    .updateTable("annotation_configs")
    .set({ ...config, values: sql`${config.values}::json` })
    .where((eb) => eb.and(key))
    .returning((eb) => configAsJson(eb).as("json"))
    .executeTakeFirst();
  return row?.json;
}

/** Deletes a config and gives what it was; undefined if there is none. */
export async function deleteConfig(db: Kysely<DB>, key: ConfigKey) {
  const row = await db
    .deleteFrom("annotation_configs")
    .where((eb) => eb.and(key))
    .returning((eb) => configAsJson(eb).as("json"))
    .executeTakeFirst();
  return row?.json;
}
