import { type Api, bodyOf, type CallOptions, dataOf, keyHeader, type OnceOptions } from "./connection.ts";
import { List } from "./list.ts";
import type { Query } from "./operation.ts";
import type { AnnotationConfig, AnnotationConfigData } from "./schemas.ts";

export function annotationConfigs(api: Api) {
  return {
    /** What the annotations, or evaluations, of each name mean, newest first. */
    listAnnotationConfigs(query: Query<"listAnnotationConfigs"> = {}, options?: CallOptions): List<AnnotationConfig> {
      return new List((next) =>
        bodyOf(api.GET("/v1/annotation_configs", { params: { query: { ...query, ...next } }, ...options })),
      );
    },

    /**
     * Says what the annotations, or evaluations, of a name mean, and whether a lower or a higher score is better.
     * @throws ApiError `annotation_config_exists` (409) if the name is taken.
     */
    createAnnotationConfig(
      config: AnnotationConfigData,
      { idempotencyKey, ...options }: OnceOptions = {},
    ): Promise<AnnotationConfig> {
      const params = { header: keyHeader(idempotencyKey) };
      return dataOf(api.POST("/v1/annotation_configs", { params, body: config, ...options }));
    },

    /**
     * A config by its id or name.
     * @throws ApiError `not_found` (404)
     */
    getAnnotationConfig(config_identifier: string, options?: CallOptions): Promise<AnnotationConfig> {
      return dataOf(
        api.GET("/v1/annotation_configs/{config_identifier}", { params: { path: { config_identifier } }, ...options }),
      );
    },

    /**
     * Replaces all of a config, its name and type too. Its id stays the same but for the name of the type in it, and the old one stays valid.
     * @throws ApiError `not_found` (404), `annotation_config_exists` (409) if the name is another's.
     */
    updateAnnotationConfig(
      config_identifier: string,
      config: AnnotationConfigData,
      options?: CallOptions,
    ): Promise<AnnotationConfig> {
      return dataOf(
        api.PUT("/v1/annotation_configs/{config_identifier}", {
          params: { path: { config_identifier } },
          body: config,
          ...options,
        }),
      );
    },

    /**
     * Deletes a config and gives what it was. The evaluations of its name stay.
     * @throws ApiError `not_found` (404)
     */
    deleteAnnotationConfig(config_identifier: string, options?: CallOptions): Promise<AnnotationConfig> {
      return dataOf(
        api.DELETE("/v1/annotation_configs/{config_identifier}", {
          params: { path: { config_identifier } },
          ...options,
        }),
      );
    },
  };
}
