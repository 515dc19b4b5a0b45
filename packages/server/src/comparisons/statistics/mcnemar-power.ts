import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import binomialPmf from "@stdlib/stats-base-dists-binomial-pmf";

/** The chances that a pair rises, from a failure to a pass, and that it falls. */
export interface PairChances {
  rising: number;
  falling: number;
}

/**
 * Gives the function that says how likely the exact test of McNemar, with a p below `alpha`, is to tell that a share of pairs rises and another
 * one falls: over the number of pairs that differ, then over how many of those rise (Duffy 1984). Per call it sums about 16 √pairs terms of 5 µs:
 * 5 ms for 15,000 pairs, 80 ms for a million. What it finds about `alpha` it keeps for its next call.
 */
export function mcnemarPower(alpha: number): (pairs: number, chances: PairChances) => number {
  const rejected = new Map<number, number>();
  return (pairs, { rising, falling }) => {
    const differing = Math.min(1, rising + falling);
    if (differing === 0) return 0;
    const reach = 8 * Math.sqrt(pairs * differing * (1 - differing)) + 12; // what is further from the mean has a chance below 1e-14
    const first = Math.max(0, Math.floor(pairs * differing - reach));
    const last = Math.min(pairs, Math.ceil(pairs * differing + reach));
    const share = rising / (rising + falling);
    let power = 0;
    for (let count = first, guess: number | undefined; count <= last; count++) {
      const most = rejected.get(count) ?? mostRejected(count, alpha, guess);
      rejected.set(count, most);
      guess = most;
      if (most < 0) continue;
      power +=
        binomialPmf(count, pairs, differing) * (binomialCdf(most, count, share) + binomialCdf(most, count, 1 - share));
    }
    return Math.min(1, power);
  };
}

/** How many of `count` pairs that differ may fall, at most, for the exact test to reject; −1 if none may. */
function mostRejected(count: number, alpha: number, guess = Math.floor(count / 2 - Math.sqrt(count))): number {
  const isRejected = (fell: number) => fell < 0 || 2 * binomialCdf(fell, count, 0.5) < alpha;
  let most = Math.max(-1, guess);
  while (!isRejected(most)) most--;
  while (most + 1 < count / 2 && isRejected(most + 1)) most++;
  return most;
}
