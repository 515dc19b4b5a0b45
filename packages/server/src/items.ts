import { utf8Decoder } from "./body.ts";
import { planOf, readItem } from "./content.ts";
import { type Document, itemsOf, type Operation } from "./contract.ts";
import { readLines } from "./ndjson.ts";
import { invalid, orProblem, Problem, problem } from "./problem.ts";
import type { Check } from "./validation.ts";

/**
 * One of the many that a body brings: its value, checked against the contract, or why it is refused. `bytes` is what it keeps in memory, where
 * that is not the body as a whole: the line that its content was sliced from.
 */
export type Item<Value> = { pointer: string; bytes?: number } & ({ value: Value } | { problem: Problem });

/** The items of a body, which may still be arriving: they are read once, in order, and a line is taken from the client when it is asked for. */
export class Items<Value> implements AsyncIterable<Item<Value>> {
  readonly #read: (limit: "file" | "body") => AsyncIterable<Item<Value>>;

  /** `read` is told how large the body may be: as a file that is read as it arrives, or as a body that is in memory. */
  constructor(read: (limit: "file" | "body") => AsyncIterable<Item<Value>>) {
    this.#read = read;
  }

  [Symbol.asyncIterator](): AsyncIterator<Item<Value>> {
    return this.#read("file")[Symbol.asyncIterator]();
  }

  /** The same for who will have all of them in memory: the body may be no larger than one of JSON. */
  inMemory(): AsyncIterable<Item<Value>> {
    return this.#read("body");
  }
}

/** Reads the items of an operation's bodies, of either form. */
export interface ItemReader {
  /** From a body in lines. A line may have `limit` bytes. */
  lines: (chunks: AsyncIterable<Buffer>, limit: number) => AsyncIterable<Item<unknown>>;
  /** From a JSON body, of which only the list as such has been checked. */
  list: (body: Record<string, unknown[]>) => AsyncIterable<Item<unknown>>;
}

export function itemReaderOf(document: Document, operation: Operation, check: Check): ItemReader | undefined {
  const items = itemsOf(document, operation);
  if (!items) return undefined;
  const { schema, property, lines } = items;
  const plan = planOf(document, lines.schema);
  const checked = (pointer: string, value: unknown): Item<unknown> => {
    const [field] = check(schema, value);
    if (field === undefined) return { pointer, value };
    const at = `${pointer}${field.pointer}`;
    return { pointer, problem: invalid(at, `${at} ${field.detail}`, field.code) };
  };
  return {
    async *lines(chunks, limit) {
      const decode = utf8Decoder("item");
      let index = 0;
      for await (const line of readLines(chunks, limit)) {
        const pointer = `/body/${index}`;
        const item = orProblem((): Item<unknown> => {
          if (!line) throw problem("body_too_large", `A line may have ${limit} bytes at most.`);
          return { ...checked(pointer, readItem(decode(line), plan, index)), bytes: line.length };
        });
        yield item instanceof Problem ? { pointer, problem: item } : item;
        index++;
      }
    },
    async *list(body) {
      for (const [index, value] of (body[property] ?? []).entries()) yield checked(`/body/${property}/${index}`, value);
    },
  };
}
