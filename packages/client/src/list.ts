/** One page of a list. `next_cursor` is the `cursor` of the next page; null on the last. */
export interface Page<Row> {
  data: Row[];
  next_cursor: string | null;
}

/**
 * A list, to iterate over or to read by the page. Nothing is asked for until then, and every reading asks anew.
 *
 *     for await (const dataset of client.datasets.listDatasets()) …
 *     const { data, next_cursor } = await client.datasets.listDatasets({ limit: 20 }).page();
 */
export class List<Row> implements AsyncIterable<Row> {
  readonly #get: (next: { cursor?: string }) => Promise<Page<Row>>;

  constructor(get: (next: { cursor?: string }) => Promise<Page<Row>>) {
    this.#get = get;
  }

  /** The page that the query's `cursor` and `limit` name: the first, if there is no `cursor`. */
  page(): Promise<Page<Row>> {
    return this.#get({});
  }

  /** Every row from the query's `cursor` on. The query's `limit` is the size of the pages that they come in. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Row, void, undefined> {
    let page = await this.page();
    yield* page.data;
    while (page.next_cursor !== null) {
      page = await this.#get({ cursor: page.next_cursor });
      yield* page.data;
    }
  }

  /** The rows of the iteration, all in memory. */
  async toArray(): Promise<Row[]> {
    const rows: Row[] = [];
    for await (const row of this) rows.push(row);
    return rows;
  }
}
