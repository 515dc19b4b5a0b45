export { type Client, createClient } from "./client.ts";
export type { CallOptions, ClientOptions, OnceOptions } from "./connection.ts";
export type { Download, JsonDownload } from "./download.ts";
export { ApiError, ConnectionError } from "./error.ts";
export type { List, Page } from "./list.ts";
export type { OperationId, Query } from "./operation.ts";
export type * from "./schemas.ts";
export type { ExportHeader } from "./traces.ts";
