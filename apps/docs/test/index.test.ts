import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const page = await readFile(new URL("../dist/index.html", import.meta.url), "utf8");

const inPage = (pattern: RegExp) => pattern.exec(page)?.[1] ?? "";

test("the reference is of the contract as it stands", async () => {
  const bundle = new URL("../node_modules/@assay/spec/generated/openapi.json", import.meta.url);
  expect(JSON.parse(inPage(/const __redoc_definition = (.*);$/m))).toEqual(JSON.parse(await readFile(bundle, "utf8")));
});

test("the page may load nothing from elsewhere, and tells nobody that it was read", () => {
  const policy = inPage(/<meta http-equiv="Content-Security-Policy" content="([^"]*)">/);
  expect(policy).toMatch(/^default-src 'none';/);
  expect(policy).not.toMatch(/https?:|\*|connect-src/);
  expect(JSON.parse(inPage(/const __redoc_options = (.*);$/m))).toMatchObject({ disableTelemetry: true });
});
