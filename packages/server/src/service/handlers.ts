import { sql } from "kysely";
import { JsonText } from "../json.ts";
import type { Handler } from "../operation.ts";
import { problem } from "../problem.ts";

export const getHealth: Handler<"getHealth"> = async () => "OK";

export const getReadiness: Handler<"getReadiness"> = async (_input, { db, accepting }) => {
  if (!accepting()) throw problem("unavailable", "The service is stopping.");
  await sql`select 1`.execute(db).catch(() => {
    throw problem("unavailable", "The database does not answer.");
  });
  return {};
};

export const getServerVersion: Handler<"getServerVersion"> = async (_input, { contract }) =>
  contract.document.info["x-phoenix-version"];

export const getOpenAPI: Handler<"getOpenAPI"> = async (_input, { contract }) => new JsonText(contract.text);
