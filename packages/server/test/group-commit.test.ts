import { describe, expect, test } from "vitest";
import { GroupCommit } from "../src/db/group-commit.ts";

/** Writes when it is told to, and remembers the groups that it was given. */
function gated({ fails = (_items: string[]): boolean => false, sqlstate = "22P02" } = {}) {
  const groups: string[][] = [];
  const gates: (() => void)[] = [];
  const group = new GroupCommit<string, string>({
    write: async (experimentId, items) => {
      groups.push(items);
      await new Promise<void>((resolve) => gates.push(resolve));
      if (fails(items)) throw Object.assign(new Error(`not ${items}`), { code: sqlstate });
      return items.map((item) => `${experimentId}:${item}`);
    },
    keyOf: (item) => item.slice(0, 1),
    sizeOf: (item) => item.length,
  });
  const openAll = async () => {
    for (let opened = 0; opened < gates.length; opened++) {
      gates[opened]?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { group, groups, openAll };
}

describe("GroupCommit", () => {
  test("writes the first at once, and what comes meanwhile together", async () => {
    const { group, groups, openAll } = gated();
    const answers = Promise.all(["a", "b", "c"].map((item) => group.add(1, item)));
    expect(groups).toEqual([["a"]]);
    await openAll();
    expect(groups).toEqual([["a"], ["b", "c"]]);
    expect(await answers).toEqual(["1:a", "1:b", "1:c"]);
  });

  test("writes half of those who are about, so that the others come back meanwhile", async () => {
    const { group, groups, openAll } = gated();
    const answers = Promise.all(["a", "b", "c", "d", "e", "f"].map((item) => group.add(1, item)));
    await openAll();
    expect(groups).toEqual([["a"], ["b", "c", "d"], ["e", "f"]]);
    expect(await answers).toHaveLength(6);
  });

  test("leaves the second of two with one key for the next group, and loses nobody's place", async () => {
    const { group, groups, openAll } = gated();
    const answers = Promise.all(["a1", "b1", "b2", "c1", "b3"].map((item) => group.add(1, item)));
    await openAll();
    expect(groups).toEqual([["a1"], ["b1", "c1"], ["b2"], ["b3"]]);
    expect(await answers).toHaveLength(5);
  });

  test("keeps experiments apart", async () => {
    const { group, groups, openAll } = gated();
    const answers = Promise.all([group.add(1, "a"), group.add(2, "a")]);
    expect(groups).toEqual([["a"], ["a"]]);
    await openAll();
    expect(await answers).toEqual(["1:a", "2:a"]);
  });

  test("bounds a group by number and by size, and takes what is larger than a group alone", async () => {
    const { group, groups, openAll } = gated();
    const distinct = Array.from({ length: 450 }, (_, n) => String.fromCharCode(1000 + n));
    const large = ["A", "B", "C"].map((name) => name.repeat(3 * 1024 * 1024));
    const answers = Promise.all(["first", ...distinct, ...large].map((item) => group.add(1, item)));
    await openAll();
    expect(groups.map((items) => items.length)).toEqual([1, 200, 200, 51, 1, 1]);
    expect(await answers).toHaveLength(454);
  });

  test("does not try again what failed for another reason than what is in it", async () => {
    const { group, groups, openAll } = gated({ fails: (items) => items.includes("bad"), sqlstate: "57P01" });
    const answers = Promise.allSettled(["first", "good", "bad"].map((item) => group.add(1, item)));
    await openAll();
    expect(groups).toEqual([["first"], ["good", "bad"]]);
    expect((await answers).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
  });

  test("tries each alone when a group fails for what is in it: a bad one fails alone", async () => {
    const { group, groups, openAll } = gated({ fails: (items) => items.includes("bad") });
    const answers = Promise.allSettled(["first", "good", "bad", "other"].map((item) => group.add(1, item)));
    await openAll();
    expect(groups).toEqual([["first"], ["good", "bad"], ["good"], ["bad"], ["other"]]);
    expect((await answers).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  });
});
