/**
 * Makes the types of the contract from its bundle, twice: `openapi.d.ts` as a client meets it, and `received.d.ts` as a handler meets it,
 * where whatever has a default is there, because the validator has filled it in.
 */
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const generated = new URL("generated/", import.meta.url);
const bundle = JSON.parse(await readFile(new URL("openapi.json", generated), "utf8"));

function fillDefaults(document) {
  const received = structuredClone(document);
  for (const schema of Object.values(received.components.schemas)) {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      if ("default" in property) schema.required = [...(schema.required ?? []), name];
    }
  }
  const operations = Object.values(received.paths).flatMap((path) => Object.values(path));
  for (const parameter of [
    ...Object.values(received.components.parameters ?? {}),
    ...operations.flatMap((operation) => operation.parameters ?? []),
  ]) {
    if (parameter.schema && "default" in parameter.schema) parameter.required = true;
  }
  return received;
}

/** The file of a form is no text like its other fields: a client sends a Blob, and a handler is given a stream. Other binary is a whole body. */
const fileAsBlob = ({ format }, { path }) =>
  format === "binary" && !path.includes("/content/") ? ts.factory.createTypeReferenceNode("Blob") : undefined;

const types = async (document) => {
  const options = { defaultNonNullable: false, emptyObjectsUnknown: true, transform: fileAsBlob };
  return `// Generated from spec/ by \`pnpm generate\`. Do not edit.\n${astToString(await openapiTS(document, options))}`;
};

await writeFile(new URL("openapi.d.ts", generated), await types(bundle));
await writeFile(new URL("received.d.ts", generated), await types(fillDefaults(bundle)));
