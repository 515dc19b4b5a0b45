/** Whoever knows an operation's name finds every line that serves it: its tag is its folder in the server, and it is called the same there. */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readContract } from "../src/contract.ts";
import { handlers } from "../src/handlers.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const { document } = await readContract();
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

describe("every operation", () => {
  test.each(operations.map(({ operationId, tags }) => [operationId, tags] as const))(
    "%s",
    async (operationId, tags) => {
      expect(tags).toHaveLength(1);
      const source = await readFile(`${root}packages/server/src/${tags[0]}/handlers.ts`, "utf8");
      expect(source).toContain(`export const ${operationId}: Handler<"${operationId}">`);
      expect(existsSync(`${root}packages/client/src/${tags[0]}.ts`)).toBe(true);
      expect(existsSync(`${root}packages/contract-tests/test/${tags[0]}.test.ts`)).toBe(true);
    },
  );

  test("has a handler, and there are no others", () => {
    expect(Object.keys(handlers).toSorted()).toEqual(operations.map(({ operationId }) => operationId).toSorted());
  });
});

describe("every handler", async () => {
  const sources = (await readdir(`${root}packages/server/src`, { recursive: true })).filter((file) =>
    file.endsWith("/handlers.ts"),
  );

  test.each(sources)("in %s leaves HTTP to the router and SQL to the queries", async (file) => {
    const source = await readFile(`${root}packages/server/src/${file}`, "utf8");
    expect(source).not.toMatch(/from "express"|\b(request|response)\.|\bstatus\(/);
    if (file !== "service/handlers.ts")
      expect(source).not.toMatch(/\bsql`|\.(selectFrom|insertInto|updateTable|deleteFrom)\(/);
  });
});

test("what writes in a transaction is done again when the database undoes it", async () => {
  const sources = (await readdir(`${root}packages/server/src`, { recursive: true })).filter((file) =>
    file.endsWith(".ts"),
  );
  const opening = [];
  for (const file of sources)
    if (/\.transaction\(\)/.test(await readFile(`${root}packages/server/src/${file}`, "utf8"))) opening.push(file);
  // The one reads, and in one state: nothing is in its way.
  expect(opening.toSorted()).toEqual(["db/together.ts", "db/transaction.ts"]);
});

/** What a file of the sources loads, itself included: what is imported for its types alone is not. */
async function loadedBy(file: string, loaded = new Set<string>()): Promise<Set<string>> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  const source = await readFile(file, "utf8");
  for (const [, , name = ""] of source.matchAll(/^(?:import|export) (?!type )(?:[^;]*? from )?(["'])(.+?)\1;$/gms)) {
    if (name.startsWith(".")) await loadedBy(fileURLToPath(new URL(name, `file://${file}`)), loaded);
    else loaded.add(name);
  }
  return loaded;
}

test("distribution functions are loaded by the threads that compute figures, and by nothing else", async () => {
  const isFunction = (name: string) => name.startsWith("@stdlib/");
  const loaded = async (file: string) => [...(await loadedBy(`${root}packages/server/src/${file}`))];
  expect((await loaded("comparisons/worker.ts")).filter(isFunction)).not.toEqual([]);
  expect(await loaded("index.ts")).toContain("kysely");
  expect((await loaded("index.ts")).filter(isFunction)).toEqual([]);
});
