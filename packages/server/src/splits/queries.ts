import { type Kysely, sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { type Datasets, hasMembers } from "../scope.ts";

/** The splits of these ids or names, each once; of those that have members in the datasets, if some are given. */
export function findSplits(db: Kysely<DB>, ids: number[], names: string[], within?: Datasets) {
  return db
    .selectFrom("splits")
    .where(sql<boolean>`id = any(${ids}::bigint[]) or name = any(${names}::text[])`)
    .$if(within !== undefined, (query) => query.where(hasMembers(sql`splits.id`, within ?? [])))
    .orderBy("id")
    .select(["id", "name"])
    .execute();
}

/** Makes the splits of these names that do not exist. */
export async function insertSplits(trx: Transaction<DB>, names: string[]): Promise<void> {
  // In one order everywhere, so that two uploads never wait for each other.
  await sql`insert into splits (name) select name from unnest(${names.toSorted()}::text[]) as name on conflict (name) do nothing`.execute(
    trx,
  );
}

/** Who of these examples is in which split. */
export async function readMemberships(trx: Transaction<DB>, exampleIds: number[]): Promise<Membership[]> {
  return await trx
    .selectFrom("split_examples")
    .where(sql<boolean>`example_id = any(${exampleIds}::bigint[])`)
    .select(["example_id", "split_id"])
    .execute();
}

/** An example's being in a split. */
export interface Membership {
  example_id: number;
  split_id: number;
}

const columns = (memberships: Membership[]) =>
  sql`unnest(${memberships.map(({ example_id }) => example_id)}::bigint[], ${memberships.map(({ split_id }) => split_id)}::bigint[]) as given (example_id, split_id)`;

export async function insertMemberships(trx: Transaction<DB>, memberships: Membership[]): Promise<void> {
  await sql`insert into split_examples (example_id, split_id) select example_id, split_id from ${columns(memberships)} on conflict do nothing`.execute(
    trx,
  );
}

export async function deleteMemberships(trx: Transaction<DB>, memberships: Membership[]): Promise<void> {
  await sql`
    delete from split_examples using ${columns(memberships)}
    where split_examples.example_id = given.example_id and split_examples.split_id = given.split_id
  `.execute(trx);
}

/** Takes examples out of every split. */
export async function deleteMembershipsOf(trx: Transaction<DB>, exampleIds: number[]): Promise<void> {
  await sql`delete from split_examples where example_id = any(${exampleIds}::bigint[])`.execute(trx);
}
