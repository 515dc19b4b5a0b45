import { type Document, resolve, type Schema } from "./contract.ts";
import { JsonReader, type Member } from "./json-reader.ts";

/**
 * How to read a JSON body of some schema: which of its properties to read, and where user content is, which is sliced out of the text and
 * never parsed. It is made from the contract, so no handler slices by hand.
 */
export type Plan =
  | { kind: "content"; objectOnly: boolean }
  | { kind: "object"; properties: PlannedProperty[] }
  | { kind: "array"; items: Plan }
  | { kind: "plain" };

export interface PlannedProperty {
  name: string;
  /** Its key in JSON, as nearly everybody writes it. */
  key: string;
  plan: Plan;
}

/** The plan for a schema of the contract. */
export function planOf(document: Document, unresolved: Schema): Plan {
  const schema = resolve(document, unresolved);
  if (schema["x-user-content"]) return { kind: "content", objectOnly: schema.type !== undefined };
  if (schema.oneOf) return schema.oneOf.map((option) => planOf(document, option)).reduce(planOfEither);
  if (schema.properties) {
    const properties = Object.entries(schema.properties).map(
      ([name, property]) => [name, planOf(document, property)] as const,
    );
    return planOfObject(properties);
  }
  if (schema.items) return { kind: "array", items: planOf(document, schema.items) };
  return { kind: "plain" };
}

function planOfObject(properties: Iterable<readonly [name: string, plan: Plan]>): Plan {
  return {
    kind: "object",
    properties: Array.from(properties, ([name, plan]) => ({ name, key: JSON.stringify(name), plan })),
  };
}

/** The plan for a value of either of two forms: of objects, the properties of both are read, and the validator says which may be there. */
function planOfEither(one: Plan, other: Plan): Plan {
  if (one.kind === "plain") return other;
  if (one.kind !== "object" || other.kind !== "object") return one;
  const plans = new Map(one.properties.map(({ name, plan }) => [name, plan]));
  for (const { name, plan } of other.properties) {
    const same = plans.get(name);
    plans.set(name, same ? planOfEither(same, plan) : plan);
  }
  return planOfObject(plans);
}

/** Deeper than this no content is stored: Postgres reads JSON recursively, and so do many of those who read it from us. */
export const deepestContent = 500;

/**
 * The value that a JSON text describes, as far as the plan goes: properties that the contract does not declare are left out, and user
 * content is `JsonText`, exactly as it was sent less the white space between its tokens. With duplicate keys the last one counts. The whole
 * text is checked, but only what the plan names is made into values: a hostile body costs one pass and no memory.
 * @throws a Problem: 422 if the text is not JSON or is nested too deeply, 413 if it has too many values.
 */
export function readJson(text: string, plan: Plan): unknown {
  return new JsonReader(text, "body", deepestContent).document(plan);
}

/** Likewise an item of a body, from a text of its own. `place` is where it stands in the body. */
export function readItem(text: string, plan: Plan, place: number): unknown {
  return new JsonReader(text, "item", deepestContent, ["body", place]).document(plan);
}

/**
 * User content by itself, as `readJson` slices it out of a body.
 * @throws a Problem as `readJson` does, of the `noun` that the text is.
 */
export function readContent(text: string, noun: string, deepest: number): string {
  return new JsonReader(text, noun, deepest).content();
}

/**
 * The members of an object that is user content, by what their keys say; each may be nested as deeply as `deepest` says.
 * @throws a Problem as `readContent` does; 422 too if it is no object.
 */
export function readMembers(text: string, noun: string, deepest: (name: string) => number): Map<string, Member> {
  return new JsonReader(text, noun, deepestContent).members(deepest);
}
