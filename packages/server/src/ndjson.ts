const lineFeed = 0x0a;
const isBlank = (line: Uint8Array) => line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);

/**
 * The lines of a body as they arrive; blank ones are left out, and the last needs no end. Of one that is longer than `limit` bytes nothing is
 * kept, and undefined comes in its place.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Uint8Array | undefined> {
  let begun: Uint8Array[] = [];
  let length = 0;
  const keep = (piece: Uint8Array) => {
    length += piece.length;
    if (length > limit) begun = [];
    else if (piece.length > 0) begun.push(piece);
  };
  const finish = () => {
    const line = length > limit ? undefined : begun.length === 1 ? begun[0] : Buffer.concat(begun);
    begun = [];
    length = 0;
    return line;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      keep(chunk.subarray(start, end));
      start = end + 1;
      const line = finish();
      if (!line || !isBlank(line)) yield line;
    }
    keep(chunk.subarray(start));
  }
  const last = finish();
  if (!last || !isBlank(last)) yield last;
}
