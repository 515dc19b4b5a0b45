import type { Compilable, CompiledQuery, Kysely } from "kysely";
import type { DB } from "../../generated/schema.d.ts";

/** Stands in a query for a value that comes when it is executed. */
class Place {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

function placesFor<Values extends object>(values: Values): Values {
  return Object.fromEntries(Object.keys(values).map((name) => [name, new Place(name)])) as Values; // Kysely takes whatever it does not know as a parameter
}

/**
 * A query that is made once, for one that is made often and is quickly answered: Kysely takes as long to make it as all of Express for a request.
 * `make` may only put its values into the query, as they are: they are places the one time that it is called.
 */
export function keptQuery<Values extends object, Row>(
  make: (db: Kysely<DB>, values: Values) => Compilable<Row>,
): (db: Kysely<DB>, values: Values) => Promise<Row[]> {
  let kept: CompiledQuery<Row> | undefined;
  return async (db, values) => {
    kept ??= make(db, placesFor(values)).compile();
    const given = new Map(Object.entries(values));
    const parameters = kept.parameters.map((value) => (value instanceof Place ? given.get(value.name) : value));
    const query: CompiledQuery<Row> = { ...kept, parameters };
    return (await db.executeQuery(query)).rows;
  };
}
