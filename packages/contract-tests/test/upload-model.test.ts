/** Any sequence of uploads leaves what a model of sixty lines leaves, in whatever form each of them comes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sendFile } from "../src/forms.ts";
import { type Answer, type Service, useService } from "../src/service.ts";
import { examplesOf, newName } from "../src/uploads.ts";

const service = useService();

/** An example of the model. */
interface Modelled {
  externalId: string | null;
  /** Null while it is deleted. */
  content: string | null;
}

/** An example of an upload: with an id of the user's, with the node id of the dataset's nth example, or without. */
interface Row {
  id: string | number | null;
  content: string;
}

type Action = "create" | "append" | "update";
type Counts = [created: number, updated: number, deleted: number];

/** A dataset in memory. */
class Model {
  readonly examples: Modelled[] = [];
  versions = 0;

  /** Uploads, and gives the counts or the status of the refusal. */
  upload(action: Action, rows: Row[]): Counts | 409 | 422 {
    const ids = rows.flatMap(({ id }) => id ?? []);
    if (new Set(ids).size < ids.length) return 422;
    if (action === "create" && this.versions > 0) return 409;
    const matches = new Map<Row, Modelled | undefined>();
    for (const row of rows) if (row.id !== null) matches.set(row, this.named(row.id));
    const named = [...matches.values()].flatMap((example) => example ?? []);
    const isUnknown = rows.some((row) => typeof row.id === "number" && !matches.get(row)?.content);
    if (isUnknown || new Set(named).size < named.length) return 422;
    const taken = new Set(named);
    for (const row of rows) {
      if (row.id !== null) continue;
      const alike = this.examples.find((example) => example.content === row.content && !taken.has(example));
      matches.set(row, alike);
      if (alike) taken.add(alike);
    }
    return this.write(rows, matches, action === "update" ? this.live().filter((example) => !taken.has(example)) : []);
  }

  write(rows: Row[], matches: Map<Row, Modelled | undefined>, deleted: Modelled[]): Counts {
    const counts: Counts = [0, 0, deleted.length];
    for (const example of deleted) example.content = null;
    for (const row of rows) {
      const example = matches.get(row) ?? { externalId: row.id as string | null, content: null }; // a number has a match
      if (!matches.get(row)) this.examples.push(example);
      if (example.content === null) counts[0]++;
      else if (example.content !== row.content) counts[1]++;
      example.content = row.content;
    }
    if (counts.some((count) => count > 0) || this.versions === 0) this.versions++;
    return counts;
  }

  named(id: string | number): Modelled | undefined {
    return typeof id === "number" ? this.examples[id] : this.examples.find(({ externalId }) => externalId === id);
  }

  live(): Modelled[] {
    return this.examples.filter(({ content }) => content !== null);
  }
}

/** A dataset of the service, and the node ids of the model's examples. */
interface Real {
  name: string;
  nodeIds: string[];
}

/** An upload to both. */
class Upload implements fc.AsyncCommand<Model, Real> {
  readonly form: keyof typeof forms;
  readonly action: Action;
  readonly rows: Row[];

  constructor(form: keyof typeof forms, action: Action, rows: Row[]) {
    this.form = form;
    this.action = action;
    this.rows = rows;
  }

  check = () => true;
  toString = () => `${this.action} by ${this.form}: ${JSON.stringify(this.rows)}`;

  async run(model: Model, real: Real): Promise<void> {
    const rows = this.rows.map(({ id, content }) => ({
      // Of an example that there is not there is no node id.
      id: typeof id === "number" && id >= model.examples.length ? null : id,
      content,
    }));
    const sent = rows.map(({ id, content }) => ({
      id: typeof id === "number" ? (real.nodeIds[id] ?? "") : id,
      content,
    }));
    const answer = await forms[this.form](service, real.name, this.action, sent);
    const expected = model.upload(this.action, rows);
    if (typeof expected === "number") expect(answer.status, answer.text).toBe(expected);
    else {
      const { num_created_examples, num_updated_examples, num_deleted_examples } = answer.body.data;
      expect([num_created_examples, num_updated_examples, num_deleted_examples]).toEqual(expected);
    }
    if (model.versions > 0) await agree(model, real);
  }
}

async function agree(model: Model, real: Real): Promise<void> {
  const { body } = await service.get(`/v1/datasets?${new URLSearchParams({ name: real.name })}`);
  const [{ id, example_count }] = body.data;
  const examples = await examplesOf(service, id);
  const live = model.live();
  for (const [index, example] of live.entries())
    real.nodeIds[model.examples.indexOf(example)] ??= examples[index]?.node_id ?? "";
  expect(examples.map(({ id, node_id, input }) => ({ id, node_id, input }))).toEqual(
    live.map((example) => {
      const nodeId = real.nodeIds[model.examples.indexOf(example)];
      return { id: example.externalId ?? nodeId, node_id: nodeId, input: { q: example.content } };
    }),
  );
  expect(example_count).toBe(live.length);
  expect((await service.get(`/v1/datasets/${id}/versions?limit=1000`)).body.data).toHaveLength(model.versions);
}

type Sent = { id: string | null; content: string }[];
type Send = (service: Service, name: string, action: Action, rows: Sent) => Promise<Answer>;

const fields = (action: Action) => ({ action, "input_keys[]": "q", example_id_key: "id" });

/** The ways to send an upload. */
const forms = {
  json: (service, name, action, rows) =>
    service.post("/v1/datasets/upload?sync=true", {
      name,
      action,
      inputs: rows.map(({ content }) => ({ q: content })),
      example_ids: rows.map(({ id }) => id),
    }),
  csv: (service, name, action, rows) => {
    const lines = rows.map(({ id, content }) => `${content},${id ?? ""}\n`);
    return sendFile(service, name, { content: `q,id\n${lines.join("")}` }, fields(action));
  },
  jsonl: (service, name, action, rows) => {
    const lines = rows.map(({ id, content }) => `${JSON.stringify({ id, q: content })}\n`);
    return sendFile(service, name, { content: lines.join(""), type: "application/jsonl" }, fields(action));
  },
} satisfies Record<string, Send>;

describe("uploadDataset", () => {
  test("any uploads, one after the other, do what they do to the model", async () => {
    const id = fc.oneof(
      { weight: 3, arbitrary: fc.constant(null) },
      { weight: 2, arbitrary: fc.constantFrom("a", "b", "c") },
      { weight: 1, arbitrary: fc.nat(5) },
    );
    const row = fc.record({ id, content: fc.constantFrom("0", "1", "2") });
    const action = fc.constantFrom<Action>("append", "update", "append", "update", "create");
    const form = fc.constantFrom(...(Object.keys(forms) as (keyof typeof forms)[])); // it has no others
    const uploads = fc
      .tuple(form, action, fc.array(row, { maxLength: 6 }))
      .map(([form, action, rows]) => new Upload(form, action, rows));
    await fc.assert(
      fc.asyncProperty(fc.commands([uploads], { maxCommands: 10 }), (commands) =>
        fc.asyncModelRun(() => ({ model: new Model(), real: { name: newName(), nodeIds: [] } }), commands),
      ),
      { numRuns: 30 },
    );
  }, 60_000);
});
