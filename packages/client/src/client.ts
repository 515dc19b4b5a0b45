import { annotationConfigs } from "./annotation-configs.ts";
import { comparisons } from "./comparisons.ts";
import { type ClientOptions, connect } from "./connection.ts";
import { datasets } from "./datasets.ts";
import { evaluations } from "./evaluations.ts";
import { examples } from "./examples.ts";
import { experiments } from "./experiments.ts";
import { keys } from "./keys.ts";
import { labels } from "./labels.ts";
import { projects } from "./projects.ts";
import { runs } from "./runs.ts";
import { service } from "./service.ts";
import { spans } from "./spans.ts";
import { splits } from "./splits.ts";
import { tags } from "./tags.ts";
import { traces } from "./traces.ts";
import { versions } from "./versions.ts";

export type Client = ReturnType<typeof createClient>;

/**
 * Makes a client of an Assay service. It has a method per operation of the API, named as the API names it, which takes the parameters of the
 * path, the body, the other parameters, and `{ signal }`, in this order and as far as the operation has them.
 *
 * A method gives what the answer has under `data`, a `List` or a `Download`, and throws an `ApiError` for any answer but a success, a
 * `ConnectionError` for none. Nothing is retried.
 *
 * Content (inputs, outputs, metadata) is parsed by `JSON.parse`, which rounds integers beyond 2^53. `text()` of a download has it exactly.
 */
export function createClient(options: ClientOptions = {}) {
  const api = connect(options);
  return {
    datasets: datasets(api),
    versions: versions(api),
    examples: examples(api),
    splits: splits(api),
    labels: labels(api),
    experiments: experiments(api),
    tags: tags(api),
    runs: runs(api),
    evaluations: evaluations(api),
    comparisons: comparisons(api),
    annotationConfigs: annotationConfigs(api),
    traces: traces(api),
    projects: projects(api),
    spans: spans(api),
    keys: keys(api),
    service: service(api),
  };
}
