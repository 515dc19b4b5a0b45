/** Uploads and what they leave, in the few words that a test is about. */
import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { Answer, Service } from "./service.ts";

/** A name that no dataset has. */
export const newName = () => `dataset ${randomUUID()}`;

/** What an upload did. */
export interface Uploaded {
  id: string;
  versionId: string;
  /** How many examples it created, updated and deleted. */
  counts: [created: number, updated: number, deleted: number];
}

/** Uploads to the dataset of that name, by `update` unless `body` says otherwise; it must succeed. */
export async function upload(service: Service, name: string, body: object): Promise<Uploaded> {
  return resultOf(await service.post("/v1/datasets/upload?sync=true", { name, action: "update", ...body }));
}

/** What an upload did that must have succeeded. */
export function resultOf(answer: Answer): Uploaded {
  expect(answer.status, answer.text).toBe(200);
  const { dataset_id, version_id, ...counted } = answer.body.data;
  const { num_created_examples, num_updated_examples, num_deleted_examples } = counted;
  return {
    id: dataset_id,
    versionId: version_id,
    counts: [num_created_examples, num_updated_examples, num_deleted_examples],
  };
}

/** An example as the service returns it. */
export interface Example {
  id: string;
  node_id: string;
  input: unknown;
  output: unknown;
  metadata: unknown;
  updated_at: string;
  source: { span_id: string; span_node_id: string } | null;
}

/** The examples of a dataset. `query` may ask for a version or for splits. */
export async function examplesOf(
  service: Service,
  datasetId: string,
  query: Record<string, string> = {},
): Promise<Example[]> {
  const answer = await service.get(`/v1/datasets/${datasetId}/examples?${new URLSearchParams(query)}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body.data.examples;
}

/** The contents of a dataset's examples as they are stored, byte by byte: parsed, most differences would be gone. */
export async function contentsOf(service: Service, datasetId: string): Promise<{ [part: string]: string }[]> {
  const [, rowid] = Buffer.from(datasetId, "base64").toString().split(":");
  const { rows } = await service.database.query(
    `select input::text, output::text, metadata::text from example_revisions
     where dataset_id = $1 and superseded_by is null and kind <> 'DELETE' order by example_id`,
    [rowid],
  );
  return rows;
}
