import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";

const folder = fileURLToPath(new URL("..", import.meta.url));

/** Builds guides, given by file name, and gives what was said and the pages. */
async function build(guides: Record<string, string>) {
  const place = await mkdtemp(join(tmpdir(), "assay-test-docs-"));
  onTestFinished(() => rm(place, { recursive: true }));
  for (const [name, text] of Object.entries(guides)) await writeFile(join(place, name), text);
  const said = await new Promise<string>((resolve) => {
    execFile(process.execPath, ["guides.mjs", place, place], { cwd: folder }, (error, _stdout, stderr) => {
      resolve(error ? stderr || error.message : "");
    });
  });
  const page = (name: string) => readFile(join(place, name), "utf8");
  return { said, page };
}

test("what is built has every guide, and needs no JavaScript", async () => {
  const sources = await readdir(join(folder, "guides"));
  const guides = sources.filter((name) => name.endsWith(".md")).map((name) => name.replace(/md$/, "html"));
  const built = await readdir(join(folder, "dist"));
  for (const name of guides) {
    const page = await readFile(join(folder, "dist", name), "utf8");
    expect(page).not.toMatch(/<script|javascript:| on\w+=/i);
    for (const other of guides) expect(page).toContain(`href="${other}"`);
    expect(page).toContain('href="reference.html"');
    for (const [, picture] of page.matchAll(/<img src="([^"]+)"/g)) expect(built).toContain(picture);
  }
});

test("a guide is linked as its file is called, an operation by its id", async () => {
  const { said, page } = await build({
    "index.md":
      "# Start\n\n[One](one.md), [its part](one.md#a-part-or-two), [an operation](reference.html#listDatasets)",
    "one.md": "# One & all\n\n## A `part`, or two\n\n[Here](#a-part-or-two), [elsewhere](https://example.org)",
  });
  expect(said).toBe("");
  const start = await page("index.html");
  expect(start).toContain('<a href="one.html#a-part-or-two">its part</a>');
  expect(start).toContain('<a href="reference.html#/datasets/listdatasets">an operation</a>');
  const one = await page("one.html");
  expect(one).toContain("<title>One &amp; all · Start</title>");
  expect(one).toContain('<h2 id="a-part-or-two">');
  expect(one).toContain('<a href="one.html" aria-current="page">One &amp; all</a><ul><li><a href="#a-part-or-two">');
});

describe("the build fails on", () => {
  const start = "# Start\n\n[One](one.md)\n";
  test.each([
    ["a guide that is not there", { "index.md": "# Start\n\n[Two](two.md)" }, "index.md: two.md leads nowhere\n"],
    [
      "a heading that is not there",
      { "index.md": `${start}[x](one.md#x)`, "one.md": "# One" },
      "index.md: one.md#x leads nowhere\n",
    ],
    [
      "a heading that is not here",
      { "index.md": `${start}[x](#x)`, "one.md": "# One" },
      "index.md: #x leads nowhere\n",
    ],
    [
      "an operation that is not there",
      { "index.md": "# Start\n\n[x](reference.html#listNothing)" },
      "index.md: reference.html#listNothing leads nowhere\n",
    ],
    [
      "a link in the clear",
      { "index.md": "# Start\n\n[x](http://example.org)" },
      "index.md: http://example.org leads nowhere\n",
    ],
    [
      "a link out of the folder",
      { "index.md": "# Start\n\n[x](../README.md)" },
      "index.md: ../README.md leads nowhere\n",
    ],
    [
      "a guide that is not on the start page",
      { "index.md": "# Start", "one.md": "# One" },
      "index.md does not link one.md\n",
    ],
    ["a picture that is not there", { "index.md": "# Start\n\n![x](x.svg)" }, "index.md: there is no picture x.svg\n"],
    ["a guide without a title", { "index.md": start, "one.md": "## One" }, "one.md: it has no title\n"],
  ])("%s", async (_, guides, fault) => {
    expect((await build(guides)).said).toBe(fault);
  });
});

test("the tables of the simulation are those that it wrote", async () => {
  const rowsOf = (text: string) => text.split("\n").filter((line) => /^\|.* % /.test(line));
  const written = await readFile(new URL("../../../bench/statistics.md", import.meta.url), "utf8");
  const shown = rowsOf(await readFile(join(folder, "guides/comparison.md"), "utf8"));
  expect(shown).toHaveLength(22);
  for (const row of shown) expect(rowsOf(written)).toContain(row);
});

test("the page of performance, and its plot, are what the bench made of what it measured", async () => {
  const bench = new URL("../../../bench/", import.meta.url);
  const results = JSON.parse(await readFile(new URL("results.json", bench), "utf8"));
  const { pageOf } = await import(new URL("render.mjs", bench).href);
  const { plotOf } = await import(new URL("plot.mjs", bench).href);
  expect(await readFile(join(folder, "guides/performance.md"), "utf8")).toBe(pageOf(results));
  expect(await readFile(join(folder, "guides/performance.svg"), "utf8")).toBe(plotOf(results));
});
