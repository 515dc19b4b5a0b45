import { type Phrase, type Piece, shown } from "./phrase.ts";
import type { Report } from "./report.ts";

const marks = { pass: "✅", fail: "❌", undecided: "⚠️" };

/** A report as a comment on a pull request, in GitHub's Markdown. */
export function asMarkdown({ title, subject, table, sections, explanation }: Report): string {
  const alignments = table.columns.map(({ isNumber }) => (isNumber ? "---:" : "---"));
  const lines = [table.columns.map(({ title }) => title), alignments, ...table.rows.map((row) => row.map(inCell))];
  const parts = [
    `### ${inline(title)}`,
    inline(subject),
    ...(table.rows.length > 0 ? [lines.map((line) => `| ${line.join(" | ")} |`).join("\n")] : []),
    ...sections.filter(({ items }) => items.length > 0).map(sectionOf),
  ];
  if (explanation.length > 0) {
    const sentences = explanation.map(inline).join("\n\n");
    parts.push(`<details>\n<summary>How to read this</summary>\n\n${sentences}\n\n</details>`);
  }
  return parts.join("\n\n");
}

/** GitHub takes 65,536 characters in a comment. */
const mostItems = 20;

function sectionOf({ title, items }: Report["sections"][number]): string {
  const lines = items.slice(0, mostItems).map((item) => `- ${inline(item)}`);
  if (items.length > mostItems) lines.push(`- … and ${items.length - mostItems} more.`);
  return [`**${title}**`, "", ...lines].join("\n");
}

function inline(phrase: Phrase): string {
  return phrase.map(markdownOf).join("");
}

/** A `|` ends a cell, even within a code span. */
function inCell(phrase: Phrase): string {
  return inline(phrase).replaceAll("|", "\\|");
}

/** Names are code spans: in these nothing is markup, and nobody is mentioned. */
function markdownOf(piece: Piece): string {
  if (typeof piece === "string") return piece;
  if ("mark" in piece) return `${marks[piece.mark]} `;
  if ("link" in piece) return `[${piece.link}](${piece.to})`;
  return codeSpan("code" in piece ? piece.code : shown(piece.name));
}

/** CommonMark: fenced by more backticks than are within, and a space where it begins or ends with one. */
function codeSpan(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  const padding = /^`|`$/.test(text) ? " " : "";
  return `${fence}${padding}${text}${padding}${fence}`;
}
