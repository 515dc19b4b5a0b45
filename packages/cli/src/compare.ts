import type { Comparison } from "@assay/client";
import type { Command } from "commander";
import { amount, type Compared, comparisonQuery, formatOption, withCompared } from "./compared.ts";
import { type Connection, clientOf } from "./connection.ts";
import { linksTo, linksToShare } from "./report/links.ts";
import { asMarkdown } from "./report/markdown.ts";
import { reportOfComparison } from "./report/of-comparison.ts";
import { asText } from "./report/text.ts";

interface Options extends Compared, Connection {
  evaluation?: string[];
  margin?: number;
  format: "text" | "markdown" | "json";
}

/** `assay compare`. */
export function addCompare(assay: Command): void {
  const compare = assay
    .command("compare")
    .description("compare an experiment with a baseline: is the difference real?")
    .argument("<experiment>", "its id")
    .option("--evaluation <names...>", "these evaluations alone (default: all)")
    .option(
      "--margin <difference>",
      "a difference that does not matter: what is surely within it is equivalent",
      amount,
    )
    .addOption(formatOption("text", "markdown", "json"));
  withCompared(compare).action(async (experiment: string, options: Options) => {
    const { evaluation = [], margin, format } = options;
    const query = { ...comparisonQuery(options), evaluation, ...(margin !== undefined && { margin }) };
    const comparison = await clientOf(options).comparisons.getComparison(experiment, query);
    console.log(written(comparison, format, options.url));
  });
}

function written(comparison: Comparison, format: Options["format"], url: string): string {
  if (format === "json") return JSON.stringify(comparison, null, 2);
  if (format === "markdown") return asMarkdown(reportOfComparison(comparison, linksToShare(url, comparison)));
  return asText(reportOfComparison(comparison, linksTo(url, comparison)));
}
