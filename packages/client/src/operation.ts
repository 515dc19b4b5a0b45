import type { operations } from "@assay/spec";

/** The id of an operation of the contract, which is also the name of the client's method for it. */
export type OperationId = keyof operations;

/** The query parameters of an operation. */
export type Query<Id extends OperationId> = NonNullable<operations[Id]["parameters"]["query"]>;

/** The headers of an operation. */
export type Header<Id extends OperationId> = NonNullable<operations[Id]["parameters"]["header"]>;
