import { type Api, bodyOf, type CallOptions, dataOf } from "./connection.ts";
import { List } from "./list.ts";
import type { Query } from "./operation.ts";
import type { Dataset, DatasetUpdate, DatasetUpload, DatasetUploadResult } from "./schemas.ts";

export function datasets(api: Api) {
  return {
    /** Datasets, newest first; with `name`, the one of exactly that name or none. */
    listDatasets(query: Query<"listDatasets"> = {}, options?: CallOptions): List<Dataset> {
      return new List((next) =>
        bodyOf(api.GET("/v1/datasets", { params: { query: { ...query, ...next } }, ...options })),
      );
    },

    /**
     * Creates a dataset, appends to one, or makes one equal to the upload (`action`). `inputs`, `outputs`, `metadata`, `splits` and
     * `example_ids` go by position. Always asks with `sync`: without it, the service does the same and says nothing of it.
     * @throws ApiError `dataset_exists` (409) if `action` is `create` and the name is taken.
     */
    uploadDataset(upload: DatasetUpload, options?: CallOptions): Promise<DatasetUploadResult> {
      return dataOf(api.POST("/v1/datasets/upload", { params: { query: { sync: true } }, body: upload, ...options }));
    },

    /**
     * A dataset by its id. To find one by name, list with `name`.
     * @throws ApiError `not_found` (404)
     */
    getDataset(dataset_id: string, options?: CallOptions): Promise<Dataset> {
      return dataOf(api.GET("/v1/datasets/{dataset_id}", { params: { path: { dataset_id } }, ...options }));
    },

    /**
     * Changes the name, the description or the metadata of a dataset, and leaves alone what is absent. `metadata` is replaced as a whole.
     * @throws ApiError `dataset_exists` (409) if another dataset has the name, `not_found` (404)
     */
    updateDataset(dataset_id: string, changes: DatasetUpdate, options?: CallOptions): Promise<Dataset> {
      return dataOf(
        api.PATCH("/v1/datasets/{dataset_id}", { params: { path: { dataset_id } }, body: changes, ...options }),
      );
    },

    /**
     * Deletes a dataset with its versions, examples and experiments. Splits are shared by all datasets and stay.
     * @throws ApiError `not_found` (404)
     */
    async deleteDatasetById(dataset_id: string, options?: CallOptions): Promise<void> {
      await api.DELETE("/v1/datasets/{dataset_id}", { params: { path: { dataset_id } }, ...options });
    },
  };
}
