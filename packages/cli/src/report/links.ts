import type { ComparedMetric, Comparison } from "@assay/client";
import type { Piece } from "./phrase.ts";

/** Where more is to be read: the API's own answers. */
export interface Links {
  comparison: Piece;
  /** The examples of an evaluation that became worse, the worst first. */
  regressed: (metric: ComparedMetric) => Piece;
}

export function linksTo(url: string, { experiment, baseline, include_changed }: Comparison): Links {
  const path = `${url.replace(/\/+$/, "")}/v1/experiments/${experiment.id}/comparison`;
  const sides = `baseline=${baseline.id}${include_changed ? "&include_changed=true" : ""}`;
  return {
    comparison: { link: "the comparison", to: `${path}?${sides}` },
    regressed: ({ name, optimization_direction }) => {
      const direction = optimization_direction === "MINIMIZE" ? "minimize" : "maximize";
      const query = new URLSearchParams({
        evaluation: name,
        [direction]: name,
        change: "regressed",
        sort: "difference",
      });
      return { link: "the examples that became worse", to: `${path}/examples?${sides}&${query}` };
    },
  };
}

/** The same for others to follow; none if the service is on this machine's own address. */
export function linksToShare(url: string, comparison: Comparison): Links | undefined {
  const { hostname } = new URL(url);
  return /^(.*\.)?localhost$|^127\.|^\[::1\]$/.test(hostname) ? undefined : linksTo(url, comparison);
}
