import type { pathsV1 } from "@arizeai/phoenix-client";
import type { paths } from "@assay/spec";

type Method = "get" | "put" | "post" | "delete" | "patch";

/** Templates that differ only in the names of their parameters are one path. */
type Shape<Path> = Path extends `${infer Before}{${string}}${infer After}` ? `${Before}{}${Shape<After>}` : Path;
type PhoenixPaths = { [Path in keyof pathsV1 as Shape<Path>]: pathsV1[Path] };
type PhoenixPath<Path> = PhoenixPaths[Shape<Path> & keyof PhoenixPaths];

type OperationOf<PathItem, M extends Method> = PathItem extends { [_ in M]: infer Operation } ? Operation : never;

/** Where an operation of ours does not fit Phoenix's of the same method and path. */
type Misfit = {
  [Path in keyof paths]: {
    [M in Method]: [OperationOf<paths[Path], M>] extends [never]
      ? never
      : `${Uppercase<M>} ${Path}: ${Difference<OperationOf<paths[Path], M>, OperationOf<PhoenixPath<Path>, M>>}`;
  }[Method];
}[keyof paths];

type Difference<Ours, Theirs> = [Theirs] extends [never]
  ? "not in Phoenix"
  :
      | `query ${ParameterMisfit<Parameters<Theirs, "query">, Parameters<Ours, "query">>}`
      | `header ${ParameterMisfit<Parameters<Theirs, "header">, Parameters<Ours, "header">>}`
      | `request ${BodyMisfit<Body<Request<Theirs>>, Body<Request<Ours>>>}`
      | ResponseMisfit<Responses<Ours>, Responses<Theirs>>;

/** What goes in a place; openapi-fetch leaves out what is null. */
type Parameters<Operation, Place extends string> = Operation extends {
  parameters: { [_ in Place]?: infer Found extends object };
}
  ? { [Name in keyof Found]: NonNullable<Found[Name]> }
  : Record<never, never>;

type ParameterMisfit<Sent, Taken> = {
  [Name in (keyof Sent | keyof Taken) & string]: Pick<Sent, Name & keyof Sent> extends (
    Name extends keyof Taken ? Pick<Taken, Name> : { [_ in Name]?: never }
  )
    ? never
    : Name;
}[(keyof Sent | keyof Taken) & string];

type Request<Operation> = Operation extends { requestBody?: infer Found } ? Found : never;
type Responses<Operation> = Operation extends { responses: infer Found } ? Found : never;

type Body<Message> = Message extends { content: infer Content }
  ? { [Type in keyof Content]: { type: Type; value: Content[Type] } }[keyof Content]
  : { type: "without body" };

/** The types of the bodies given that are not taken, or not with this content. */
type BodyMisfit<Given extends { type: PropertyKey }, Taken> = Given extends Taken ? never : Given["type"] & string;

type ResponseMisfit<Ours, Theirs> = {
  [Status in keyof Ours & (200 | 201 | 202 | 204)]: `${Status} ${Status extends keyof Theirs
    ? BodyMisfit<Body<Ours[Status]>, Body<Theirs[Status]>>
    : "not in Phoenix"}`;
}[keyof Ours & (200 | 201 | 202 | 204)];

export const intended = {
"GET /arize_phoenix_version: 200 text/plain":"", "GET /healthz: 200 text/plain":"", "GET /openapi.json: not in Phoenix":"", "GET /v1/experiments/{experiment_id}/json: 200 application/json":""
} satisfies Record<Misfit, string>;
export type T1 = Parameters<paths["/v1/datasets"]["get"], "query">;
export type M = { [K in Misfit]: 1 };
export const x: M = 5;
