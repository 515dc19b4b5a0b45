import { type Api, bodyOf, type CallOptions, dataOf } from "./connection.ts";
import { asLines } from "./lines.ts";
import { List } from "./list.ts";
import type { Query } from "./operation.ts";
import type {
  ExperimentRun,
  ExperimentRunBatch,
  ExperimentRunCreate,
  ExperimentRunWithEvaluations,
  IncompleteRun,
  RecordedRun,
} from "./schemas.ts";

type TokenCount = "prompt_token_count" | "completion_token_count";

export function runs(api: Api) {
  return {
    /**
     * The runs of an experiment that fit every filter given, newest first; none if there is no such experiment. With
     * `include: ["evaluations", "token_counts"]` each has its `evaluations` and the tokens of its trace. Without `limit` they come as one page:
     * set one to read very many without holding them all.
     */
    listExperimentRuns(
      experiment_id: string,
      query: Query<"listExperimentRuns"> = {},
      options?: CallOptions,
    ): List<ExperimentRun> {
      return new List((next) =>
        bodyOf(
          api.GET("/v1/experiments/{experiment_id}/runs", {
            params: { path: { experiment_id }, query: { ...query, ...next } },
            ...options,
          }),
        ),
      );
    },

    /**
     * A run of an experiment, with the tokens of its trace; with `include: ["evaluations"]`, it has its `evaluations`.
     * @throws ApiError `not_found` (404)
     */
    getExperimentRun(
      experiment_id: string,
      run_id: string,
      query: Query<"getExperimentRun"> = {},
      options?: CallOptions,
    ): Promise<ExperimentRun & Required<Pick<ExperimentRun, TokenCount>>> {
      return dataOf(
        api.GET("/v1/experiments/{experiment_id}/runs/{run_id}", {
          params: { path: { experiment_id, run_id }, query },
          ...options,
        }),
      );
    },

    /**
     * Records what the task made of an example (its `node_id`). Recorded again, a failed run is replaced and keeps its id.
     * @throws ApiError `run_exists` (409) if that repetition has succeeded, `not_found` (404) if the experiment lacks the example.
     */
    createExperimentRun(
      experiment_id: string,
      run: ExperimentRunCreate,
      options?: CallOptions,
    ): Promise<{ id: string }> {
      return dataOf(
        api.POST("/v1/experiments/{experiment_id}/runs", {
          params: { path: { experiment_id } },
          body: run,
          ...options,
        }),
      );
    },

    /**
     * Records runs with their evaluations, at most 100,000, and gives what became of each, in order; one that is `rejected` throws nothing. From
     * Node the runs are sent as they are iterated over, so they need not fit into memory. Sent again, the same runs change nothing.
     * @throws ApiError `not_found` (404); with `atomic`, `run_exists` (409) or `invalid_request` (422) if a run is rejected, and none is recorded.
     */
    async createExperimentRuns(
      experiment_id: string,
      runs: Iterable<ExperimentRunWithEvaluations> | AsyncIterable<ExperimentRunWithEvaluations>,
      query: Query<"createExperimentRuns"> = {},
      options?: CallOptions,
    ): Promise<RecordedRun[]> {
      return dataOf(
        api.POST("/v1/experiments/{experiment_id}/runs/batch", {
          params: { path: { experiment_id }, query },
          ...(await asLines<ExperimentRunBatch>(runs)),
          ...options,
        }),
      );
    },

    /**
     * The examples that have fewer successful runs than the experiment has repetitions, with the repetitions to run (again).
     * @throws ApiError `not_found` (404)
     */
    getIncompleteExperimentRuns(
      experiment_id: string,
      query: Query<"getIncompleteExperimentRuns"> = {},
      options?: CallOptions,
    ): List<IncompleteRun> {
      return new List((next) =>
        bodyOf(
          api.GET("/v1/experiments/{experiment_id}/incomplete-runs", {
            params: { path: { experiment_id }, query: { ...query, ...next } },
            ...options,
          }),
        ),
      );
    },
  };
}
