/** Uploads at the same time as others. The database's locks, not a clock, decide who comes first. */
import { describe, expect, test } from "vitest";
import { givenDataset } from "../src/given.ts";
import { atOnce, range, whileTheyWait } from "../src/races.ts";
import { useService } from "../src/service.ts";
import { examplesOf, newName, upload } from "../src/uploads.ts";

const service = useService();

const append = (name: string, body: object) => upload(service, name, { action: "append", ...body });

const datasetsNamed = async (name: string) =>
  (await service.get(`/v1/datasets?${new URLSearchParams({ name })}`)).body.data;

/** The versions of a dataset, oldest first. */
async function versionsOf(id: string): Promise<string[]> {
  const { body } = await service.get(`/v1/datasets/${id}/versions?limit=1000`);
  return body.data.map(({ version_id }: { version_id: string }) => version_id).reverse();
}

describe("uploadDataset", () => {
  test("200 for one, 409 for 49: fifty create one name at once", async () => {
    const name = newName();
    const answers = await atOnce(50, (n) => service.post("/v1/datasets/upload?sync=true", { name, inputs: [{ n }] }));
    const winners = answers.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(49);
    expect(await datasetsNamed(name)).toMatchObject([{ id: winners[0]?.body.data.dataset_id, example_count: 1 }]);
  });

  test("200: one append, sent twenty times at once, adds its examples once", async () => {
    const name = newName();
    const inputs = range(50).map((n) => ({ n }));
    const uploads = await atOnce(20, () => append(name, { inputs }));
    expect(uploads.map(({ counts }) => counts[0]).sort((a, b) => b - a)).toEqual([50, ...Array(19).fill(0)]);
    const [{ id = "" } = {}] = uploads;
    expect((await examplesOf(service, id)).map(({ input }) => input)).toEqual(inputs);
    expect(await versionsOf(id)).toHaveLength(1);
    expect(await datasetsNamed(name)).toMatchObject([{ id, example_count: 50 }]);
  });

  test("200: twenty appends at once each add theirs, one version upon the other", async () => {
    const name = newName();
    const uploads = await atOnce(20, (n) => append(name, { inputs: [{ n }, { n: -1 - n }] }));
    const [{ id = "" } = {}] = uploads;
    const versions = await versionsOf(id);
    expect(versions.toSorted()).toEqual(uploads.map(({ versionId }) => versionId).toSorted());
    let before: unknown[] = [];
    for (const version_id of versions) {
      const n = uploads.findIndex(({ versionId }) => versionId === version_id);
      const inputs = (await examplesOf(service, id, { version_id })).map(({ input }) => input);
      expect(inputs).toEqual([...before, { n }, { n: -1 - n }]);
      before = inputs;
    }
    expect(await datasetsNamed(name)).toMatchObject([{ id, example_count: 40 }]);
  });

  test("200: twenty appends at once of the same ids leave one example of each, as the last has it", async () => {
    const name = newName();
    const example_ids = ["a", "b", "c"];
    const uploads = await atOnce(20, (n) => append(name, { inputs: [{ n }, { n }, { n }], example_ids }));
    const [{ id = "" } = {}] = uploads;
    const versions = await versionsOf(id);
    const last = uploads.findIndex(({ versionId }) => versionId === versions.at(-1));
    expect((await examplesOf(service, id)).map(({ id, input }) => [id, input])).toEqual(
      example_ids.map((exampleId) => [exampleId, { n: last }]),
    );
    expect(uploads.map(({ counts }) => counts.join()).toSorted()).toEqual([...Array(19).fill("0,3,0"), "3,0,0"]);
  });

  test("200: twenty updates at once leave what one of them wanted, whole", async () => {
    const name = newName();
    const inputsOf = (n: number) => range(n + 1).map((index) => ({ n, index }));
    const uploads = await atOnce(20, (n) => upload(service, name, { inputs: inputsOf(n) }));
    const [{ id = "" } = {}] = uploads;
    const versions = await versionsOf(id);
    for (const [n, { versionId }] of uploads.entries()) {
      const examples = await examplesOf(service, id, { version_id: versionId });
      expect(examples.map(({ input }) => input)).toEqual(inputsOf(n));
    }
    expect(versions).toHaveLength(20);
  });

  test("200: two that make the same splits do not wait for each other, in whatever order they name them", async () => {
    const splits = range(3).map(newName);
    const uploads = await whileTheyWait(
      service,
      `insert into splits (name) values ('${splits[1]}')`, // so each has made its first when it comes to the second
      [splits, splits.toReversed()].map((names) => () => append(newName(), { inputs: [{}], splits: [names] })),
    );
    for (const { id } of uploads)
      for (const split of splits) expect(await examplesOf(service, id, { split })).toHaveLength(1);
  });

  describe("and the dataset is deleted", () => {
    const remove = (id: string) => service.delete(`/v1/datasets/${id}`);
    const rowOf = (name: string) => `from datasets where name = '${name}'`;

    test.each(["create", "append", "update"])(
      "200: %s waits for the end of that, and makes it anew",
      async (action) => {
        const { id, name } = await givenDataset(service, [{ n: 1 }]);
        const send = () => upload(service, name, { action, inputs: [{ n: 2 }] });
        const [anew] = await whileTheyWait(service, `delete ${rowOf(name)}`, [send]);
        expect(anew?.id).not.toBe(id);
        expect(anew?.counts).toEqual([1, 0, 0]);
        expect(await datasetsNamed(name)).toMatchObject([{ id: anew?.id, example_count: 1 }]);
      },
    );

    test("409: create waits for the end of that, and it does not happen", async () => {
      const { name } = await givenDataset(service, []);
      const send = () => service.post("/v1/datasets/upload", { name, inputs: [] });
      const [answer] = await whileTheyWait(service, `delete ${rowOf(name)}`, [send], "rollback");
      expect(answer?.status).toBe(409);
    });

    test.each(["append", "update"])("200: %s had found it and waited its turn, and makes it anew", async (action) => {
      const { id, name } = await givenDataset(service, [{ n: 1 }]);
      const send = () => upload(service, name, { action, inputs: [{ n: 2 }] });
      const [anew] = await whileTheyWait(
        service,
        `select ${rowOf(name)} for update`,
        [send],
        `delete ${rowOf(name)}; commit`,
      );
      expect(anew?.id).not.toBe(id);
      expect(anew?.counts).toEqual([1, 0, 0]);
    });

    test("200, then 204: the deletion waits its turn and takes what the upload brought", async () => {
      const { id, name } = await givenDataset(service, [{ n: 1 }]);
      const send = () => service.post("/v1/datasets/upload", { name, action: "append", inputs: [{ n: 2 }] });
      const answers = await whileTheyWait(service, "lock table dataset_versions in share mode", [
        send,
        () => remove(id),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([200, 204]);
      expect(await datasetsNamed(name)).toEqual([]);
    });

    test("204, then 200: the deletion does not wait for a body that is still arriving", async () => {
      const { id, name } = await givenDataset(service, [{ n: 1 }]);
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      const writer = writable.getWriter();
      const init = {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: readable,
        duplex: "half",
      } as const;
      const answer = service.fetch("/v1/datasets/upload?sync=true", init);
      const body = Buffer.from(JSON.stringify({ name, action: "append", inputs: [{ n: 2 }] }));
      await writer.write(body.subarray(0, 20));
      expect((await remove(id)).status).toBe(204);
      await writer.write(body.subarray(20));
      await writer.close();
      expect((await answer).status).toBe(200);
      expect(await datasetsNamed(name)).toMatchObject([{ example_count: 1 }]);
    });
  });

  test("200: a span that is deleted meanwhile is not linked", async () => {
    const span = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "00f067aa0ba902b7", name: "chat" };
    const times = { startTimeUnixNano: "1795339862123456789", endTimeUnixNano: "1795339862812500000" };
    const exported = { resourceSpans: [{ scopeSpans: [{ spans: [{ ...span, ...times }] }] }] };
    expect((await service.post("/v1/traces", exported)).status).toBe(200);
    const send = () => upload(service, newName(), { inputs: [{}], span_ids: [span.spanId] });
    const [uploaded] = await whileTheyWait(service, `delete from spans where span_id = '${span.spanId}'`, [send]);
    expect(await examplesOf(service, uploaded?.id ?? "")).toMatchObject([{ source: null }]);
  });
});
