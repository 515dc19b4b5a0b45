import { describe, expect, test } from "vitest";
import { givenDataset } from "../src/given.ts";
import { idOf } from "../src/requests.ts";
import { useService } from "../src/service.ts";
import { upload } from "../src/uploads.ts";

const service = useService();

describe("listDatasetVersionsByDatasetId", () => {
  const list = (id: string, query: Record<string, string> = {}) =>
    service.get(`/v1/datasets/${id}/versions?${new URLSearchParams(query)}`);

  async function idsOf(id: string, query?: Record<string, string>): Promise<{ ids: string[]; next: string | null }> {
    const { status, body } = await list(id, query);
    expect(status).toBe(200);
    return { ids: body.data.map(({ version_id }: { version_id: string }) => version_id), next: body.next_cursor };
  }

  /** A dataset with so many versions, whose ids are given newest first. */
  async function givenVersions(count: number): Promise<{ id: string; versions: string[] }> {
    const { id, name, versionId } = await givenDataset(service, []);
    const versions = [versionId];
    while (versions.length < count)
      versions.unshift((await upload(service, name, { inputs: [{ n: versions.length }] })).versionId);
    return { id, versions };
  }

  test("200: a version, its fields in Phoenix's order", async () => {
    const { id, versions } = await givenVersions(1);
    const { body, headers } = await list(id);
    expect(headers.get("content-type")).toBe("application/json");
    expect(body.data.map(Object.entries)).toEqual([
      [
        ["version_id", versions[0]],
        ["description", null],
        ["metadata", {}],
        ["created_at", expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00$/)],
      ],
    ]);
  });

  test("200: newest first; the cursor is the id of the first version of the next page", async () => {
    const { id, versions } = await givenVersions(3);
    expect(await idsOf(id, { limit: "2" })).toEqual({ ids: versions.slice(0, 2), next: versions[2] });
    expect(await idsOf(id, { limit: "2", cursor: versions[2] ?? "" })).toEqual({ ids: versions.slice(2), next: null });
  });

  test("200: ten to a page; an empty cursor is none", async () => {
    const { id, versions } = await givenVersions(11);
    const page = { ids: versions.slice(0, 10), next: versions[10] };
    expect(await idsOf(id)).toEqual(page);
    expect(await idsOf(id, { cursor: "" })).toEqual(page);
  });

  test("200: from a version of another dataset, or from none, the page is empty", async () => {
    const { id } = await givenVersions(2);
    const newer = await givenVersions(1);
    for (const cursor of [newer.versions[0] ?? "", idOf("DatasetVersion", 999_999_999)])
      expect(await idsOf(id, { cursor })).toEqual({ ids: [], next: null });
  });

  test("404: no such dataset", async () => {
    expect((await list(idOf("Dataset", 999_999_999))).status).toBe(404);
  });

  test.each([
    ["no id", "questions"],
    ["the id of something else", idOf("DatasetVersion", 1)],
  ])("422: %s", async (_, id) => {
    const { status, body } = await list(id);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: "/path/dataset_id" }]);
  });

  test.each([
    ["cursor", "not-a-cursor"],
    ["cursor", idOf("Dataset", 1)],
    ["limit", "0"],
  ])("422: the %s %j", async (parameter, value) => {
    const { id } = await givenVersions(1);
    const { status, body } = await list(id, { [parameter]: value });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: `/query/${parameter}` }]);
  });
});
