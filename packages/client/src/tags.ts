import { type Api, type CallOptions, dataOf } from "./connection.ts";
import type { ExperimentTag, ExperimentTagUpsert } from "./schemas.ts";

export function tags(api: Api) {
  return {
    /**
     * The tags that point at an experiment, in the order of their names. To find the experiment that a tag points at, list experiments
     * with `tag`.
     * @throws ApiError `not_found` (404)
     */
    listExperimentTags(experiment_id: string, options?: CallOptions): Promise<ExperimentTag[]> {
      return dataOf(
        api.GET("/v1/experiments/{experiment_id}/tags", { params: { path: { experiment_id } }, ...options }),
      );
    },

    /**
     * Makes a tag point at an experiment. If it points at another of the dataset's experiments, it moves and keeps its id. Its description
     * is replaced, by nothing if there is none.
     * @throws ApiError `not_found` (404)
     */
    upsertExperimentTag(
      experiment_id: string,
      tag: ExperimentTagUpsert,
      options?: CallOptions,
    ): Promise<ExperimentTag> {
      return dataOf(
        api.POST("/v1/experiments/{experiment_id}/tags", {
          params: { path: { experiment_id } },
          body: tag,
          ...options,
        }),
      );
    },

    /**
     * Takes a tag, by its id or name, from an experiment. If the experiment does not have it, nothing happens.
     * @throws ApiError `not_found` (404) if there is no such experiment.
     */
    async deleteExperimentTag(experiment_id: string, tag_identifier: string, options?: CallOptions): Promise<void> {
      await api.DELETE("/v1/experiments/{experiment_id}/tags/{tag_identifier}", {
        params: { path: { experiment_id, tag_identifier } },
        ...options,
      });
    },
  };
}
