import { type Api, bodyOf, type CallOptions } from "./connection.ts";
import type { Header } from "./operation.ts";

/** How the bytes of an export are written, and which project its spans go to. */
export type ExportHeader = Header<"exportTraces"> & {
  /** `application/x-protobuf` by default. */
  "content-type"?: "application/x-protobuf" | "application/json";
  "content-encoding"?: "gzip" | "deflate";
};

export function traces(api: Api) {
  return {
    /**
     * Exports spans over OTLP. Takes the bytes of an `ExportTraceServiceRequest` and gives those of an `ExportTraceServiceResponse` in the
     * same media type: empty, or with the number of spans that were refused.
     */
    async exportTraces(bytes: Uint8Array, header: ExportHeader = {}, options?: CallOptions): Promise<Uint8Array> {
      const answer = await bodyOf(
        api.POST("/v1/traces", {
          headers: { "content-type": "application/x-protobuf", ...header },
          body: "", // bytes have no type in the contract's types
          bodySerializer: () => bytes,
          parseAs: "arrayBuffer",
          ...options,
        }),
      );
      return new Uint8Array(answer);
    },
  };
}
