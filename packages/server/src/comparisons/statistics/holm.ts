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
