import type pg from "pg";

/** A client of Postgres, made one that sends the statements of a transaction as they are asked for, without waiting for the answers to those before. */
export function pipelining(Client: typeof pg.Client): typeof pg.Client {
  return class extends Client {
    declare pipeline: boolean; // the driver's types know less of it

    // biome-ignore lint/suspicious/noExplicitAny: it has seven signatures, and keeps them
    override query(text: any, values?: any, callback?: any): any {
      if (text === "begin") this.pipeline = true;
      const sent: unknown = super.query(text, values, callback);
      if (text !== "commit" && text !== "rollback") return sent;
      return Promise.resolve(sent).finally(() => {
        this.pipeline = false; // others may copy, which no pipeline can
      });
    }
  };
}
