import { type Api, bodyOf, type CallOptions, dataOf, keyHeader, type OnceOptions } from "./connection.ts";
import { List } from "./list.ts";
import type { Query } from "./operation.ts";
import type { DatasetSplit, DatasetSplitCreate, DatasetSplitUpdate } from "./schemas.ts";

/** A `dataset_identifier` is a dataset's id or its name. `example_count` is of that dataset's examples. */
export function splits(api: Api) {
  return {
    /**
     * The splits that examples of the dataset are in now, newest first.
     * @throws ApiError `not_found` (404) if there is no such dataset.
     */
    listDatasetSplits(
      dataset_identifier: string,
      query: Query<"listDatasetSplits"> = {},
      options?: CallOptions,
    ): List<DatasetSplit> {
      return new List((next) =>
        bodyOf(
          api.GET("/v1/datasets/{dataset_identifier}/splits", {
            params: { path: { dataset_identifier }, query: { ...query, ...next } },
            ...options,
          }),
        ),
      );
    },

    /**
     * Creates a split, with examples of the dataset in it if `example_ids` names any (by `node_id`).
     * @throws ApiError `split_exists` (409) if the name is taken, `not_found` (404) if there is no such dataset or it lacks an example.
     */
    createDatasetSplit(
      dataset_identifier: string,
      split: DatasetSplitCreate,
      { idempotencyKey, ...options }: OnceOptions = {},
    ): Promise<DatasetSplit> {
      return dataOf(
        api.POST("/v1/datasets/{dataset_identifier}/splits", {
          params: { path: { dataset_identifier }, header: keyHeader(idempotencyKey) },
          body: split,
          ...options,
        }),
      );
    },

    /**
     * A split, whether examples of the dataset are in it or not.
     * @throws ApiError `not_found` (404)
     */
    getDatasetSplit(dataset_identifier: string, split_id: string, options?: CallOptions): Promise<DatasetSplit> {
      return dataOf(
        api.GET("/v1/datasets/{dataset_identifier}/splits/{split_id}", {
          params: { path: { dataset_identifier, split_id } },
          ...options,
        }),
      );
    },

    /**
     * Changes a split itself, for all datasets, and which examples of this dataset are in it. To take out counts more than to add.
     * @throws ApiError `split_exists` (409) if the name is taken, `not_found` (404) if there is no such dataset or split, or the dataset lacks
     * an example.
     */
    updateDatasetSplit(
      dataset_identifier: string,
      split_id: string,
      changes: DatasetSplitUpdate,
      options?: CallOptions,
    ): Promise<DatasetSplit> {
      return dataOf(
        api.PATCH("/v1/datasets/{dataset_identifier}/splits/{split_id}", {
          params: { path: { dataset_identifier, split_id } },
          body: changes,
          ...options,
        }),
      );
    },

    /**
     * Deletes a split, also from all other datasets. The examples stay.
     * @throws ApiError `not_found` (404)
     */
    async deleteDatasetSplit(dataset_identifier: string, split_id: string, options?: CallOptions): Promise<void> {
      await api.DELETE("/v1/datasets/{dataset_identifier}/splits/{split_id}", {
        params: { path: { dataset_identifier, split_id } },
        ...options,
      });
    },
  };
}
