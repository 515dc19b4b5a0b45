/** Rules of the contract that Redocly's own do not cover. Each says in its message what it wants. */

const isBinary = (schema) => schema?.format === "binary";

/** Every operation has exactly one 2xx response: the router sends that status, and handlers never name one. */
const OneSuccess = () => ({
  Operation(operation, { report, location }) {
    const successes = Object.keys(operation.responses ?? {}).filter((status) => status.startsWith("2"));
    if (successes.length !== 1) {
      report({
        message: `an operation has exactly one 2xx response, not ${successes.length}`,
        location: location.child("responses"),
      });
    }
    if (!operation.responses?.default)
      report({ message: "an operation declares `default: Error`", location: location.child("responses") });
  },
});

/** Every operation that asks for a key says how it is refused: no key, not allowed, too many requests. */
const RefusalsDeclared = () => ({
  Operation(operation, { report, location }) {
    if (operation.security?.length === 0) return;
    for (const status of ["401", "403", "429"]) {
      if (!operation.responses?.[status])
        report({
          message: `an operation that asks for a key declares ${status}`,
          location: location.child("responses"),
        });
    }
  },
});

/** Every body that is text has an example: the docs show it and the client is tested against it. */
const BodyExample = () => ({
  MediaType(media, { report, location, resolve }) {
    const schema = media.schema?.$ref ? resolve(media.schema).node : media.schema;
    if (media.example === undefined && media.examples === undefined && !isBinary(schema)) {
      report({ message: "every body has an example", location });
    }
  },
});

/** Clients write `?name=my+dataset` and `?name=(v2)`, and ask for more than a page may have. */
const QueryAsClientsWriteIt = () => ({
  Parameter(parameter, { report, location, resolve }) {
    if (parameter.in !== "query") return;
    if (parameter.allowReserved !== true) report({ message: "a query parameter has `allowReserved: true`", location });
    const schema = parameter.schema?.$ref ? resolve(parameter.schema).node : parameter.schema;
    if (schema?.maximum !== undefined)
      report({ message: "a query parameter is clamped, not refused: no `maximum`", location });
  },
});

/** Whatever is open is the user's content, which is sliced out of the request and passed through: it says so. */
const OpenObjectsAreContent = () => ({
  Schema(schema, { report, location }) {
    if (schema.additionalProperties && !schema["x-user-content"]) {
      report({ message: "an open object is user content: refer to JsonObject.yaml", location });
    }
  },
});

const PropertyDescribed = () => ({
  SchemaProperties: {
    Schema(schema, { report, location, resolve }) {
      const described = schema.description ?? (schema.$ref ? resolve(schema).node?.description : undefined);
      const wrapper =
        ["data", "next_cursor"].includes(location.pointer.split("/").at(-1)) || schema.oneOf !== undefined;
      if (!described && !wrapper) report({ message: "a property is described", location });
    },
  },
});

export default function assay() {
  return {
    id: "assay",
    rules: {
      oas3: {
        "one-success": OneSuccess,
        "refusals-declared": RefusalsDeclared,
        "body-example": BodyExample,
        "query-as-clients-write-it": QueryAsClientsWriteIt,
        "open-objects-are-content": OpenObjectsAreContent,
        "property-described": PropertyDescribed,
      },
    },
  };
}
