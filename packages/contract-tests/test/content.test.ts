/** What you put in is what you get out. All comparisons are of texts: parsed, most differences would be gone. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { useService } from "../src/service.ts";
import { newName } from "../src/uploads.ts";

const service = useService();

/** The content of an example, as JSON text. */
interface Content {
  input: string;
  output: string;
  metadata: string;
}

const list = (contents: Content[], part: keyof Content) => contents.map((content) => content[part]).join();

function send(contents: Content[]) {
  const lists = `"inputs":[${list(contents, "input")}],"outputs":[${list(contents, "output")}],"metadata":[${list(contents, "metadata")}]`;
  return service.post("/v1/datasets/upload?sync=true", `{"name":"${newName()}",${lists}}`);
}

/** Uploads examples and holds the whole text of the answer that brings them back against the text that was sent. */
async function expectBack(sent: Content[], kept = sent): Promise<void> {
  const { status, text: refusal, body: uploaded } = await send(sent);
  expect(status, refusal).toBe(200);
  const { dataset_id, version_id } = uploaded.data;
  const { text, body } = await service.get(`/v1/datasets/${dataset_id}/examples`);
  const examples = kept.map(({ input, output, metadata }, index) => {
    const { id, node_id, updated_at } = body.data.examples[index];
    const content = `"input":${input},"output":${output},"metadata":${metadata}`;
    return `{"id":"${id}","node_id":"${node_id}",${content},"updated_at":"${updated_at}","source":null}`;
  });
  const head = `"dataset_id":"${dataset_id}","version_id":"${version_id}","filtered_splits":[]`;
  expect(text).toBe(`{"data":{${head},"examples":[${examples.join()}]}}`);
}

/** The same in all three places. */
const everywhere = (text: string): Content => ({ input: text, output: text, metadata: text });

const nested = (levels: number) => `{"a":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}}`;

describe("uploadDataset, and getDatasetExamples brings back what was sent", () => {
  test.each([
    ["keys in the order of the user", '{"b":1,"a":{"z":1,"y":2},"10":3,"9":4,"aa":5}'],
    ["integers beyond 2^53", '{"a":12345678901234567890,"b":-9007199254740993}'],
    ["fractions that are none", '{"a":1.0,"b":100.00}'],
    ["numbers beyond a double", '{"a":1e400,"b":-1e400,"c":1e-400,"d":0.1000000000000000000001}'],
    ["numbers as they are spelled", '{"a":-0.0,"b":-0,"c":1E5,"d":1e+05,"e":0.10e-0}'],
    ["NUL", '{"a":"\\u0000","b\\u0000c":"d\\u0000"}'],
    ["lone surrogates", '{"a":"\\ud800","\\udfff":"x\\udc00\\ud800y"}'],
    ["surrogate pairs, escaped or not", '{"a":"\\ud83d\\ude42","b":"🙂"}'],
    [
      "C0 controls",
      `{"a":"${Array.from({ length: 32 }, (_, code) => `\\u${code.toString(16).padStart(4, "0")}`).join("")}"}`,
    ],
    ["escapes as they are spelled", '{"a":"\\/\\b\\f\\n\\r\\t\\"\\\\","b":"\\u0041\\u00e9\\u00E9/é"}'],
    ["line separators", '{"a":"\u2028\u2029\u0085\u007f"}'],
    ["a byte order mark", '{"a":"\ufeff","\ufeff":1}'],
    ["letters and their marks, not composed", '{"a":"e\u0301é"}'],
    ["duplicate keys", '{"a":1,"a":2,"b":{"c":1,"c":1}}'],
    ["keys of the language", '{"__proto__":{"a":1},"constructor":{},"toString":1,"hasOwnProperty":null}'],
    ["empty keys, texts, lists and objects", '{"":"","a":[],"b":{},"c":[[],{}]}'],
    ["what looks like JSON", '{"a":"{\\"b\\":[1, 2]}","c":"]},{[","d":"\\\\\\""}'],
    ["what looks like a field of ours", '{"data":{"next_cursor":"}]}"},"inputs":[{}]}'],
    ["white space in text", '{" a ":"  b\\n  c  "}'],
    ["500 levels", nested(500)],
  ])("200: %s", async (_, text) => {
    await expectBack([everywhere(text)]);
  });

  test("200: but for the white space between tokens", async () => {
    const spaced = '\r\n{ "a b" :\t[ 1 , { } , [ ] , " c  d " ] ,"e\\" " : { "f":\n-0.0 } } ';
    await expectBack([everywhere(spaced)], [everywhere('{"a b":[1,{},[]," c  d "],"e\\" ":{"f":-0.0}}')]);
  });

  test("200: whatever it is", async () => {
    const contents = fc.array(fc.record({ input: object(), output: object(), metadata: object() }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(contents, async (examples) => {
        const texts = (how: (tokens: Token[]) => string) =>
          examples.map(({ input, output, metadata }) => ({
            input: how(input),
            output: how(output),
            metadata: how(metadata),
          }));
        await expectBack(
          texts((tokens) => tokens.map(({ text, space }) => space + text).join("")),
          texts((tokens) => tokens.map(({ text }) => text).join("")),
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe("uploadDataset", () => {
  test.each(["input", "output", "metadata"] as const)(
    "422: 501 levels in the %s of an example, which the answer names",
    async (part) => {
      const { status, body } = await send([everywhere("{}"), { ...everywhere("{}"), [part]: nested(501) }]);
      expect(status).toBe(422);
      const field = { input: "inputs", output: "outputs", metadata: "metadata" }[part];
      expect(body.errors).toMatchObject([{ pointer: `/body/${field}/1`, code: "depth" }]);
    },
  );

  test("422: a million levels", async () => {
    expect((await send([everywhere(nested(1_000_000))])).status).toBe(422);
  });

  const twice = async (first: string, second: string) => {
    const name = newName();
    const { status, body } = await service.post(
      "/v1/datasets/upload?sync=true",
      `{"name":"${name}","inputs":${first},"inputs":${second}}`,
    );
    return { status, body };
  };

  test("200: of a field that is given twice the last counts", async () => {
    const { body } = await twice("[1]", '[{"n":2}]');
    const { text } = await service.get(`/v1/datasets/${body.data.dataset_id}/examples`);
    expect(text).toContain('"input":{"n":2}');
  });

  test("422: of a field that is given twice the last is wrong", async () => {
    expect((await twice('[{"n":2}]', "[1]")).status).toBe(422);
  });
});

/** A token of JSON and the white space before it. */
interface Token {
  text: string;
  space: string;
}

/** Any JSON object, in any spelling. */
function object(): fc.Arbitrary<Token[]> {
  const space = fc.oneof(
    { weight: 3, arbitrary: fc.constant("") },
    fc.string({ unit: fc.constantFrom(..." \t\n\r"), maxLength: 3 }),
  );
  const token = (text: fc.Arbitrary<string>) => fc.record({ text, space });
  const sign = (text: string) => token(fc.constant(text));
  const character = fc.oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }).map((text) => JSON.stringify(text).slice(1, -1)),
    fc.nat(0xffff).map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`),
    fc.constantFrom("\\/", '\\"', "\\\\", "\\b", "{", "]", ",", ":", " "),
  );
  const string = token(fc.array(character, { maxLength: 8 }).map((characters) => `"${characters.join("")}"`));
  const number = token(fc.stringMatching(/^-?(0|[1-9]\d{0,24})(\.\d{1,24})?([eE][+-]?\d{1,4})?$/));
  const { objects } = fc.letrec<{ values: Token[]; objects: Token[]; arrays: Token[] }>((tie) => {
    const commaSeparated = (items: fc.Arbitrary<Token[]>) =>
      fc
        .array(fc.tuple(items, sign(",")), { maxLength: 4 })
        .map((pairs) => pairs.flatMap(([item, comma], index) => (index === 0 ? item : [comma, ...item])));
    const member = fc.tuple(string, sign(":"), tie("values")).map(([key, colon, value]) => [key, colon, ...value]);
    const between = (open: string, items: fc.Arbitrary<Token[]>, close: string) =>
      fc.tuple(sign(open), commaSeparated(items), sign(close)).map(([first, inside, last]) => [first, ...inside, last]);
    const scalar = fc.oneof(string, number, token(fc.constantFrom("true", "false", "null"))).map((only) => [only]);
    return {
      values: fc.oneof({ maxDepth: 4 }, scalar, tie("objects"), tie("arrays")),
      objects: between("{", member, "}"),
      arrays: between("[", tie("values"), "]"),
    };
  });
  return objects;
}
