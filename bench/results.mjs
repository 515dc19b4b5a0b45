/** What was measured, kept in `results.json`, of which the docs are made. */
import { readFile, writeFile } from "node:fs/promises";
import { figures as known } from "./figures.mjs";
import { currentCommit } from "./machine.mjs";
import { plotOf } from "./plot.mjs";
import { pageOf } from "./render.mjs";

const file = new URL("results.json", import.meta.url);
const guides = new URL("../apps/docs/guides/", import.meta.url);

async function readResults() {
  return JSON.parse(await readFile(file, "utf8").catch(() => "{}"));
}

/** Keeps the rows of a figure in place of those it had. What was measured on another machine goes. */
export async function keepResults(machine, name, rows) {
  const before = await readResults();
  const isSame = JSON.stringify(before.machine) === JSON.stringify(machine);
  const { title } = known.get(name);
  const measured = { title, commit: await currentCommit(), day: new Date().toISOString().slice(0, 10), rows };
  const kept = { ...(isSame ? before.figures : {}), [name]: measured };
  const figures = Object.fromEntries([...known.keys()].filter((each) => kept[each]).map((each) => [each, kept[each]]));
  await writeFile(file, `${JSON.stringify({ machine, figures }, null, 2)}\n`);
}

export async function writeDocs() {
  const results = await readResults();
  await writeFile(new URL("performance.md", guides), pageOf(results));
  await writeFile(new URL("performance.svg", guides), plotOf(results));
}
