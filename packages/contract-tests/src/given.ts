/** What a test needs to be there before it can ask its question, made through the API. */
import { randomBytes, randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { Answer, Service } from "./service.ts";

/** A dataset at its latest version: the node ids of its examples are in the order of the upload. */
export interface GivenDataset {
  id: string;
  name: string;
  versionId: string;
  exampleIds: string[];
}

/** A dataset with an example for each input. `fields` are further fields of the upload. */
export async function givenDataset(service: Service, inputs: object[], fields: object = {}): Promise<GivenDataset> {
  const upload = { name: `dataset ${randomUUID()}`, action: "update", inputs, ...fields };
  const { data } = succeeded(await service.post("/v1/datasets/upload?sync=true", upload));
  const examples = succeeded(await service.get(`/v1/datasets/${data.dataset_id}/examples`)).data.examples;
  const exampleIds = examples.map(({ node_id }: { node_id: string }) => node_id);
  return { id: data.dataset_id, name: upload.name, versionId: data.version_id, exampleIds };
}

export interface GivenExperiment {
  id: string;
  /** The node ids of the examples that it runs over. */
  exampleIds: string[];
}

/** An experiment over a dataset of its own with `examples` examples. `fields` are those of its creation. */
export async function givenExperiment(service: Service, examples = 1, fields: object = {}): Promise<GivenExperiment> {
  const inputs = Array.from({ length: examples }, (_, index) => ({ index }));
  return await givenExperimentOver(service, await givenDataset(service, inputs), fields);
}

/** An experiment over all examples of a dataset. */
export async function givenExperimentOver(service: Service, dataset: GivenDataset, fields: object = {}) {
  const { data } = succeeded(await service.post(`/v1/datasets/${dataset.id}/experiments`, fields));
  return { id: String(data.id), exampleIds: dataset.exampleIds };
}

/** The body of a run of the first repetition that took 1.5 seconds and succeeded, except for `fields`. */
export const runOf = (exampleId: string | undefined, fields: object = {}) => ({
  dataset_example_id: exampleId,
  output: "done",
  repetition_number: 1,
  start_time: "2026-11-22T09:30:00Z",
  end_time: "2026-11-22T09:30:01.5Z",
  ...fields,
});

/** Records a run of an experiment and gives its id. */
export async function givenRun(service: Service, experimentId: string, exampleId: string | undefined, fields?: object) {
  const path = `/v1/experiments/${experimentId}/runs`;
  return String(succeeded(await service.post(path, runOf(exampleId, fields))).data.id);
}

/** The body of an evaluation by code that scored 1, except for `fields`. */
export const evaluationOf = (runId: string, name: string, fields: object = {}) => ({
  experiment_run_id: runId,
  name,
  annotator_kind: "CODE",
  start_time: "2026-11-22T09:30:02Z",
  end_time: "2026-11-22T09:30:03Z",
  result: { score: 1 },
  ...fields,
});

/** Records an evaluation of a run and gives its id. */
export async function givenEvaluation(service: Service, runId: string, name: string, fields?: object) {
  return String(succeeded(await service.post("/v1/experiment_evaluations", evaluationOf(runId, name, fields))).data.id);
}

/** Creates a split by way of a dataset and gives its id. */
export async function givenSplit(service: Service, datasetId: string, fields: object = {}): Promise<string> {
  const split = { name: `split ${randomUUID()}`, ...fields };
  return String(succeeded(await service.post(`/v1/datasets/${datasetId}/splits`, split)).data.id);
}

/** Creates a label and gives its id. */
export async function givenLabel(service: Service, fields: object = {}): Promise<string> {
  const label = { name: `label ${randomUUID()}`, color: "#00cc88", ...fields };
  return String(succeeded(await service.post("/v1/dataset_labels", label)).data.id);
}

/** A name that no project has. */
export const newProject = () => `project ${randomUUID()}`;

export const newTraceId = () => randomBytes(16).toString("hex");
export const newSpanId = () => randomBytes(8).toString("hex");

/** A span to export: what is absent is a new id, or what most spans have. */
export interface SpanToExport {
  traceId?: string;
  spanId?: string;
  parentSpanId?: string;
  name?: string;
  /** OpenInference's. */
  kind?: string;
  start?: string;
  status?: "UNSET" | "OK" | "ERROR";
  /** Integers are exported as such, other numbers as doubles. */
  attributes?: Record<string, string | number>;
}

/** Exports spans in one request, to the project of that name. */
export async function givenSpans(service: Service, project: string, spans: SpanToExport[], init?: RequestInit) {
  const resource = { attributes: [otlpAttribute(["openinference.project.name", project])] };
  const resourceSpans = [{ resource, scopeSpans: [{ spans: spans.map(otlpOf) }] }];
  succeeded(await service.post("/v1/traces", { resourceSpans }, init));
}

function otlpOf({ kind, start = "2026-11-22T09:31:02Z", status = "OK", attributes, ...span }: SpanToExport) {
  const nanoseconds = BigInt(Date.parse(start)) * 1_000_000n;
  return {
    traceId: newTraceId(),
    spanId: newSpanId(),
    name: "step",
    ...span,
    startTimeUnixNano: String(nanoseconds),
    endTimeUnixNano: String(nanoseconds + 812_500_000n),
    status: { code: ["UNSET", "OK", "ERROR"].indexOf(status) },
    attributes: Object.entries({ ...(kind && { "openinference.span.kind": kind }), ...attributes }).map(otlpAttribute),
  };
}

function otlpAttribute([key, value]: [string, string | number]) {
  if (typeof value === "string") return { key, value: { stringValue: value } };
  return { key, value: Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value } };
}

/** The body of an answer that must not be a failure. */
function succeeded({ status, body, text }: Answer): Answer["body"] {
  expect([200, 201], text).toContain(status);
  return body;
}
