/** A plot of how far each goal is reached: a dot for the median, a line for the range, on a scale on which 1 is the goal. */
const [width, labels, line, top, bottom] = [760, 380, 22, 46, 30];
/** What lies beyond is drawn at the edge. */
const [least, most] = [1 / 8, 32];

const style = `
  text { font: 12px system-ui, sans-serif; fill: #1c1f24; }
  .quiet { fill: #5b6470; }
  .grid { stroke: #dfe3e8; }
  .goal { stroke: #5b6470; stroke-dasharray: 3 3; }
  .met { fill: #13783a; stroke: #13783a; }
  .missed { fill: #b3261e; stroke: #b3261e; }
  .page { fill: #ffffff; }
  @media (prefers-color-scheme: dark) {
    text { fill: #d9dde3; }
    .quiet { fill: #98a2b0; }
    .grid { stroke: #2d333b; }
    .goal { stroke: #98a2b0; }
    .met { fill: #57c785; stroke: #57c785; }
    .missed { fill: #ff8a80; stroke: #ff8a80; }
    .page { fill: #14171b; }
  }`;

export function plotOf({ figures }) {
  const rows = Object.values(figures).flatMap((figure) => figure.rows.filter(({ goal }) => goal));
  const height = top + rows.length * line + bottom;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>How far each goal is reached</title>
<style>${style}
</style>
<rect class="page" width="${width}" height="${height}"/>
<text x="${labels}" y="16" class="quiet">times the goal: right of 1 it is reached, left of 1 it is missed</text>
${[1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16, 32].map((times) => gridLine(times, height - bottom)).join("\n")}
${rows.map((row, index) => mark(row, top + (index + 0.5) * line)).join("\n")}
</svg>
`;
}

function gridLine(times, end) {
  const x = place(times);
  const label = times < 1 ? `1/${1 / times}` : times;
  return `<line class="${times === 1 ? "goal" : "grid"}" x1="${x}" x2="${x}" y1="${top - 6}" y2="${end}"/>
<text class="quiet" x="${x}" y="${top - 12}" text-anchor="middle">${label}</text>`;
}

function mark({ what, reached, met }, y) {
  const kind = met ? "met" : "missed";
  const shape = met
    ? `<circle class="met" cx="${place(reached.median)}" cy="${y}" r="4"/>`
    : `<path class="missed" d="M${place(reached.median) - 4.5},${y - 4.5}l9,9m0,-9l-9,9" stroke-width="2.5"/>`;
  return `<text x="${labels - 14}" y="${y + 4}" text-anchor="end">${escaped(shortened(what.replaceAll("`", "")))}</text>
<line class="${kind}" x1="${place(reached.low)}" x2="${place(reached.high)}" y1="${y}" y2="${y}" stroke-width="1.5"/>${shape}`;
}

/** Where so many times the goal is, from left to right. */
function place(times) {
  const share = Math.log(Math.min(Math.max(times, least), most) / least) / Math.log(most / least);
  return Math.round((labels + share * (width - labels - 24)) * 10) / 10;
}

const shortened = (text) => (text.length > 58 ? `${text.slice(0, 57)}…` : text);
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
