/** Uploads of many examples, whatever the database believes of its tables: planned for a few rows, they would take minutes. */
import { describe, expect, test } from "vitest";
import { type Fields, uploadFile } from "../src/forms.ts";
import { useService } from "../src/service.ts";
import { examplesOf, newName } from "../src/uploads.ts";

const service = useService();

const count = 20_000;
const split = newName();
const spanId = (n: number) => n.toString(16).padStart(16, "0");

/** A CSV of examples that each have an id, a span and splits. */
function csvOf(contentOf: (n: number) => string): string {
  const lines = Array.from(
    { length: count },
    (_, n) => `id ${n},${contentOf(n)},${spanId(n)},"[""${split}"", ""${n % 7}""]"\n`,
  );
  return `id,q,span,split\n${lines.join("")}`;
}

const fields: Fields = { "input_keys[]": "q", example_id_key: "id", span_id_key: "span", split_key: "split" };

describe("uploadDataset of many examples", () => {
  test("200: creates, keeps, patches and deletes them in time, though nothing was staged when it was last looked", async () => {
    const [name, another] = [newName(), newName()];
    const send = (to: string, contentOf: (n: number) => string) =>
      uploadFile(service, to, { content: csvOf(contentOf) }, fields);
    await send(another, String); // so that the tables have been used
    await service.database.query("analyze uploads, staged_examples, staged_changes");
    await service.database.query("insert into projects (name) values ('many')");
    await service.database.query(`
      insert into spans (project_id, trace_id, span_id, name, span_kind, start_time, end_time, status_code, status_message, attributes, events, links)
      select projects.id, lpad(to_hex(n), 32, '0'), lpad(to_hex(n), 16, '0'), '', 'LLM', now(), now(), 'OK', '', '{}', '[]', '[]'
      from projects, generate_series(0, ${count - 1}) as n where projects.name = 'many'`);

    const { id, counts } = await send(name, String);
    expect(counts).toEqual([count, 0, 0]);
    expect((await send(name, String)).counts).toEqual([0, 0, 0]);
    expect((await send(name, (n) => String(n % 2 ? n : -n - 1))).counts).toEqual([0, count / 2, 0]);
    const examples = await examplesOf(service, id, { split });
    expect(examples.map(({ source }) => source?.span_id)).toEqual(Array.from({ length: count }, (_, n) => spanId(n)));
    const none = await uploadFile(service, name, { content: "id,q,span,split\n" }, fields);
    expect(none.counts).toEqual([0, 0, count]);
    expect(await examplesOf(service, id, { split })).toEqual([]);
  }, 120_000);
});
