import { exitCodes, type Gate } from "../gate/decide.ts";

/** A gate for programs, its fields in the spelling of the API. `comparison` is the API's own, with all figures of each metric. */
export function asJson({ outcome, level, maxMissing, metrics, leftOut, comparison }: Gate): string {
  const decisions = metrics.map(({ name, outcome, finding, allowedDrop, unscored, needed }) => ({
    name,
    outcome,
    finding,
    allowed_drop: allowedDrop,
    unscored_share: unscored,
    examples_needed: needed?.examples ?? null,
    repetitions_needed: needed?.repetitions ?? null,
  }));
  const gate = {
    outcome,
    exit_code: exitCodes[outcome],
    level,
    max_missing: maxMissing,
    metrics: decisions,
    not_gated: leftOut,
    comparison,
  };
  return JSON.stringify(gate, null, 2);
}
