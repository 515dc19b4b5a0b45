/** The examples of a dataset as OpenAI takes them. Messages and tools are slices of what is stored. */
import type { Kysely } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { Slices } from "../slices.ts";
import { type Downloaded, examplesInParts } from "./downloads.ts";

/** For fine-tuning: the messages of the input and of the output, and the input's tools. */
export function examplesForFineTuning(db: Kysely<DB>, downloaded: Downloaded): AsyncGenerator<string> {
  return linesOf(db, downloaded, (input, output) => {
    const messages = [...messagesOf(input), ...messagesOf(output)];
    const tools = input.get("tools");
    return `{"messages":[${messages.join()}]${isTruthy(tools) ? `,"tools":${tools}` : ""}}\n`;
  });
}

/** For evals: the messages of the input, and what the last message of the output says. */
export function examplesForEvals(db: Kysely<DB>, downloaded: Downloaded): AsyncGenerator<string> {
  return linesOf(db, downloaded, (input, output) => {
    const content = membersOf(messagesOf(output).at(-1) ?? "").get("content");
    const ideal = content?.startsWith('"') ? content : '""';
    return `{"messages":[${messagesOf(input).join()}],"ideal":${ideal}}\n`;
  });
}

/** The members of an object, as JSON. */
type Members = Map<string, string>;

async function* linesOf(db: Kysely<DB>, downloaded: Downloaded, lineOf: (input: Members, output: Members) => string) {
  for await (const examples of examplesInParts(db, downloaded))
    yield examples.map(({ input, output }) => lineOf(membersOf(input.text), membersOf(output.text))).join("");
}

/** The items of `messages`; none if that is no list. */
function messagesOf(content: Members): string[] {
  const messages = content.get("messages") ?? "";
  if (!messages.startsWith("[")) return [];
  const slices = new Slices(messages);
  return Array.from(slices.items(), () => slices.slice());
}

/** What an object has, of a key that is given twice the last; nothing if it is no object. */
function membersOf(json: string): Members {
  const members: Members = new Map();
  if (!json.startsWith("{")) return members;
  const slices = new Slices(json);
  for (const key of slices.members()) members.set(key, slices.slice());
  return members;
}

/** What Python takes for nothing is left out, as Phoenix leaves it out. */
const isTruthy = (json: string | undefined) =>
  json !== undefined && !/^(?:null|false|""|\[\]|\{\}|-?0(?:\.0+)?(?:[eE][+-]?\d+)?)$/.test(json);
