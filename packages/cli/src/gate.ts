import { type Command, InvalidArgumentError, Option } from "commander";
import { amount, type Compared, formatOption, withCompared } from "./compared.ts";
import { type Connection, clientOf } from "./connection.ts";
import { decide, exitCodes, type Gate } from "./gate/decide.ts";
import { asJson } from "./report/json.ts";
import { asJunit } from "./report/junit.ts";
import { linksTo, linksToShare } from "./report/links.ts";
import { asMarkdown } from "./report/markdown.ts";
import { reportOfGate } from "./report/of-gate.ts";
import { asText } from "./report/text.ts";

interface Options extends Compared, Connection {
  experiment: string;
  maxDrop?: ReadonlyMap<string, number>;
  require?: "no-regression";
  margin?: number;
  maxMissing: number;
  format: "text" | "markdown" | "json" | "junit";
}

const explanation = `
A metric passes if its 95 % interval lies within the allowed drop, fails if its interval lies beyond it (at 95 % for one gated metric, wider for
several), and is undecided otherwise, or if the experiment lacks a larger share of its values than the baseline by more than --max-missing.

Exit codes: 0 all pass, 1 one fails, 2 there is not enough evidence, 3 the gate could not be asked as told, or the service not be reached.`;

/** `assay gate`. */
export function addGate(assay: Command): void {
  const gate = assay
    .command("gate")
    .description("pass or fail an experiment by how much worse than a baseline it is, for CI")
    .requiredOption("--experiment <id>", "the experiment to gate")
    .option("--max-drop <name=drop>", "gate this metric: by how much it may be worse (repeatable)", allowedDrop)
    .addOption(new Option("--require <rule>", "gate every evaluation, by --margin").choices(["no-regression"]))
    .option("--margin <drop>", "for no-regression: by how much each may be worse (default: 5 % of its range)", amount)
    .option("--max-missing <share>", "by how much the share of missing values may exceed the baseline's", amount, 0.02)
    .addOption(formatOption("text", "markdown", "json", "junit"));
  withCompared(gate)
    .addHelpText("after", explanation)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 3))
    .action(async (options: Options, command: Command) => {
      const { maxDrop = new Map(), require, ...request } = options;
      try {
        const gate = await decide(clientOf(options), {
          ...request,
          allowedDrops: maxDrop,
          noRegression: require === "no-regression",
        });
        console.log(written(gate, options));
        process.exitCode = exitCodes[gate.outcome];
      } catch (error) {
        // Also what is a fault of ours: 1 says that the experiment is worse.
        command.error(error instanceof Error ? error.message : String(error));
      }
    });
}

/** Adds `accuracy=0.02` to what was said before. A name may have a `=` in it. */
function allowedDrop(text: string, before: ReadonlyMap<string, number> = new Map()): ReadonlyMap<string, number> {
  const [, name, drop] = /^(.+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || drop === undefined)
    throw new InvalidArgumentError("It must be a name and a number, such as accuracy=0.02.");
  if (before.has(name)) throw new InvalidArgumentError(`There are two of ${JSON.stringify(name)}.`);
  return new Map([...before, [name, amount(drop)]]);
}

function written(gate: Gate, { format, url }: Options): string {
  if (format === "json") return asJson(gate);
  if (format === "junit") return asJunit(gate);
  if (format === "markdown") return asMarkdown(reportOfGate(gate, linksToShare(url, gate.comparison)));
  return asText(reportOfGate(gate, linksTo(url, gate.comparison)));
}
