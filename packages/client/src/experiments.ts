import { type Api, bodyOf, type CallOptions, dataOf, keyHeader, type OnceOptions } from "./connection.ts";
import { Download, JsonDownload } from "./download.ts";
import { List } from "./list.ts";
import type { Query } from "./operation.ts";
import type { Experiment, ExperimentCreate, ExperimentSummary, ExperimentUpdate, ExportedRun } from "./schemas.ts";

export function experiments(api: Api) {
  return {
    /**
     * The experiments over any version of a dataset, newest first; with `tag`, the one that the tag of this name points at or none. With
     * `include: ["summary"]`, each with its `summary`.
     * @throws ApiError `not_found` (404) if there is no such dataset.
     */
    listExperiments(dataset_id: string, query: Query<"listExperiments"> = {}, options?: CallOptions): List<Experiment> {
      return new List((next) =>
        bodyOf(
          api.GET("/v1/datasets/{dataset_id}/experiments", {
            params: { path: { dataset_id }, query: { ...query, ...next } },
            ...options,
          }),
        ),
      );
    },

    /**
     * Creates an experiment over the examples that a version of a dataset has now.
     * @throws ApiError `not_found` (404) if there is no such dataset, version or split.
     */
    createExperiment(
      dataset_id: string,
      experiment: ExperimentCreate,
      { idempotencyKey, ...options }: OnceOptions = {},
    ): Promise<Experiment> {
      return dataOf(
        api.POST("/v1/datasets/{dataset_id}/experiments", {
          params: { path: { dataset_id }, header: keyHeader(idempotencyKey) },
          body: experiment,
          ...options,
        }),
      );
    },

    /**
     * An experiment, with the numbers of its examples and runs; with `include: ["summary"]`, with its `summary`.
     * @throws ApiError `not_found` (404)
     */
    getExperiment(
      experiment_id: string,
      query: Query<"getExperiment"> = {},
      options?: CallOptions,
    ): Promise<Experiment> {
      return dataOf(
        api.GET("/v1/experiments/{experiment_id}", { params: { path: { experiment_id }, query }, ...options }),
      );
    },

    /**
     * What the runs and evaluations of an experiment amount to.
     * @throws ApiError `not_found` (404)
     */
    getExperimentSummary(experiment_id: string, options?: CallOptions): Promise<ExperimentSummary> {
      return dataOf(
        api.GET("/v1/experiments/{experiment_id}/summary", { params: { path: { experiment_id } }, ...options }),
      );
    },

    /**
     * Changes the name, the description or the metadata of an experiment, and leaves alone what is absent. `metadata` is replaced as a whole.
     * @throws ApiError `not_found` (404)
     */
    updateExperiment(experiment_id: string, changes: ExperimentUpdate, options?: CallOptions): Promise<Experiment> {
      return dataOf(
        api.PATCH("/v1/experiments/{experiment_id}", {
          params: { path: { experiment_id } },
          body: changes,
          ...options,
        }),
      );
    },

    /**
     * Deletes an experiment with its runs and their evaluations; with `delete_project`, also the spans of its task.
     * @throws ApiError `not_found` (404)
     */
    async deleteExperiment(
      experiment_id: string,
      query: Query<"deleteExperiment"> = {},
      options?: CallOptions,
    ): Promise<void> {
      await api.DELETE("/v1/experiments/{experiment_id}", { params: { path: { experiment_id }, query }, ...options });
    },

    /**
     * Every run with its example and its evaluations, ordered by example and repetition.
     * Reading throws ApiError `experiment_has_no_runs` or `not_found` (both 404).
     */
    getExperimentJSON(experiment_id: string, options?: CallOptions): JsonDownload<ExportedRun[]> {
      return new JsonDownload(() =>
        bodyOf(
          api.GET("/v1/experiments/{experiment_id}/json", {
            params: { path: { experiment_id } },
            parseAs: "stream",
            ...options,
          }),
        ),
      );
    },

    /**
     * The same as JSONL: a line for each run.
     * Reading throws ApiError `experiment_has_no_runs` or `not_found` (both 404).
     */
    getExperimentJSONL(experiment_id: string, options?: CallOptions): Download {
      return new Download(() =>
        bodyOf(
          api.GET("/v1/experiments/{experiment_id}/jsonl", {
            params: { path: { experiment_id } },
            parseAs: "stream",
            ...options,
          }),
        ),
      );
    },

    /**
     * The same as CSV with a header line, and nine columns for each evaluation name (`annotation_{name}_score` …). With `spreadsheet`, cells
     * that look like formulas are made harmless.
     * Reading throws ApiError `experiment_has_no_runs` or `not_found` (both 404).
     */
    getExperimentCSV(experiment_id: string, query: Query<"getExperimentCSV"> = {}, options?: CallOptions): Download {
      return new Download(() =>
        bodyOf(
          api.GET("/v1/experiments/{experiment_id}/csv", {
            params: { path: { experiment_id }, query },
            parseAs: "stream",
            ...options,
          }),
        ),
      );
    },
  };
}
