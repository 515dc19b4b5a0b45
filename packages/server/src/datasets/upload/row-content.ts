/** A part of an example's content, made of a row's columns: their JSON texts go into it as they are. */
import { deepestContent, readMembers } from "../../content.ts";
import { refusedRow } from "./refuse.ts";
import type { Row } from "./rows.ts";

type ContentReader = (row: Row) => string;

/** A place in the object: the columns that are it, one at most in each row, or what is below it. */
interface Place {
  columns: string[];
  /** By the key. No object: none of the keys means anything. */
  below: Map<string, Place>;
}

/** An object of columns, each where its path of keys leads. */
export function nestedObject(columns: string[], path: (column: string) => string[]): ContentReader {
  const root: Place = { columns: [], below: new Map() };
  for (const column of columns) {
    let place = root;
    for (const key of path(column)) {
      const next = place.below.get(key) ?? { columns: [], below: new Map() };
      place.below.set(key, next);
      place = next;
    }
    place.columns.push(column);
  }
  return (row) => textOf(root, row) ?? "{}";
}

function textOf({ columns, below }: Place, row: Row): string | undefined {
  const present = columns.filter((column) => row.has(column));
  const members: string[] = [];
  for (const [key, place] of below) {
    const text = textOf(place, row);
    if (text !== undefined) members.push(`${JSON.stringify(key)}:${text}`);
  }
  if (present.length + Math.min(members.length, 1) > 1)
    throw refusedRow(`The column '${present[0]}' stands where another does, or its members`, "conflict");
  const [column] = present;
  if (column !== undefined) return row.get(column);
  return members.length > 0 ? `{${members.join()}}` : undefined;
}

/** An object of columns, of which those that are `flattened` hold objects, whose members stand in their place. */
export function flattenedObject(columns: string[], flattened: Set<string>): ContentReader {
  const spread = columns.filter((column) => flattened.has(column));
  const plain = columns.filter((column) => !flattened.has(column));
  return (row) => {
    const members = new Map<string, string>();
    for (const column of spread) {
      const text = row.get(column) ?? "{}";
      if (!text.startsWith("{")) throw refusedRow(`Cannot flatten '${column}': expected object`, "type");
      const inside = readMembers(text, "row", () => deepestContent - 1);
      const twice = [...inside.keys()].filter((name) => members.has(name));
      if (twice.length > 0)
        throw refusedRow(`Cannot flatten '${column}': keys ${namesIn(twice)} already emitted`, "conflict");
      for (const [name, { key, value }] of inside) members.set(name, `${key}:${value}`);
    }
    const present = plain.filter((column) => row.has(column));
    const taken = present.filter((column) => members.has(column));
    if (taken.length > 0) throw refusedRow(`Keys ${namesIn(taken)} conflict with flattened children`, "conflict");
    for (const column of present) members.set(column, `${JSON.stringify(column)}:${row.get(column)}`);
    return `{${[...members.values()].join()}}`;
  };
}

/** As Python writes a set of names. */
const namesIn = (names: string[]) => `{${names.map((name) => `'${name}'`).join(", ")}}`;
