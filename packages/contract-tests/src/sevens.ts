/** Lists that have seven rows each: enough for pages of every kind. */
import type { Contract } from "@assay/server";
import { expect } from "vitest";
import { givenEvaluation, givenRun, givenSpans } from "./given.ts";
import { callables } from "./requests.ts";
import type { Service } from "./service.ts";

/** The operations that answer in pages. */
export const listsOf = (document: Contract["document"]) =>
  callables(document).filter(({ parameters }) => parameters.some(({ name }) => name === "cursor"));

/** A page, as far as it is the same for every list. */
export interface Page {
  rows: unknown[];
  next_cursor: string | null;
}

/** Reads a page. The examples of a dataset stand below what they are the examples of. */
export async function readPage(service: Service, path: string): Promise<Page> {
  const { status, body, text } = await service.get(path);
  expect(status, text).toBe(200);
  return { rows: body.data.examples ?? body.data, next_cursor: body.next_cursor };
}

/**
 * Makes seven keys, annotation configs, labels, projects and datasets, one of these with seven versions, examples, splits, experiments and runs
 * with seven evaluations, three of them of one run, and one project with seven spans. Gives the parameters of paths that lead to them.
 */
export async function givenSevens(service: Service): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  const upload = async (body: object) => (await service.post("/v1/datasets/upload?sync=true", body)).body.data;
  for (let n = 0; n < 7; n++) await service.post("/v1/system/api_keys", { data: { name: `key ${n}` } });
  for (let n = 0; n < 6; n++) await upload({ name: `dataset ${n}`, inputs: [{ n }] });
  for (let n = 0; n < 7; n++) await service.post("/v1/annotation_configs", { name: `config ${n}`, type: "FREEFORM" });
  for (let n = 0; n < 7; n++) {
    const splits = [`split ${n}`];
    Object.assign(ids, await upload({ name: "the one", action: "append", inputs: [{ n }], splits }));
  }
  ids.dataset_identifier = "the one";
  for (let n = 0; n < 7; n++) await service.post("/v1/dataset_labels", { name: `label ${n}`, color: "#00cc88" });
  for (let n = 0; n < 7; n++)
    ids.experiment_id = (
      await service.post(`/v1/datasets/${ids.dataset_id}/experiments`, { repetitions: 2 })
    ).body.data.id;
  for (let n = 1; n < 7; n++)
    await givenSpans(
      service,
      `project ${n}`,
      Array.from({ length: 7 }, () => ({})),
    ); // and there is the default one
  ids.project_identifier = "project 1";
  const { rows } = await readPage(service, `/v1/datasets/${ids.dataset_id}/examples`);
  for (const [index, { node_id }] of (rows as { node_id: string }[]).entries()) {
    const runId = await givenRun(service, ids.experiment_id ?? "", node_id);
    const names = index === 2 ? ["tone", "length", "cost"] : index > 2 ? ["tone"] : [];
    for (const name of names) await givenEvaluation(service, runId, name);
  }
  await service.post(`/v1/experiments/${ids.experiment_id}/tags`, { name: "baseline" });
  return ids;
}
