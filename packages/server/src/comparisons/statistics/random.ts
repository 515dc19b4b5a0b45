import { createHash } from "node:crypto";

/**
 * Random 32-bit words, the same ones for the same ids in any order: xoshiro128** (Blackman & Vigna, 2021), its state the SHA-256 of the ids.
 * Not for secrets.
 */
export function randomWords(...ids: string[]): () => number {
  const digest = createHash("sha256").update(JSON.stringify(ids.toSorted())).digest();
  return xoshiro([0, 4, 8, 12].map((offset) => digest.readUInt32LE(offset)));
}

/** xoshiro128** from a state of four 32-bit words that are not all zero. */
export function xoshiro([first = 0, second = 0, third = 0, fourth = 0]: readonly number[]): () => number {
  let [a, b, c, d] = [first, second, third, fourth];
  return () => {
    const word = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return word;
  };
}

const rotateLeft = (word: number, bits: number) => (word << bits) | (word >>> (32 - bits));
