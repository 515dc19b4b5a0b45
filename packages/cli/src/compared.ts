import { type Command, InvalidArgumentError, Option } from "commander";
import { withConnection } from "./connection.ts";

/** Which two experiments, and how they are compared. */
export interface Compared {
  /** The id of an experiment or the name of a tag; by default the tag `baseline`. */
  baseline?: string;
  minimize?: string[];
  maximize?: string[];
  includeChanged?: boolean;
}

/** Gives a command the options of a comparison, and those of a connection. */
export function withCompared(command: Command): Command {
  return withConnection(command)
    .option(
      "--baseline <id or tag>",
      "what to compare with: an experiment's id, or a tag of the dataset (default: the tag baseline)",
    )
    .option(
      "--minimize <names...>",
      "evaluations of which lower scores are better, whatever their annotation configs say",
    )
    .option("--maximize <names...>", "evaluations of which higher scores are better, likewise")
    .option("--include-changed", "also compare examples whose content differs between the two sides");
}

export function comparisonQuery({ baseline, minimize = [], maximize = [], includeChanged = false }: Compared) {
  return { ...(baseline && { baseline }), minimize, maximize, include_changed: includeChanged };
}

export const formatOption = (...formats: string[]): Option =>
  new Option("--format <format>", "how to write it").choices(formats).default("text");

/** Reads a number of an option, no smaller than 0. */
export function amount(text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
    throw new InvalidArgumentError("It must be a number, 0 or larger.");
  return value;
}
