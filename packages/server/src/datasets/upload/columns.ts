import { deepestContent } from "../../content.ts";
import type { FormBody, Input } from "../../operation.ts";
import { invalid } from "../../problem.ts";
import { refusedInFile } from "./refuse.ts";

export type UploadFields = Extract<Input<"uploadDataset">["body"], FormBody<{ file: Blob }>>["fields"];

/** The parts of an example's content. */
const parts = ["input", "output", "metadata"] as const;
export type Part = (typeof parts)[number];

/** Which columns of a file are what. */
export interface Columns {
  /** Those of each part of the content, in the order of the form. */
  content: Record<Part, string[]>;
  /** Those that hold objects, whose members stand in their place. */
  flattened: Set<string>;
  /** Whether some of them are paths, as in a CSV that was downloaded. Then cells that are JSON lists or objects are taken as such. */
  arePaths: boolean;
  /** The keys that lead to a column in a part of the content. */
  path: (part: Part, column: string) => string[];
  /** How deeply what a column holds may be nested, so that the content that it comes to stand in is not nested too deeply. */
  deepest: (column: string) => number;
  /** The one that has an example's splits, or those that have the name of one each. */
  split: string | undefined;
  splits: string[];
  namesSplits: boolean;
  spanId: string | undefined;
  exampleId: string | undefined;
}

/**
 * The columns that a form names. With `paths`, and unless some are flattened, those that begin with the name of their part and a dot are paths
 * in it.
 * @throws a Problem (422) if there are two ways to read the splits, or a path has too many keys.
 */
export function columnsOf(fields: UploadFields, { paths }: { paths: boolean }): Columns {
  const content = {
    input: named(fields["input_keys[]"]),
    output: named(fields["output_keys[]"]),
    metadata: named(fields["metadata_keys[]"]),
  };
  const flattened = new Set(named(fields["flatten_keys[]"]));
  const splits = named(fields["split_keys[]"]);
  if (fields.split_key && splits.length > 0) throw twoSplits();
  const isPath = (column: string) => parts.some((part) => column.startsWith(`${part}.`));
  const arePaths = paths && flattened.size === 0 && Object.values(content).flat().some(isPath);
  const path = (part: Part, column: string) =>
    arePaths && column.startsWith(`${part}.`) ? column.slice(part.length + 1).split(".") : [column];
  return {
    content,
    flattened,
    arePaths,
    path,
    deepest: deepestByColumn(content, flattened, path),
    split: fields.split_key || undefined,
    splits,
    namesSplits: Boolean(fields.split_key) || splits.length > 0,
    spanId: fields.span_id_key || undefined,
    exampleId: fields.example_id_key || undefined,
  };
}

function deepestByColumn(
  content: Columns["content"],
  flattened: Set<string>,
  path: Columns["path"],
): Columns["deepest"] {
  const levels = new Map<string, number>();
  for (const part of parts) {
    for (const column of content[part]) {
      const keys = path(part, column).length;
      if (keys > deepestContent) {
        const detail = `The column '${column.slice(0, 50)}…' is a path of more than ${deepestContent} keys.`;
        throw invalid(`/body/${part}_keys[]`, detail, "depth");
      }
      levels.set(column, Math.max(levels.get(column) ?? 0, keys));
    }
  }
  return (column) => deepestContent - (flattened.has(column) ? 0 : (levels.get(column) ?? 0));
}

function twoSplits() {
  const detail =
    "Cannot specify both 'split_keys[]' and 'split_key'. Use 'split_key' for a single column with JSON-encoded split lists.";
  return invalid("/body/split_key", detail, "not");
}

const named = (names: string[] = []) => [...new Set(names.filter((name) => name.trim() !== ""))];

/** Every column that a file is read for. */
export function columnsRead({ content, flattened, split, splits, spanId, exampleId }: Columns): Set<string> {
  const single = [split, spanId, exampleId].flatMap((column) => column ?? []);
  return new Set([...Object.values(content).flat(), ...flattened, ...splits, ...single]);
}

const mostColumns = 10_000;

/** @throws a Problem (422), in Phoenix's words, if a file has two columns of one name, or lacks one that the form names. */
export function refuseHeader({ content, split, splits, spanId, exampleId }: Columns, header: string[]): void {
  if (header.length > mostColumns) throw refusedInFile(`A file may have ${mostColumns} columns at most.`, "columns");
  const known = new Set(header);
  if (known.size < header.length) {
    const twice = header.find((column, place) => header.indexOf(column) < place);
    throw refusedInFile(`Duplicated column header in CSV file: ${twice}`, "header");
  }
  for (const [noun, names] of Object.entries({ ...content, split: splits })) {
    const missing = names.filter((name) => !known.has(name)).map((name) => `'${name}'`);
    if (missing.length === 0) continue;
    const detail = `${noun} keys not found in column headers: frozenset({${missing.join(", ")}})`;
    throw invalid(`/body/${noun}_keys[]`, detail, "column");
  }
  for (const [field, name] of Object.entries({ span_id_key: spanId, example_id_key: exampleId, split_key: split })) {
    if (name !== undefined && !known.has(name))
      throw invalid(`/body/${field}`, `${field} '${name}' not found in column headers`, "column");
  }
}
