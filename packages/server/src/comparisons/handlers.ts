import { pageSize, rowidOfCursor } from "../cursor.ts";
import { jsonPage } from "../db/wire.ts";
import { encodeId } from "../id.ts";
import { jsonData, jsonJoined, jsonOf } from "../json.ts";
import type { Handler } from "../operation.ts";
import { readMeanings } from "./meaning.ts";
import { mostNames } from "./measured.ts";
import { placesOf, readComparedExamples } from "./page.ts";
import { findBaseline, findExperimentSide } from "./pair.ts";

/** The tag of the experiment that others are compared with if nothing else is said. */
const usualTag = "baseline";

export const getComparison: Handler<"getComparison"> = async ({ path, query }, context) => {
  const experiment = await findExperimentSide(path.experiment_id, context);
  const baseline = await findBaseline(query.baseline || usualTag, experiment.dataset_id, context);
  const { include_changed, margin = null, level } = query;
  const pair = {
    baseline: baseline.id,
    experiment: experiment.id,
    only: namesIn(query.evaluation),
    includeChanged: include_changed,
  };
  const compared = await context.figures.comparison(pair, { directions: query, margin, level }, context.scope.datasets);
  const question = { experiment: asCompared(experiment), baseline: asCompared(baseline), margin, include_changed };
  return jsonData(jsonJoined(jsonOf(question), compared));
};

type Side = Awaited<ReturnType<typeof findExperimentSide>>;

const asCompared = ({ id, name, dataset_version_id, repetitions, examples }: Side) => ({
  id: encodeId("Experiment", id),
  name,
  dataset_version_id: encodeId("DatasetVersion", dataset_version_id),
  repetitions,
  example_count: examples,
});

/** The names that a request asks for; undefined if it does not. */
function namesIn(names: string[] = []): string[] | undefined {
  const given = [...new Set(names.filter((name) => name !== ""))].slice(0, mostNames);
  return given.length > 0 ? given : undefined;
}

export const listComparedExamples: Handler<"listComparedExamples"> = async ({ path, query }, context) => {
  const from = rowidOfCursor("DatasetExample", query.cursor);
  const experiment = await findExperimentSide(path.experiment_id, context);
  const baseline = await findBaseline(query.baseline || usualTag, experiment.dataset_id, context);
  const sides = { baseline: baseline.id, experiment: experiment.id };
  const only = query.evaluation ? [query.evaluation] : undefined;
  const { name, table } = await context.figures.table({ ...sides, only, includeChanged: query.include_changed });
  const meanings = await readMeanings(context.db, name === null ? [] : [name], query);
  const direction = meanings.get(name ?? "")?.direction ?? null;
  const size = pageSize(query.limit);
  const places = placesOf(table, { change: query.change, sort: query.sort, direction, from }, size);
  const compared = { ...sides, table, evaluation: name, direction };
  return jsonPage(await readComparedExamples(context.db, compared, places, size), "DatasetExample");
};

const most = { examples: 100_000, repetitions: 10_000 };

export const getPower: Handler<"getPower"> = async ({ path, query }, context) => {
  const experiment = await findExperimentSide(path.experiment_id, context);
  const other = query.baseline ? await findBaseline(query.baseline, experiment.dataset_id, context) : undefined;
  const { difference = null, alpha, power, correlation } = query;
  const repetitions = query.repetitions ?? experiment.repetitions;
  const question = {
    difference,
    examples: Math.max(1, Math.min(query.examples ?? experiment.examples, most.examples)),
    repetitions: Math.min(repetitions, most.repetitions),
    baseline_repetitions: Math.min(query.baseline_repetitions ?? repetitions, most.repetitions),
    alpha,
    power,
  };
  const plans = await context.figures.plans({
    experiment: experiment.id,
    correlation: other ? { with: other.id } : { assumed: Math.min(correlation ?? 0.5, 1) },
    only: namesIn(query.evaluation),
    ...question,
  });
  return {
    data: {
      experiment_id: encodeId("Experiment", experiment.id),
      baseline_id: other ? encodeId("Experiment", other.id) : null,
      ...question,
      correlation_source: other ? "baseline" : correlation === undefined ? "assumed" : "request",
      ...plans,
    },
  };
};
