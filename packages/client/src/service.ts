import { type Api, bodyOf, type CallOptions } from "./connection.ts";
import type { JsonObject } from "./schemas.ts";

export function service(api: Api) {
  return {
    /** `OK`, as long as the process can answer. */
    getHealth(options?: CallOptions): Promise<string> {
      return bodyOf(api.GET("/healthz", { parseAs: "text", ...options }));
    },

    /**
     * `{}` if the service can serve.
     * @throws ApiError `unavailable` (503) if the database does not answer or the service is stopping.
     */
    getReadiness(options?: CallOptions): Promise<JsonObject> {
      return bodyOf(api.GET("/readyz", { ...options }));
    },

    /** The version of Phoenix whose REST API the service speaks. */
    getServerVersion(options?: CallOptions): Promise<string> {
      return bodyOf(api.GET("/arize_phoenix_version", { parseAs: "text", ...options }));
    },

    /** The contract of the service, as an OpenAPI 3.1 document. */
    getOpenAPI(options?: CallOptions): Promise<JsonObject> {
      return bodyOf(api.GET("/openapi.json", { ...options }));
    },
  };
}
