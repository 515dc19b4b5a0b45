import type { FormFile } from "../../operation.ts";
import type { Check } from "../../validation.ts";
import { actionOf, type Upload } from "../upload.ts";
import { readArrow } from "./arrow.ts";
import { type Columns, columnsOf, type UploadFields } from "./columns.ts";
import { readCsv } from "./csv.ts";
import { readJsonl } from "./jsonl.ts";
import { refusedInFile } from "./refuse.ts";
import { examplesIn, type Row } from "./rows.ts";

interface Format {
  read: (bytes: AsyncIterable<Uint8Array>, columns: Columns) => AsyncIterable<Row>;
  /** Whether the names of its columns may be paths. */
  paths: boolean;
}

/** How a file is read, by its media type. */
const formats: Record<string, Format> = {
  "text/csv": { read: readCsv, paths: true },
  "application/jsonl": { read: readJsonl, paths: false },
  "application/x-pandas-pyarrow": { read: readArrow, paths: false },
};

/**
 * An upload of a file.
 * @throws a Problem (422) in Phoenix's words if its fields do not fit together, or the file is of another type.
 */
export function uploadOfForm({ fields, file }: { fields: UploadFields; file: FormFile }, check: Check): Upload {
  const { read, paths } = formatOf(file);
  const columns = columnsOf(fields, { paths });
  return {
    action: actionOf(fields.action),
    name: fields.name,
    description: fields.description ?? file.name,
    examples: examplesIn(read(file.bytes, columns), columns, check),
    namesSplits: columns.namesSplits,
    refuseId: (detail, code, n) => refusedInFile(detail, code, n === undefined ? undefined : n + 1),
  };
}

function formatOf({ contentType }: FormFile): Format {
  const [mediaType = "", ...parameters] = contentType.split(";").map((text) => text.trim().toLowerCase());
  const [charset = "utf-8"] = parameters.flatMap((parameter) => /^charset="?([^"]*)"?$/.exec(parameter)?.[1] ?? []);
  const format = Object.hasOwn(formats, mediaType) ? formats[mediaType] : undefined;
  if (!format || !/^(utf-?8|us-ascii)$/.test(charset))
    throw refusedInFile(`Invalid file content type: ${contentType}`, "contentType");
  return format;
}
