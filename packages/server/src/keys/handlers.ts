import { pageSize, rowidOfCursor } from "../cursor.ts";
import { inTransaction } from "../db/transaction.ts";
import { jsonPage } from "../db/wire.ts";
import { rowidOf } from "../id.ts";
import { JsonText, jsonData } from "../json.ts";
import type { Handler } from "../operation.ts";
import { invalid, problem } from "../problem.ts";
import { timestamp } from "../timestamp.ts";
import { deleteKey, insertKey, lockDatasetsForKey, readKey, readKeys } from "./queries.ts";
import { digest, newSecret } from "./secret.ts";

export const getSystemApiKeys: Handler<"getSystemApiKeys"> = async ({ query }, { db }) =>
  jsonPage(await readKeys(db, rowidOfCursor("SystemApiKey", query.cursor), pageSize(query.limit)), "SystemApiKey");

export const createSystemApiKey: Handler<"createSystemApiKey"> = async ({ body: { data } }, { db }) => {
  const { name, kind } = data;
  const datasetIds = data.dataset_ids?.map((id) =>
    rowidOf("Dataset", id, { noun: "dataset", pointer: "/body/data/dataset_ids" }),
  );
  if (kind === "admin" && datasetIds)
    throw invalid("/body/data/dataset_ids", "An admin key sees every dataset", "admin");
  const expires_at = data.expires_at == null ? null : timestamp(data.expires_at, "/body/data/expires_at");
  if (expires_at !== null && Date.parse(expires_at) <= Date.now())
    throw invalid("/body/data/expires_at", "/body/data/expires_at must be to come", "future");
  const secret = newSecret();
  const key = await inTransaction(db, async (trx) => {
    const found = new Set(await lockDatasetsForKey(trx, datasetIds ?? []));
    const missing = datasetIds?.findIndex((id) => !found.has(id)) ?? -1;
    if (missing >= 0) throw problem("not_found", `Dataset with ID ${data.dataset_ids?.[missing]} does not exist`);
    const description = data.description ?? null;
    const dataset_ids = datasetIds ? [...new Set(datasetIds)] : null;
    return await readKey(
      trx,
      await insertKey(trx, { name, description, kind, dataset_ids, hash: digest(secret), expires_at }),
    );
  });
  return jsonData(withSecret(key, secret));
};

/** A key as the database wrote it, with its secret, which the database does not know. */
function withSecret<Key>({ text }: JsonText<Key>, secret: string): JsonText<Key & { key: string }> {
  return new JsonText(`${text.slice(0, -1)},"key":"${secret}"}`);
}

export const deleteSystemApiKey: Handler<"deleteSystemApiKey"> = async ({ path }, { db, keys }) => {
  const id = rowidOf("SystemApiKey", path.api_key_id, { noun: "API key", pointer: "/path/api_key_id" });
  const hash = await deleteKey(db, id);
  if (!hash) throw problem("not_found", `SystemApiKey with ID ${path.api_key_id} does not exist`);
  keys.forget(hash);
};
