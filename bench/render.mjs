/** Results as text: rows for the terminal, and the page in the docs. */
/** A figure with as many digits as it is worth. */
export function digits(number) {
  if (number >= 100) return Math.round(number).toLocaleString("en");
  return number >= 10 ? number.toFixed(1) : number.toFixed(number < 0.1 ? 3 : 2);
}

const withRange = ({ median, low, high }) => `${digits(median)} (${digits(low)} to ${digits(high)})`;
const withUnit = (number, unit) => `${digits(number)} ${unit}`;

function goalOf({ of, least, most }, unit) {
  const bound = least === undefined ? `at most ${most}` : `at least ${least}`;
  return of === "ratio" ? `${bound} ×` : `${bound} ${unit}`;
}

/** A row for the terminal. */
export function rowLine({ what, failed, unit, figure, beside, ratio, peer, goal, met }) {
  if (failed) return `  ✗ ${what}: ${failed}`;
  return [
    `  ${goal ? (met ? "✓" : "✗") : "·"} ${what}: ${withRange(figure)} ${unit}`,
    beside && `${withRange(ratio)} × ${beside.what} (${withUnit(beside.figure.median, beside.unit)})`,
    goal && `goal ${goalOf(goal, unit)}`,
    peer && `peer ${withRange(peer)} ${unit}`,
  ]
    .filter(Boolean)
    .join("; ");
}

/** The page in the docs. */
export function pageOf({ machine, figures }) {
  const rows = Object.values(figures).flatMap((figure) => figure.rows);
  const judged = rows.filter(({ goal }) => goal);
  return `# Performance

What the service takes for what people do with it, up to a million runs with three evaluations each in one experiment. Every figure stands beside
something that was measured in the same minutes on the same machine, mostly what Postgres or Node take for the same alone: absolute figures
change with the machine, ratios much less so. Whoever has the repository measures on their own with \`pnpm bench\`; \`bench/README.md\` says how,
what each figure leaves out, and how to put another server of the same API beside it.

| | |
|---|---|
| Machine | ${machine.processor}, ${machine.cores} cores, ${machine.memory}; load generator, service and Postgres share them |
| System | ${machine.system} |
| Versions | Node ${machine.node}, Postgres ${machine.postgres} |

Medians of some rounds, in which everything that is compared is measured in turn; in parentheses the least and the largest of the rounds. ✓ and ✗
say whether the median reaches the goal: ${judged.filter(({ met }) => met).length} of ${judged.length} do.

![How far each goal is reached, as in the tables below](performance.svg)

${Object.values(figures).map(section).join("\n")}`;
}

function section({ title, commit, day, rows }) {
  return `## ${title}

| | median (range) | beside | ratio: median (range) | goal |
|---|---|---|---|---|
${rows.map(tableRow).join("\n")}

Measured on ${day}, at commit \`${commit}\`.
`;
}

function tableRow({ what, failed, unit, figure, beside, ratio, goal, met }) {
  if (failed) return `| ${what} | failed: ${failed.replaceAll(/[|\n]/g, " ")} | | | ✗ |`;
  const cells = [
    what,
    `${withRange(figure)} ${unit}`,
    beside ? `${beside.what}: ${withUnit(beside.figure.median, beside.unit)}` : "",
    beside ? withRange(ratio) : "",
    goal ? `${met ? "✓" : "✗"} ${goalOf(goal, unit)}` : "",
  ];
  return `| ${cells.join(" | ")} |`;
}
