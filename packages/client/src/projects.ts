import { type Api, bodyOf, type CallOptions, dataOf } from "./connection.ts";
import { List } from "./list.ts";
import type { Query } from "./operation.ts";
import type { Project } from "./schemas.ts";

export function projects(api: Api) {
  return {
    /** Projects, newest first; those of experiments only with `include_experiment_projects`. */
    getProjects(query: Query<"getProjects"> = {}, options?: CallOptions): List<Project> {
      return new List((next) =>
        bodyOf(api.GET("/v1/projects", { params: { query: { ...query, ...next } }, ...options })),
      );
    },

    /**
     * A project by its id or its name.
     * @throws ApiError `not_found` (404)
     */
    getProject(project_identifier: string, options?: CallOptions): Promise<Project> {
      return dataOf(
        api.GET("/v1/projects/{project_identifier}", { params: { path: { project_identifier } }, ...options }),
      );
    },

    /**
     * Deletes a project, by its id or its name, and its spans.
     * @throws ApiError `default_project` (403) if it is the one of this name, `not_found` (404)
     */
    async deleteProject(project_identifier: string, options?: CallOptions): Promise<void> {
      await api.DELETE("/v1/projects/{project_identifier}", { params: { path: { project_identifier } }, ...options });
    },
  };
}
