import type { Kysely } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import type { JsonText } from "../json.ts";
import { readConfigsOf } from "./queries.ts";
import type { Meaning } from "./sides.ts";

/** Names of evaluations of which a caller says what is better. */
export interface Directions {
  minimize?: string[] | undefined;
  maximize?: string[] | undefined;
}

/** What the evaluations of these names mean, in this order: by annotation configs, unless the caller says which direction is better. */
export async function readMeanings(
  db: Kysely<DB>,
  names: string[],
  { minimize = [], maximize = [] }: Directions = {},
): Promise<Map<string, Meaning>> {
  const configs = new Map((await readConfigsOf(db, names)).map((config) => [config.name, config]));
  return new Map(
    names.map((name) => {
      const config = configs.get(name);
      const asked = maximize.includes(name) ? "MAXIMIZE" : minimize.includes(name) ? "MINIMIZE" : undefined;
      const direction = asked ?? config?.optimization_direction ?? "MAXIMIZE";
      return [
        name,
        {
          direction: direction === "NONE" ? null : direction === "MINIMIZE" ? "minimize" : "maximize",
          range: config ? rangeOf(config) : null,
        },
      ];
    }),
  );
}

interface Config {
  values: JsonText | null;
  lower_bound: number | null;
  upper_bound: number | null;
}

/** How far scores can be apart: by the bounds, or by the scores that labels stand for. */
function rangeOf({ values, lower_bound, upper_bound }: Config): number | null {
  const labels: { score?: number | null }[] = values === null ? [] : JSON.parse(values.text);
  const scores = [lower_bound, upper_bound, ...labels.map(({ score }) => score ?? null)].filter(
    (score) => score !== null,
  );
  const range = Math.max(...scores) - Math.min(...scores);
  return scores.length > 1 && range > 0 && Number.isFinite(range) ? range : null;
}
