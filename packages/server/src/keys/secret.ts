/**
 * What a key looks like: `assay_`, 256 random bits as 43 digits of base 62, and a checksum of those as 6 more, in the manner of GitHub's tokens.
 * The prefix lets scanners of leaked secrets find it, the checksum tells it from everything else without asking the database.
 */
import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const form = /^assay_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

export function newSecret(): string {
  const random = base62(BigInt(`0x${randomBytes(32).toString("hex")}`), 43);
  return `assay_${random}${checksum(random)}`;
}

/** Whether a text may be a key: what is not was never made by `newSecret`. */
export function isSecret(text: string): boolean {
  const [, random = "", check] = form.exec(text) ?? [];
  return checksum(random) === check;
}

/** SHA-256. Digests have one length, so that comparing them takes one time whatever is sent. */
export const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

const checksum = (text: string) => base62(BigInt(crc32(text)), 6);

function base62(value: bigint, length: number): string {
  let text = "";
  for (let rest = value; rest > 0n; rest /= 62n) text = digits[Number(rest % 62n)] + text;
  return text.padStart(length, "0");
}
