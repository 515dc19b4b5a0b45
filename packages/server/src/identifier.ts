import { decodeId, type IdType } from "./id.ts";
import { problem } from "./problem.ts";

/** What is known of a row where the contract takes an id or a name (`x-id-or-name`): the column to find it by, and the value there. */
export type Identifier = { column: "id"; value: number } | { column: "name"; value: string };

/** Reads an id or a name. What is the id of a thing of this type is taken for one, and anything else for a name. */
export function readIdentifier(type: IdType, text: string): Identifier {
  const decoded = decodeId(text);
  if (decoded?.type === type && decoded.rowid !== undefined) return { column: "id", value: decoded.rowid };
  return { column: "name", value: text };
}

/**
 * What is found by an id or a name.
 * @throws a Problem (404) in Phoenix's words if nothing is.
 */
export async function resolveIdentifier<Row>(
  type: IdType,
  text: string,
  find: (identifier: Identifier) => Promise<Row | undefined>,
): Promise<Row> {
  const identifier = readIdentifier(type, text);
  const row = await find(identifier);
  if (row) return row;
  throw problem("not_found", `${type} with ${identifier.column === "id" ? "ID" : "name"} ${text} not found`);
}
