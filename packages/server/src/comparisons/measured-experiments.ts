import type { Kysely } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { encodeId } from "../id.ts";
import { invalid, problem } from "../problem.ts";
import type { Datasets } from "../scope.ts";
import { type TokenCounts, withTokenCounts } from "../spans/token-counts.ts";
import { bytesOf, Cache, Once } from "./cache.ts";
import type { MeasuredRuns } from "./measure.ts";
import { type EvaluationMetric, type Measured, type MeasuredTokens, noMetric } from "./measured.ts";
import { type Current, readCurrent, readStateOfSpans, readTraceColumns } from "./queries.ts";
import { type Kept, measuredIfKept, mostRows, readMeasured, tracedIn } from "./read-measured.ts";
import { fewAtATime, type Workers } from "./workers.ts";

/** So many traces are looked up by one statement. */
const tracesAtOnce = 5000;
const MiB = 2 ** 20;

/** Tokens, and a key that changes with them. */
export interface KeyedTokens {
  key: string;
  tokens: MeasuredTokens;
}

/** The measured figures of experiments, kept until something is written that they depend on. */
export class MeasuredExperiments {
  readonly #db: Kysely<DB>;
  readonly #workers: Workers;
  readonly #kept: Kept = {
    runs: new Cache<MeasuredRuns>(128 * MiB, bytesOf, withoutState),
    evaluations: new Cache<EvaluationMetric>(256 * MiB, bytesOf, withoutState),
  };
  readonly #tokens = new Cache<MeasuredTokens>(16 * MiB, bytesOf);
  readonly #reading = new Once<[id: number, Measured][]>();
  readonly #readingTokens = new Once<[number, MeasuredTokens][]>();

  constructor(db: Kysely<DB>, workers: Workers) {
    this.#db = db;
    this.#workers = workers;
  }

  /** The experiments that are there, as they are now. With `only`, the evaluations of these names and no others are of interest. */
  async current(ids: number[], only?: string[]): Promise<Current[]> {
    const found = new Map((await readCurrent(this.#db, ids, only)).map((current) => [current.id, current]));
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  /** @throws a Problem (404) if the experiment has been deleted. */
  async currentOf(id: number, only?: string[]): Promise<Current> {
    const [current] = await this.current([id], only);
    if (!current) throw deleted(id);
    return current;
  }

  /**
   * Experiments that were seen, `only` these evaluations of them, measured in that state or in a later one; without those that are deleted or have too
   * many rows. Whoever saw them in the same state may have it from the same reading; whoever saw a later one, which has what that caller wrote, may not.
   */
  async measured(seen: Current[], only?: string[]): Promise<Map<number, Measured>> {
    const known = seen.flatMap((current) => {
      const measured = measuredIfKept(this.#kept, current);
      return measured ? [[current.id, measured] as const] : [];
    });
    const measured = new Map(known);
    const unknown = seen.filter(({ id }) => !measured.has(id));
    if (unknown.length === 0) return measured;
    const key = JSON.stringify([unknown.map(({ id, state }) => [id, state]), only]);
    const ids = unknown.map(({ id }) => id);
    const read = await this.#reading.do(key, () => readMeasured(this.#db, this.#workers, this.#kept, ids, only));
    return new Map([...measured, ...read]);
  }

  /** @throws a Problem: 422 if the experiment has too many rows, 404 if it has been deleted. */
  async measuredOf(seen: Current, only?: string[]): Promise<Measured> {
    const measured = (await this.measured([seen], only)).get(seen.id);
    if (measured) return measured;
    await this.currentOf(seen.id);
    throw invalid(
      "/path/experiment_id",
      `Experiment ${encodeId("Experiment", seen.id)} has more than ${mostRows} examples, runs and evaluations, which is too much to compute at once. Where \`evaluation\` can be given, it narrows them`,
      "too_large",
    );
  }

  /** The tokens of the runs of each of these experiments that is still there, as far as the caller sees their spans. */
  async tokens(ids: number[], within: Datasets): Promise<Map<number, KeyedTokens>> {
    const spans = `${await readStateOfSpans(this.#db)}:${within?.join() ?? "all"}`;
    const all = await this.current(ids);
    const keys = new Map(all.map(({ id, last_run }) => [id, `${id}:${last_run}:${spans}`]));
    const found = new Map(
      all.map((current) => [
        current.id,
        tracedIn(this.#kept, current) === 0 ? noTokens : this.#tokens.get(keys.get(current.id) ?? ""),
      ]),
    );
    const missing = [...found].flatMap(([id, tokens]) => (tokens ? [] : [id]));
    if (missing.length > 0) {
      const seen = missing.map((id) => keys.get(id)).join();
      const read = new Map(await this.#readingTokens.do(seen, () => this.#readTokens(missing, within)));
      for (const id of missing) {
        const tokens = read.get(id) ?? noTokens;
        found.set(id, tokens);
        this.#tokens.set(keys.get(id) ?? "", tokens);
      }
    }
    return new Map([...keys].map(([id, key]) => [id, { key, tokens: found.get(id) ?? noTokens }]));
  }

  /** Drops what is kept of experiments that have been deleted. */
  forget(ids: number[]): void {
    for (const cache of [this.#kept.runs, this.#kept.evaluations, this.#tokens]) cache.forget(ids);
  }

  async #readTokens(ids: number[], within: Datasets): Promise<[number, MeasuredTokens][]> {
    const columns = await readTraceColumns(this.#db, ids);
    return await fewAtATime(columns, async ({ experiment_id, examples, traces }) => {
      const all: string[] = JSON.parse(traces.text);
      const counts: TokenCounts[] = [];
      for (let start = 0; start < all.length; start += tracesAtOnce) {
        const rows = all.slice(start, start + tracesAtOnce).map((trace_id) => ({ trace_id }));
        counts.push(...(await withTokenCounts(this.#db, rows, within)));
      }
      const tokens = await this.#workers.run("measureTokens", {
        examples: JSON.parse(examples.text),
        prompt: counts.map(({ prompt_token_count }) => prompt_token_count),
        completion: counts.map(({ completion_token_count }) => completion_token_count),
      });
      return [experiment_id, tokens];
    });
  }
}

/** Of an experiment that was there a moment ago. */
export const deleted = (id: number) =>
  problem("not_found", `Experiment with ID ${encodeId("Experiment", id)} does not exist`);

const noTokens: MeasuredTokens = { prompt: noMetric, completion: noMetric };

/** What a key is of, whatever its state: nobody asks for one that was before. */
const withoutState = (key: string) => key.replace(/:[^:]*/, "");
