/** A document that may be large. Nothing is asked for until it is read, and every reading asks anew. */
export class Download {
  readonly #open: () => Promise<ReadableStream<Uint8Array>>;

  constructor(open: () => Promise<ReadableStream<Uint8Array>>) {
    this.#open = open;
  }

  /** The bytes as they arrive, UTF-8. */
  stream(): Promise<ReadableStream<Uint8Array>> {
    return this.#open();
  }

  /** The whole document, exactly as the service wrote it. */
  async text(): Promise<string> {
    return new Response(await this.#open()).text();
  }
}

/** A download of JSON. */
export class JsonDownload<Body> extends Download {
  /** The whole document, parsed. */
  async json(): Promise<Body> {
    return JSON.parse(await this.text());
  }
}
