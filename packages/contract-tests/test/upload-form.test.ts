/** Uploads of a file in a form, whatever the file: how it is sent, and what happens meanwhile. */
import { once } from "node:events";
import { type ClientRequest, request as httpRequest } from "node:http";
import { text } from "node:stream/consumers";
import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import {
  boundary,
  type Fields,
  fieldPart,
  fieldParts,
  filePart,
  formOf,
  part,
  sendFile,
  sendForm,
  uploadFile,
} from "../src/forms.ts";
import { type Service, useService } from "../src/service.ts";
import { contentsOf, examplesOf, newName, upload } from "../src/uploads.ts";

const service = useService();
const small = useService({ limits: { upload: 1000, file: 100_000, body: 1000 } });
const guarded = useService({ auth: { enabled: true, adminSecret: "a secret of the tests, long enough" } });
const readOnly = useService({ readOnly: true });

const csv = "q,a\n1,2\n";
const keys = { "input_keys[]": "q", "output_keys[]": "a" };
const stored = [{ input: '{"q":"1"}', output: '{"a":"2"}', metadata: "{}" }];

const find = async (name: string, at = service) =>
  (await at.get(`/v1/datasets?${new URLSearchParams({ name })}`)).body.data;

/** How many rows are staged. */
async function stagedRows(): Promise<number> {
  const { rows } = await service.database.query(
    `select (select count(*) from uploads) + (select count(*) from staged_examples) + (select count(*) from staged_changes) as count`,
  );
  return Number(rows[0].count);
}

/** A request whose body is sent bit by bit. */
function openForm(at: Service = service): ClientRequest {
  return httpRequest(new URL("/v1/datasets/upload?sync=true", at.url), {
    method: "POST",
    headers: formOf([]).headers,
  });
}

async function answerTo(request: ClientRequest) {
  const [response] = await once(request, "response");
  return { status: response.statusCode, body: JSON.parse(await text(response)) };
}

/** The beginning of a form whose file is a CSV without an end. */
const begun = (name: string, fields: object = {}) =>
  Buffer.concat([
    ...fieldParts({ name, action: "update", ...keys, ...fields }),
    filePart({ content: csv }).subarray(0, -2),
  ]);

const rows = (count: number) => Array.from({ length: count }, (_, n) => `${n + 2},x\n`).join("");
const last = `\r\n--${boundary}--\r\n`;

describe("uploadDataset of a form", () => {
  describe("the order of its parts", () => {
    const file = filePart({ content: csv });
    const lists = fieldParts(keys);

    test.each([
      ["the fields first", (name: Buffer) => [name, ...lists, file]],
      ["the file first", (name: Buffer) => [file, ...lists, name]],
      ["the name, the file, the keys", (name: Buffer) => [name, file, ...lists]],
      ["the keys, the file, the name", (name: Buffer) => [...lists, file, name]],
    ])("200: %s", async (_, parts) => {
      const { status, text, body } = await sendForm(service, parts(fieldPart("name", newName())));
      expect(status, text).toBe(200);
      expect(await contentsOf(service, body.data.dataset_id)).toEqual(stored);
    });

    test("422: a field after a file that was read without it", async () => {
      const name = newName();
      const { status, body } = await sendForm(service, [
        fieldPart("name", name),
        ...lists,
        file,
        fieldPart("split_key", "q"),
      ]);
      expect(status).toBe(422);
      expect(body.errors).toMatchObject([{ pointer: "/body/split_key", code: "order" }]);
      expect(await find(name)).toEqual([]);
    });

    test("200: what the contract does not have may stand anywhere", async () => {
      const strange = [
        fieldPart("nonsense", "1"),
        fieldPart("__proto__", "x"),
        part({ "x-header": "1" }, "y"),
        part({}, ""),
      ];
      const parts = [...strange, fieldPart("name", newName()), ...strange, ...lists, file, ...strange];
      expect((await sendForm(service, parts)).status).toBe(200);
    });

    test("200: of a field that is given twice the last counts", async () => {
      const [first, second] = [newName(), newName()];
      expect(
        (await sendForm(service, [fieldPart("name", first), fieldPart("name", second), ...lists, file])).status,
      ).toBe(200);
      expect([await find(first), await find(second)]).toMatchObject([[], [{ example_count: 1 }]]);
    });

    test.each([
      ["read as they arrive", [fieldPart("name", newName()), ...lists]],
      ["put on disk", []],
    ])("422: two files, %s", async (_, before) => {
      const { status, body } = await sendForm(service, [...before, file, file, fieldPart("name", newName())]);
      expect(status).toBe(422);
      expect(body.errors).toMatchObject([{ pointer: "/body/file", code: "unique" }]);
    });
  });

  describe("its fields", () => {
    test.each([
      ["absent", {}],
      ["empty", { name: "" }],
    ])("422: a name that is %s", async (_, fields) => {
      const { status, body } = await sendForm(service, [
        ...fieldParts({ ...fields, ...keys }),
        filePart({ content: csv }),
      ]);
      expect(status).toBe(422);
      expect(body.detail).toBe("Dataset name must not be empty");
      expect(body.errors).toMatchObject([{ pointer: "/body/name" }]);
    });

    test.each(["name", "description", "input_keys[]", "split_key"])("422: %s cannot hold NUL", async (field) => {
      const { status, body } = await sendFile(service, newName(), { content: csv }, { [field]: "a\0b" });
      expect(status).toBe(422);
      expect(body.errors[0].pointer).toMatch(`/body/${field}`);
    });

    test("422: a name of more than 500 characters", async () => {
      const { status, body } = await sendFile(service, "🙂".repeat(501), { content: csv });
      expect(status).toBe(422);
      expect(body.detail).toBe("/body/name must NOT have more than 500 characters");
      expect(body.errors).toMatchObject([{ pointer: "/body/name", code: "maxLength" }]);
    });

    test("400: what is not UTF-8", async () => {
      const name = fieldPart("name", Buffer.from("é", "latin1"));
      expect((await sendForm(service, [name, filePart({ content: csv })])).status).toBe(400);
    });

    test("422: an action that nobody knows, before anything is read", async () => {
      const { status, body } = await sendFile(service, newName(), { content: "" }, { action: "upsert" });
      expect([status, body.detail]).toEqual([422, "Invalid dateset action: upsert"]);
    });

    test("200: null to whoever does not wait for the answer, and the upload is done all the same", async () => {
      const name = newName();
      const { body, headers } = formOf([...fieldParts({ name, ...keys }), filePart({ content: csv })]);
      const response = await service.fetch("/v1/datasets/upload", { method: "POST", body, headers });
      expect([response.status, await response.json()]).toEqual([200, null]);
      expect(await find(name)).toMatchObject([{ example_count: 1 }]);
    });
  });

  describe("its file", () => {
    test.each(["text/csv", "TEXT/CSV", "text/csv; charset=utf-8", 'Text/CSV;header=present; Charset="UTF8"'])(
      "200: %s",
      async (type) => {
        const { id } = await uploadFile(service, newName(), { content: csv, type }, keys);
        expect(await contentsOf(service, id)).toEqual(stored);
      },
    );

    test.each([
      "text/plain",
      "application/json",
      "application/octet-stream",
      "text/csv; charset=latin-1",
      "csv",
      "__proto__",
    ])("422: of type %s", async (type) => {
      const { status, body } = await sendFile(service, newName(), { content: csv, type });
      expect(status).toBe(422);
      expect(body.detail).toBe(`Invalid file content type: ${type}`);
      expect(body.errors).toMatchObject([{ pointer: "/body/file" }]);
    });

    test("422: of no type", async () => {
      const untyped = part({ "content-disposition": 'form-data; name="file"; filename="x.csv"' }, csv);
      const { status, body } = await sendForm(service, [...fieldParts({ name: newName(), ...keys }), untyped]);
      expect(status).toBe(422);
      expect(body.detail).toContain("Invalid file content type");
    });

    test.each([
      ["without a name", { filename: undefined }],
      ["with an empty one", { filename: "" }],
    ])("422: %s", async (_, filename) => {
      const { status, body } = await sendFile(service, newName(), { content: csv, ...filename });
      expect([status, body.detail]).toEqual([422, "Malformed file in form data."]);
      expect(body.errors).toMatchObject([{ pointer: "/body/file" }]);
    });

    test("422: none", async () => {
      const { status, body } = await sendForm(service, fieldParts({ name: newName(), ...keys }));
      expect([status, body.detail]).toEqual([422, "file is required"]);
      expect(body.errors).toMatchObject([{ pointer: "/body/file", code: "required" }]);
    });

    test("200: as the browser's and Node's FormData send it", async () => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ name: newName(), ...keys })) form.append(name, value);
      form.append("file", new File([csv], 'it\'s "été".csv', { type: "text/csv" }));
      const response = await service.fetch("/v1/datasets/upload?sync=true", { method: "POST", body: form });
      expect(await response.json()).toMatchObject({ data: { num_created_examples: 1 } });
    });
  });

  describe("its encoding", () => {
    const gzipped = gzipSync(csv);
    const encodings: [what: string, headers: Record<string, string>, content: Uint8Array | string][] = [
      ["gzip", { "content-encoding": "gzip" }, gzipped],
      ["GZIP", { "Content-Encoding": " GZIP " }, gzipped],
      ["deflate", { "content-encoding": "deflate" }, deflateSync(csv)],
      ["none", { "content-encoding": "none" }, csv],
      ["identity", { "content-encoding": "identity" }, csv],
      ["gzip, which its first bytes tell", {}, gzipped],
      ["gzip in two members", {}, Buffer.concat([gzipSync(csv.slice(0, 5)), gzipSync(csv.slice(5))])],
      ...[0, 6, 9].map((level): [string, Record<string, string>, Uint8Array] => [
        `deflate at level ${level}, which its first bytes tell`,
        {},
        deflateSync(csv, { level }),
      ]),
    ];
    test.each(encodings)("200: %s", async (_, headers, content) => {
      const { id } = await uploadFile(service, newName(), { content, headers }, keys);
      expect(await contentsOf(service, id)).toEqual(stored);
    });

    test("200: on disk, too", async () => {
      const file = filePart({ content: csv, encoding: "gzip" });
      const { body } = await sendForm(service, [file, ...fieldParts({ name: newName(), ...keys })]);
      expect(await contentsOf(service, body.data.dataset_id)).toEqual(stored);
    });

    test.each(["x^2", "xڀ"])("200: a CSV that begins with %s is none that is compressed", async (column) => {
      const { id } = await uploadFile(
        service,
        newName(),
        { content: `${column},a\n1,2\n` },
        { "input_keys[]": column },
      );
      expect(await contentsOf(service, id)).toMatchObject([{ input: `{"${column}":"1"}` }]);
    });

    test("422: one that nobody knows", async () => {
      const { status, body } = await sendFile(service, newName(), {
        content: csv,
        headers: { "content-encoding": "br" },
      });
      expect([status, body.detail]).toEqual([422, "Invalid file content encoding: br"]);
      expect(body.errors).toMatchObject([{ pointer: "/body/file" }]);
    });

    test.each([
      ["plain text that says it is gzip", { "content-encoding": "gzip" }, csv],
      ["plain text that says it is deflate", { "content-encoding": "deflate" }, csv],
      ["half of it", {}, gzipped.subarray(0, 15)],
      ["one byte of it wrong", {}, Buffer.concat([gzipped.subarray(0, -8), Buffer.alloc(8)])],
    ])("422: %s", async (_, headers, content) => {
      const name = newName();
      const { status, body } = await sendFile(service, name, { content, headers }, keys);
      expect(status).toBe(422);
      expect(body.errors).toMatchObject([{ pointer: "/body/file", code: "encoding" }]);
      expect(await find(name)).toEqual([]);
    });

    const form = formOf([...fieldParts({ name: newName(), action: "update", ...keys }), filePart({ content: csv })]);
    const sendEncoded = (encoding: string, body: Buffer, at = service) =>
      sendForm(at, [], { body, headers: { "content-encoding": encoding } });

    test.each([
      ["gzip", gzipSync(form.body)],
      ["deflate", deflateSync(form.body)],
    ])("200: the request's own, %s", async (encoding, body) => {
      expect((await sendEncoded(encoding, body)).status).toBe(200);
    });

    test("415: the request's own, which nobody knows", async () => {
      expect((await sendEncoded("zip", form.body)).status).toBe(415);
    });

    test("400: the request's own, which it is not", async () => {
      expect((await sendEncoded("gzip", form.body)).status).toBe(400);
    });
  });

  describe("its bounds", () => {
    const bomb = `q\n${"1\n".repeat(5_000_000)}`;

    test.each([
      ["gzip", { content: bomb, encoding: "gzip" }],
      ["deflate", { content: bomb, encoding: "deflate" }],
      ["gzip that does not say so", { content: gzipSync(bomb) }],
    ] as const)("413: a file over the limit once it is decompressed (%s)", async (_, file) => {
      const name = newName();
      const { status, body } = await sendFile(small, name, file, { "input_keys[]": "q" });
      expect([status, body.detail]).toEqual([413, "The file may have 100000 bytes at most."]);
      expect(await find(name, small)).toEqual([]);
    });

    test("413: a request over the limit once it is decompressed", async () => {
      const { body } = formOf([...fieldParts({ name: newName(), "input_keys[]": "q" }), filePart({ content: bomb })]);
      const answer = await sendForm(small, [], { body: gzipSync(body), headers: { "content-encoding": "gzip" } });
      expect([answer.status, answer.body.detail]).toEqual([413, "The body may have 100000 bytes at most."]);
    });

    test("413: a request over the limit, whose length says so", async () => {
      expect((await sendFile(small, newName(), { content: bomb })).status).toBe(413);
    });

    test("413: fields of more than 8 MiB", async () => {
      const fields = { "input_keys[]": Array.from({ length: 9 }, () => "x".repeat(1_000_000)) };
      expect((await sendFile(service, newName(), { content: csv }, fields)).status).toBe(413);
    });

    test("413: more than 10,000 parts", async () => {
      const fields = { "input_keys[]": Array.from({ length: 10_001 }, (_, n) => `c${n}`) };
      expect((await sendFile(service, newName(), { content: csv }, fields)).status).toBe(413);
    });

    test("200: headers of a part that are too long are those of none", async () => {
      const long = part({ "content-disposition": `form-data; name="x"; filename="${"x".repeat(100_000)}"` }, "");
      const { status } = await sendForm(service, [
        ...fieldParts({ name: newName(), ...keys }),
        long,
        filePart({ content: csv }),
      ]);
      expect(status).toBe(200);
    });
  });

  describe("one that is malformed", () => {
    test.each(["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; charset=utf-8"])(
      "400: %s",
      async (type) => {
        const { status, body } = await sendForm(service, [], { headers: { "content-type": type } });
        expect([status, body.detail]).toEqual([400, "Missing boundary in multipart."]);
      },
    );

    const whole = formOf([...fieldParts({ name: newName(), ...keys }), filePart({ content: csv })]).body;
    test.each([
      ["without its last boundary", whole.subarray(0, -6 - boundary.length)],
      ["that ends in its file", whole.subarray(0, whole.length - boundary.length - 12)],
      ["that ends in a field", whole.subarray(0, 120)],
      ["that is no form", Buffer.from(csv)],
      ["that is empty", Buffer.alloc(0)],
    ])("400: one %s", async (_, body) => {
      const { status } = await sendForm(service, [], { body });
      expect(status).toBe(400);
    });

    test("200: a boundary in quotes, and what stands before the first and after the last", async () => {
      const { body } = formOf([...fieldParts({ name: newName(), ...keys }), filePart({ content: csv })]);
      const { status, text } = await sendForm(service, [], {
        body: Buffer.concat([Buffer.from("before\r\n"), body, Buffer.from("after")]),
        headers: { "content-type": `Multipart/Form-Data; boundary="${boundary}"` },
      });
      expect(status, text).toBe(200);
    });
  });

  test.each([
    ["401", "without a key", guarded],
    ["403", "to a service that is read-only", readOnly],
  ])("%s: %s, before it is sent", async (status, _, at) => {
    const request = openForm(at);
    request.setHeader("expect", "100-continue");
    request.flushHeaders();
    expect(String((await answerTo(request)).status)).toBe(status);
    request.destroy();
  });

  describe("with an idempotency-key", () => {
    const send = (parts: Buffer[], key: string) => sendForm(service, parts, { headers: { "idempotency-key": key } });
    const form = (name: string, file: Buffer, fields: Fields = keys) => [
      ...fieldParts({ name, action: "append", ...fields }),
      file,
    ];
    const file = filePart({ content: csv });

    test.each([
      ["as it was", filePart({ content: csv })],
      ["compressed", filePart({ content: csv, encoding: "gzip" })],
    ])("200: the same form again, its file %s, is answered as before", async (_, again) => {
      const [name, key] = [newName(), newName()];
      const first = await send(form(name, file), key);
      expect(first.status, first.text).toBe(200);
      const replayed = await send(form(name, again), key);
      expect([replayed.text, replayed.headers.get("idempotency-replayed")]).toEqual([first.text, "true"]);
      expect(await find(name)).toMatchObject([{ example_count: 1 }]);
    });

    test.each([
      ["another file", filePart({ content: "q,a\n1,3\n" }), keys],
      ["a file of another name", filePart({ content: csv, filename: "other.csv" }), keys],
      ["another field", file, { "input_keys[]": "a" }],
    ])("422: %s under the same key", async (_, otherFile, otherFields) => {
      const [name, key] = [newName(), newName()];
      expect((await send(form(name, file), key)).status).toBe(200);
      const { status, body } = await send(form(name, otherFile, otherFields), key);
      expect([status, body.code]).toEqual([422, "idempotency_key_reused"]);
      expect(await find(name)).toMatchObject([{ example_count: 1 }]);
    });
  });

  describe("while it arrives", () => {
    test("200: it holds no lock and no connection, and others upload to its dataset", async () => {
      const name = newName();
      const request = openForm();
      request.write(begun(name));
      request.write(rows(5000));
      await expect.poll(stagedRows).toBeGreaterThan(4000);
      const { rows: busy } = await service.database.query(
        `select state, query from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`,
      );
      expect(busy).toEqual([]);
      const other = await upload(service, name, { action: "create", inputs: [{ q: "1" }], outputs: [{ a: "2" }] });
      expect(other.counts).toEqual([1, 0, 0]);
      request.end(last);
      const { status, body } = await answerTo(request);
      expect(status).toBe(200);
      expect(body.data).toMatchObject({ dataset_id: other.id, num_created_examples: 5000, num_deleted_examples: 0 });
      expect(await find(name)).toMatchObject([{ example_count: 5001 }]);
      expect(await stagedRows()).toBe(0);
    });

    test("nothing of it is visible, and nothing is left of one that its client gives up", async () => {
      const name = newName();
      const request = openForm();
      request.on("error", () => {}); // it is ours
      request.write(begun(name));
      request.write(rows(5000));
      await expect.poll(stagedRows).toBeGreaterThan(4000);
      expect(await find(name)).toEqual([]);
      request.destroy();
      await expect.poll(stagedRows).toBe(0);
      expect(await find(name)).toEqual([]);
    });

    test("422: one that is refused is taken from its client to the end, which looks for the answer only then", async () => {
      const name = newName();
      const request = openForm();
      const answer = answerTo(request);
      const sent = once(request, "finish"); // clients look for an answer only then, some of them
      request.write(begun(name, { "flatten_keys[]": "q" }));
      request.end(Buffer.concat([Buffer.from(rows(2_000_000)), Buffer.from(last)]));
      await sent;
      const { status, body } = await answer;
      expect([status, body.detail]).toEqual([422, "Cannot flatten 'q': expected object values (row 1)"]);
      expect(await stagedRows()).toBe(0);
    });

    test("503: one that the database has lost since", async () => {
      const name = newName();
      const request = openForm();
      request.write(begun(name));
      request.write(rows(5000));
      await expect.poll(stagedRows).toBeGreaterThan(4000);
      await service.database.query("truncate uploads, staged_examples, staged_changes"); // as a crash does
      request.end(last);
      const { status, body } = await answerTo(request);
      expect([status, body.code]).toEqual([503, "unavailable"]);
      expect(await find(name)).toEqual([]);
      expect(await stagedRows()).toBe(0);
    });

    test("what a process that was killed has left goes with a later upload, after a day", async () => {
      const { rows: ids } = await service.database.query(`
        insert into uploads (started_at) values (now() - interval '25 hours'), (now() - interval '23 hours') returning id`);
      for (const { id } of ids)
        await service.database.query(
          `insert into staged_examples (upload_id, n, splits, input, output, metadata, content_hash) values ($1, 0, '[]', '{}', '{}', '{}', '')`,
          [id],
        );
      await upload(service, newName(), { inputs: [] });
      const { rows: left } = await service.database.query("select upload_id from staged_examples");
      expect(left).toEqual([{ upload_id: ids[1].id }]);
      await service.database.query("truncate uploads, staged_examples");
    });
  });

  test("200: a form and JSON of the same examples are the same upload", async () => {
    const name = newName();
    const { id } = await uploadFile(
      service,
      name,
      { content: "q,a,id\n1,2,x\n3,4,\n" },
      { ...keys, example_id_key: "id" },
    );
    const body = { inputs: [{ q: "1" }, { q: "3" }], outputs: [{ a: "2" }, { a: "4" }], example_ids: ["x", null] };
    expect((await upload(service, name, body)).counts).toEqual([0, 0, 0]);
    expect(await examplesOf(service, id)).toHaveLength(2);
  });
});
