/** The link from each page of a list to the next, which every list has (RFC 8288). */
import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { readContract } from "@assay/server";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { pathOf, withQuery } from "../src/requests.ts";
import { useService } from "../src/service.ts";
import { givenSevens, listsOf } from "../src/sevens.ts";

const { document } = await readContract();
const service = useService();
const lists = listsOf(document);
const ids: Record<string, string> = {};
beforeAll(async () => void Object.assign(ids, await givenSevens(service)));

/** The bodies of all pages from a URL on, found by nothing but the links. */
async function follow(from: string | URL) {
  const bodies = [];
  for (let url: string | URL | undefined = from; url !== undefined; ) {
    const response: Response = await fetch(url);
    expect(response.status).toBe(200);
    const { data, next_cursor } = JSON.parse(await response.text());
    bodies.push(data.examples ?? data);
    const target: string | undefined = nextOf(response.headers);
    expect(target && new URL(target, url).searchParams.get("cursor")).toBe(next_cursor ?? undefined);
    url = target && new URL(target, url);
    expect(bodies.length).toBeLessThanOrEqual(7); // they come to an end
  }
  return bodies;
}

/** The target of the only link, as it stands there. */
function nextOf(headers: Headers): string | undefined {
  const link = headers.get("link");
  return link === null ? undefined : /^<(\?[^<>"\s]+)>; rel="next"$/.exec(link)?.[1];
}

/** A proxy that has the service below a path, of which the service knows nothing. */
async function startProxy(prefix: string): Promise<string> {
  const { host } = new URL(service.url);
  const server = createServer(({ url = "", method, headers }, outgoing) => {
    const target = new URL(url.slice(prefix.length), service.url);
    request(target, { method, headers: { ...headers, host } }, (incoming) => {
      outgoing.writeHead(incoming.statusCode ?? 502, incoming.headers);
      incoming.pipe(outgoing);
    }).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`; // it listens on TCP
}

describe.each(lists.map((operation) => [operation.operationId, operation] as const))("%s", (_, operation) => {
  test("says in the contract that it has them", () => {
    const { get } = document.paths[operation.template] ?? {};
    expect(get?.responses["200"]).toMatchObject({ headers: { Link: {} } });
  });

  test.each([1, 3, 7, 8])("in pages of %i, whoever follows them gets the whole", async (limit) => {
    const path = pathOf(operation, ids);
    const [whole] = await follow(new URL(withQuery(path, "limit=1000"), service.url));
    const pages = await follow(new URL(withQuery(path, `limit=${limit}`), service.url));
    expect(pages.flat()).toEqual(whole);
    expect(pages).toHaveLength(Math.ceil(7 / limit));
  });

  test("also below a path that a proxy takes away", async () => {
    const base = await startProxy("/behind/a/proxy");
    const pages = await follow(base + withQuery(pathOf(operation, ids), "limit=3"));
    expect(pages.map((page) => page.length)).toEqual([3, 3, 1]);
  });

  test("HEAD has them too", async () => {
    const url = new URL(withQuery(pathOf(operation, ids), "limit=3"), service.url);
    const [head, get] = [await fetch(url, { method: "HEAD" }), await fetch(url)];
    expect(nextOf(head.headers)).toBe(nextOf(get.headers));
    expect(nextOf(get.headers)).toBeDefined();
  });
});

describe("a link", () => {
  const runs = (query: string) => service.fetch(`/v1/experiments/${ids.experiment_id}/runs?${query}`);

  test("keeps what else was asked for, whatever it is", async () => {
    const query: [string, string][] = [
      ["error", "false"],
      ["a b", `<it's> "50%" + (v2), é🙂\r\nx: y`],
      ["twice", "1"],
      ["twice", "2"],
      ["limit", "2"],
    ];
    const { headers } = await runs(String(new URLSearchParams(query)));
    const next = new URLSearchParams(nextOf(headers));
    expect([...next].filter(([name]) => name !== "cursor")).toEqual(query);
  });

  test("has one cursor, in the place of the one that was asked for", async () => {
    const first = new URLSearchParams(nextOf((await runs("limit=2")).headers));
    const second = new URLSearchParams(nextOf((await runs(`cursor=x&limit=2&${first}`)).headers));
    expect(second.getAll("cursor")).toHaveLength(1);
    expect(second.get("cursor")).not.toBe(first.get("cursor"));
  });

  test("is not there where there is no next page", async () => {
    for (const query of ["", "limit=7", "limit=1000", "error=true&limit=1"])
      expect((await runs(query)).headers.has("link")).toBe(false);
  });

  test("is left out where it would be so long that a proxy might make a failure of the answer", async () => {
    const answers = await Promise.all([1500, 3000].map((length) => runs(`limit=1&x=${"x".repeat(length)}`)));
    expect(answers.map(({ headers }) => headers.has("link"))).toEqual([true, false]);
    for (const answer of answers) expect(await answer.json()).toMatchObject({ next_cursor: expect.any(String) });
  });
});
