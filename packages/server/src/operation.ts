import type { operations } from "@assay/spec/received";
import type { Context } from "./context.ts";
import type { Items } from "./items.ts";
import type { JsonStream, JsonText, TextStream } from "./json.ts";

/** The id of an operation of the contract. */
export type OperationId = keyof operations;

/**
 * User content, which the contract leaves open (`JsonObject`, `JsonValue`), arrives as the text that was sent; everything else as the value
 * that the contract describes.
 */
export type Sliced<T> = unknown extends T
  ? JsonText<T>
  : T extends readonly (infer Item)[]
    ? Sliced<Item>[]
    : T extends object
      ? string extends keyof T
        ? JsonText<T>
        : { [Key in keyof T]: Sliced<T[Key]> }
      : T;

/** A body that the handler decodes itself, whole and uncompressed, with the media type that it came in. */
export interface RawBody<MediaType> {
  mediaType: MediaType;
  bytes: Uint8Array;
}

/** The file of a form, as it arrives: uncompressed, counted, and read once. */
export interface FormFile {
  /** What the client calls it. */
  name: string;
  /** The part's `Content-Type`, as it was sent. */
  contentType: string;
  bytes: AsyncIterable<Uint8Array>;
}

/** A form: its fields, checked against the contract, defaults filled in, and its file, which arrives as it is read. */
export interface FormBody<Form extends { file: Blob }> {
  mediaType: "multipart/form-data";
  fields: Omit<Form, "file">;
  file: FormFile;
}

/** JSON, where it could have been a form. */
export interface JsonBody<Json> {
  mediaType: "application/json";
  json: Sliced<Json>;
}

type BodyOf<Content> = "application/x-protobuf" extends keyof Content
  ? RawBody<keyof Content>
  : Content extends { "application/x-ndjson": infer Item }
    ? Items<Sliced<Item>>
    : Content extends { "application/json": infer Body; "multipart/form-data": infer Form extends { file: Blob } }
      ? JsonBody<Body> | FormBody<Form>
      : Content extends { "application/json": infer Body }
        ? Sliced<Body>
        : never;

type Parameters<Id extends OperationId> = operations[Id]["parameters"];
type Given<T> = Exclude<T, undefined> extends never ? Record<never, never> : Exclude<T, undefined>;

/** What a handler is given: parameters and body, checked against the contract, defaults filled in. */
export interface Input<Id extends OperationId> {
  path: Given<Parameters<Id>["path"]>;
  query: Given<Parameters<Id>["query"]>;
  headers: Given<Parameters<Id>["header"]>;
  body: operations[Id] extends { requestBody: { content: infer Content } } ? BodyOf<Content> : undefined;
}

type Success<Id extends OperationId> = operations[Id]["responses"] extends infer Responses
  ? { [Status in keyof Responses]: Status extends 200 | 201 | 202 | 204 ? Responses[Status] : never }[keyof Responses]
  : never;

/** A body in one of the forms that the router can send. Text that Postgres built is accepted only where its row fits the contract. */
type Sendable<MediaType, Body> = MediaType extends "application/json"
  ? Body | JsonText<Body> | JsonStream<Body>
  : MediaType extends "application/x-protobuf"
    ? RawBody<MediaType>
    : Body | TextStream;

type SuccessBody<Response> = Response extends { content: infer Content }
  ? "application/x-protobuf" extends keyof Content
    ? RawBody<keyof Content>
    : { [MediaType in keyof Content]: Sendable<MediaType, Content[MediaType]> }[keyof Content]
  : undefined;

type Headers<Response> = Response extends { headers: infer Declared }
  ? { [Name in keyof Declared as string extends Name ? never : Name]: Declared[Name] }
  : never;

/** A body with headers that the contract declares. */
export class Reply<Body, ReplyHeaders> {
  readonly body: Body;
  readonly headers: ReplyHeaders;
  constructor(body: Body, headers: ReplyHeaders) {
    this.body = body;
    this.headers = headers;
  }
}

/** Answers with `body` and with headers that the contract declares for the operation's success. */
export function reply<Body, ReplyHeaders>(body: Body, headers: ReplyHeaders): Reply<Body, ReplyHeaders> {
  return new Reply(body, headers);
}

/** What a handler returns: the body of the operation's one success, by itself or with headers; nothing where the contract has no body. */
export type Output<Id extends OperationId> =
  | SuccessBody<Success<Id>>
  | Reply<SuccessBody<Success<Id>>, Headers<Success<Id>>>;

/** The rules of one operation. It returns the success or throws a `Problem`. */
export type Handler<Id extends OperationId> = (input: Input<Id>, context: Context) => Promise<Output<Id>>;

/** One handler for each operation of the contract. */
export type Handlers = { [Id in OperationId]: Handler<Id> };
