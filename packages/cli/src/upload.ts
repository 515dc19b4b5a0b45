import { openAsBlob } from "node:fs";
import { basename } from "node:path";
import type { DatasetUploadForm } from "@assay/client";
import { type Command, Option } from "commander";
import { type Connection, clientOf, withConnection } from "./connection.ts";

interface UploadOptions {
  name: string;
  action: "create" | "append" | "update";
  description?: string;
  input?: string[];
  output?: string[];
  metadata?: string[];
  flatten?: string[];
  split?: string;
  id?: string;
  span?: string;
  json?: true;
}

/** `assay upload FILE`. */
export function addUpload(assay: Command): void {
  withConnection(assay.command("upload"))
    .description("make a dataset what a file of examples says, or add to it")
    .argument("<file>", "a .csv, .jsonl or .arrow, also as .gz")
    .requiredOption("--name <name>", "the dataset's name")
    .addOption(
      new Option("--action <action>", "make a dataset, add to it, or make it equal to the file")
        .choices(["create", "append", "update"])
        .default("update"),
    )
    .option("--description <text>", "what a new dataset is; by default, the name of the file")
    .option("--input <columns...>", "the columns of the input")
    .option("--output <columns...>", "the columns of the reference output")
    .option("--metadata <columns...>", "the columns of the metadata")
    .option("--flatten <columns...>", "columns of objects whose members are to stand in their place")
    .option("--split <column>", "the column of the splits: a name, or a JSON list of names")
    .option("--id <column>", "the column of your own ids")
    .option("--span <column>", "the column of the ids of spans that examples were made from")
    .option("--json", "print the answer as JSON")
    .action(async (path: string, options: UploadOptions & Connection) => {
      const done = await clientOf(options).datasets.uploadDataset(await formOf(path, options));
      const { num_created_examples: created, num_updated_examples: updated, num_deleted_examples: deleted } = done;
      console.log(
        options.json
          ? JSON.stringify(done)
          : `${created} created, ${updated} updated, ${deleted} deleted (dataset ${done.dataset_id}, version ${done.version_id})`,
      );
    });
}

async function formOf(path: string, options: UploadOptions): Promise<DatasetUploadForm> {
  const { name, action, description = basename(path), input, output, metadata, flatten, split, id, span } = options;
  const file = await openFile(path);
  return {
    name,
    action,
    description,
    ...(input && { "input_keys[]": input }),
    ...(output && { "output_keys[]": output }),
    ...(metadata && { "metadata_keys[]": metadata }),
    ...(flatten && { "flatten_keys[]": flatten }),
    ...(split && { split_key: split }),
    ...(id && { example_id_key: id }),
    ...(span && { span_id_key: span }),
    file,
  };
}

/** A file that is read as it is sent. */
async function openFile(path: string): Promise<Blob> {
  const type = typeOf(path);
  try {
    return await openAsBlob(path, { type });
  } catch (cause) {
    throw new Error(`The file ${path} cannot be read.`, { cause });
  }
}

const types: Record<string, string> = {
  csv: "text/csv",
  jsonl: "application/jsonl",
  ndjson: "application/jsonl",
  arrow: "application/x-pandas-pyarrow",
};

/** The media type of a file, by the end of its name. That it is compressed, the service sees by itself. */
function typeOf(path: string): string {
  const [, ending = ""] = /\.([a-z]+)(?:\.gz)?$/i.exec(path) ?? [];
  const type = types[ending.toLowerCase()];
  if (type === undefined)
    throw new Error(`The name of a file ends in .csv, .jsonl or .arrow; that of ${path} does not.`);
  return type;
}
