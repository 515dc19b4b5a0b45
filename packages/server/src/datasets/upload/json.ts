import type { Input } from "../../operation.ts";
import { invalid } from "../../problem.ts";
import { actionOf, namesOfSplits, type Upload, type UploadedExample } from "../upload.ts";

type JsonUpload = Extract<Input<"uploadDataset">["body"], { mediaType: "application/json" }>["json"];

/**
 * An upload by JSON.
 * @throws a Problem (422) in Phoenix's words if its lists do not fit together.
 */
export function uploadOfJson(body: JsonUpload): Upload {
  const { name, inputs } = body;
  const listed = (field: "outputs" | "metadata") => {
    const list = body[field];
    if (!list?.length) return undefined; // Phoenix takes an empty list for none
    if (list.length !== inputs.length) {
      throw invalid(
        `/body/${field}`,
        `${field} should be a list of same length as input containing only dictionary objects`,
        "length",
      );
    }
    return list;
  };
  const parallel = <Item>(field: string, list: Item[] | null | undefined) => {
    if (list && list.length !== inputs.length) {
      throw invalid(
        `/body/${field}`,
        `${field} must have same length as inputs (${list.length} != ${inputs.length})`,
        "length",
      );
    }
    return list ?? undefined;
  };
  const outputs = listed("outputs");
  const metadata = listed("metadata");
  const splits = parallel("splits", body.splits);
  const spanIds = parallel("span_ids", body.span_ids);
  const exampleIds = parallel("example_ids", body.example_ids);
  function* examples(): Generator<UploadedExample> {
    for (const [index, input] of inputs.entries()) {
      yield {
        input: input.text,
        output: outputs?.[index]?.text ?? "{}",
        metadata: metadata?.[index]?.text ?? "{}",
        id: exampleIds?.[index] ?? undefined,
        spanId: spanIds?.[index]?.trim() || undefined,
        splits: namesOfSplits(splits?.[index] ?? null),
      };
    }
  }
  return {
    action: actionOf(body.action),
    name,
    description: body.description ?? "",
    examples: examples(),
    namesSplits: splits !== undefined,
    refuseId: (detail, code) => invalid("/body/example_ids", detail, code),
  };
}
