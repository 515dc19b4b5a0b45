import type { Context } from "../context.ts";
import { decodeId } from "../id.ts";
import { invalid, problem } from "../problem.ts";
import { findSides, findTagged } from "./queries.ts";

type Side = Awaited<ReturnType<typeof findSides>>[number];

const pointer = "/query/baseline";

/**
 * The experiment that a request is about.
 * @throws a Problem (404, 422) if there is none.
 */
export async function findExperimentSide(experiment_id: string, { db, scope }: Context): Promise<Side> {
  const id = await scope.rowidOf("Experiment", experiment_id, { noun: "experiment", pointer: "/path/experiment_id" });
  const [side] = await findSides(db, [id]);
  if (!side) throw problem("not_found", `Experiment with ID ${experiment_id} does not exist`);
  return side;
}

/**
 * The experiment over the same dataset that a request names by its id or by a tag.
 * @throws a Problem: 404 if there is none, 422 if it is over another dataset.
 */
export async function findBaseline(baseline: string, dataset_id: number, { db, scope }: Context): Promise<Side> {
  const isId = decodeId(baseline)?.type === "Experiment";
  const id = isId
    ? await scope.rowidOf("Experiment", baseline, { noun: "experiment", pointer })
    : await findTagged(db, dataset_id, baseline);
  const [side] = id === undefined ? [] : await findSides(db, [id]);
  if (!side)
    throw problem(
      "not_found",
      isId
        ? `Experiment with ID ${baseline} does not exist`
        : `No experiment of the dataset has the tag ${baseline}. ${howToTag}`,
    );
  if (side.dataset_id !== dataset_id)
    throw invalid(pointer, `Experiment ${baseline} is over another dataset: there is nothing to compare`, "dataset");
  return side;
}

const howToTag = `Name an experiment or another tag in \`baseline\`, or give the tag to one: POST /v1/experiments/{experiment_id}/tags with {"name": "baseline"}.`;
