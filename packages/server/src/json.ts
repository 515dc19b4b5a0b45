/**
 * JSON text of a value of type `T`. User content travels through the service as this, from the request to the database and back, because
 * parsing it would round its numbers and move its keys.
 */
export class JsonText<T = unknown> {
  readonly text: string;
  /** Never there: it lets the compiler tell texts of different values apart. */
  declare readonly value?: T;
  constructor(text: string) {
    this.text = text;
  }
  /** Serialised inside a larger value it would come out quoted: build the larger value's text instead. */
  toJSON(): never {
    throw new TypeError("JsonText cannot be part of a value that is serialised");
  }
}

/** JSON text of a value of type `T`, in pieces, for what may grow without bound. */
export class JsonStream<T = unknown> {
  readonly chunks: AsyncIterable<string>;
  declare readonly value?: T;
  constructor(chunks: AsyncIterable<string>) {
    this.chunks = chunks;
  }
}

/** Text in pieces. */
export class TextStream {
  readonly chunks: AsyncIterable<string>;
  constructor(chunks: AsyncIterable<string>) {
    this.chunks = chunks;
  }
}

/** `{"data":…}` around a text. */
export function jsonData<T>(data: JsonText<T>): JsonText<{ data: T }> {
  return new JsonText(`{"data":${data.text}}`);
}

/** The texts of rows as they arrive, page by page: those of a JSON array, unless `before`, `separator` and `after` say otherwise. */
export async function* joinRows(
  pages: AsyncIterable<JsonText[]>,
  { before = "[", separator = ",", after = "]" } = {},
): AsyncGenerator<string> {
  let lead = before;
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield lead + page.map((row) => row.text).join(separator);
    lead = separator;
  }
  yield lead === before ? before + after : after;
}
