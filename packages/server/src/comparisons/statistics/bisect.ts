/**
 * Where what is false below some point and true above it turns true, between `low` and `high`, to 12 digits of the larger of them. Asks 40 to
 * 50 times.
 */
export function turningPoint(isTrue: (x: number) => boolean, low: number, high: number): number {
  let [below, above] = [low, high];
  const precision = 1e-12 * Math.max(Math.abs(low), Math.abs(high));
  while (above - below > precision) {
    const middle = below + (above - below) / 2;
    if (isTrue(middle)) above = middle;
    else below = middle;
  }
  return above;
}

/** Likewise among the whole numbers from `first` to `last`; undefined if it is false up to `last`. Asks small numbers first. */
export function firstWhole(isTrue: (n: number) => boolean, first: number, last: number): number | undefined {
  let below = first - 1;
  let above = first;
  while (!isTrue(above)) {
    if (above >= last) return undefined;
    below = above;
    above = Math.min(last, 2 * above);
  }
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (isTrue(middle)) above = middle;
    else below = middle;
  }
  return above;
}
