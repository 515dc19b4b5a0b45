import type { ApiKey } from "@assay/client";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type Connection, clientOf, datasetIdOf, withConnection } from "./connection.ts";
import { textTable } from "./table.ts";

interface NewKey {
  name: string;
  description?: string;
  kind: "read" | "write" | "admin";
  dataset?: string[];
  expires?: string;
}

/** `assay keys create|list|revoke`. */
export function addKeys(assay: Command): void {
  const keys = assay
    .command("keys")
    .description("make, list and revoke the keys that callers send; takes an admin key");

  withConnection(keys.command("create"))
    .description("make a key and print it: it is not to be had again")
    .requiredOption("--name <name>", "what it is for")
    .option("--description <text>", "more of what it is for")
    .addOption(new Option("--kind <kind>", "what it may do").choices(["read", "write", "admin"]).default("write"))
    .option("--dataset <names...>", "the only datasets that it is to see, by name or id")
    .option("--expires <when>", "when it ends: 90d, 12h, or a time such as 2027-01-31", expiry)
    .action(async (options: NewKey & Connection) => {
      const { name, description, kind, dataset, expires } = options;
      const client = clientOf(options);
      const dataset_ids = dataset && (await Promise.all(dataset.map((each) => datasetIdOf(client, each))));
      const data = {
        name,
        kind,
        ...(description && { description }),
        ...(expires && { expires_at: expires }),
        ...(dataset_ids && { dataset_ids }),
      };
      console.log((await client.keys.createSystemApiKey({ data })).key);
    });

  withConnection(keys.command("list"))
    .description("list the keys, newest first, without their secrets")
    .option("--json", "as JSON, a line each")
    .action(async (options: { json?: true } & Connection) => {
      const rows = await clientOf(options).keys.getSystemApiKeys().toArray();
      console.log(options.json ? rows.map((row) => JSON.stringify(row)).join("\n") : table(rows));
    });

  withConnection(keys.command("revoke"))
    .description("end a key, in every process of the service within five seconds")
    .argument("<id>", "its id, as `assay keys list` has it")
    .action(async (id: string, options: Connection) => {
      await clientOf(options).keys.deleteSystemApiKey(id);
    });
}

const milliseconds = { d: 86_400_000, h: 3_600_000 };

/** A duration from now, as the time that it ends; any other text is left for the service to read. */
function expiry(text: string): string {
  const [, amount, unit] = /^(\d+)([dh])$/.exec(text) ?? [];
  if (amount === undefined) return text;
  const end = new Date(Date.now() + Number(amount) * milliseconds[unit as "d" | "h"]); // the pattern has no other
  if (Number.isNaN(end.getTime())) throw new InvalidArgumentError("It is too far away.");
  return end.toISOString();
}

function table(keys: ApiKey[]): string {
  const rows = keys.map(({ id, name, kind, dataset_ids, expires_at, last_used_at }) => [
    id,
    kind,
    name,
    dataset_ids?.join(",") ?? "all datasets",
    expires_at ?? "never",
    last_used_at ?? "never",
  ]);
  return textTable([["ID", "KIND", "NAME", "SEES", "EXPIRES", "LAST USED"], ...rows]);
}
