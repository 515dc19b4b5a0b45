/** The spans that examples were made from. */
import { describe, expect, test } from "vitest";
import { givenDataset } from "../src/given.ts";
import { idOf } from "../src/requests.ts";
import { useService } from "../src/service.ts";
import { examplesOf, newName, upload } from "../src/uploads.ts";

const service = useService();

describe("uploadDataset", () => {
  const traceId = "0af7651916cd43dd8448eb211c80319c";

  /** Stores a span and gives what an example that was made from it says. */
  async function givenSpan(span_id: string) {
    const times = { startTimeUnixNano: "1795339862123456789", endTimeUnixNano: "1795339862812500000" };
    const span = { traceId, spanId: span_id, name: "chat", ...times };
    const exported = { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] };
    expect((await service.post("/v1/traces", exported)).status).toBe(200);
    const { rows } = await service.database.query("select id from spans where span_id = $1", [span_id]);
    return { span_id, span_node_id: idOf("Span", rows[0].id) };
  }

  const sourcesOf = async (id: string) => (await examplesOf(service, id)).map(({ source }) => source);

  test("200: an example knows the span that it was made from, if that is stored", async () => {
    const source = await givenSpan("00000000000000a1");
    const { id } = await upload(service, newName(), {
      inputs: [{}, {}, {}, {}, {}],
      span_ids: [source.span_id, ` ${source.span_id}\n`, "00000000000000ff", " ", null],
    });
    expect(await sourcesOf(id)).toEqual([source, source, null, null, null]);
  });

  test("200: a patch leaves the link as it is", async () => {
    const [first, second] = [await givenSpan("00000000000000b1"), await givenSpan("00000000000000b2")];
    const { id, name } = await givenDataset(service, [{ v: 1 }, { v: 1 }], {
      example_ids: ["a", "b"],
      span_ids: [first.span_id, null],
    });
    const { counts } = await upload(service, name, {
      inputs: [{ v: 2 }, { v: 2 }],
      example_ids: ["a", "b"],
      span_ids: [second.span_id, second.span_id],
    });
    expect(counts).toEqual([0, 2, 0]);
    expect(await sourcesOf(id)).toEqual([first, null]);
  });

  test("200: so does an example's coming back", async () => {
    const [first, second] = [await givenSpan("00000000000000c1"), await givenSpan("00000000000000c2")];
    const body = { inputs: [{}], example_ids: ["a"] };
    const { id, name } = await givenDataset(service, body.inputs, { ...body, span_ids: [first.span_id] });
    await upload(service, name, { inputs: [] });
    await upload(service, name, { ...body, span_ids: [second.span_id] });
    expect(await sourcesOf(id)).toEqual([first]);
  });

  test("200: a link is no change", async () => {
    const { span_id } = await givenSpan("00000000000000d1");
    const { id, name, versionId } = await givenDataset(service, [{}]);
    const again = await upload(service, name, { inputs: [{}], span_ids: [span_id] });
    expect(again).toMatchObject({ versionId, counts: [0, 0, 0] });
    expect(await sourcesOf(id)).toEqual([null]);
  });

  test("200: without its span an example has no source", async () => {
    const { span_id } = await givenSpan("00000000000000e1");
    const { id } = await upload(service, newName(), { inputs: [{}], span_ids: [span_id] });
    await service.database.query("delete from spans where span_id = $1", [span_id]);
    expect(await sourcesOf(id)).toEqual([null]);
  });
});
