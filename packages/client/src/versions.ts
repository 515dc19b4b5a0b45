import { type Api, bodyOf, type CallOptions } from "./connection.ts";
import { List } from "./list.ts";
import type { Query } from "./operation.ts";
import type { DatasetVersion } from "./schemas.ts";

export function versions(api: Api) {
  return {
    /**
     * The versions of a dataset, newest first.
     * @throws ApiError `not_found` (404) if there is no such dataset.
     */
    listDatasetVersionsByDatasetId(
      dataset_id: string,
      query: Query<"listDatasetVersionsByDatasetId"> = {},
      options?: CallOptions,
    ): List<DatasetVersion> {
      return new List((next) =>
        bodyOf(
          api.GET("/v1/datasets/{dataset_id}/versions", {
            params: { path: { dataset_id }, query: { ...query, ...next } },
            ...options,
          }),
        ),
      );
    },
  };
}
