import { invalid, problem } from "./problem.ts";

/** The types of things that have an id. */
export type IdType =
  | "Dataset"
  | "DatasetVersion"
  | "DatasetExample"
  | "DatasetSplit"
  | "DatasetLabel"
  | "Experiment"
  | "ExperimentRun"
  | "ExperimentEvaluation"
  | "ExperimentTag"
  | "CategoricalAnnotationConfig"
  | "ContinuousAnnotationConfig"
  | "FreeformAnnotationConfig"
  | "Project"
  | "Span"
  | "SystemApiKey";

/** The public id of a row: standard base64 of `Type:rowid`, as Phoenix writes it. */
export function encodeId(type: IdType, rowid: number | string): string {
  return Buffer.from(`${type}:${rowid}`).toString("base64");
}

/** A public id taken apart. `rowid` is undefined unless it is an integer, and the largest safe one, which no row has, if it is larger. */
interface DecodedId {
  type: string;
  rowid: number | undefined;
}

/** Takes a public id apart; undefined if it is not base64 of `a:b`. */
export function decodeId(id: string): DecodedId | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(id)) return undefined;
  const [, type, digits] = /^([^:]+):([^:]+)$/.exec(Buffer.from(id, "base64").toString()) ?? [];
  if (type === undefined || digits === undefined) return undefined;
  return { type, rowid: /^-?\d+$/.test(digits) ? clamp(Number(digits)) : undefined };
}

/** Row ids are below 2^53 (a run's is its experiment's << 27 and a number). */
function clamp(rowid: number): number {
  return Math.min(Math.max(rowid, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}

/** What the refusal of an id says, and where the id stands in the request. */
export interface IdWords {
  /** `experiment` in "Invalid experiment ID format". */
  noun: string;
  pointer: string;
  /**
   * What Phoenix answers to an id of another type: the same as to one that names nothing (404), the type (404), or that it is invalid (422),
   * in words of its own or in those for one that is no id at all.
   */
  otherType?: "does_not_exist" | "refers_to" | "invalid_request" | "as_malformed";
}

/**
 * The row id in a public id of this type.
 * @throws a Problem: 422 if it is no id at all, 404 (or 422, see `otherType`) if it is the id of something else.
 */
export function rowidOf(type: IdType, id: string, { noun, pointer, otherType = "does_not_exist" }: IdWords): number {
  const decoded = decodeId(id);
  if (decoded?.type === type && decoded.rowid !== undefined) return decoded.rowid;
  if (otherType === "as_malformed") throw invalid(pointer, `Invalid ${noun} ID: ${id}`, "id");
  if (decoded === undefined) throw invalid(pointer, `Invalid ${noun} ID format: ${id}`, "id");
  if (otherType === "invalid_request") throw invalid(pointer, `Invalid ${noun} ID: ${id}`, "id");
  if (otherType === "refers_to" && decoded.type !== type)
    throw problem("not_found", `ID ${id} refers to a ${decoded.type}`);
  throw problem("not_found", `${type} with ID ${id} does not exist`);
}

// An experiment's runs and evaluations are numbered within it, and their row ids carry both numbers: no look-up finds the experiment.
const numberBits = 2 ** 27;

/** The row id of an experiment's nth run or evaluation. */
export function rowidWithin(experimentId: number, n: number): number {
  return experimentId * numberBits + n;
}

/** The experiment that a run or an evaluation belongs to, from its row id. */
export function experimentOf(rowid: number): number {
  return Math.floor(rowid / numberBits);
}
