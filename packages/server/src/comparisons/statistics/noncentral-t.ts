import incompleteBeta from "@stdlib/math-base-special-betainc";
import logBeta from "@stdlib/math-base-special-betaln";
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";

/** Where e^(−λ/2), with which the series begins, is no longer a normal double. */
const largestNoncentrality = 37.62;

/**
 * P(T ≤ t) of the noncentral t distribution with any positive degrees of freedom: Lenth's algorithm AS 243 (1989), to about 1e-11, absolute, with
 * about as many terms as the square of the noncentrality. Beyond one of 37.62, the normal approximation of Abramowitz & Stegun (26.7.10): off by
 * up to 0.05 where t is near it, but all that `power` asks for there has a t of a fraction of it, and is 0 or 1.
 */
export function noncentralTCdf(t: number, degrees: number, noncentrality: number): number {
  if (t < 0) return 1 - noncentralTCdf(-t, degrees, -noncentrality);
  if (Math.abs(noncentrality) > largestNoncentrality) {
    const shrink = 1 / (4 * degrees);
    return normalCdf((t * (1 - shrink) - noncentrality) / Math.sqrt(1 + 2 * t ** 2 * shrink), 0, 1);
  }
  return Math.min(1, normalCdf(-noncentrality, 0, 1) + between0And(t, degrees, noncentrality));
}

/** P(0 < T ≤ t): incomplete beta functions of a = ½, 1½ … and 1, 2 …, weighted as by Poisson, each got from the one before. */
function between0And(t: number, degrees: number, noncentrality: number): number {
  const x = 1 / (1 + degrees / t ** 2);
  if (x === 0) return 0;
  const lambda = noncentrality ** 2;
  const b = degrees / 2;
  const logPower = -b * Math.log1p(t ** 2 / degrees); // of (1 − x)^b
  let oddWeight = Math.exp(-lambda / 2) / 2;
  let evenWeight = Math.sqrt(2 / Math.PI) * oddWeight * noncentrality;
  let unused = 0.5 - oddWeight; // the weight of what is still to come
  let oddBeta = incompleteBeta(x, 0.5, b, true, false);
  let oddTerm = 2 * Math.exp(logPower + Math.log(x) / 2 - logBeta(0.5, b));
  let evenBeta = -Math.expm1(logPower);
  let evenTerm = b * x * Math.exp(logPower);
  let total = oddWeight * oddBeta + evenWeight * evenBeta;
  for (let a = 1.5; 2 * unused * (oddBeta - oddTerm) > 1e-15; a++) {
    oddBeta -= oddTerm;
    evenBeta -= evenTerm;
    oddTerm *= (x * (a + b - 1)) / a;
    evenTerm *= (x * (a + b - 0.5)) / (a + 0.5);
    oddWeight *= lambda / (2 * a - 1);
    evenWeight *= lambda / (2 * a);
    unused -= oddWeight;
    total += oddWeight * oddBeta + evenWeight * evenBeta;
  }
  return total;
}
