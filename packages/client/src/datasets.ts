import { type Api, bodyOf, type CallOptions, dataOf, keyHeader, type OnceOptions } from "./connection.ts";
import { List } from "./list.ts";
import type { Query } from "./operation.ts";
import type { Dataset, DatasetUpdate, DatasetUpload, DatasetUploadForm, DatasetUploadResult } from "./schemas.ts";

export function datasets(api: Api) {
  return {
    /** Datasets, newest first; with `name`, the one of exactly that name, or else the one that has it for an id, or none. */
    listDatasets(query: Query<"listDatasets"> = {}, options?: CallOptions): List<Dataset> {
      return new List((next) =>
        bodyOf(api.GET("/v1/datasets", { params: { query: { ...query, ...next } }, ...options })),
      );
    },

    /**
     * Creates a dataset, appends to one, or makes one equal to the upload (`action`). `inputs`, `outputs`, `metadata`, `splits` and
     * `example_ids` go by position. Always asks with `sync`: without it, the service does the same and says nothing of it.
     *
     * With a `file` in place of `inputs`, uploads that: a CSV, JSON Lines or Arrow file, which its `type` tells. It is read as it is sent, so it
     * may be larger than memory: Node's `openAsBlob` makes a Blob of a file on disk.
     *
     *     const file = await openAsBlob("questions.csv", { type: "text/csv" });
     *     await client.datasets.uploadDataset({ name: "questions", "input_keys[]": ["question"], file });
     * @throws ApiError `dataset_exists` (409) if `action` is `create` and the name is taken.
     */
    uploadDataset(
      upload: DatasetUpload | DatasetUploadForm,
      { idempotencyKey, ...options }: OnceOptions = {},
    ): Promise<DatasetUploadResult> {
      const form = "file" in upload && { bodySerializer: () => formDataOf(upload) };
      const params = { query: { sync: true }, header: keyHeader(idempotencyKey) };
      return dataOf(api.POST("/v1/datasets/upload", { params, body: upload, ...form, ...options }));
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

/** The file goes last: the service reads it as it arrives, by the fields that are there by then. */
function formDataOf({ file, ...fields }: DatasetUploadForm): FormData {
  const form = new FormData();
  for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) form.append(name, value);
  form.append("file", file);
  return form;
}
