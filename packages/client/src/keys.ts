import { type Api, bodyOf, type CallOptions, dataOf } from "./connection.ts";
import { List } from "./list.ts";
import type { Query } from "./operation.ts";
import type { ApiKey, ApiKeyCreate, CreatedApiKey } from "./schemas.ts";

/** Who may call. All of it takes an admin key. */
export function keys(api: Api) {
  return {
    /** Keys, newest first, without their secrets. */
    getSystemApiKeys(query: Query<"getSystemApiKeys"> = {}, options?: CallOptions): List<ApiKey> {
      return new List((next) =>
        bodyOf(api.GET("/v1/system/api_keys", { params: { query: { ...query, ...next } }, ...options })),
      );
    },

    /**
     * Creates a key. Its secret, under `key`, cannot be had again.
     * @throws ApiError `not_found` (404) if one of `dataset_ids` is no dataset.
     */
    createSystemApiKey(key: ApiKeyCreate, options?: CallOptions): Promise<CreatedApiKey> {
      return dataOf(api.POST("/v1/system/api_keys", { body: key, ...options }));
    },

    /**
     * Revokes a key, in every process within five seconds.
     * @throws ApiError `not_found` (404)
     */
    async deleteSystemApiKey(api_key_id: string, options?: CallOptions): Promise<void> {
      await api.DELETE("/v1/system/api_keys/{api_key_id}", { params: { path: { api_key_id } }, ...options });
    },
  };
}
