import { once } from "node:events";
import { type Config, readConfig } from "@assay/server";
import { type Service, serve } from "./serve.ts";

/** Where Phoenix's clients look if they are told nothing. */
const phoenixDefault = "http://localhost:6006";

/**
 * Runs the service as its environment says until it is told to stop: SIGTERM, SIGINT or SIGHUP let it finish first, a second SIGINT ends
 * it at once.
 * @returns the exit code: 0 after it has stopped as told, 1 if it could not start, having said why.
 */
export async function run(): Promise<number> {
  const told = toldToStop();
  try {
    const config = readConfig();
    const service = await serve(config);
    console.log(welcome(config, service));
    if (!told.aborted) await once(told, "abort");
    await service.stop();
    return 0;
  } catch (error) {
    if (told.aborted) return 0; // the signal has also ended a program that the start needed
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

function toldToStop(): AbortSignal {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once("SIGINT", () => {
    process.once("SIGINT", () => process.exit(130));
    stop();
  });
  // pnpm passes on Ctrl-C as both SIGINT and SIGTERM: these never count as the second.
  process.on("SIGTERM", stop);
  process.on("SIGHUP", stop);
  return stopping.signal;
}

function welcome({ auth }: Config, { url, data, note, firstKey }: Service): string {
  const settings = [
    ...(url === phoenixDefault ? [] : [`PHOENIX_HOST=${url}`]),
    ...(auth.enabled ? ["PHOENIX_API_KEY=<a key>"] : []),
  ];
  return [
    "",
    `  Assay listens on ${url}`,
    `  and keeps its data in ${data}`,
    ...(note === undefined ? [] : ["", `  ${note}`]),
    ...(firstKey === undefined
      ? []
      : [
          "",
          "  There was no key to call it with. This admin key is shown now and never again; make others with it:",
          "",
          `    ${firstKey}`,
        ]),
    "",
    `  Next: run an experiment with Phoenix's client (npm install @arizeai/phoenix-client),`,
    settings.length > 0
      ? `  with ${settings.join(" and ")} in its environment.`
      : "  which finds Assay here with no setting.",
    `  Guides, and the API's reference: ${url}/docs. Ctrl-C stops the service.`,
    "",
  ].join("\n");
}
