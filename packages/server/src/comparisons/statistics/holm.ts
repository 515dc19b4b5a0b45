/**
 * p-values adjusted for being one of several: an adjusted p below 0.05 wherever that is asked leaves a chance of at most 5 % to be wrong
 * anywhere in the family (Holm 1979). What has no p-value (null) was not tested, and does not count as one of the family.
 */
export function adjustByHolm(pValues: readonly (number | null)[]): (number | null)[] {
  const tested = pValues.flatMap((p, index) => (p === null ? [] : [{ p, index }])).sort((a, b) => a.p - b.p);
  const adjusted = pValues.map((): number | null => null);
  let largest = 0;
  for (const [rank, { p, index }] of tested.entries()) {
    largest = Math.max(largest, Math.min(1, (tested.length - rank) * p));
    adjusted[index] = largest;
  }
  return adjusted;
}

/** The level at which the intervals of so many metrics hold all of their true values with 95 %: 1 − 0.05 / k (Bonferroni 1936). */
export function familyLevel(metrics: number): number {
  return 1 - 0.05 / metrics;
}
