import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const page = await readFile(new URL("../dist/reference.html", import.meta.url), "utf8");

const inPage = (pattern: RegExp) => pattern.exec(page)?.[1] ?? "";

test("the reference is of the contract as it stands", async () => {
  const bundle = new URL("../node_modules/@assay/spec/generated/openapi.json", import.meta.url);
  expect(JSON.parse(inPage(/const __redoc_definition = (.*);$/m))).toEqual(JSON.parse(await readFile(bundle, "utf8")));
});

test("it brings all that it needs, and tells nobody that it was read", () => {
  expect(page).not.toMatch(/<(script|img|iframe)[^>]* src=|<link[^>]* href="(?!data:)/);
  expect(page).not.toContain("https://cdn.redoc.ly/");
  expect(JSON.parse(inPage(/const __redoc_options = (.*);$/m))).toMatchObject({ disableTelemetry: true });
});
