/** When an upload without ids finds an example that has the same content. */
import { describe, expect, test } from "vitest";
import { useService } from "../src/service.ts";
import { newName, upload } from "../src/uploads.ts";

const service = useService();

describe("uploadDataset", () => {
  const same = [
    ["keys in another order", '{"a":1,"b":{"c":2,"d":3}}', '{"b":{"d":3,"c":2},"a":1}'],
    ["white space", '{"a":[1,2]}', '{ "a" : [ 1 ,\n\t2 ] }'],
    ["a fraction of nothing", '{"a":1}', '{"a":1.0}'],
    ["an exponent", '{"a":1500}', '{"a":15e+02}'],
    ["a fraction and an exponent", '{"a":1500}', '{"a":0.0015E6}'],
    ["zero", '{"a":0}', '{"a":-0.0}'],
    ["digits beyond a double", '{"a":12345678901234567890}', '{"a":1234567890123456789.0e1}'],
    ["an exponent beyond a double", '{"a":1e400}', '{"a":10e399}'],
    ["an exponent with zeros before it", '{"a":1e5}', '{"a":1e0000000000000000005}'],
    ["escapes", '{"a":"é\\n/"}', '{"a":"\\u00e9\\u000a\\/"}'],
    ["escapes in a key", '{"é":1}', '{"\\u00E9":1}'],
  ] as const;
  test.each(same)("200: %s: %s and %s are one example", async (_, first, second) => {
    const name = newName();
    const send = (input: string) =>
      service.post("/v1/datasets/upload?sync=true", `{"name":"${name}","action":"update","inputs":[${input}]}`);
    const { version_id } = (await send(first)).body.data;
    expect((await send(second)).body.data).toMatchObject({ version_id, num_created_examples: 0 });
  });

  const different = [
    ["a number and text", '{"a":1}', '{"a":"1"}'],
    ["null and nothing", '{"a":null}', "{}"],
    ["no and nothing", '{"a":false}', '{"a":null}'],
    ["items in another order", '{"a":[1,2]}', '{"a":[2,1]}'],
    ["a list in a list", '{"a":[[1],2]}', '{"a":[1,[2]]}'],
    ["empty lists and objects", '{"a":[]}', '{"a":{}}'],
    ["numbers that a double cannot tell apart", '{"a":12345678901234567890}', '{"a":12345678901234567891}'],
    ["fractions that a double cannot tell apart", '{"a":0.1}', '{"a":0.1000000000000000000001}'],
    ["numbers too large for a double", '{"a":1e400}', '{"a":1e401}'],
    ["numbers too small for a double", '{"a":1e-400}', '{"a":0}'],
    ["exponents beyond every use", '{"a":1e99999999999999999998}', '{"a":1e99999999999999999999}'],
    ["a sign", '{"a":1}', '{"a":-1}'],
    ["a space", '{"a":"b"}', '{"a":"b "}'],
    ["letters that look alike", '{"a":"é"}', '{"a":"e\\u0301"}'],
    ["lone surrogates", '{"a":"\\ud800"}', '{"a":"\\ud801"}'],
    ["keys of the language", '{"__proto__":1}', '{"constructor":1}'],
    ["what __proto__ holds", '{"__proto__":{"a":1}}', '{"__proto__":{"a":2}}'],
  ] as const;
  test.each(different)("200: %s: %s and %s are two examples", async (_, first, second) => {
    const body = `{"name":"${newName()}","inputs":[${first}]}`;
    const { data } = (await service.post("/v1/datasets/upload?sync=true", body)).body;
    const append = body.replace(first, second).replace("{", '{"action":"append",');
    const again = await service.post("/v1/datasets/upload?sync=true", append);
    expect(again.body.data).toMatchObject({ dataset_id: data.dataset_id, num_created_examples: 1 });
  });

  test.each(["input", "output", "metadata"])("200: the %s is part of it", async (part) => {
    const name = newName();
    const bodyWith = (n: number) => ({
      inputs: [{ n: part === "input" ? n : 0 }],
      outputs: [{ n: part === "output" ? n : 0 }],
      metadata: [{ n: part === "metadata" ? n : 0 }],
      example_ids: ["a"],
    });
    await upload(service, name, bodyWith(1));
    expect((await upload(service, name, bodyWith(2))).counts).toEqual([0, 1, 0]);
  });

  test("200: what stands in the input is not what stands in the output", async () => {
    const name = newName();
    await upload(service, name, { inputs: [{ a: 1 }], outputs: [{}] });
    const { counts } = await upload(service, name, { inputs: [{}], outputs: [{ a: 1 }] });
    expect(counts).toEqual([1, 0, 1]);
  });

  test("200: a number of 400,000 digits holds nobody up", async () => {
    const number = `1${"0".repeat(400_000)}1`; // quadratic time would be minutes, in which nobody is answered
    const body = `{"name":"${newName()}","inputs":[{"a":${number}}]}`;
    expect((await service.post("/v1/datasets/upload?sync=true", body)).status).toBe(200);
  });
});
