import { type Api, bodyOf, type CallOptions, dataOf } from "./connection.ts";
import { List } from "./list.ts";
import type { Query } from "./operation.ts";
import type { ComparedExample, Comparison, Power } from "./schemas.ts";

export function comparisons(api: Api) {
  return {
    /**
     * Whether an experiment is really better than another, or whether that is noise. It is compared with `baseline`, an experiment's id or a
     * tag's name; by default with the experiment that the tag `baseline` points at.
     * @throws ApiError `not_found` (404) if either is not there, `invalid_request` (422) if the baseline is over another dataset.
     */
    getComparison(
      experiment_id: string,
      query: Query<"getComparison"> = {},
      options?: CallOptions,
    ): Promise<Comparison> {
      return dataOf(
        api.GET("/v1/experiments/{experiment_id}/comparison", {
          params: { path: { experiment_id }, query },
          ...options,
        }),
      );
    },

    /**
     * The examples of an experiment and a baseline, side by side, under one evaluation. With `sort: "difference"` the largest regressions come
     * first.
     * @throws ApiError as `getComparison` does.
     */
    listComparedExamples(
      experiment_id: string,
      query: Query<"listComparedExamples"> = {},
      options?: CallOptions,
    ): List<ComparedExample> {
      return new List((next) =>
        bodyOf(
          api.GET("/v1/experiments/{experiment_id}/comparison/examples", {
            params: { path: { experiment_id }, query: { ...query, ...next } },
            ...options,
          }),
        ),
      );
    },

    /**
     * Which difference a comparison with this experiment could find; with `difference`, how likely it is found, and how many examples and
     * repetitions that takes.
     * @throws ApiError `not_found` (404)
     */
    getPower(experiment_id: string, query: Query<"getPower"> = {}, options?: CallOptions): Promise<Power> {
      return dataOf(
        api.GET("/v1/experiments/{experiment_id}/power", { params: { path: { experiment_id }, query }, ...options }),
      );
    },
  };
}
