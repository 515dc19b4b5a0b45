import { invalid } from "../problem.ts";
import { Slices } from "../slices.ts";

/** What has a cell of its own in CSV: a value in the content of an example that is no object, or an empty one, or is too deep in others. */
export interface Leaf {
  /** The keys that lead to it, joined with dots. */
  column: string;
  /** JSON. */
  text: string;
}

/**
 * An upload takes no more columns, and no more keys in the name of one. More characters of names are not made either: small leaves under a
 * long key would need gigabytes of them.
 */
const mostColumns = 10_000;
const mostCharacters = 1_000_000;
const mostKeys = 100;

/**
 * Counts columns by their names.
 * @throws a Problem (422) if there are too many for CSV.
 */
export class ColumnCounter {
  #columns = 0;
  #characters = 0;

  add(column: string): void {
    this.#columns++;
    this.#characters += column.length;
    if (this.#columns <= mostColumns && this.#characters <= mostCharacters) return;
    const detail = `The examples have more than ${mostColumns} columns, or names of columns longer than ${mostCharacters} characters together: download them as JSONL.`;
    throw invalid("/path/dataset_id", detail, "columns");
  }
}

/**
 * The leaves of a JSON object, in the order of its text, in columns that begin with `part`.
 * @throws a Problem (422) if there are too many for CSV.
 */
export function leavesOf(part: string, json: string): Leaf[] {
  return new Tree(json).leaves(part);
}

class Tree {
  readonly #slices: Slices;
  readonly #found: (Leaf | undefined)[] = [];
  readonly #counter = new ColumnCounter();

  constructor(json: string) {
    this.#slices = new Slices(json);
  }

  leaves(part: string): Leaf[] {
    this.#walk(part, 1);
    return this.#found.filter((leaf) => leaf !== undefined);
  }

  #walk(path: string, keys: number): void {
    const places = new Map<string, [from: number, to: number]>();
    for (const key of this.#slices.members()) {
      // Of a key that is given twice the last counts, with all that is in it.
      this.#found.fill(undefined, ...(places.get(key) ?? [0, 0]));
      const start = this.#found.length;
      // A key that has no UTF-8 stands as JSON, as it would in a cell.
      const column = `${path}.${key.isWellFormed() ? key : JSON.stringify(key)}`;
      if (this.#slices.isFilledObject && keys < mostKeys) this.#walk(column, keys + 1);
      else this.#leaf(column);
      places.set(key, [start, this.#found.length]);
    }
  }

  #leaf(column: string): void {
    this.#counter.add(column);
    this.#found.push({ column, text: this.#slices.slice() });
  }
}
