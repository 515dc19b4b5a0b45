import { type Api, bodyOf, type CallOptions, dataOf, keyHeader, type OnceOptions } from "./connection.ts";
import { List } from "./list.ts";
import type { Query } from "./operation.ts";
import type { DatasetLabel, DatasetLabelCreate, DatasetLabelSet, DatasetLabelUpdate } from "./schemas.ts";

/** A `dataset_identifier` is a dataset's id or its name. */
export function labels(api: Api) {
  return {
    /** All labels, newest first. */
    listDatasetLabels(query: Query<"listDatasetLabels"> = {}, options?: CallOptions): List<DatasetLabel> {
      return new List((next) =>
        bodyOf(api.GET("/v1/dataset_labels", { params: { query: { ...query, ...next } }, ...options })),
      );
    },

    /**
     * Creates a label, which no dataset has yet.
     * @throws ApiError `label_exists` (409) if the name is taken.
     */
    createDatasetLabel(
      label: DatasetLabelCreate,
      { idempotencyKey, ...options }: OnceOptions = {},
    ): Promise<DatasetLabel> {
      const params = { header: keyHeader(idempotencyKey) };
      return dataOf(api.POST("/v1/dataset_labels", { params, body: label, ...options }));
    },

    /**
     * A label by its id.
     * @throws ApiError `not_found` (404)
     */
    getDatasetLabel(label_id: string, options?: CallOptions): Promise<DatasetLabel> {
      return dataOf(api.GET("/v1/dataset_labels/{label_id}", { params: { path: { label_id } }, ...options }));
    },

    /**
     * Changes the name, the color or the description of a label, at least one of them.
     * @throws ApiError `label_exists` (409) if the name is taken, `not_found` (404)
     */
    updateDatasetLabel(label_id: string, changes: DatasetLabelUpdate, options?: CallOptions): Promise<DatasetLabel> {
      return dataOf(
        api.PATCH("/v1/dataset_labels/{label_id}", { params: { path: { label_id } }, body: changes, ...options }),
      );
    },

    /**
     * Deletes a label and takes it off every dataset.
     * @throws ApiError `not_found` (404)
     */
    async deleteDatasetLabel(label_id: string, options?: CallOptions): Promise<void> {
      await api.DELETE("/v1/dataset_labels/{label_id}", { params: { path: { label_id } }, ...options });
    },

    /**
     * All labels of a dataset, newest first.
     * @throws ApiError `not_found` (404)
     */
    listDatasetLabelsForDataset(dataset_identifier: string, options?: CallOptions): Promise<DatasetLabel[]> {
      return dataOf(
        api.GET("/v1/datasets/{dataset_identifier}/labels", { params: { path: { dataset_identifier } }, ...options }),
      );
    },

    /**
     * Gives a dataset exactly these labels, and gives them back.
     * @throws ApiError `not_found` (404) if there is no such dataset or label.
     */
    setDatasetLabelsForDataset(
      dataset_identifier: string,
      labels: DatasetLabelSet,
      options?: CallOptions,
    ): Promise<DatasetLabel[]> {
      return dataOf(
        api.PUT("/v1/datasets/{dataset_identifier}/labels", {
          params: { path: { dataset_identifier } },
          body: labels,
          ...options,
        }),
      );
    },

    /**
     * Puts a label on a dataset, if it is not on it.
     * @throws ApiError `not_found` (404) if there is no such dataset or label.
     */
    addDatasetLabelToDataset(
      dataset_identifier: string,
      label_id: string,
      options?: CallOptions,
    ): Promise<DatasetLabel> {
      return dataOf(
        api.PUT("/v1/datasets/{dataset_identifier}/labels/{label_id}", {
          params: { path: { dataset_identifier, label_id } },
          ...options,
        }),
      );
    },

    /**
     * Takes a label off a dataset. One that is not on it, or does not exist, is no error.
     * @throws ApiError `not_found` (404) if there is no such dataset.
     */
    async removeDatasetLabelFromDataset(
      dataset_identifier: string,
      label_id: string,
      options?: CallOptions,
    ): Promise<void> {
      await api.DELETE("/v1/datasets/{dataset_identifier}/labels/{label_id}", {
        params: { path: { dataset_identifier, label_id } },
        ...options,
      });
    },
  };
}
