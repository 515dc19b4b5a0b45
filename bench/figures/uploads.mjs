/** A new dataset of so many examples in one request. */
import { randomBytes, randomUUID } from "node:crypto";
import { copyRows } from "../floors/rows.mjs";
import { send } from "../requests.mjs";
import { residentMB, watchPeak } from "../usage.mjs";

export const title = "Uploads";
export const hasPeer = true;

const columns = "id, dataset_id, example_id, version_id, superseded_by, kind, input, output, metadata, content_hash";
const path = "/v1/datasets/upload?sync=true";
const goals = { 10000: 1, 100000: 10 };

export async function measure(world, record) {
  const { service, peer, client, sizes, rounds } = world;
  await client.query("drop table if exists copied");
  await client.query("create table copied (like example_revisions including all)");
  let last = 0;
  const copy = async (examples) => {
    const rows = examples.map(({ question, answer, topic }) => {
      const content = [{ question }, { answer }, { topic }].map((part) => JSON.stringify(part));
      return [++last, 1, last, 1, null, "CREATE", ...content, `\\x${randomBytes(16).toString("hex")}`];
    });
    const started = performance.now();
    await copyRows(client, "copied", rows, columns);
    return (performance.now() - started) / 1000;
  };
  const upload = (server, body) => async () => (await send(server, "POST", path, body)).ms / 1000;
  for (const size of sizes.uploads) {
    const examples = examplesOf(size);
    const title = `upload of ${size.toLocaleString("en")} examples`;
    const memory = [];
    const measured = async (form) => {
      const before = await residentMB(service.pid);
      const peak = await watchPeak(service.pid);
      const seconds = await upload(service, form(examples))();
      memory.push(Math.max(0, (await peak()) - before));
      return seconds;
    };
    await record(title, async () => {
      await measured(jsonOf);
      memory.length = 0;
      const taken = await world.interleave(rounds, {
        json: () => measured(jsonOf),
        csv: async () => upload(service, csvOf(examples))(),
        copy: () => copy(examples),
        ...(peer && { peer: () => upload(peer, jsonOf(examples))() }),
      });
      const beside = { what: "`COPY`, with the same indexes", figures: taken.copy };
      const goal = goals[size] && { of: "figure", most: goals[size] };
      return [
        { what: `${title}, JSON`, unit: "s", own: taken.json, beside, goal, peer: taken.peer },
        { what: `${title}, CSV`, unit: "s", own: taken.csv, beside, goal },
        { what: `${title}, JSON: growth of memory`, unit: "MB", own: memory },
      ];
    });
  }
  await client.query("drop table copied");
}

function examplesOf(size) {
  return Array.from({ length: size }, (_, n) => ({
    question: `What is ${n} times ${n + 1}, and why? ${randomBytes(60).toString("base64")}`,
    answer: `${n * (n + 1)}, "for short" ${randomBytes(30).toString("base64")}`,
    topic: ["arithmetic", "algebra", "geometry"][n % 3],
  }));
}

function jsonOf(examples) {
  const body = {
    action: "create",
    name: randomUUID(),
    inputs: examples.map(({ question }) => ({ question })),
    outputs: examples.map(({ answer }) => ({ answer })),
    metadata: examples.map(({ topic }) => ({ topic })),
  };
  return { body: JSON.stringify(body) };
}

function csvOf(examples) {
  const cell = (text) => `"${text.replaceAll('"', '""')}"`;
  const lines = examples.map(({ question, answer, topic }) => [question, answer, topic].map(cell).join());
  const boundary = randomUUID();
  const field = (name, value) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const fields = {
    action: "create",
    name: randomUUID(),
    "input_keys[]": "question",
    "output_keys[]": "answer",
    "metadata_keys[]": "topic",
  };
  const file = ["question,answer,topic", ...lines].join("\n");
  const body = [
    ...Object.entries(fields).map(([name, value]) => field(name, value)),
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="bench.csv"\r\ncontent-type: text/csv\r\n\r\n${file}\r\n--${boundary}--\r\n`,
  ];
  return { body: body.join(""), type: `multipart/form-data; boundary=${boundary}` };
}
