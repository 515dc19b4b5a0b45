import { sql } from "kysely";

/** What may change of a dataset or an experiment; what is undefined stays. Metadata is JSON text. */
export interface DescriptionChanges {
  name?: string | undefined;
  description?: string | null | undefined;
  metadata?: string | undefined;
}

/** The columns that this changes, and when that was. */
export const changedColumns = ({ name, description, metadata }: DescriptionChanges) => ({
  name,
  description,
  metadata: metadata === undefined ? undefined : sql<never>`${metadata}::json`,
  updated_at: sql<string>`now()`,
});
