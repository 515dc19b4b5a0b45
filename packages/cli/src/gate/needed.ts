import type { Client, Comparison } from "@assay/client";

/** What it takes to see a drop of the allowed size, four times out of five; null where no number is known to be enough. */
export interface Needed {
  /** As many examples, at the repetitions that there are. */
  examples: number | null;
  /** Or as many repetitions on each side, of the examples that there are. */
  repetitions: number | null;
}

/**
 * Plans for the allowed drop: a comparison that finds it as a difference is one in which a candidate that is as good as the baseline passes, with
 * the same chance. Undefined if that cannot be told; what the gate says does not depend on it.
 */
export async function neededFor(
  client: Client,
  { experiment, baseline }: Comparison,
  { name, allowedDrop, pairs }: { name: string; allowedDrop: number; pairs: number },
): Promise<Needed | undefined> {
  if (allowedDrop === 0) return undefined; // no number of examples shows that there is no difference at all
  try {
    const { evaluations } = await client.comparisons.getPower(experiment.id, {
      baseline: baseline.id,
      evaluation: [name],
      difference: allowedDrop,
      examples: pairs,
      baseline_repetitions: baseline.repetitions,
    });
    const [planned] = evaluations;
    return (
      planned && {
        examples: planned.examples_needed?.value ?? null,
        repetitions: planned.repetitions_needed?.value ?? null,
      }
    );
  } catch {
    return undefined;
  }
}
