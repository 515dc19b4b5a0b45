import { expect, test } from "vitest";
import { Cache } from "../src/comparisons/cache.ts";

const thingOf = (key: string) => key.slice(0, 1);
const size = () => 1;

test("of keys that are of the same thing, the last replaces the others, however it came", async () => {
  const cache = new Cache<string>(10_000, size, thingOf);
  cache.set("a1", "first");
  cache.set("b1", "other");
  await cache.getOrMake("a2", async () => "second");
  expect(["a1", "a2", "b1"].map((key) => cache.get(key))).toEqual([undefined, "second", "other"]);
  cache.set("a3", "third");
  expect(["a2", "a3", "b1"].map((key) => cache.get(key))).toEqual([undefined, "third", "other"]);
});

test("what has no room is dropped, and may come again", () => {
  const cache = new Cache<string>(250, size, thingOf);
  for (const key of ["a1", "b1", "c1"]) cache.set(key, key);
  expect(["a1", "b1", "c1"].map((key) => cache.get(key))).toEqual([undefined, "b1", "c1"]);
  cache.set("a1", "again");
  expect(cache.get("a1")).toBe("again");
});
