/**
 * The table in the docs that says of each of Phoenix's operations what differs: that it is whole and true of what there is. What Phoenix
 * has, its published client's types say, which are generated from Phoenix's own document.
 */
import { readFile } from "node:fs/promises";
import { readContract } from "@assay/server";
import { describe, expect, test } from "vitest";
import { callables } from "../src/requests.ts";

/** The client is older than these, or Phoenix serves them without describing them. */
const undocumented = [
  "POST /v1/datasets/{}/splits",
  "PATCH /v1/datasets/{}/splits/{}",
  "DELETE /v1/datasets/{}/splits/{}",
  "GET /v1/experiments/{}/tags",
  "POST /v1/experiments/{}/tags",
  "DELETE /v1/experiments/{}/tags/{}",
  "POST /v1/traces",
];

const { document } = await readContract();
const operations = new Map(
  callables(document).map((operation) => [`${operation.method} ${operation.template}`, operation]),
);
const types = new URL("__generated__/api/v1.d.ts", import.meta.resolve("@arizeai/phoenix-client"));
const described = operationsIn(await readFile(types, "utf8"));
const phoenix = new Set([...described.keys(), ...undocumented]);
const guide = await readFile(new URL("../../../apps/docs/guides/compatibility.md", import.meta.url), "utf8");
const [served = "", absent = "", additions = ""] = guide.split(/^## (?:Not here|Additions)$/m);

/** Templates that differ only in the names of their parameters are one path. */
function shapeOf(operation: string) {
  return operation.replaceAll(/\{\w+\}/g, "{}");
}

/** The operations that generated types describe, without the names of their parameters, and what each takes in its query. */
function operationsIn(source: string): Map<string, Set<string>> {
  const [paths = "", details = ""] = source.split("export interface operations {");
  const queries = new Map(
    [...details.matchAll(/^ {4}(\w+): \{\n(.*?)^ {4}\};/gms)].map(([, id, body = ""]) => {
      const query = /^ {12}query\??: \{\n(.*?)^ {12}\};/ms.exec(body)?.[1] ?? "";
      return [id, new Set([...query.matchAll(/^ {16}"?([\w[\]]+)"?\??:/gm)].map(([, name = ""]) => name))];
    }),
  );
  return new Map(
    [...paths.matchAll(/^ {4}"(\/.*?)": \{\n(.*?)^ {4}\};/gms)].flatMap(([, path = "", item = ""]) =>
      [...item.matchAll(/^ {8}(\w+): operations\["(\w+)"\]/gm)].map(([, method = "", id]) => [
        shapeOf(`${method.toUpperCase()} ${path}`),
        queries.get(id) ?? new Set(),
      ]),
    ),
  );
}

interface Row {
  operation: string;
  link: string;
  remark: string;
}

const rowsOf = (tables: string): Row[] =>
  [...tables.matchAll(/^\| `([A-Z]+ \/.*?)` (\[.*?) \| (.*?) ?\|$/gm)].map(
    ([, operation = "", link = "", remark = ""]) => ({ operation, link, remark }),
  );

/** What the first column says is not there: operations, all of a path, or of all paths that begin with something. */
const denied = [...absent.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, cell = ""]) =>
  [...cell.matchAll(/`(.*?)`/g)].map(([, code = ""]) => shapeOf(code)),
);

function isDenied(operation: string) {
  const path = operation.slice(operation.indexOf(" ") + 1);
  return denied.some((code) =>
    code.endsWith("…") ? path.startsWith(code.slice(0, -1)) : code === operation || code === path,
  );
}

test("the published client's types are read", () => {
  expect(described.get("GET /v1/datasets")).toEqual(new Set(["cursor", "name", "limit"]));
  expect(described.get("DELETE /v1/datasets/{}")).toEqual(new Set());
});

test("every operation of the contract is in the table, once, under its own name", () => {
  const rows = [...rowsOf(served), ...rowsOf(additions)];
  expect(rows.map(({ operation }) => operation).toSorted()).toEqual([...operations.keys()].toSorted());
  for (const { operation, link } of rows) {
    const id = operations.get(operation)?.operationId;
    expect(link).toBe(`[${id}](reference.html#${id})`);
  }
});

test("every operation of Phoenix's is served or said to be absent, and every addition is one", () => {
  const isPublic = (operation: string) => / \/(v1|healthz|readyz|arize_phoenix_version)/.test(operation);
  const known = [...phoenix].filter(isPublic).toSorted();
  const rows = (tables: string) => rowsOf(tables).map(({ operation }) => shapeOf(operation));
  expect([...rows(served), ...known.filter(isDenied)].toSorted()).toEqual(known);
  expect(rows(additions).filter((operation) => phoenix.has(operation))).toEqual([]);
});

test("nothing of datasets and experiments is absent", () => {
  const ofExperiments = [...phoenix].filter((operation) => / \/v1\/(dataset|experiment)/.test(operation));
  expect(ofExperiments).toHaveLength(37);
  expect(ofExperiments.filter(isDenied)).toEqual([]);
});

describe("every parameter is the same or mentioned", () => {
  test.each(rowsOf(served))("$operation", ({ operation, remark }) => {
    const theirs = described.get(shapeOf(operation)) ?? new Set();
    const ours = operations.get(operation)?.parameters.filter((parameter) => parameter.in !== "path") ?? [];
    const names = new Set(ours.map(({ name }) => name));
    for (const name of new Set([...names, ...theirs]))
      if (!names.has(name) || !theirs.has(name)) expect(remark).toContain(`\`${name}\``);
  });
});
