/** Uploads of an Arrow IPC stream, which is what pandas and pyarrow write. */
import * as arrow from "apache-arrow";
import { describe, expect, test } from "vitest";
import { type Fields, sendFile, uploadFile } from "../src/forms.ts";
import { useService } from "../src/service.ts";
import { contentsOf, examplesOf, newName } from "../src/uploads.ts";

const service = useService();

const type = "application/x-pandas-pyarrow";

type Columns = Record<string, arrow.Vector>;
const textColumn = (values: (string | null)[]) => arrow.vectorFromArray(values, new arrow.Utf8());
const streamOf = (columns: Columns) => arrow.tableToIPC(new arrow.Table(columns), "stream");

/** What a column's values are as JSON. */
async function stored(column: arrow.Vector) {
  const { id } = await uploadFile(
    service,
    newName(),
    { type, content: streamOf({ q: column }) },
    { "input_keys[]": "q" },
  );
  return (await contentsOf(service, id)).map(({ input }) => input);
}

async function refusal(content: Uint8Array, fields: Fields = { "input_keys[]": "q" }, status = 422) {
  const name = newName();
  const answer = await sendFile(service, name, { type, content }, fields);
  expect(answer.status, answer.text).toBe(status);
  expect((await service.get(`/v1/datasets?${new URLSearchParams({ name })}`)).body.data).toEqual([]);
  return answer.body;
}

describe("uploadDataset of PyArrow", () => {
  test("200: a column is in each part that names it; nulls are kept", async () => {
    const columns = { q: textColumn(["x", null]), n: arrow.vectorFromArray([1, 2], new arrow.Int32()) };
    const fields = { "input_keys[]": ["n", "q"], "output_keys[]": "q" };
    const { id } = await uploadFile(service, newName(), { type, content: streamOf(columns) }, fields);
    expect(await contentsOf(service, id)).toEqual([
      { input: '{"n":1,"q":"x"}', output: '{"q":"x"}', metadata: "{}" },
      { input: '{"n":2,"q":null}', output: '{"q":null}', metadata: "{}" },
    ]);
  });

  const item = new arrow.Field("item", new arrow.Int64());
  const struct = new arrow.Struct([
    new arrow.Field("b", new arrow.Int32()),
    new arrow.Field("__proto__", new arrow.Utf8()),
  ]);
  const decimal = (digits: bigint) => new Uint32Array(BigInt64Array.of(digits, digits < 0n ? -1n : 0n).buffer);
  const at = new Date("2026-11-22T09:31:02.812Z");
  const types: [type: string, column: arrow.Vector, json: string[]][] = [
    ["booleans", arrow.vectorFromArray([true, null], new arrow.Bool()), ["true", "null"]],
    ["small integers", arrow.vectorFromArray([-128, null], new arrow.Int8()), ["-128", "null"]],
    [
      "large integers",
      arrow.vectorFromArray([2n ** 64n - 1n, null], new arrow.Uint64()),
      ["18446744073709551615", "null"],
    ],
    [
      "floats",
      arrow.vectorFromArray([1, 0.1, -0, 1e21, NaN, null], new arrow.Float64()),
      ["1.0", "0.1", "-0.0", "1e+21", "null", "null"],
    ],
    ["half floats", arrow.vectorFromArray([0.5, 2], new arrow.Float16()), ["0.5", "2.0"]],
    [
      "decimals",
      arrow.vectorFromArray([decimal(-12345n), decimal(7n), null], new arrow.Decimal(2, 20)),
      ["-123.45", "0.07", "null"],
    ],
    ["text", textColumn(["é🙂\u2028", '"', null]), ['"é🙂\u2028"', '"\\""', "null"]],
    [
      "dictionaries",
      arrow.vectorFromArray(["a", "b", "a"], new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8())),
      ['"a"', '"b"', '"a"'],
    ],
    ["lists", arrow.vectorFromArray([[1n, null], [], null], new arrow.List(item)), ["[1,null]", "[]", "null"]],
    [
      "structs",
      arrow.vectorFromArray([{ b: 1, ["__proto__"]: "x" }, null], struct),
      ['{"b":1,"__proto__":"x"}', "null"],
    ],
    ["days", arrow.vectorFromArray([at, null], new arrow.DateDay()), ['"2026-11-22"', "null"]],
    [
      "times",
      arrow.vectorFromArray([at, new Date(0), null], new arrow.TimestampMicrosecond()),
      ['"2026-11-22T09:31:02.812000"', '"1970-01-01T00:00:00"', "null"],
    ],
    [
      "times in a zone",
      arrow.vectorFromArray([at], new arrow.Timestamp(arrow.TimeUnit.NANOSECOND, "Europe/Zurich")),
      ['"2026-11-22T09:31:02.812000+00:00"'],
    ],
  ];
  test.each(types)("200: %s", async (_, column, json) => {
    expect(await stored(column)).toEqual(json.map((text) => `{"q":${text}}`));
  });

  test("200: batches follow one another", async () => {
    const table = new arrow.Table({ q: textColumn(["a", "b"]) }).concat(new arrow.Table({ q: textColumn(["c"]) }));
    const content = arrow.tableToIPC(table, "stream");
    const { counts } = await uploadFile(service, newName(), { type, content }, { "input_keys[]": "q" });
    expect(counts).toEqual([3, 0, 0]);
  });

  test("200: flatten_keys[] puts a struct's members in its place", async () => {
    const content = streamOf({ q: arrow.vectorFromArray([{ b: 1, ["__proto__"]: "x" }], struct) });
    const { id } = await uploadFile(
      service,
      newName(),
      { type, content },
      { "input_keys[]": "q", "flatten_keys[]": "q" },
    );
    expect((await contentsOf(service, id))[0]?.input).toBe('{"b":1,"__proto__":"x"}');
  });

  test("200: splits, ids and spans are columns, too", async () => {
    const [train, hard] = [newName(), newName()];
    const columns = {
      q: arrow.vectorFromArray([1, 2, 3], new arrow.Int32()),
      s: textColumn([train, `["${train}", "${hard}"]`, null]),
      id: arrow.vectorFromArray([7, 8, null], new arrow.Int32()),
    };
    const fields = { "input_keys[]": "q", split_key: "s", example_id_key: "id", span_id_key: "s" };
    const { id } = await uploadFile(service, newName(), { type, content: streamOf(columns) }, fields);
    expect((await examplesOf(service, id, { split: train })).map(({ id }) => id)).toEqual(["7", "8"]);
    expect((await examplesOf(service, id, { split: hard })).map(({ id }) => id)).toEqual(["8"]);
    const again = await sendFile(
      service,
      newName(),
      { type, content: streamOf(columns) },
      { "split_keys[]": ["s", "q"] },
    );
    expect(again.status).toBe(200);
  });

  test("200: compressed as a whole", async () => {
    const content = streamOf({ q: textColumn(["x"]) });
    const { counts } = await uploadFile(
      service,
      newName(),
      { type, content, encoding: "gzip" },
      { "input_keys[]": "q" },
    );
    expect(counts).toEqual([1, 0, 0]);
  });

  const whole = streamOf({ q: textColumn(["x", "y"]) });
  test.each([
    ["nothing", new Uint8Array()],
    ["a CSV", Buffer.from("q,a\n1,2\n")],
    ["the beginning of one", whole.subarray(0, 100)],
    ["one without its end", whole.subarray(0, -60)],
    ["noise", Buffer.from("ffffffff10000000".repeat(20), "hex")],
  ])("422: %s", async (_, content) => {
    const { detail, errors } = await refusal(content);
    expect(detail).toBe("File is not valid pyarrow");
    expect(errors).toMatchObject([{ pointer: "/body/file" }]);
  });

  test("422: a column that is not there", async () => {
    const { detail } = await refusal(whole, { "input_keys[]": ["q", "nope"] });
    expect(detail).toBe("input keys not found in column headers: frozenset({'nope'})");
  });

  test("422: a column of a type that JSON does not have", async () => {
    const content = streamOf({ q: arrow.vectorFromArray([Uint8Array.of(1)], new arrow.Binary()) });
    expect((await refusal(content)).detail).toBe("The column 'q' is of a type that JSON does not have: Binary");
  });

  test("422: a column nested more than 499 levels deep", async () => {
    let deep: arrow.DataType = new arrow.Int8();
    for (let level = 0; level < 500; level++) deep = new arrow.List(new arrow.Field("item", deep));
    expect((await refusal(streamOf({ q: arrow.vectorFromArray([null], deep) }))).detail).toContain("The column 'q'");
  });

  test("413: more rows than an upload may have, though they take up no room", async () => {
    const nothing = arrow.makeVector(arrow.makeData({ type: new arrow.Null(), length: 1_000_001 }));
    const { detail } = await refusal(streamOf({ q: nothing }), { "input_keys[]": "q" }, 413);
    expect(detail).toBe("An upload may have 1000000 examples at most.");
  });
});
