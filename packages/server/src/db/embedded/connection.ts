/** Where Postgres listens: a socket in the directory `host`. */
export interface Connection {
  host: string;
  port: number;
  user: string;
  database: string;
  /** Said, lest `PGSSLMODE` in the environment asks for it. */
  ssl: false;
}

/** The superuser of every cluster that the service makes. */
export const superuser = "assay";

export function connectionTo(directory: string, port = 5432): Connection {
  return { host: directory, port, user: superuser, database: "postgres", ssl: false };
}

/** Whether the path of a socket in this directory fits into `sockaddr_un`: 103 bytes on macOS, 107 on Linux. */
export function fitsSocket(directory: string): boolean {
  return Buffer.byteLength(`${directory}/.s.PGSQL.5432`) <= 103;
}
