/** The composite GitHub Action, its script run as GitHub would run it, with other programs in the places of `npx` and `gh`. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";

const folder = fileURLToPath(new URL("../../../actions/gate/", import.meta.url));
const text = await readFile(join(folder, "action.yml"), "utf8");
const action: Action = parse(text);
const [step] = action.runs.steps;

interface Action {
  inputs: Record<string, { description: string; required?: boolean; default?: string }>;
  outputs: Record<string, { description: string; value: string }>;
  runs: { using: string; steps: { id: string; shell: string; run: string; env: Record<string, string> }[] };
}

/** What stands in the places of the programs that the script runs. Each leaves its arguments, in a line, beside it. */
const programs: Record<string, string> = {
  npx: `echo "$@" >>"$0.called"; printf %s "$REPORT"; exit "$CODE"`,
  gh: `
    echo "$@" >>"$0.called"
    if [[ $1 == pr ]]; then echo "$COMMENT_ID"; fi
    for argument; do if [[ $argument == body=@* ]]; then cp "\${argument#body=@}" comment; fi; done
    exit "$GH_CODE"`,
  "a-command": `echo "$@" >>"$0.called"; printf %s "$REPORT"`,
};

/** Runs the step with these inputs on pull request 7, and gives how it ended, what it said, and what the files say that it left. */
async function run(
  inputs: Record<string, string>,
  { report = "### ✅ The gate passes.\n", code = 0, commentId = "", ghCode = 0 } = {},
) {
  const place = await mkdtemp(join(tmpdir(), "assay-test-action-"));
  onTestFinished(() => rm(place, { recursive: true }));
  for (const [name, script] of Object.entries(programs))
    await writeFile(join(place, name), `#!/usr/bin/env bash\n${script}\n`, { mode: 0o755 });
  const variables = {
    ...filledIn(step?.env ?? {}, inputs),
    GITHUB_OUTPUT: "output",
    GITHUB_STEP_SUMMARY: "summary",
    GITHUB_ACTION_PATH: folder,
    GITHUB_REPOSITORY: "acme/answers",
    REPORT: report,
    CODE: String(code),
    COMMENT_ID: commentId,
    GH_CODE: String(ghCode),
  };
  const settings = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  const script = ["bash", "-eo", "pipefail", "-c", `PATH=$PWD:$PATH; ${step?.run}`];
  const ended = await new Promise<{ code: number; stdout: string }>((resolve) => {
    const child = execFile("env", [...settings, ...script], { cwd: place }, (_error, stdout) =>
      resolve({ code: child.exitCode ?? -1, stdout }),
    );
  });
  const left = (name: string) => readFile(join(place, name), "utf8").catch(() => "");
  const names = ["npx.called", "a-command.called", "gh.called", "comment", "output", "summary", "hacked"];
  const [npx, command, gh, comment, output, summary, hacked] = await Promise.all(names.map(left));
  return { ...ended, npx, command, gh, comment, output, summary, hacked };
}

/** Variables as GitHub fills them in: each has the value of one input. */
function filledIn(env: Record<string, string>, inputs: Record<string, string>): Record<string, string> {
  const pullRequest = `\${{ github.event.pull_request.number }}`;
  return Object.fromEntries(
    Object.entries(env).map(([variable, expression]) => {
      const name = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(expression)?.[1] ?? "";
      const { default: usual = "" } = action.inputs[name] ?? {};
      return [variable, inputs[name] ?? (usual === pullRequest ? "7" : usual)];
    }),
  );
}

const given = { experiment: "RXhwZXJpbWVudDoy", url: "https://assay.example.org" };

describe("action.yml", () => {
  test("says what each input and output is, and hands each input to the script, once", () => {
    expect(action.runs).toMatchObject({ using: "composite", steps: [{ id: "gate", shell: "bash" }] });
    for (const { description } of [...Object.values(action.inputs), ...Object.values(action.outputs)])
      expect(description).toMatch(/\w/);
    const handed = Object.values(step?.env ?? {}).map(
      (expression) => /^\$\{\{ inputs\.(.+) \}\}$/.exec(expression)?.[1],
    );
    expect(handed.toSorted()).toEqual(Object.keys(action.inputs).toSorted());
  });

  test("gives as outputs what the script writes", async () => {
    const { output } = await run(given);
    for (const [name, { value }] of Object.entries(action.outputs)) {
      expect(value).toBe(`\${{ steps.gate.outputs.${name} }}`);
      expect(output).toMatch(new RegExp(`^${name}(=|<<)`, "m"));
    }
  });
});

describe("the script", () => {
  test("runs the command line of its own version with what was given, and nothing else", async () => {
    const { version } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
    expect((await run(given)).npx).toBe(
      `--yes --omit=optional assay@${version} gate --format=markdown --experiment=RXhwZXJpbWVudDoy\n`,
    );
    const all = {
      ...given,
      baseline: "main",
      "max-drop": "accuracy=0.02\r\n\n  \nexact match=0.05\n",
      require: "no-regression",
      margin: "0.03",
      "max-missing": "0.1",
      minimize: "toxicity",
      maximize: "helpfulness",
      "include-changed": "true",
      version: "1.2.3",
    };
    expect((await run(all)).npx).toBe(
      "--yes --omit=optional assay@1.2.3 gate --format=markdown --experiment=RXhwZXJpbWVudDoy --baseline=main --max-drop=accuracy=0.02 " +
        "--max-drop=exact match=0.05 --require=no-regression --margin=0.03 --max-missing=0.1 --minimize=toxicity --maximize=helpfulness --include-changed\n",
    );
  });

  test("runs another command where one is given", async () => {
    const { npx, command } = await run({ ...given, command: "a-command --quiet" });
    expect([npx, command]).toEqual(["", "--quiet gate --format=markdown --experiment=RXhwZXJpbWVudDoy\n"]);
  });

  test.each([
    ["pass", 0, {}, 0],
    ["fail", 1, {}, 1],
    ["not_enough_evidence", 2, {}, 2],
    ["not_enough_evidence", 2, { "not-enough-evidence": "pass" }, 0],
    ["fail", 1, { "not-enough-evidence": "pass" }, 1],
  ])("of a gate that says %s (%i) with %o ends with %i, and shows the report", async (outcome, code, inputs, ended) => {
    const report = "### The report\n\nIn two paragraphs.\n";
    const ran = await run({ ...given, ...inputs }, { code, report });
    expect(ran.code).toBe(ended);
    expect(ran.summary).toBe(report);
    expect(ran.output).toMatch(
      new RegExp(`^outcome=${outcome}\\nmarkdown<<(\\w{32})\\n### The report\\n\\nIn two paragraphs.\\n\\1\\n$`),
    );
    expect(ran.gh).toBe("");
  });

  test.each([
    ["a gate that could not be asked", 3],
    ["a program that did not start", 1],
  ])("of %s ends with 3, and does not say that the experiment is worse", async (_, code) => {
    const ran = await run({ ...given, "github-token": "a token", "not-enough-evidence": "pass" }, { code, report: "" });
    expect(ran.code).toBe(3);
    expect(ran.output).toMatch(/^outcome=error\n/);
    expect(ran.comment).toContain("### ⚠️ The gate could not be asked.");
  });

  test("writes a comment, and over it the next time", async () => {
    const inputs = { ...given, "github-token": "a token", "comment-name": "nightly" };
    const first = await run(inputs);
    expect(first.gh).toMatch(/^pr view 7 --repo acme\/answers --json comments /);
    expect(first.gh).toContain("--method POST repos/acme/answers/issues/7/comments -F body=@");
    expect(first.comment).toBe("<!-- assay gate: nightly -->\n### ✅ The gate passes.\n");
    const second = await run(inputs, { commentId: "4711", report: "### ❌ The gate fails.\n", code: 1 });
    expect(second.gh).toContain("--method PATCH repos/acme/answers/issues/comments/4711 -F body=@");
    expect(second.comment).toBe("<!-- assay gate: nightly -->\n### ❌ The gate fails.\n");
  });

  test("writes none where there is no pull request, or no token", async () => {
    expect((await run({ ...given, "github-token": "a token", "pull-request": "" })).gh).toBe("");
    expect((await run(given)).gh).toBe("");
  });

  test("ends as the gate did, and warns, if the comment cannot be written", async () => {
    const ran = await run({ ...given, "github-token": "a token" }, { ghCode: 1 });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain("::warning title=Assay gate::The comment could not be written.");
    expect(ran.comment).toBe("");
  });

  test("refuses a word that not-enough-evidence does not know, before it asks anything", async () => {
    const ran = await run({ ...given, "not-enough-evidence": "maybe" });
    expect([ran.code, ran.npx]).toEqual([3, ""]);
    expect(ran.stdout).toContain('not-enough-evidence is "maybe"; it must be fail or pass.');
  });

  test("runs nothing of what it is given", async () => {
    const hostile = '$(touch hacked)"; touch hacked; `touch hacked`';
    const ran = await run({
      ...given,
      experiment: hostile,
      "max-drop": hostile,
      "comment-name": hostile,
      "github-token": "a",
    });
    expect(ran.npx).toContain(`--experiment=${hostile} --max-drop=${hostile}`);
    expect(ran.hacked).toBe("");
  });
});
