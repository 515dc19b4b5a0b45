/** What an upload does to splits. */
import { describe, expect, test } from "vitest";
import { useService } from "../src/service.ts";
import { examplesOf, newName, upload } from "../src/uploads.ts";

const service = useService();

const [train, hard, rare] = [newName(), newName(), newName()];

/** A dataset of its own with the examples a, b and c, of which a and b are in `train`. */
async function given() {
  const name = newName();
  const { id } = await upload(service, name, { ...abc, splits: [train, train, null] });
  return { id, name };
}

const abc = { inputs: [{}, {}, {}], example_ids: ["a", "b", "c"] };

/** The ids of a dataset's examples that are in a split. */
const membersOf = async (id: string, split: string) => (await examplesOf(service, id, { split })).map(({ id }) => id);

/** The names of the splits that an example is in. */
async function splitsOf(nodeId: string): Promise<string[]> {
  const [, rowid] = Buffer.from(nodeId, "base64").toString().split(":");
  const { rows } = await service.database.query(
    "select name from splits join split_examples on split_id = splits.id where example_id = $1",
    [rowid],
  );
  return rows.map(({ name }) => name).sort();
}

describe("uploadDataset", () => {
  describe("the splits of an example", () => {
    test.each([
      ["a name", train, [train]],
      ["a list of names", [train, hard], [train, hard]],
      ["names with space around them", [` ${train}`, `\t${hard}\n`], [train, hard]],
      ["blank ones and nulls beside a name", ["", " ", null, train], [train]],
      ["one twice", [train, train], [train]],
    ])("200: %s", async (_, splits, expected) => {
      const { id } = await upload(service, newName(), { inputs: [{}], splits: [splits] });
      const [example] = await examplesOf(service, id);
      expect(await splitsOf(example?.node_id ?? "")).toEqual(expected.toSorted());
    });

    test.each([
      ["null", null],
      ["a blank name", " "],
      ["an empty list", []],
      ["blank names", ["", null]],
    ])("200: none: %s", async (_, splits) => {
      const { id, name } = await given();
      await upload(service, name, { ...abc, splits: [splits, train, null] });
      const [a] = await examplesOf(service, id);
      expect(await splitsOf(a?.node_id ?? "")).toEqual([]);
    });

    test("200: a split is made when it is first named, and is every dataset's", async () => {
      const split = newName();
      await upload(service, newName(), { inputs: [{}], splits: [split] });
      await upload(service, newName(), { inputs: [{}], splits: [[split, split]] });
      const { rows } = await service.database.query("select description, color, metadata from splits where name = $1", [
        split,
      ]);
      expect(rows).toEqual([{ description: null, color: "#808080", metadata: {} }]);
    });
  });

  describe.each(["append", "update"])("%s that says nothing of splits", (action) => {
    test.each([
      ["absent", {}],
      ["null", { splits: null }],
    ])("200: leaves them alone (%s)", async (_, fields) => {
      const { id, name } = await given();
      const { counts } = await upload(service, name, { action, ...abc, inputs: [{ v: 2 }, {}, {}], ...fields });
      expect(counts).toEqual([0, 1, 0]);
      expect(await membersOf(id, train)).toEqual(["a", "b"]);
    });
  });

  test("200: a deleted example is in none, also when it comes back", async () => {
    const { id, name } = await given();
    await upload(service, name, { inputs: [{}], example_ids: ["b"] });
    expect(await membersOf(id, train)).toEqual(["b"]);
    await upload(service, name, abc);
    expect(await membersOf(id, train)).toEqual(["b"]);
  });

  describe("append with splits", () => {
    test("200: replaces those of the examples that it names, whether it changes them or not", async () => {
      const { id, name } = await given();
      const { counts } = await upload(service, name, {
        action: "append",
        inputs: [{}, { v: 2 }, {}],
        example_ids: ["a", "b", "d"],
        splits: [[hard, rare], hard, [train, hard]],
      });
      expect(counts).toEqual([1, 2, 0]);
      expect(await membersOf(id, train)).toEqual(["d"]);
      expect(await membersOf(id, hard)).toEqual(["a", "b", "d"]);
      expect(await membersOf(id, rare)).toEqual(["a"]);
    });

    test("200: leaves the others' alone", async () => {
      const { id, name } = await given();
      await upload(service, name, { action: "append", inputs: [{}], example_ids: ["a"], splits: [null] });
      expect(await membersOf(id, train)).toEqual(["b"]);
    });
  });

  test("200: update with splits replaces those of the whole dataset, and of no other", async () => {
    const other = await given();
    const { id, name } = await given();
    await upload(service, name, { ...abc, splits: [null, train, [train, hard]] });
    expect(await membersOf(id, train)).toEqual(["b", "c"]);
    expect(await membersOf(id, hard)).toEqual(["c"]);
    expect(await membersOf(other.id, train)).toEqual(["a", "b"]);
  });

  describe("what is counted", () => {
    test("200: examples whose splits changed are updated, without a new version", async () => {
      const name = newName();
      const { versionId } = await upload(service, name, { ...abc, splits: [train, train, null] });
      const { versionId: same, counts } = await upload(service, name, { ...abc, splits: [train, hard, train] });
      expect({ same, counts }).toEqual({ same: versionId, counts: [0, 2, 0] });
    });

    test("200: the same splits are no change", async () => {
      const { name } = await given();
      expect((await upload(service, name, { ...abc, splits: [[train], [` ${train}`], []] })).counts).toEqual([0, 0, 0]);
    });

    test("200: an example counts once, whether its content, its splits or both change", async () => {
      const { name } = await given();
      const { counts } = await upload(service, name, {
        ...abc,
        inputs: [{ v: 2 }, { v: 2 }, {}],
        splits: [[hard, rare], train, rare],
      });
      expect(counts).toEqual([0, 3, 0]);
    });

    test("200: what is created or deleted is not updated as well", async () => {
      const { name } = await given();
      const { counts } = await upload(service, name, {
        inputs: [{}, {}],
        example_ids: ["b", "new"],
        splits: [train, train],
      });
      expect(counts).toEqual([1, 0, 2]);
    });

    test("200: nor is what comes back", async () => {
      const { name } = await given();
      await upload(service, name, { inputs: [] });
      expect((await upload(service, name, { ...abc, splits: [train, train, null] })).counts).toEqual([3, 0, 0]);
    });
  });
});
