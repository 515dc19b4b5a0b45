import { type Api, bodyOf, type CallOptions, dataOf, keyHeader, type OnceOptions } from "./connection.ts";
import { Download } from "./download.ts";
import { List } from "./list.ts";
import type { Query } from "./operation.ts";
import type {
  DatasetExample,
  DatasetExampleCreate,
  DatasetExamples,
  DatasetExampleUpdate,
  DatasetExampleVersion,
} from "./schemas.ts";

type ExamplesQuery = Query<"getDatasetExamples">;

export function examples(api: Api) {
  /**
   * Every example of a version of a dataset, the latest if `version_id` is absent; with `split`, those that are in any of the splits
   * (names or ids) now. All come at once, in the order of their `node_id`s, oldest first.
   * @throws ApiError `not_found` (404) if there is no such dataset, version or split.
   */
  function getDatasetExamples(
    dataset_id: string,
    query?: ExamplesQuery & { limit?: never },
    options?: CallOptions,
  ): Promise<DatasetExamples>;
  /**
   * The same as a `List`, with pages of `limit` examples. All are of one version, whatever is uploaded meanwhile.
   * Reading throws ApiError `not_found` (404) if there is no such dataset, version or split.
   */
  function getDatasetExamples(
    dataset_id: string,
    query: ExamplesQuery & { limit: number },
    options?: CallOptions,
  ): List<DatasetExample>;
  function getDatasetExamples(dataset_id: string, query: ExamplesQuery = {}, options?: CallOptions) {
    const get = (next: { cursor?: string }) =>
      bodyOf(
        api.GET("/v1/datasets/{dataset_id}/examples", {
          params: { path: { dataset_id }, query: { ...query, ...next } },
          ...options,
        }),
      );
    if (query.limit === undefined) return get({}).then(({ data }) => data);
    return new List(async (next) => {
      const { data, next_cursor = null } = await get(next);
      return { data: data.examples, next_cursor };
    });
  }

  return {
    getDatasetExamples,

    /**
     * Adds an example to a dataset, in a version of its own. To add many, upload them with `append`.
     * @throws ApiError `example_exists` (409) if an example of the dataset has the `id`, `not_found` (404)
     */
    createDatasetExample(
      dataset_id: string,
      example: DatasetExampleCreate,
      { idempotencyKey, ...options }: OnceOptions = {},
    ): Promise<DatasetExampleVersion> {
      return dataOf(
        api.POST("/v1/datasets/{dataset_id}/examples", {
          params: { path: { dataset_id }, header: keyHeader(idempotencyKey) },
          body: example,
          ...options,
        }),
      );
    },

    /**
     * An example (by its `node_id`) as it was in a version of its dataset, the latest if `version_id` is absent.
     * @throws ApiError `not_found` (404)
     */
    getDatasetExample(
      dataset_id: string,
      example_id: string,
      query: Query<"getDatasetExample"> = {},
      options?: CallOptions,
    ): Promise<DatasetExampleVersion> {
      return dataOf(
        api.GET("/v1/datasets/{dataset_id}/examples/{example_id}", {
          params: { path: { dataset_id, example_id }, query },
          ...options,
        }),
      );
    },

    /**
     * Replaces the `input`, the `output` or the `metadata` of an example, in a version of its own, and leaves alone what is absent. Content
     * that is there already makes no version.
     * @throws ApiError `not_found` (404)
     */
    updateDatasetExample(
      dataset_id: string,
      example_id: string,
      changes: DatasetExampleUpdate,
      options?: CallOptions,
    ): Promise<DatasetExampleVersion> {
      return dataOf(
        api.PATCH("/v1/datasets/{dataset_id}/examples/{example_id}", {
          params: { path: { dataset_id, example_id } },
          body: changes,
          ...options,
        }),
      );
    },

    /**
     * Deletes an example in a version of its own; earlier versions keep it. Gives the example as it was, with the version that lacks it.
     * @throws ApiError `not_found` (404)
     */
    deleteDatasetExample(
      dataset_id: string,
      example_id: string,
      options?: CallOptions,
    ): Promise<DatasetExampleVersion> {
      return dataOf(
        api.DELETE("/v1/datasets/{dataset_id}/examples/{example_id}", {
          params: { path: { dataset_id, example_id } },
          ...options,
        }),
      );
    },

    /**
     * The examples of a version as CSV, a column for each leaf of their content (`input.question` …). CSV cannot carry all that JSON can:
     * `getDatasetJSONL` has everything. With `spreadsheet`, cells that look like formulas are made harmless.
     * Reading throws ApiError `not_found` (404).
     */
    getDatasetCsv(dataset_id: string, query: Query<"getDatasetCsv"> = {}, options?: CallOptions): Download {
      return new Download(() =>
        bodyOf(
          api.GET("/v1/datasets/{dataset_id}/csv", {
            params: { path: { dataset_id }, query },
            parseAs: "stream",
            ...options,
          }),
        ),
      );
    },

    /**
     * The examples of a version as JSONL, with the splits that they are in now.
     * Reading throws ApiError `not_found` (404).
     */
    getDatasetJSONL(dataset_id: string, query: Query<"getDatasetJSONL"> = {}, options?: CallOptions): Download {
      return new Download(() =>
        bodyOf(
          api.GET("/v1/datasets/{dataset_id}/jsonl", {
            params: { path: { dataset_id }, query },
            parseAs: "stream",
            ...options,
          }),
        ),
      );
    },

    /**
     * The examples of a version as OpenAI's fine-tuning takes them: the `messages` of input and output, and the input's `tools`.
     * Reading throws ApiError `not_found` (404).
     */
    getDatasetJSONLOpenAIFineTuning(
      dataset_id: string,
      query: Query<"getDatasetJSONLOpenAIFineTuning"> = {},
      options?: CallOptions,
    ): Download {
      return new Download(() =>
        bodyOf(
          api.GET("/v1/datasets/{dataset_id}/jsonl/openai_ft", {
            params: { path: { dataset_id }, query },
            parseAs: "stream",
            ...options,
          }),
        ),
      );
    },

    /**
     * The examples of a version as OpenAI's evals take them: the input's `messages`, and in `ideal` what the output's last message says.
     * Reading throws ApiError `not_found` (404).
     */
    getDatasetJSONLOpenAIEvals(
      dataset_id: string,
      query: Query<"getDatasetJSONLOpenAIEvals"> = {},
      options?: CallOptions,
    ): Download {
      return new Download(() =>
        bodyOf(
          api.GET("/v1/datasets/{dataset_id}/jsonl/openai_evals", {
            params: { path: { dataset_id }, query },
            parseAs: "stream",
            ...options,
          }),
        ),
      );
    },
  };
}
