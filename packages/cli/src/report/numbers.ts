import type { ComparedMetric } from "@assay/client";

/** A number that a user gave, or a share of one: without the noise of binary fractions. */
export const plain = (value: number): string => signed(String(Number(value.toPrecision(12))));

export const percent = (share: number, decimals = 1): string =>
  new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: decimals }).format(share).replace("%", " %");

/** What shares differ by. */
export function points(share: number): string {
  const count = plain(100 * share);
  return `${count} percentage point${count === "1" ? "" : "s"}`;
}

export const whole = (count: number): string => new Intl.NumberFormat("en").format(count);

/** "1 run", "2 runs". */
export const counted = (count: number, noun: string): string => `${whole(count)} ${noun}${count === 1 ? "" : "s"}`;

/** Writes numbers of a metric with as many decimals as its interval has a use for: two digits of its width. */
export function numberWriter({
  interval,
  baseline,
  experiment,
}: ComparedMetric): (value: number, sign?: boolean) => string {
  const means = [baseline.mean.value, experiment.mean.value].map((mean) => Math.abs(mean ?? 0));
  const largest = Math.max(...means);
  const { low, high } = interval;
  const decimals = low === null || high === null ? 2 - magnitude(largest) : 1 - magnitude(high - low);
  const isReadable = decimals <= 8 && largest < 1e15;
  return (value, sign = false) => {
    if (!isReadable) return signed(`${sign && value > 0 ? "+" : ""}${value.toExponential(2)}`);
    const fixed = new Intl.NumberFormat("en", {
      minimumFractionDigits: Math.max(0, decimals),
      maximumFractionDigits: Math.max(0, decimals),
      signDisplay: sign ? "exceptZero" : "negative", // there is no −0.000
    });
    return signed(fixed.format(value));
  };
}

const magnitude = (value: number): number => (value > 0 ? Math.floor(Math.log10(value)) : 0);

/** With a minus sign in place of the hyphen. */
const signed = (text: string): string => text.replaceAll("-", "−");
