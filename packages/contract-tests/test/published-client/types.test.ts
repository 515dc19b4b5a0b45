import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { pathsV1 } from "@arizeai/phoenix-client";
import type { paths } from "@assay/spec";
import { describe, expect, test } from "vitest";

const newer = "Phoenix serves it, and this client is older than that.";

/**
 * Where our operations differ from what the published client's types say of them, and why that is meant. Every difference is listed, and
 * nothing else: this does not compile otherwise, and the error has the name of what is missing here or does not exist.
 */
const intended = {
  "DELETE /v1/datasets/{dataset_identifier}/splits/{split_id}: not in Phoenix": newer,
  "DELETE /v1/datasets/{dataset_id}/examples/{example_id}: not in Phoenix": "An addition.",
  "DELETE /v1/experiments/{experiment_id}/tags/{tag_identifier}: not in Phoenix": newer,
  "GET /arize_phoenix_version: 200 text/plain": "Phoenix answers plain text too, but its framework documents JSON.",
  "GET /healthz: 200 text/plain": "Phoenix answers plain text too, but its framework documents JSON.",
  "GET /openapi.json: not in Phoenix": "An addition.",
  "GET /v1/datasets/{dataset_identifier}/splits/{split_id}: not in Phoenix": "An addition.",
  "GET /v1/datasets/{dataset_identifier}/splits: not in Phoenix": "An addition.",
  "GET /v1/datasets/{dataset_id}/examples/{example_id}: not in Phoenix": "An addition.",
  "GET /v1/experiments/{experiment_id}/comparison/examples: not in Phoenix": "An addition.",
  "GET /v1/experiments/{experiment_id}/comparison: not in Phoenix": "An addition.",
  "GET /v1/experiments/{experiment_id}/evaluations: not in Phoenix": "An addition.",
  "GET /v1/experiments/{experiment_id}/json: 200 application/json": "Phoenix sends JSON too, and documents text.",
  "GET /v1/experiments/{experiment_id}/jsonl: not in Phoenix": "An addition.",
  "GET /v1/experiments/{experiment_id}/power: not in Phoenix": "An addition.",
  "GET /v1/experiments/{experiment_id}/runs/{run_id}: not in Phoenix": "An addition.",
  "GET /v1/experiments/{experiment_id}/summary: not in Phoenix": "An addition.",
  "GET /v1/experiments/{experiment_id}/tags: not in Phoenix": newer,
  "GET /v1/projects: query include_dataset_evaluator_projects": "Nothing makes such projects here.",
  "PATCH /v1/datasets/{dataset_identifier}/splits/{split_id}: not in Phoenix": newer,
  "PATCH /v1/datasets/{dataset_id}/examples/{example_id}: not in Phoenix": "An addition.",
  "PATCH /v1/datasets/{dataset_id}: not in Phoenix": "An addition.",
  "PATCH /v1/experiments/{experiment_id}: request application/json": "Phoenix refuses null too, and documents it.",
  "POST /v1/datasets/upload: request multipart/form-data": "A file is text in these types, and a Blob in ours.",
  "POST /v1/datasets/upload: request without body": "Phoenix refuses it too, but reads the body past its framework.",
  "POST /v1/datasets/{dataset_identifier}/splits: not in Phoenix": newer,
  "POST /v1/datasets/{dataset_id}/examples: not in Phoenix": "An addition.",
  "POST /v1/experiment_evaluations/batch: not in Phoenix": "An addition.",
  "POST /v1/experiments/{experiment_id}/runs/batch: not in Phoenix": "An addition.",
  "POST /v1/experiments/{experiment_id}/tags: not in Phoenix": newer,
  "POST /v1/traces: not in Phoenix": "Phoenix serves it without describing it.",
} satisfies Record<Misfit, string>;

type Method = "get" | "put" | "post" | "delete" | "patch";

/** Templates that differ only in the names of their parameters are one path. */
type Shape<Path> = Path extends `${infer Before}{${string}}${infer After}` ? `${Before}{}${Shape<After>}` : Path;
type PhoenixPaths = { [Path in keyof pathsV1 as Shape<Path>]: pathsV1[Path] };
type PhoenixPath<Path> = PhoenixPaths[Shape<Path> & keyof PhoenixPaths];

type OperationOf<PathItem, M extends Method> = PathItem extends { [_ in M]: infer Operation } ? Operation : never;

/** In words, where an operation of ours does not fit Phoenix's of the same method and path. */
type Misfit = {
  [Path in keyof paths]: {
    [M in Method]: [OperationOf<paths[Path], M>] extends [never]
      ? never
      : `${Uppercase<M>} ${Path}: ${Difference<OperationOf<paths[Path], M>, OperationOf<PhoenixPath<Path>, M>>}`;
  }[Method];
}[keyof paths];

type Difference<Ours, Theirs> = [Theirs] extends [never]
  ? "not in Phoenix"
  :
      | `query ${ParameterMisfit<ParametersIn<"query", Theirs>, ParametersIn<"query", Ours>>}`
      | `header ${ParameterMisfit<ParametersIn<"header", Theirs>, ParametersIn<"header", Ours>>}`
      | `request ${BodyMisfit<Body<Request<Theirs>>, Body<Request<Ours>>>}`
      | `request ${FieldMisfit<Body<Request<Ours>>, Body<Request<Theirs>>>}`
      | ResponseMisfit<Responses<Ours>, Responses<Theirs>>;

/** Without null, which the client leaves out. */
type ParametersIn<Place extends string, Operation> = Operation extends {
  parameters: { [_ in Place]?: infer Found extends object };
}
  ? { [Name in keyof Found]: NonNullable<Found[Name]> }
  : Record<never, never>;

/** The parameters that are sent and not taken, or not with this value, and those that are required and not sent. */
type ParameterMisfit<Sent, Taken> = {
  [Name in (keyof Sent | keyof Taken) & string]: Pick<Sent, Name & keyof Sent> extends (
    Name extends keyof Taken
      ? Pick<Taken, Name>
      : { [_ in Name]?: never }
  )
    ? never
    : Name;
}[(keyof Sent | keyof Taken) & string];

type Request<Operation> = Operation extends { requestBody?: unknown } ? Operation["requestBody"] : never;
type Responses<Operation> = Operation extends { responses: infer Found } ? Found : never;
type Success = 200 | 201 | 202 | 204;

type ResponseMisfit<Ours, Theirs> = {
  [Status in keyof Ours & Success]: Status extends keyof Theirs
    ? `${Status} ${BodyMisfit<Body<Ours[Status]>, Body<Theirs[Status]>> | FieldMisfit<Body<Ours[Status]>, Body<Theirs[Status]>>}`
    : `${Status}`;
}[keyof Ours & Success];

type Body<Message> = Message extends { content: infer Content }
  ? { [Type in keyof Content]: { type: Type & string; value: Content[Type] } }[keyof Content]
  : { type: "without body"; value: undefined };

interface AnyBody {
  type: string;
  value: unknown;
}

/** The media types of what is given and not taken, or not with this content. */
type BodyMisfit<Given extends AnyBody, Taken> = Given extends Taken ? never : Given["type"];

/** The media types in which ours lacks a field of theirs: if it is optional there, nothing else would show it. */
type FieldMisfit<Ours extends AnyBody, Theirs extends AnyBody> = {
  [Type in Ours["type"] & Theirs["type"]]: Fields<ValueOf<Ours, Type>> extends Fields<ValueOf<Theirs, Type>>
    ? never
    : Type;
}[Ours["type"] & Theirs["type"]];

type ValueOf<Given extends AnyBody, Type> = Exclude<Extract<Given, { type: Type }>["value"], null | undefined>;

/** The fields of a value, all the way down, whatever is in them. */
type Fields<Value> = Value extends readonly (infer Item)[]
  ? Fields<Item>[]
  : Value extends object
    ? { [Name in keyof Value]-?: Fields<Exclude<Value[Name], null | undefined>> }
    : unknown;

describe(`the published client's types, but for ${Object.keys(intended).length} intended differences`, () => {
  test("fit the contract", async () => {
    expect(await compileAgainst((contract) => contract)).toBe("");
  });

  test.each([
    ["num_created_examples: number", "created: number", "POST /v1/datasets/upload: 200 application/json"],
    ["filtered_splits: string[]", "splits: string[]", "GET /v1/datasets/{dataset_id}/examples: 200 application/json"],
    ["        204: {", "        202: {", "DELETE /v1/datasets/{dataset_id}: 202"],
    ["delete_project?:", "with_project?:", "DELETE /v1/experiments/{experiment_id}: query delete_project"],
    ["limit?: components", "limit: components", "GET /v1/datasets: query limit"],
    [
      "experiment_run_id: components",
      "run_id: components",
      "POST /v1/experiment_evaluations: request application/json",
    ],
    ["span_ids?: components", "span_ids?: number & components", "POST /v1/datasets/upload: request application/json"],
    ["example_ids?: components", "ids?: components", "POST /v1/datasets/upload: request application/json"],
    ['"/v1/experiment_evaluations": {', '"/v1/evaluations": {', "POST /v1/evaluations: not in Phoenix"],
    ['"/openapi.json": {', '"/docs.json": {', '"GET /openapi.json: not in Phoenix"\' does not exist'],
  ])("do not, if %j becomes %j: %s", async (from, to, complaint) => {
    expect(await compileAgainst((contract) => contract.replace(from, to))).toContain(complaint);
  });
});

/** What the compiler says of this file if the contract's types are changed. */
async function compileAgainst(change: (contract: string) => string): Promise<string> {
  const root = join(import.meta.dirname, "../../../..");
  const scratch = await mkdtemp(join(tmpdir(), "assay-types-"));
  const contract = await readFile(join(root, "spec/generated/openapi.d.ts"), "utf8");
  await writeFile(join(scratch, "openapi.d.ts"), change(contract));
  const project = {
    extends: join(root, "packages/contract-tests/tsconfig.json"),
    compilerOptions: { paths: { "@assay/spec": ["./openapi.d.ts"] }, typeRoots: [join(root, "node_modules/@types")] },
    include: [],
    files: [import.meta.filename],
  };
  await writeFile(join(scratch, "tsconfig.json"), JSON.stringify(project));
  const tsc = join(root, "node_modules/.bin/tsc");
  const output = await new Promise<string>((resolve) =>
    execFile(tsc, ["-p", scratch], (_, stdout, stderr) => resolve(stdout + stderr)),
  );
  await rm(scratch, { recursive: true });
  return output;
}
