import type { Kysely } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { readIdentifier } from "../identifier.ts";
import { invalid, problem } from "../problem.ts";
import type { Datasets } from "../scope.ts";
import { findSplits } from "./queries.ts";

/**
 * The splits that are meant by ids or names, each once, those given by id first: what decodes to the id of a split is an id, anything else
 * a name. A caller who sees some datasets only sees the splits that have members in them.
 * @throws a Problem: 422 for a blank one, which stands at `pointer` in the request; 404 naming those that do not exist.
 */
export async function resolveSplits(
  db: Kysely<DB>,
  identifiers: string[],
  within: Datasets,
  pointer: string,
): Promise<{ ids: number[]; names: string[] }> {
  const ids = new Set<number>();
  const names = new Set<string>();
  for (const text of identifiers.map((identifier) => identifier.trim())) {
    if (text === "") throw invalid(pointer, "Invalid split identifier", "split");
    const identifier = readIdentifier("DatasetSplit", text);
    if (identifier.column === "id") ids.add(identifier.value);
    else names.add(identifier.value);
  }
  const inOrderOfIds = await findSplits(db, [...ids], [...names], within);
  const found = inOrderOfIds.toSorted((a, b) => Number(ids.has(b.id)) - Number(ids.has(a.id)));
  const foundIds = new Set(found.map(({ id }) => id));
  const foundNames = new Set(found.map(({ name }) => name));
  const missingIds = [...ids].filter((id) => !foundIds.has(id));
  if (missingIds.length > 0) throw problem("not_found", `Dataset splits not found for IDs: ${missingIds.join(", ")}`);
  const missingNames = [...names].filter((name) => !foundNames.has(name));
  if (missingNames.length > 0) throw problem("not_found", `Dataset splits not found: ${missingNames.join(", ")}`);
  return { ids: found.map(({ id }) => id), names: found.map(({ name }) => name) };
}
