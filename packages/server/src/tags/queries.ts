import { type ExpressionBuilder, type Kysely, sql } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { jsonArrayOf, jsonObject, wireId } from "../db/wire.ts";

/** A tag as the contract has it. */
function tagAsJson({ ref }: ExpressionBuilder<DB, "experiment_tags">) {
  return jsonObject({
    id: wireId("ExperimentTag", ref("experiment_tags.id")),
    name: ref("experiment_tags.name"),
    description: ref("experiment_tags.description"),
  });
}

/** The tags of an experiment, in the order of their names. */
export async function readTags(db: Kysely<DB>, experimentId: number) {
  const { json } = await db
    .selectFrom("experiment_tags")
    .where("experiment_id", "=", experimentId)
    .select((eb) => jsonArrayOf(tagAsJson(eb), sql`name collate "C"`).as("json"))
    .executeTakeFirstOrThrow();
  return json;
}

/**
 * Makes a dataset's tag of this name point at one of its experiments, wherever it pointed before; undefined if there is no such experiment.
 * Whoever deletes the experiment meanwhile is waited for, or waits.
 */
export async function pointTagAt(
  db: Kysely<DB>,
  experimentId: number,
  { name, description }: { name: string; description: string | null },
) {
  const row = await db
    .insertInto("experiment_tags")
    .columns(["dataset_id", "experiment_id", "name", "description"])
    .expression((eb) =>
      eb
        .selectFrom("experiments")
        .where("id", "=", experimentId)
        .forKeyShare()
        .select([
          "dataset_id",
          "id",
          sql<string>`${name}::text`.as("name"),
          sql<string | null>`${description}::text`.as("description"),
        ]),
    )
    .onConflict((conflict) =>
      conflict.columns(["dataset_id", "name"]).doUpdateSet(({ ref }) => ({
        experiment_id: ref("excluded.experiment_id"),
        description: ref("excluded.description"),
      })),
    )
    .returning((eb) => tagAsJson(eb).as("json"))
    .executeTakeFirst();
  return row?.json;
}

/** Deletes a tag if it points at this experiment. */
export async function deleteTagOf(
  db: Kysely<DB>,
  experimentId: number,
  tag: { id: number } | { name: string },
): Promise<void> {
  await db
    .deleteFrom("experiment_tags")
    .where("experiment_id", "=", experimentId)
    .where((eb) => eb.and(tag))
    .execute();
}
