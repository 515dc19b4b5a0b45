/** A user's script, in a process of its own: squares a thousand numbers three times with the service at the URL that it is given. */
import { createClient } from "@arizeai/phoenix-client";
import { runExperiment } from "@arizeai/phoenix-client/experiments";
import { noopLogger as logger } from "@arizeai/phoenix-client/utils/noopLogger";
import { createSquares, exact, square } from "./squares.ts";

const client = createClient({ options: { baseUrl: process.argv[2] ?? "" } });
const dataset = await createSquares(client, "a thousand squares", 1000);
const evaluators = [exact, { ...exact, name: "exact again" }];
const {
  runs: _,
  evaluationRuns: __,
  ...experiment
} = await runExperiment({
  client,
  logger,
  dataset,
  repetitions: 3,
  task: square,
  evaluators,
});
console.log(JSON.stringify(experiment));
