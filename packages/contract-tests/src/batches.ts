/** Batches, in the few words that a test is about. */
import { expect } from "vitest";
import type { Answer, Service } from "./service.ts";

export const ndjson = { headers: { "content-type": "application/x-ndjson" } };

/** A line for each: of a value, or of a text as it is. */
export const linesOf = (items: unknown[]) =>
  items.map((item) => `${typeof item === "string" ? item : JSON.stringify(item)}\n`).join("");

/** The path of the batches of an experiment's runs. */
export const runsBatchOf = (experimentId: string, query = "") => `/v1/experiments/${experimentId}/runs/batch${query}`;

/** The outcome of each item of a batch that was answered, and of a rejected one its status and where it is wrong, if it says so. */
export function outcomesOf({ status, body, text }: Answer): string[] {
  expect(status, text).toBe(200);
  return body.data.map(({ outcome, problem }: Outcome) =>
    [outcome, problem?.status, problem?.errors?.[0]?.pointer].filter((part) => part !== undefined).join(" "),
  );
}

interface Outcome {
  outcome: string;
  problem?: { status: number; errors?: { pointer: string }[] };
}

/** All that exports and lists say of an experiment, and what it counts. */
export async function stateOf(service: Service, experimentId: string) {
  const [experiment, runs, exported] = await Promise.all(
    ["", "/runs", "/json"].map((path) => service.get(`/v1/experiments/${experimentId}${path}`)),
  );
  return { experiment: experiment?.text, runs: runs?.text, exported: exported?.status === 200 ? exported.text : "" };
}

/** The successful and the failed runs of an experiment, as it counts them and as they are counted. */
export async function countsOf(service: Service, experimentId: string) {
  const { data } = (await service.get(`/v1/experiments/${experimentId}`)).body;
  const runs: { error: unknown }[] = (await service.get(`/v1/experiments/${experimentId}/runs`)).body.data;
  const successful = runs.filter(({ error }) => error === null).length;
  return {
    counters: [data.successful_run_count, data.failed_run_count],
    recount: [successful, runs.length - successful],
  };
}
