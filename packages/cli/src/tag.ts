import type { Command } from "commander";
import { type Connection, clientOf, withConnection } from "./connection.ts";

/** `assay tag`. */
export function addTag(assay: Command): void {
  withConnection(assay.command("tag"))
    .description("make a tag point at an experiment: the baseline, for one; it moves from where it was")
    .argument("<experiment>", "its id")
    .argument("<name>", "the tag: lower-case letters, digits, _ and -")
    .option("--description <text>", "why; replaces what was said before")
    .action(async (experiment: string, name: string, options: { description?: string } & Connection) => {
      const { description } = options;
      const tag = await clientOf(options).tags.upsertExperimentTag(experiment, {
        name,
        ...(description && { description }),
      });
      console.log(`The tag ${tag.name} points at experiment ${experiment}.`);
    });
}
