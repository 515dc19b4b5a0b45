import { type Api, bodyOf, type CallOptions, dataOf } from "./connection.ts";
import { asLines } from "./lines.ts";
import { List } from "./list.ts";
import type { Query } from "./operation.ts";
import type {
  EvaluationBatch,
  EvaluationUpsert,
  ExperimentEvaluation,
  IncompleteEvaluation,
  RecordedEvaluation,
} from "./schemas.ts";

export function evaluations(api: Api) {
  return {
    /**
     * The evaluations of an experiment that fit every filter given, in the order of their runs, oldest first, and of a run in that of their
     * names.
     * @throws ApiError `not_found` (404)
     */
    listExperimentEvaluations(
      experiment_id: string,
      query: Query<"listExperimentEvaluations"> = {},
      options?: CallOptions,
    ): List<ExperimentEvaluation> {
      return new List((next) =>
        bodyOf(
          api.GET("/v1/experiments/{experiment_id}/evaluations", {
            params: { path: { experiment_id }, query: { ...query, ...next } },
            ...options,
          }),
        ),
      );
    },

    /**
     * The successful runs that lack an evaluation without an error under any of the names in `evaluation_name`, with the names they lack.
     * @throws ApiError `bad_request` (400) without a name, `not_found` (404)
     */
    getIncompleteExperimentEvaluations(
      experiment_id: string,
      query: Query<"getIncompleteExperimentEvaluations"> & { evaluation_name: string[] },
      options?: CallOptions,
    ): List<IncompleteEvaluation> {
      return new List((next) =>
        bodyOf(
          api.GET("/v1/experiments/{experiment_id}/incomplete-evaluations", {
            params: { path: { experiment_id }, query: { ...query, ...next } },
            ...options,
          }),
        ),
      );
    },

    /**
     * Records what an evaluator said of a run, or replaces what it said before under the same name. Give `result`, `error` or both.
     * @throws ApiError `not_found` (404) if there is no such run.
     */
    upsertExperimentEvaluation(evaluation: EvaluationUpsert, options?: CallOptions): Promise<{ id: string }> {
      return dataOf(api.POST("/v1/experiment_evaluations", { body: evaluation, ...options }));
    },

    /**
     * Records evaluations of runs of any experiments, at most 100,000, as `createExperimentRuns` records runs.
     * @throws ApiError with `atomic`, `invalid_request` (422) if an evaluation is rejected, and none is recorded.
     */
    async upsertExperimentEvaluations(
      evaluations: Iterable<EvaluationUpsert> | AsyncIterable<EvaluationUpsert>,
      query: Query<"upsertExperimentEvaluations"> = {},
      options?: CallOptions,
    ): Promise<RecordedEvaluation[]> {
      return dataOf(
        api.POST("/v1/experiment_evaluations/batch", {
          params: { query },
          ...(await asLines<EvaluationBatch>(evaluations)),
          ...options,
        }),
      );
    },
  };
}
