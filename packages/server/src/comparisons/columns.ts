/** Columns of numbers. They are in memory that threads share: it costs nothing to hand them from one to another, however often. */

export const newDoubles = (length: number) => new Float64Array(new SharedArrayBuffer(8 * length));
export const newIntegers = (length: number) => new Int32Array(new SharedArrayBuffer(4 * length));

/**
 * The `float8` values whose bytes these are, as Postgres sends them: the highest byte first, which the processors that Node runs on have last. They are
 * turned around where they are, so that the bytes are of no more use.
 */
export function doublesIn({ buffer }: Uint8Array): Float64Array {
  Buffer.from(buffer).swap64();
  return new Float64Array(buffer);
}
