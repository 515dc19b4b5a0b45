import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { type Interval, interval, noInterval } from "./answer.ts";

/** The z beyond which, on either side together, a share of `alpha` of the normal distribution lies. */
export function normalCritical(alpha: number): number {
  return -normalQuantile(alpha / 2, 0, 1);
}

/** The interval of the share of passes (Wilson 1927, without correction for continuity), also where all pass or none does. */
export function wilsonInterval(passes: number, count: number, level: number): Interval {
  if (count < 2) return noInterval(count === 0 ? "no_values" : "too_few");
  const z = normalCritical(1 - level);
  const failures = count - passes;
  const spread = z * Math.sqrt((passes * failures) / count + z ** 2 / 4);
  const center = passes + z ** 2 / 2;
  // Where all are equal the end is exactly 0 or 1, which rounding would miss.
  return interval(
    passes === 0 ? 0 : (center - spread) / (count + z ** 2),
    failures === 0 ? 1 : (center + spread) / (count + z ** 2),
  );
}
