/** What stands before a verdict. */
export type Mark = "pass" | "fail" | "undecided";

/** A piece of a sentence: words of ours, a name of the user's, something to type, a link, or a mark. */
export type Piece = string | { name: string } | { code: string } | { link: string; to: string } | { mark: Mark };
export type Phrase = readonly Piece[];

/** A sentence of pieces: `` phrase`${name("f1")} is better.` ``. Each way of writing it down escapes what it has to. */
export function phrase(words: TemplateStringsArray, ...values: (Piece | Phrase)[]): Phrase {
  return words.flatMap((text, at): Phrase => {
    const value = values[at] ?? "";
    return typeof value !== "string" && "length" in value ? [text, ...value] : [text, value];
  });
}

export const name = (name: string): Piece => ({ name });
export const code = (code: string): Piece => ({ code });

/** "a", "a and b", "a, b and c"; of more than three, the first two and how many more. */
export function list(names: readonly string[]): Phrase {
  const shown: Piece[] = names.length > 3 ? names.slice(0, 2).map(name) : names.map(name);
  if (names.length > 3) shown.push(`${names.length - 2} more`);
  return shown.flatMap((each, at) => [at === 0 ? "" : at === shown.length - 1 ? " and " : ", ", each]);
}

/** What a name shows on one line: without control characters and what turns the direction of text, and not too long. */
export function shown(name: string): string {
  const line = name.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Z}]+/gu, " ").trim();
  const characters = [...line];
  return characters.length > 80 ? `${characters.slice(0, 79).join("")}…` : line || "(blank)";
}
