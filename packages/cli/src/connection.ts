import { type Client, createClient } from "@assay/client";
import { type Command, Option } from "commander";

/** Where the service is, and the key to call it with. */
export interface Connection {
  url: string;
  apiKey?: string;
}

/** Gives a command, and those below it, the options of a connection. Each has a variable of the environment. */
export function withConnection(command: Command): Command {
  return command
    .addOption(new Option("--url <url>", "where the service is").env("ASSAY_URL").default("http://localhost:6006"))
    .addOption(new Option("--api-key <key>", "a key, where the service asks for one").env("ASSAY_API_KEY"));
}

export const clientOf = ({ url, apiKey }: Connection): Client => createClient({ baseUrl: url, apiKey });

/**
 * The id of the dataset that a user means by its name or id.
 * @throws Error in a sentence for the user if there is none.
 */
export async function datasetIdOf(client: Client, nameOrId: string): Promise<string> {
  const [named] = (await client.datasets.listDatasets({ name: nameOrId }).page()).data;
  if (named) return named.id;
  const byId = await client.datasets.getDataset(nameOrId).catch(() => undefined); // whatever is no id has no dataset
  if (!byId) throw new Error(`There is no dataset "${nameOrId}".`);
  return byId.id;
}
