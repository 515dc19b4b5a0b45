import { evaluationOf, givenSpans, runOf } from "./given.ts";
import type { Service } from "./service.ts";

/** The public ids of one of everything that belongs to a dataset, by type. */
export type World = Record<string, string>;

/** Makes one of everything that all datasets share. */
export async function givenCommon(service: Service, init: RequestInit): Promise<World> {
  const config = {
    name: "accuracy",
    type: "CATEGORICAL",
    optimization_direction: "NONE",
    values: [{ label: "right" }],
  };
  const made = await service.post("/v1/annotation_configs", config, init);
  const label = await service.post("/v1/dataset_labels", { name: "reviewed", color: "#00cc88" }, init);
  return { CategoricalAnnotationConfig: made.body.data.id, DatasetLabel: label.body.data.id };
}

const trace_id = "0af7651916cd43dd8448eb211c80319c";

/** Makes a dataset of this name and one of everything that can belong to one. The name is in every text and all content of it. */
export async function givenWorld(service: Service, name: string, init: RequestInit): Promise<World> {
  const post = async (path: string, body: object) => {
    const answer = await service.post(path, body, init);
    if (answer.status >= 300) throw new Error(answer.text);
    return answer.body.data;
  };
  const content = { of: name };
  const upload = await post("/v1/datasets/upload?sync=true", {
    name,
    description: name,
    inputs: [content],
    outputs: [content],
    metadata: [content],
    splits: [name],
    example_ids: [name],
  });
  const { body } = await service.get(`/v1/datasets/${upload.dataset_id}/examples?split=${name}`, init);
  const [example] = body.data.examples;
  const described = { name, description: name, metadata: content };
  const experiment = await post(`/v1/datasets/${upload.dataset_id}/experiments`, { ...described, splits: [name] });
  const run = await post(
    `/v1/experiments/${experiment.id}/runs`,
    runOf(example.node_id, { output: content, trace_id }),
  );
  const result = { score: 1, label: name, explanation: name };
  const evaluation = await post(
    "/v1/experiment_evaluations",
    evaluationOf(run.id, name, { result, metadata: content }),
  );
  const tag = await post(`/v1/experiments/${experiment.id}/tags`, { name, description: name });
  await post(`/v1/experiments/${experiment.id}/tags`, { name: "baseline" });
  // In the trace of every world: whose tokens they are, the projects tell.
  const call = { traceId: trace_id, name, kind: "LLM", attributes: { of: name, "llm.token_count.prompt": 10 } };
  await givenSpans(service, experiment.project_name, [call], init);
  const project = await service.get(`/v1/projects/${experiment.project_name}`, init);
  const splits = await service.get(`/v1/datasets/${name}/splits`, init);
  return {
    Dataset: upload.dataset_id,
    DatasetVersion: upload.version_id,
    DatasetExample: example.node_id,
    DatasetSplit: splits.body.data[0].id,
    Experiment: experiment.id,
    ExperimentRun: run.id,
    ExperimentTag: tag.id,
    ExperimentEvaluation: evaluation.id,
    Project: project.body.data.id,
  };
}
