/** Rows of results as text. */

/** A figure with as many digits as it is worth. */
export function digits(number) {
  if (number >= 100) return Math.round(number).toLocaleString("en");
  return number >= 10 ? number.toFixed(1) : number.toFixed(number < 0.1 ? 3 : 2);
}

const withRange = ({ median, low, high }) => `${digits(median)} (${digits(low)} to ${digits(high)})`;

export function goalOf({ of, least, most }, unit) {
  const bound = least === undefined ? `at most ${digits(most)}` : `at least ${digits(least)}`;
  return of === "ratio" ? `${bound} ×` : `${bound} ${unit}`;
}

/** A row for the terminal. */
export function rowLine({ what, failed, unit, figure, beside, ratio, peer, goal, met }) {
  if (failed) return `  ✗ ${what}: ${failed}`;
  return [
    `  ${goal ? (met ? "✓" : "✗") : "·"} ${what}: ${withRange(figure)} ${unit}`,
    beside && `${withRange(ratio)} × ${beside.what} (${digits(beside.figure.median)})`,
    goal && `goal ${goalOf(goal, unit)}`,
    peer && `peer ${withRange(peer)} ${unit}`,
  ]
    .filter(Boolean)
    .join("; ");
}

export function pageOf() {
  return "";
}
