import type { Contract } from "@assay/server";

/** Statuses that the laws show for every operation at once, and failures of the service, which no request should bring about. */
const bySomeLaw = /^(401|403|413|415|429|default)$/;

/** Which operations and which (operation, status) pairs of the contract were seen. `seen` has a line `operationId status` for each. */
export function coverageOf(document: Contract["document"], seen: string[]): { summary: string; missing: string[] } {
  const wasSeen = new Set(seen);
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  const pairs = operations.flatMap(({ operationId, responses }) =>
    Object.keys(responses)
      .filter((status) => !bySomeLaw.test(status))
      .map((status) => `${operationId} ${status}`),
  );
  const missing = pairs.filter((pair) => !wasSeen.has(pair));
  const untouched = operations.filter(({ operationId }) => !seen.some((pair) => pair.startsWith(`${operationId} `)));
  const summary =
    `\nContract: ${operations.length - untouched.length} of ${operations.length} operations exercised, ` +
    `${pairs.length - missing.length} of ${pairs.length} (operation, status) pairs.`;
  return { summary, missing };
}
