import { type Api, type CallOptions, dataOf } from "./connection.ts";
import type { Query } from "./operation.ts";
import type { DatasetExamples } from "./schemas.ts";

export function examples(api: Api) {
  return {
    /**
     * Every example of a version of a dataset, the latest if `version_id` is absent; with `split`, those that are in any of the splits
     * (names or ids) now. All come at once, in the order of their `node_id`s, oldest first.
     * @throws ApiError `not_found` (404) if there is no such dataset, version or split.
     */
    getDatasetExamples(
      dataset_id: string,
      query: Query<"getDatasetExamples"> = {},
      options?: CallOptions,
    ): Promise<DatasetExamples> {
      return dataOf(
        api.GET("/v1/datasets/{dataset_id}/examples", { params: { path: { dataset_id }, query }, ...options }),
      );
    },
  };
}
