/** What is true of every operation of the contract, also of those not yet written. */
import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { readContract } from "@assay/server";
import { beforeAll, describe, expect, test } from "vitest";
import { callables, exampleRequest, idOf, idsOf, outcome, pathOf, withQuery } from "../src/requests.ts";
import { useService } from "../src/service.ts";

const { document } = await readContract();
const operations = callables(document);
const byId = (which: typeof operations) => which.map((operation) => [operation.operationId, operation] as const);
const isProbe = ({ template }: { template: string }) => template === "/healthz" || template === "/readyz";

const secret = "a secret of the tests, long enough";
const open = useService();
const guarded = useService({ auth: { enabled: true, adminSecret: secret } });
const readOnly = useService({ readOnly: true });
const small = useService({ limits: { upload: 1000, file: 1000, body: 1000 } });

/** Secrets of keys of each kind, and of one that is limited to a dataset. */
const keys = { read: "", write: "", admin: "", limited: "" };

beforeAll(async () => {
  const init = { headers: { authorization: `Bearer ${secret}` } };
  const newKey = async (data: object) => (await guarded.post("/v1/system/api_keys", { data }, init)).body.data.key;
  for (const kind of ["read", "write", "admin"] as const) keys[kind] = await newKey({ name: kind, kind });
  const upload = await guarded.post("/v1/datasets/upload?sync=true", { name: "limited to", inputs: [] }, init);
  keys.limited = await newKey({ name: "limited", dataset_ids: [upload.body.data.dataset_id] });
});

describe("a key", () => {
  describe.each(byId(operations.filter(({ isProtected }) => isProtected)))("%s", (_, operation) => {
    const [path, init] = exampleRequest(operation);

    test.each([
      ["none", {}],
      ["a wrong one", { authorization: "Bearer not-the-secret" }],
      ["another scheme", { authorization: `Basic ${secret}` }],
    ])("401: %s", async (_, headers) => {
      const response = await guarded.fetch(path, { ...init, headers: { ...init.headers, ...headers } });
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe('Bearer realm="Assay"');
      expect(await response.json()).toMatchObject({ code: "unauthenticated", status: 401 });
    });

    test("the right one is let through", async () => {
      const response = await guarded.fetch(path, {
        ...init,
        headers: { ...init.headers, authorization: `Bearer ${secret}` },
      });
      expect(response.status).not.toBe(401);
    });
  });

  const kinds = ["read", "write", "admin"] as const;
  const refused = operations.flatMap((operation) =>
    kinds.slice(0, kinds.indexOf(operation.access)).map((kind) => [operation.operationId, kind, operation] as const),
  );

  test.each(refused)("403: %s by a %s key, before the body is read", async (_, kind, operation) => {
    const [path] = exampleRequest(operation);
    const answer = await sendHead(guarded.url, operation.method, path, {
      authorization: `Bearer ${keys[kind]}`,
      ...(operation.body && {
        "content-type": operation.body.mediaType,
        "content-length": "900",
        expect: "100-continue",
      }),
    });
    expect(answer).toEqual({ status: 403, code: "forbidden" });
  });

  const allowed = operations.flatMap((operation) =>
    kinds.slice(kinds.indexOf(operation.access)).map((kind) => [operation.operationId, kind, operation] as const),
  );

  test.each(allowed)("%s is not refused to a %s key", async (_, kind, operation) => {
    const [path, init] = exampleRequest(operation);
    const headers = { ...init.headers, authorization: `Bearer ${keys[kind]}` };
    expect([401, 403]).not.toContain((await guarded.fetch(path, { ...init, headers })).status);
  });

  test.each(byId(operations.filter(({ isForUnlimitedKeys }) => isForUnlimitedKeys)))(
    "403: %s by a key that is limited to datasets",
    async (_, operation) => {
      const [path, init] = exampleRequest(operation);
      const headers = { ...init.headers, authorization: `Bearer ${keys.limited}` };
      const response = await guarded.fetch(path, { ...init, headers });
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code: "forbidden" });
    },
  );

  test.each(byId(operations.filter(({ isProtected }) => !isProtected)))("%s needs none", async (_, operation) => {
    expect((await guarded.fetch(...exampleRequest(operation))).status).toBe(200);
  });
});

describe("a service that is read-only", () => {
  test.each(byId(operations.filter(({ method }) => method !== "GET")))("403: %s", async (_, operation) => {
    const response = await readOnly.fetch(...exampleRequest(operation));
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: "read_only" });
  });

  test.each(byId(operations.filter(({ method }) => method === "GET")))("%s works", async (_, operation) => {
    expect((await readOnly.fetch(...exampleRequest(operation))).status).not.toBe(403);
  });
});

describe("with auth off, what another site's page could send", () => {
  const strangers = [
    ["a foreign Host", "untrusted_host", { host: "rebound.example" }],
    ["a foreign Origin", "untrusted_origin", { origin: "https://evil.example" }],
    ["the Origin null", "untrusted_origin", { origin: "null" }],
    ["Sec-Fetch-Site: cross-site", "untrusted_origin", { "sec-fetch-site": "cross-site" }],
  ] as const;
  describe.each(byId(operations.filter((operation) => !isProbe(operation))))("%s", (_, operation) => {
    test.each(strangers)("403: %s", async (_, code, headers) => {
      const [path, init] = exampleRequest(operation);
      const { status, body } = await send(new URL(path, open.url), {
        ...init,
        headers: { ...init.headers, ...headers },
      });
      expect(status).toBe(403);
      expect(JSON.parse(body)).toMatchObject({ code });
    });
  });

  test.each(byId(operations.filter(isProbe)))("%s answers whoever asks", async (_, operation) => {
    const { status } = await send(new URL(pathOf(operation), open.url), { headers: { host: "10.1.2.3" } });
    expect(status).toBe(200);
  });

  test.each(["localhost", "localhost:6006", "app.localhost", "127.0.0.1:1", "[::1]:6006"])(
    "%s is oneself",
    async (host) => {
      expect(
        (await send(new URL("/v1/datasets", open.url), { headers: { host, origin: `http://${host}` } })).status,
      ).toBe(200);
    },
  );
});

describe("an id", () => {
  const addressed = operations.filter(({ template }) => template.includes("{"));

  test.each(byId(addressed))(
    "%s: one that names nothing is a 404, where Phoenix's clients do not rely on an empty list",
    async (_, operation) => {
      const { status } = await open.fetch(...exampleRequest(operation));
      expect(status).toBe(operation.operationId === "listExperimentRuns" ? 200 : 404);
    },
  );

  /** Whether what is no id is a name. */
  const takesNames = ({ parameters }: (typeof operations)[number]) =>
    parameters.filter((parameter) => parameter.in === "path").every((parameter) => parameter["x-id-or-name"]);
  const malformed = ["x", "%20", "1", "RGF0YXNldA==", "RXhwZXJpbWVudDox=", "e'); drop table datasets; --", "🙂"];
  describe.each(byId(addressed))("%s", (_, operation) => {
    const [names, refused] = takesNames(operation) ? [malformed, ["%00"]] : [[], [...malformed, "%00"]];
    const ask = (id: string) => {
      const [, init] = exampleRequest(operation);
      const ids = Object.fromEntries(
        operation.parameters.map(({ name }) => [name, id === "%20" ? " " : id === "%00" ? "\0" : id]),
      );
      return open.fetch(pathOf(operation, ids), init);
    };

    test.each(names)("404: nothing has the name %s", async (name) => {
      expect((await ask(name)).status).toBe(404);
    });

    test.each(refused)("422: %s", async (id) => {
      const response = await ask(id);
      expect(response.status).toBe(422);
      const { errors } = JSON.parse(await response.text());
      expect(errors).not.toEqual([]);
      for (const { pointer } of errors) expect(pointer).toMatch(/^\/path\//);
    });

    test.each(["0", "-1", "9007199254740993", "99999999999999999999999", "1.5", "x", "0x10", "1 "])(
      "404 or 422: the row id %s",
      async (rowid) => {
        const [, init] = exampleRequest(operation);
        const { status } = await open.fetch(pathOf(operation, idsOf(operation, rowid)), init);
        expect([404, 422, ...(operation.operationId === "listExperimentRuns" ? [200] : [])]).toContain(status);
      },
    );

    test("404 or 422: the id of something else", async () => {
      const [, init] = exampleRequest(operation);
      const ids = Object.fromEntries(operation.parameters.map(({ name }) => [name, idOf("Span", 1)]));
      const { status } = await open.fetch(pathOf(operation, ids), init);
      expect([404, 422]).toContain(status);
    });
  });
});

describe("a body", () => {
  const withBody = operations.filter(({ body }) => body);

  describe.each(byId(withBody))("%s", (_, operation) => {
    const [path, init] = exampleRequest(operation);

    test.each(["text/plain", "application/xml", "multipart/mixed; boundary=x", "nonsense"])(
      "415: %s",
      async (mediaType) => {
        const response = await open.fetch(path, { ...init, headers: { "content-type": mediaType } });
        expect(response.status).toBe(415);
      },
    );

    test("415: an encoding that nobody knows", async () => {
      const response = await open.fetch(path, { ...init, headers: { ...init.headers, "content-encoding": "zip" } });
      expect(response.status).toBe(415);
    });

    test("413: one over the limit, whose length says so, before it is sent", async () => {
      const { status, code } = await sendHead(small.url, operation.method, path, {
        "content-type": operation.body?.mediaType ?? "",
        "content-length": "1001",
        expect: "100-continue",
      });
      expect({ status, code }).toEqual({ status: 413, code: "body_too_large" });
    });

    test("413: one over the limit that comes in chunks", async () => {
      const body = new Blob(Array(20).fill(" ".repeat(100_000))).stream(); // more than sockets hold
      const response = await small.fetch(path, { ...init, body, duplex: "half" } as RequestInit); // the DOM's types lack `duplex`
      expect(response.status).toBe(413);
    });

    test("413: one over the limit once it is decompressed", async () => {
      const body = await new Response(
        new Blob([" ".repeat(100_000)]).stream().pipeThrough(new CompressionStream("gzip")),
      ).arrayBuffer();
      expect(body.byteLength).toBeLessThan(1000);
      const response = await small.fetch(path, {
        ...init,
        body,
        headers: { ...init.headers, "content-encoding": "gzip" },
      });
      expect(response.status).toBe(413);
    });

    test("400: gzip that is none", async () => {
      const response = await open.fetch(path, {
        ...init,
        body: "not gzip",
        headers: { ...init.headers, "content-encoding": "gzip" },
      });
      expect(response.status).toBe(400);
    });

    test("401 before it is read", async () => {
      const { status } = await sendHead(guarded.url, operation.method, path, {
        "content-type": operation.body?.mediaType ?? "",
        "content-length": "900",
        expect: "100-continue",
      });
      expect(status).toBe(401);
    });
  });

  describe.each(byId(withBody.filter(({ body }) => body?.mediaType === "application/json" && body.forms.length > 0)))(
    "%s",
    (_, operation) => {
      const [path, init] = exampleRequest(operation);
      const json = String(init.body);

      test("400: invalid UTF-8 is not replaced", async () => {
        const body = Buffer.concat([
          Buffer.from(json.slice(0, -1)),
          Buffer.from([0x2c, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
        ]);
        expect((await open.fetch(path, { ...init, body })).status).toBe(400);
      });

      test.each([
        ["cut off", json.slice(0, -1)],
        ["nothing", ""],
        ["null", "null"],
        ["a list", "[]"],
        ["a string", '"x"'],
        ["a number", "1"],
        ["no JSON", "{'a': 1}"],
        ["more than JSON", `${json}}`],
        ["two documents", `${json}${json}`],
        ["NaN", '{"a": NaN}'],
        ["a control character in a string", '{"a": "\u0001"}'],
        ["deep", `${"[".repeat(100_000)}`],
        ["deep in a field that is ignored", `{"ignored":${"[".repeat(100_000)}${"]".repeat(99_999)}}`],
      ])("422: %s", async (_, body) => {
        expect((await open.fetch(path, { ...init, body })).status).toBe(422);
      });

      test("with fields that nobody knows is taken as without them", async () => {
        const body = JSON.stringify({ ...JSON.parse(json), id: "DRY_RUN", nonsense: { a: [1] }, __proto__x: 1 });
        const [plain, more] = [await open.fetch(path, init), await open.fetch(path, { ...init, body })];
        expect(outcome(more)).toBe(outcome(plain));
      });

      test("gzip, deflate, a BOM and a charset are understood", async () => {
        const plain = await open.fetch(path, init);
        for (const format of ["gzip", "deflate"] as const) {
          const body = await new Response(
            new Blob([json]).stream().pipeThrough(new CompressionStream(format)),
          ).arrayBuffer();
          const response = await open.fetch(path, {
            ...init,
            body,
            headers: { ...init.headers, "content-encoding": format },
          });
          expect(outcome(response)).toBe(outcome(plain));
        }
        const response = await open.fetch(path, {
          ...init,
          body: `\ufeff${json}`,
          headers: { "content-type": "application/json; charset=utf-8" },
        });
        expect(outcome(response)).toBe(outcome(plain));
      });
    },
  );
});

describe("a URL", () => {
  test.each(byId(operations.filter(({ parameters }) => parameters.some((parameter) => parameter.in === "query"))))(
    "%s: 400 for a query that is not UTF-8",
    async (_, operation) => {
      const [path, init] = exampleRequest(operation);
      expect((await open.fetch(withQuery(path, "x=%ff"), init)).status).toBe(400);
      expect((await open.fetch(withQuery(path, "x=%zz"), init)).status).toBe(400);
    },
  );

  test.each(byId(operations.filter(({ template }) => template.includes("{"))))(
    "%s: 400 for a path that is not UTF-8",
    async (_, operation) => {
      const [, init] = exampleRequest(operation);
      const { status } = await open.fetch(operation.template.replaceAll(/\{\w+\}/g, "%ff"), init);
      expect(status).toBe(400);
    },
  );

  test.each(byId(operations))("%s: parameters that nobody knows are ignored", async (_, operation) => {
    const [path, init] = exampleRequest(operation);
    const [plain, more] = [
      await open.fetch(path, init),
      await open.fetch(withQuery(path, "limit[$gt]=1&nonsense=(v2)&x[]=1&%5B=%5D"), init),
    ];
    expect(outcome(more)).toBe(outcome(plain));
  });

  test("404: nothing is there", async () => {
    for (const path of ["/", "/v1", "/v1/nothing", "/v1/datasets/", "/V1/datasets"]) {
      const response = await open.fetch(path);
      expect([path, response.status]).toEqual([path, path === "/v1/datasets/" ? 200 : 404]);
    }
  });
});

test("two slashes at the beginning are one: clients join a base URL that ends in one", async () => {
  const { status, body } = await send(new URL(`${open.url}//arize_phoenix_version`), {});
  expect([status, body]).toEqual([200, "20.3.0"]);
});

describe("a method", () => {
  const declared = new Map<string, string[]>();
  for (const { template, method } of operations) declared.set(template, [...(declared.get(template) ?? []), method]);

  describe.each([...declared])("%s", (template, methods) => {
    const path = template.replaceAll(/\{\w+\}/g, "RGF0YXNldDo5");
    const others = ["GET", "POST", "PUT", "PATCH", "DELETE"].filter((method) => !methods.includes(method));

    // `GET /v1/datasets/upload` is a dataset whose id is malformed: its path is also that of another operation.
    test.each(others.filter((method) => !(template === "/v1/datasets/upload" && /GET|DELETE/.test(method))))(
      "405: %s",
      async (method) => {
        const response = await fetch(new URL(path, open.url), { method });
        expect(response.status).toBe(405);
        for (const allowed of methods) expect(response.headers.get("allow")).toContain(allowed);
        expect(await response.json()).toMatchObject({ code: "method_not_allowed" });
      },
    );

    test("OPTIONS says which", async () => {
      const response = await fetch(new URL(path, open.url), { method: "OPTIONS" });
      expect(response.status).toBe(204);
      for (const allowed of methods) expect(response.headers.get("allow")).toContain(allowed);
    });
  });

  test.each(byId(operations.filter(({ method }) => method === "GET")))(
    "HEAD is %s without its body",
    async (_, operation) => {
      const path = pathOf(operation);
      const [head, get] = [await fetch(new URL(path, open.url), { method: "HEAD" }), await open.fetch(path)];
      expect([head.status, head.headers.get("content-type")]).toEqual([get.status, get.headers.get("content-type")]);
      expect(await head.text()).toBe("");
    },
  );
});

describe("a list", () => {
  const lists = operations.filter(({ parameters }) => parameters.some(({ name }) => name === "cursor"));

  describe.each(byId(lists))("%s", (_, operation) => {
    test.each([
      "limit=0",
      "limit=-1",
      "limit=abc",
      "limit=1.5",
      "limit=",
      "cursor=nonsense",
      "cursor=UXVpeDox",
      "cursor=%00",
    ])("422: %s", async (query) => {
      const response = await open.fetch(withQuery(pathOf(operation), query));
      const isPhoenixs400 = operation.operationId === "listAnnotationConfigs" && /^cursor=\w/.test(query);
      expect(await response.json()).toMatchObject(
        isPhoenixs400
          ? { status: 400, code: "bad_request" }
          : { status: 422, errors: [{ pointer: `/query/${query.split("=")[0]}` }] },
      );
    });

    test.each(["limit=1000000", "limit=9007199254740993", "cursor=", "limit=5&limit=1"])(
      "%s is no error",
      async (query) => {
        const { status } = await open.fetch(withQuery(pathOf(operation), query));
        expect([200, 404]).toContain(status);
      },
    );
  });
});

describe("every response", () => {
  test.each(byId(operations))(
    "%s carries its request id, which a problem repeats, and the version that Phoenix's clients look for",
    async (_, operation) => {
      const response = await open.fetch(...exampleRequest(operation));
      expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      expect(response.headers.get("x-phoenix-server-version")).toBe("20.3.0");
      const text = await response.text();
      if (response.status >= 400)
        expect(JSON.parse(text)).toMatchObject({
          request_id: response.headers.get("x-request-id"),
          status: response.status,
        });
    },
  );

  test("the log has a line for each, and never a body or a key", async () => {
    const id = (
      await guarded.fetch("/v1/datasets/upload", {
        method: "POST",
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
        body: '{"name":"the name is the user\'s","inputs":[{"words":"of the user"}]}',
      })
    ).headers.get("x-request-id");
    await expect.poll(() => guarded.log.filter((line) => line.includes(String(id)))).toHaveLength(1);
    expect(guarded.log.join("")).not.toMatch(/of the user|the name is|a secret of the tests/);
  });
});

/** Sends a request with headers that `fetch` does not let one set. */
async function send(
  url: URL,
  { method = "GET", headers, body }: RequestInit,
): Promise<{ status: number | undefined; body: string }> {
  const request = httpRequest(url, { method, headers: headers as Record<string, string> }); // as they are given above
  request.end(body ?? undefined);
  const [response] = await once(request, "response");
  const chunks = await response.toArray();
  return { status: response.statusCode, body: Buffer.concat(chunks).toString() };
}

/** Sends the head of a request and none of its body, and gives the answer that comes all the same. */
async function sendHead(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; code: string }> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}`);
  socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
  let text = "";
  for await (const chunk of socket) {
    text += chunk;
    if (/\r\n\r\n.*\}/s.test(text)) break;
  }
  socket.destroy();
  return {
    status: Number(text.split(" ")[1]),
    code: JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)).code,
  };
}
