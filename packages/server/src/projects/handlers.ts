import { pageSize, rowidOfCursor } from "../cursor.ts";
import { inTransaction } from "../db/transaction.ts";
import { jsonPage } from "../db/wire.ts";
import { resolveIdentifier } from "../identifier.ts";
import { jsonData } from "../json.ts";
import type { Handler } from "../operation.ts";
import { problem } from "../problem.ts";
import { deleteProjectBy, findProjectBy, readProjectBy, readProjects } from "./queries.ts";

export const getProjects: Handler<"getProjects"> = async ({ query }, { db, scope }) => {
  const filter = {
    ofExperiments: query.include_experiment_projects,
    nameContains: query.name_contains ?? "",
    from: rowidOfCursor("Project", query.cursor),
    within: scope.datasets,
  };
  return jsonPage(await readProjects(db, filter, pageSize(query.limit)), "Project");
};

export const getProject: Handler<"getProject"> = async ({ path }, { db, scope }) => {
  const { json } = await resolveIdentifier("Project", path.project_identifier, (by) =>
    readProjectBy(db, by, scope.datasets),
  );
  return jsonData(json);
};

export const deleteProject: Handler<"deleteProject"> = async ({ path }, { db, scope, sweeper }) => {
  const { id, name } = await resolveIdentifier("Project", path.project_identifier, (by) =>
    findProjectBy(db, by, scope.datasets),
  );
  if (name === "default") throw problem("default_project", "The default project cannot be deleted");
  await inTransaction(db, (trx) => deleteProjectBy(trx, { column: "id", value: id }));
  sweeper.wake();
};
