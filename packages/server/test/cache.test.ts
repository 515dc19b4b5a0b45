import { expect, test } from "vitest";
import { Cache } from "../src/comparisons/cache.ts";

const thingOf = (key: string) => key.slice(0, key.indexOf(":"));
const size = () => 1;

test("of keys that are of the same thing, the last replaces the others, however it came", async () => {
  const cache = new Cache<string>(10_000, size, thingOf);
  cache.set("1:1", "first");
  cache.set("2:1", "other");
  await cache.getOrMake("1:2", async () => "second");
  expect(["1:1", "1:2", "2:1"].map((key) => cache.get(key))).toEqual([undefined, "second", "other"]);
  cache.set("1:3", "third");
  expect(["1:2", "1:3", "2:1"].map((key) => cache.get(key))).toEqual([undefined, "third", "other"]);
});

test("what has no room is dropped, and may come again", () => {
  const cache = new Cache<string>(250, size, thingOf);
  for (const key of ["1:1", "2:1", "3:1"]) cache.set(key, key);
  expect(["1:1", "2:1", "3:1"].map((key) => cache.get(key))).toEqual([undefined, "2:1", "3:1"]);
  cache.set("1:1", "again");
  expect(cache.get("1:1")).toBe("again");
});

test("of experiments that are forgotten nothing stays, alone or beside others, however it came", async () => {
  const cache = new Cache<string>(10_000, size);
  for (const key of ["1:a", "1:a", "11:a", "2,1:b", "2:c"]) cache.set(key, key);
  await cache.getOrMake("1,3:d", async () => "made");
  cache.forget([1, 3]);
  expect(["1:a", "11:a", "2,1:b", "2:c", "1,3:d"].map((key) => cache.get(key))).toEqual([
    undefined,
    "11:a",
    undefined,
    "2:c",
    undefined,
  ]);
  cache.set("1:a", "again");
  cache.forget([1]);
  expect(cache.get("1:a")).toBeUndefined();
});
