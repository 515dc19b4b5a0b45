import { type Api, bodyOf, type CallOptions } from "./connection.ts";
import { List } from "./list.ts";
import type { Query } from "./operation.ts";
import type { Span } from "./schemas.ts";

export function spans(api: Api) {
  return {
    /**
     * The spans of a project (its id or name) that fit every filter given, the last stored first. `parent_id: "null"` asks for roots.
     * @throws ApiError `not_found` (404) if there is no such project.
     */
    getSpans(project_identifier: string, query: Query<"getSpans"> = {}, options?: CallOptions): List<Span> {
      return new List((next) =>
        bodyOf(
          api.GET("/v1/projects/{project_identifier}/spans", {
            params: { path: { project_identifier }, query: { ...query, ...next } },
            ...options,
          }),
        ),
      );
    },
  };
}
