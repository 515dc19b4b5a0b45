/** Splits at the same time as uploads and one another. The database's locks, not a clock, decide who comes first. */
import { afterEach, describe, expect, test } from "vitest";
import { type GivenDataset, givenDataset, givenSplit } from "../src/given.ts";
import { atOnce, range, whileTheyWait } from "../src/races.ts";
import { type Answer, useService } from "../src/service.ts";
import { examplesOf, newName } from "../src/uploads.ts";

const service = useService();

const splitPath = (dataset: string, split: string) => `/v1/datasets/${dataset}/splits/${split}`;
const update = (dataset: string, split: string, body: object) => service.patch(splitPath(dataset, split), body);
const remove = (dataset: string, split: string) => service.delete(splitPath(dataset, split));
const get = async (dataset: string, split: string) => (await service.get(splitPath(dataset, split))).body.data;
const listed = async (dataset: string) => (await service.get(`/v1/datasets/${dataset}/splits`)).body.data;

/** A dataset of `count` examples, whose ids of their own are their numbers. */
const numbered = (count: number, fields: object = {}) =>
  givenDataset(
    service,
    range(count).map((n) => ({ n })),
    { example_ids: range(count).map(String), ...fields },
  );

const append = (dataset: GivenDataset, ids: number[], splits: unknown[]) =>
  service.post("/v1/datasets/upload?sync=true", {
    name: dataset.name,
    action: "append",
    inputs: ids.map((n) => ({ n })),
    example_ids: ids.map(String),
    splits,
  });

const membersOf = async (dataset: string, split: string) =>
  (await examplesOf(service, dataset, { split })).map(({ id }) => Number(id));

const statuses = (answers: Answer[]) => answers.map(({ status }) => status);

/** What a transaction does that deletes or renames a split, up to its end. */
const alone = "lock table splits in share row exclusive mode";

afterEach(async () => {
  const { rows } = await service.database.query(`
    with members as (
      select dataset_id, split_id, count(*)::integer as examples from split_examples join examples on examples.id = example_id
      where dataset_id in (select id from datasets) group by 1, 2
    )
    (table members except select dataset_id, split_id, examples from split_counts)
    union all (select dataset_id, split_id, examples from split_counts except table members)`);
  expect(rows, "split_counts is what a count finds").toEqual([]);
});

describe("createDatasetSplit", () => {
  test("201 for one, 409 for nineteen: twenty create one name at once, by way of two datasets", async () => {
    const datasets = [await numbered(1), await numbered(1)];
    const name = newName();
    const answers = await atOnce(20, (n) => {
      const dataset = datasets[n % 2];
      return service.post(`/v1/datasets/${dataset?.id}/splits`, { name, example_ids: dataset?.exampleIds });
    });
    expect(statuses(answers).toSorted()).toEqual([201, ...Array(19).fill(409)]);
  });

  test("409: an upload that made the name meanwhile was first", async () => {
    const dataset = await numbered(1);
    const name = newName();
    const answers = await whileTheyWait(service, "lock table split_examples in share mode", [
      () => append(dataset, [0], [name]),
      async () => service.post(`/v1/datasets/${(await numbered(1)).id}/splits`, { name }),
    ]);
    expect(statuses(answers)).toEqual([200, 409]);
  });
});

describe("updateDatasetSplit", () => {
  test("200: twenty at once each put theirs in", async () => {
    const { id, exampleIds } = await numbered(20);
    const split = await givenSplit(service, id);
    await atOnce(20, (n) => update(id, split, { add_example_ids: [exampleIds[n]] }));
    expect(await membersOf(id, split)).toEqual(range(20));
    expect((await get(id, split)).example_count).toBe(20);
  });

  test("200: half of them put in what the other half take out; each example is what one of them wanted", async () => {
    const { id, exampleIds } = await numbered(50);
    const split = await givenSplit(service, id, { example_ids: exampleIds.slice(0, 25) });
    const answers = await atOnce(20, (n) =>
      update(id, split, {
        [n % 2 ? "add_example_ids" : "remove_example_ids"]: n % 4 < 2 ? exampleIds : exampleIds.toReversed(),
      }),
    );
    expect(statuses(answers)).toEqual(Array(20).fill(200));
    expect([0, 50]).toContain((await get(id, split)).example_count);
  });

  test("200: one changes the name, one the color, one who is in it: none of it is lost", async () => {
    const { id, exampleIds } = await numbered(1);
    const split = await givenSplit(service, id);
    const changes = [{ name: newName() }, { color: "red" }, { description: "x" }, { add_example_ids: exampleIds }];
    await Promise.all(changes.map((change) => update(id, split, change)));
    expect(await get(id, split)).toMatchObject({ ...changes[0], color: "red", description: "x", example_count: 1 });
  });

  test("200: with an upload that puts the same examples elsewhere, one comes after the other", async () => {
    for (let round = 0; round < 10; round++) {
      const dataset = await numbered(30);
      const { id, exampleIds } = dataset;
      const split = await givenSplit(service, id);
      const answers = await Promise.all([
        append(dataset, range(30).toReversed(), Array(30).fill("elsewhere")),
        update(id, split, { add_example_ids: exampleIds }),
      ]);
      expect(statuses(answers)).toEqual([200, 200]);
      expect(await membersOf(id, "elsewhere")).toEqual(range(30));
      expect([0, 30]).toContain((await get(id, split)).example_count);
    }
  });

  test("200, then 404: an upload deletes the example that waits to be put in", async () => {
    const { id, name, exampleIds } = await numbered(2);
    const split = await givenSplit(service, id);
    const answers = await whileTheyWait(service, "lock table dataset_versions in share mode", [
      () =>
        service.post("/v1/datasets/upload?sync=true", {
          name,
          action: "update",
          inputs: [{ n: 1 }],
          example_ids: ["1"],
        }),
      () => update(id, split, { add_example_ids: exampleIds }),
    ]);
    expect(statuses(answers)).toEqual([200, 404]);
    expect((await get(id, split)).example_count).toBe(0);
  });

  test("404: the dataset was deleted while it waited", async () => {
    const { id, exampleIds } = await numbered(1);
    const split = await givenSplit(service, id);
    const [, rowid] = Buffer.from(id, "base64").toString().split(":");
    const answers = await whileTheyWait(service, `delete from datasets where id = ${rowid}`, [
      () => update(id, split, { add_example_ids: exampleIds }),
      () => service.post(`/v1/datasets/${id}/splits`, { name: newName(), example_ids: exampleIds }),
    ]);
    expect(statuses(answers)).toEqual([404, 404]);
  });

  test("409: renames a split to what an upload that it waits for has made, which also puts examples into the split", async () => {
    const [one, other] = [await numbered(1), await numbered(2)];
    const [old, name] = [newName(), newName()];
    const split = await givenSplit(service, one.id, { name: old });
    const answers = await whileTheyWait(service, "lock table split_examples in share mode", [
      () => append(other, [0, 1], [name, old]),
      () => update(one.id, split, { name, add_example_ids: one.exampleIds }),
    ]);
    expect(statuses(answers)).toEqual([200, 409]);
    expect(answers[1]?.body.code).toBe("split_exists");
    expect(await membersOf(other.id, old)).toEqual([1]);
  });

  test("409 for both: two exchange their names", async () => {
    const { id } = await numbered(0);
    const names = [newName(), newName()];
    const splits = [
      await givenSplit(service, id, { name: names[0] }),
      await givenSplit(service, id, { name: names[1] }),
    ];
    const answers = await whileTheyWait(
      service,
      "lock table splits in row exclusive mode",
      splits.map((split, n) => () => update(id, split, { name: names[1 - n] })),
    );
    expect(answers.map(({ body }) => body.code)).toEqual(["split_exists", "split_exists"]);
  });
});

describe("deleteDatasetSplit", () => {
  test("200, 204: an upload names it first", async () => {
    const dataset = await numbered(1);
    const name = newName();
    const split = await givenSplit(service, dataset.id, { name });
    const answers = await whileTheyWait(service, "lock table split_examples in share mode", [
      () => append(dataset, [0], [name]),
      () => remove(dataset.id, split),
    ]);
    expect(statuses(answers)).toEqual([200, 204]);
    expect(await listed(dataset.id)).toEqual([]);
  });

  test("204, 200: an upload names it meanwhile, and makes it anew", async () => {
    const dataset = await numbered(1);
    const name = newName();
    const split = await givenSplit(service, dataset.id, { name, example_ids: dataset.exampleIds });
    const answers = await whileTheyWait(service, alone, [
      () => remove(dataset.id, split),
      () => append(dataset, [0], [name]),
    ]);
    expect(statuses(answers)).toEqual([204, 200]);
    const [anew] = await listed(dataset.id);
    expect(anew).toMatchObject({ name, color: "#808080", example_count: 1 });
    expect(anew.id).not.toBe(split);
  });

  test("204, 404: it is changed and deleted meanwhile", async () => {
    const { id, exampleIds } = await numbered(1);
    const split = await givenSplit(service, id);
    const answers = await whileTheyWait(service, alone, [
      () => remove(id, split),
      () => update(id, split, { add_example_ids: exampleIds }),
      () => update(id, split, { name: newName() }),
      () => remove(id, split),
    ]);
    expect(statuses(answers)).toEqual([204, 404, 404, 404]);
  });
});

test("whatever is done to splits and datasets at once, no two wait for one another", async () => {
  for (let round = 0; round < 8; round++) {
    const names = range(4).map(() => newName());
    const datasets = await Promise.all(
      range(4).map(() => numbered(20, { splits: range(20).map((n) => names[n % 4]) })),
    );
    const [first] = datasets;
    const splits: { id: string }[] = await listed(first?.id ?? "");
    const answers = await Promise.all([
      ...datasets.map((dataset, n) =>
        append(
          dataset,
          range(20).toReversed(),
          range(20).map((m) => [names[(m + n) % 4], newName()]),
        ),
      ),
      ...splits.map(({ id }, n) =>
        update(datasets[n]?.id ?? "", id, { name: names[(n + 1) % 4], remove_example_ids: datasets[n]?.exampleIds }),
      ),
      ...datasets.map(({ name }) => service.post("/v1/datasets/upload", { name, action: "update", inputs: [] })),
      ...splits.slice(0, 2).map(({ id }) => remove(first?.id ?? "", id)),
      ...datasets.slice(2).map(({ id }) => service.delete(`/v1/datasets/${id}`)),
      ...splits.map(({ id }, n) =>
        update(datasets[n]?.id ?? "", id, { color: "red", add_example_ids: datasets[n]?.exampleIds }),
      ),
    ]);
    for (const { status, body, text } of answers) {
      expect([200, 204, 404, 409], text).toContain(status);
      expect(body?.code, text).not.toBe("conflict"); // what the database answers when it has to break a circle
    }
  }
});
