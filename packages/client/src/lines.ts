const lineBreak = "\n";
/** A piece that is sent has about so many characters. */
const pieceCharacters = 64 * 1024;

/**
 * What `openapi-fetch` needs to send items as lines of JSON (NDJSON). Where the runtime sends streams, which browsers do not over HTTP/1.1, they
 * are made and sent as the service takes them; elsewhere all are in memory first.
 */
export async function asLines<Body>(items: Iterable<unknown> | AsyncIterable<unknown>) {
  const isBrowser = "window" in globalThis || "WorkerGlobalScope" in globalThis;
  const sent = isBrowser ? await new Response(streamOf(items)).arrayBuffer() : streamOf(items);
  return {
    headers: { "content-type": "application/x-ndjson" },
    body: {} as Body, // lines have no type in the contract's types; the serializer sends them in its place
    bodySerializer: () => sent,
    duplex: "half" as const,
  };
}

function streamOf(items: Iterable<unknown> | AsyncIterable<unknown>): ReadableStream<Uint8Array> {
  const pieces = piecesOf(items);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => void (await pieces.return()),
  });
}

async function* piecesOf(
  items: Iterable<unknown> | AsyncIterable<unknown>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  let piece = "";
  for await (const item of items) {
    piece += JSON.stringify(item) + lineBreak;
    if (piece.length < pieceCharacters) continue;
    yield encoder.encode(piece);
    piece = "";
  }
  if (piece !== "") yield encoder.encode(piece);
}
