/** `pnpm check`: all that is wrong with the tree, short of running it. It leaves the tree as it was. */
import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Each step says what is wrong, or nothing. */
const steps = {
  "what is generated is current": staleFiles,
  "the contract keeps its rules": () => run("pnpm", ["--silent", "--filter=@assay/spec", "run", "lint"]),
  "lint and format": () => run("biome", ["check"]),
  types: typeErrors,
  "the tree keeps its rules": brokenRules,
};

async function staleFiles() {
  const before = await readGenerated();
  const failure = await run("pnpm", ["run", "generate"]);
  const after = await readGenerated();
  const stale = [...new Set([...before.keys(), ...after.keys()])].filter(
    (file) => before.get(file) !== after.get(file),
  );
  for (const file of stale) await (before.has(file) ? writeFile(file, before.get(file)) : rm(file));
  return failure || stale.map((file) => `${file} is stale: run \`pnpm generate\``).join("\n");
}

async function readGenerated() {
  const files = (await treeFiles()).filter((file) => file.includes("/generated/"));
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file, "utf8")])));
}

async function typeErrors() {
  const projects = (await treeFiles()).filter((file) => /(^|\/)tsconfig\.json$/.test(file));
  const errors = await Promise.all(projects.map((project) => run("tsc", ["--noEmit", "--project", project])));
  return errors.filter(Boolean).join("\n");
}

/** The rules of the house that no tool knows. */
async function brokenRules() {
  const files = await treeFiles();
  const broken = [];
  for (const file of files) {
    const parts = file.split("/").map((part) => part.replace(/(\.d)?\.[^.]+$/, ""));
    const vague = parts.find((part) => /^(utils?|helpers?|common|shared|lib|core|types|constants)$/.test(part));
    if (vague) broken.push(`${file}: "${vague}" says nothing: name it for what it does`);
    if (/\/src\/.+\/index\.ts$/.test(file)) broken.push(`${file}: a package has one index.ts, and none inside`);
    if (file.includes("/generated/") || file === "pnpm-lock.yaml") continue;
    for (const [index, line] of (await readFile(file, "utf8")).split("\n").entries()) {
      if (/(\/\/|\/?\*|#|--)\s*(TODO|FIXME)\b(?!.*#\d)/.test(line))
        broken.push(`${file}:${index + 1}: a TODO names its issue: TODO(#12)`);
    }
  }
  for (const folder of files.filter((file) => file.endsWith("package.json")).map((file) => dirname(file))) {
    const inside = files.filter((file) => file.startsWith(`${folder}/`) && !file.includes("/generated/"));
    if (inside.some((file) => file.endsWith(".ts")) && !files.includes(`${folder}/tsconfig.json`))
      broken.push(`${folder} has no tsconfig.json, so its types are not checked`);
  }
  return broken.join("\n");
}

/** The files of the tree, committed or not yet. */
async function treeFiles() {
  const [present, deleted] = await Promise.all([
    gitFiles("--cached", "--others", "--exclude-standard", "--deduplicate"),
    gitFiles("--deleted"),
  ]);
  return present.filter((file) => !deleted.includes(file));
}

async function gitFiles(...which) {
  const { code, stdout, stderr } = await execute("git", ["ls-files", ...which]);
  if (code !== 0) throw new Error(stderr);
  return stdout.split("\n").filter(Boolean);
}

/** What a command that failed has said; nothing if it succeeded. */
async function run(command, args) {
  const { code, stdout, stderr } = await execute(command, args);
  return code === 0 ? "" : `${stdout}${stderr}`.trim() || `${command} ended with exit code ${code}`;
}

function execute(command, args) {
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, { maxBuffer: Number.POSITIVE_INFINITY }, (error, stdout, stderr) => {
      if (child.exitCode === null)
        reject(error); // it was not found, or was killed
      else resolve({ code: child.exitCode, stdout, stderr });
    });
  });
}

for (const [name, step] of Object.entries(steps)) {
  const started = performance.now();
  const wrong = await step();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${wrong ? "✗" : "✓"} ${name} (${seconds} s)`);
  if (wrong) {
    console.log(wrong.replaceAll(/^/gm, "    "));
    process.exitCode = 1;
  }
}
