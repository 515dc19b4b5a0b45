import { describe, expect, test } from "vitest";
import { useService } from "../src/service.ts";

const service = useService();

describe("listDatasets", () => {
  test("200: newest first, in pages", async () => {
    for (const name of ["first", "second", "third"])
      await service.post("/v1/datasets/upload?sync=true", { name, inputs: [{ n: 1 }] });
    const { status, body } = await service.get("/v1/datasets?limit=2");
    expect(status).toBe(200);
    expect(body.data.map(({ name }: { name: string }) => name)).toEqual(["third", "second"]);
    const next = await service.get(`/v1/datasets?limit=2&cursor=${body.next_cursor}`);
    expect(next.body.data.map(({ name }: { name: string }) => name)).toEqual(["first"]);
    expect(next.body.next_cursor).toBeNull();
  });
});
