/** What the threads of `workers.ts` do: each export is a job. Only there are the distribution functions loaded. */
export { compareEvaluations, compareRunMetrics } from "./compare.ts";
export { measureEvaluation, measureRuns, measureTokens } from "./measure.ts";
export { plan } from "./plan.ts";
export { summarize, summarizeTokens } from "./summarize.ts";
export { tabulate } from "./tabulate.ts";
