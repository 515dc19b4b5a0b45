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

/**
 * JSON text of a value of type `T`, in pieces, for what may grow without bound. It is only made of rows that say what they are, so that the
 * compiler can hold a stream to the contract as it holds a text.
 */
export class JsonStream<T = unknown> {
  readonly chunks: AsyncIterable<string>;
  /** Never there, as in `JsonText`. */
  declare readonly value?: T;

  private constructor(chunks: AsyncIterable<string>) {
    this.chunks = chunks;
  }

  /** An array of rows that arrive page by page; in lines, if the separator ends one. */
  static array<Item>(pages: AsyncIterable<JsonText<Item>[]>, separator: "," | ",\n" = ","): JsonStream<Item[]> {
    return new JsonStream(arrayChunks(pages, separator));
  }

  /** An object that has this value under `key`, after some properties and before others. */
  within<Before extends object, Key extends string, After extends object>(
    before: Before,
    key: Key,
    after: After,
  ): JsonStream<Before & Record<Key, T> & After> {
    const head = JSON.stringify({ ...before, [key]: null }).slice(0, -"null}".length);
    const tail = JSON.stringify({ [key]: null, ...after }).slice(JSON.stringify({ [key]: null }).length - 1);
    return new JsonStream(wrappedChunks(head, this.chunks, tail));
  }
}

/** A piece that is sent has at least so many characters, but for the last. */
const pieceCharacters = 256 * 1024;

async function* arrayChunks(pages: AsyncIterable<JsonText[]>, separator: string): AsyncGenerator<string> {
  const lineBreak = separator.slice(",".length);
  let lead = `[${lineBreak}`;
  let piece = "";
  for await (const page of pages) {
    for (const { text } of page) {
      piece += lead + text;
      lead = separator;
      if (piece.length < pieceCharacters) continue;
      yield piece;
      piece = "";
    }
  }
  yield lead === separator ? `${piece}${lineBreak}]${lineBreak}` : "[]";
}

async function* wrappedChunks(head: string, chunks: AsyncIterable<string>, tail: string): AsyncGenerator<string> {
  let lead = head;
  for await (const chunk of chunks) {
    yield lead + chunk;
    lead = "";
  }
  yield tail;
}

/** A line for each text. */
export function linesOf(texts: JsonText[]): string {
  return texts.map(({ text }) => `${text}\n`).join("");
}

/** Text in pieces. */
export class TextStream {
  readonly chunks: AsyncIterable<string>;
  constructor(chunks: AsyncIterable<string>) {
    this.chunks = chunks;
  }
}

/** JSON text of a value that is not the user's: of theirs, `JSON.stringify` would change what it writes. */
export function jsonOf<T>(value: T): JsonText<T> {
  return new JsonText(JSON.stringify(value));
}

/** One object with the properties of both, which must have some. */
export function jsonJoined<A extends object, B extends object>(a: JsonText<A>, b: JsonText<B>): JsonText<A & B> {
  return new JsonText(`${a.text.slice(0, -1)},${b.text.slice(1)}`);
}

/** An array of texts. */
export function jsonList<Item>(items: JsonText<Item>[]): JsonText<Item[]> {
  return new JsonText(`[${items.map(({ text }) => text).join(",")}]`);
}

/** A page as the contract has it, `{"data":…,"next_cursor":…}`: whoever sends it links to the next one. */
export class JsonPage<Data = unknown> extends JsonText<{ data: Data; next_cursor: string | null }> {
  readonly nextCursor: string | null;
  constructor(data: JsonText<Data>, nextCursor: string | null) {
    super(`{"data":${data.text},"next_cursor":${JSON.stringify(nextCursor)}}`);
    this.nextCursor = nextCursor;
  }
}

type Described<Text> = Text extends JsonText<infer Value> ? Value : Text;

/** An object that has texts, or null, as its properties. */
export function jsonFields<Fields extends Record<string, JsonText | null>>(
  fields: Fields,
): JsonText<{ [Name in keyof Fields]: Described<Fields[Name]> }> {
  const properties = Object.entries(fields).map(([name, json]) => `${JSON.stringify(name)}:${json?.text ?? null}`);
  return new JsonText(`{${properties.join()}}`);
}

/** `{"data":…}` around a text. */
export function jsonData<T>(data: JsonText<T>): JsonText<{ data: T }> {
  return new JsonText(`{"data":${data.text}}`);
}
