import type { components } from "@assay/spec/received";
import { Problem } from "../../problem.ts";
import type { Check } from "../../validation.ts";
import { namesOfSplits, type UploadedExample } from "../upload.ts";
import type { Columns, Part } from "./columns.ts";
import { refusedInFile, refusedRow } from "./refuse.ts";
import { flattenedObject, nestedObject } from "./row-content.ts";

type Schemas = components["schemas"];

/** A row of a file: by column the JSON text of what it holds. A column that it lacks, or that is blank in a CSV, is not there. */
export type Row = ReadonlyMap<string, string>;

/** A row may have so many bytes: it is in memory a few times over. */
export const rowBytes = 8 * 1024 * 1024;

/** The examples in the rows of a file. A refusal of a row names it by its number, from 1. */
export async function* examplesIn(
  rows: AsyncIterable<Row>,
  columns: Columns,
  check: Check,
): AsyncGenerator<UploadedExample> {
  const read = exampleReader(columns, check);
  let number = 1;
  try {
    for await (const row of rows) {
      yield read(row);
      number++;
    }
  } catch (error) {
    if (!(error instanceof Problem && error.errors?.[0]?.pointer.startsWith("/row"))) throw error;
    throw refusedInFile(error.message, error.errors[0].code, number);
  }
}

function exampleReader(columns: Columns, check: Check): (row: Row) => UploadedExample {
  const { content, flattened, path, namesSplits } = columns;
  const readerOf = (part: Part) =>
    content[part].some((column) => flattened.has(column))
      ? flattenedObject(content[part], flattened)
      : nestedObject(content[part], (column) => path(part, column));
  const [input, output, metadata] = [readerOf("input"), readerOf("output"), readerOf("metadata")];
  const held = <Field extends keyof Listed>(field: Field, value: unknown): Listed[Field] => {
    const [wrong] = check(`DatasetUpload/properties/${field}/items`, value);
    if (wrong) throw refusedRow(wrong.inWords ? wrong.detail : `${field} ${wrong.detail}`, wrong.code);
    return value as Listed[Field]; // the contract has just said so
  };
  const idIn = (row: Row, field: "span_ids" | "example_ids", column: string | undefined) => {
    if (column === undefined) return undefined;
    const id = held(field, stringified(row.get(column)));
    return id === null || id === "" || /^nan$/i.test(id) ? undefined : id;
  };
  return (row) => ({
    input: input(row),
    output: output(row),
    metadata: metadata(row),
    id: idIn(row, "example_ids", columns.exampleId),
    spanId: idIn(row, "span_ids", columns.spanId)?.trim(),
    splits: namesSplits ? namesOfSplits(held("splits", splitsIn(row, columns))) : [],
  });
}

/** What the lists of an upload by JSON have for each example: a row of a file is held to the same. */
type Listed = {
  [Field in "splits" | "span_ids" | "example_ids"]: NonNullable<Schemas["DatasetUpload"][Field]>[number];
};

function splitsIn(row: Row, { split, splits }: Columns): unknown {
  if (split === undefined) return splits.flatMap((column) => stringified(row.get(column)));
  const value: unknown = JSON.parse(row.get(split) ?? "null");
  return typeof value === "string" && value.trimStart().startsWith("[") ? listIn(value) : value;
}

/** The list in a text, or the text if it is none. */
function listIn(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : text;
  } catch {
    return text;
  }
}

/** What is no text as the text that it is written as; lists and objects stay what they are. */
function stringified(text = "null"): unknown {
  return text === "null" || /^["[{]/.test(text) ? JSON.parse(text) : text;
}
