import { textTable } from "../table.ts";
import { type Phrase, type Piece, shown } from "./phrase.ts";
import type { Report } from "./report.ts";

/** A report for a terminal. It explains nothing: `--help` does. */
export function asText({ title, subject, table, sections }: Report): string {
  const parts = [
    phraseText(title),
    phraseText(subject),
    ...(table.rows.length > 0
      ? [
          textTable([
            table.columns.map(({ title }) => title.toUpperCase()),
            ...table.rows.map((row) => row.map(phraseText)),
          ]),
        ]
      : []),
    ...sections
      .filter(({ items }) => items.length > 0)
      .map(({ title, items }) => [`${title}:`, ...items.map((item) => `- ${phraseText(item)}`)].join("\n")),
  ];
  return parts.join("\n\n");
}

export function phraseText(phrase: Phrase): string {
  return phrase.map(pieceText).join("");
}

function pieceText(piece: Piece): string {
  if (typeof piece === "string") return piece;
  if ("code" in piece) return piece.code;
  if ("mark" in piece) return ""; // the words say it
  if ("link" in piece) return `${piece.link} (${piece.to})`;
  const line = shown(piece.name);
  return line.includes(" ") ? `"${line}"` : line;
}
