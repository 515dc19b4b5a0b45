import { decodeId } from "../id.ts";
import { invalid } from "../problem.ts";

/** An example of an upload. Content is JSON text. */
export interface UploadedExample {
  input: string;
  output: string;
  metadata: string;
  hash: Buffer;
  /** The user's own id of the example, or the node id of one that exists. */
  id: string | undefined;
  /** The OpenTelemetry id of the span that it was made from. */
  spanId: string | undefined;
}

/** An example of the dataset. */
export interface ExistingExample {
  id: number;
  external_id: string | null;
  /** The hash of its content in the latest version; null if it is deleted. */
  hash: Buffer | null;
}

/** An example of the upload and the existing one that it is. */
interface Match {
  example: UploadedExample;
  id: number;
}

/** What an upload changes, by example. */
export interface ExampleDiff {
  inserts: UploadedExample[];
  /** Created again, under the user's id of a deleted example, as that example. */
  revivals: Match[];
  patches: Match[];
  unchanged: Match[];
  deletes: number[];
}

/**
 * Compares an upload with the examples that a dataset has. An uploaded example with a node id is the live example of that id; one with an
 * id of the user's is the example of that id, live or deleted; one without an id is the first live example of the same content that is not
 * yet taken. Whatever has an id is matched before what has none, in the order of the upload.
 * @throws a Problem (422) listing node ids that are not live examples of the dataset, or naming two ids of one example.
 */
export function diffExamples(
  existing: ExistingExample[],
  uploaded: UploadedExample[],
  { deletesRest }: { deletesRest: boolean },
): ExampleDiff {
  const diff: ExampleDiff = { inserts: [], revivals: [], patches: [], unchanged: [], deletes: [] };
  const found = matchById(existing, uploaded);
  const taken = new Set([...found.values()].map(({ id }) => id));
  const ofContent = byContent(existing.filter(({ id }) => !taken.has(id)));
  for (const example of uploaded) {
    const match =
      found.get(example) ?? (example.id === undefined ? ofContent.get(key(example.hash))?.shift() : undefined);
    if (!match) diff.inserts.push(example);
    else if (!match.hash) diff.revivals.push({ example, id: match.id });
    else (match.hash.equals(example.hash) ? diff.unchanged : diff.patches).push({ example, id: match.id });
  }
  if (deletesRest) {
    for (const { id } of [...diff.revivals, ...diff.patches, ...diff.unchanged]) taken.add(id);
    diff.deletes = existing.filter(({ id, hash }) => hash && !taken.has(id)).map(({ id }) => id);
  }
  return diff;
}

function matchById(existing: ExistingExample[], uploaded: UploadedExample[]): Map<UploadedExample, ExistingExample> {
  const byRowid = new Map(existing.map((example) => [example.id, example]));
  const byExternalId = new Map(existing.map((example) => [example.external_id, example]));
  const found = new Map<UploadedExample, ExistingExample>();
  const unknown: string[] = [];
  const taken = new Set<ExistingExample>();
  for (const example of uploaded) {
    if (example.id === undefined) continue;
    const nodeId = decodeId(example.id);
    const isNodeId = nodeId?.type === "DatasetExample" && nodeId.rowid !== undefined;
    const match = isNodeId ? byRowid.get(nodeId.rowid ?? 0) : byExternalId.get(example.id);
    if (isNodeId && !match?.hash) unknown.push(`'${example.id}'`);
    if (!match) continue;
    if (taken.has(match))
      throw invalid(
        "/body/example_ids",
        `Duplicate example_id in request: '${example.id}' is an example that another id names`,
        "unique",
      );
    taken.add(match);
    found.set(example, match);
  }
  if (unknown.length > 0) {
    throw invalid(
      "/body/example_ids",
      `No examples found in this dataset with the following IDs: ${unknown.join(", ")}`,
      "example",
    );
  }
  return found;
}

/** Live examples by their content, in the order of their ids. */
function byContent(existing: ExistingExample[]): Map<string, ExistingExample[]> {
  const queues = new Map<string, ExistingExample[]>();
  for (const example of existing) {
    if (!example.hash) continue;
    const queue = queues.get(key(example.hash));
    if (queue) queue.push(example);
    else queues.set(key(example.hash), [example]);
  }
  return queues;
}

const key = (hash: Buffer) => hash.toString("latin1");
