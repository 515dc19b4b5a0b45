import type { Kysely } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { encodeId } from "../id.ts";
import { invalid, problem } from "../problem.ts";
import type { Datasets } from "../scope.ts";
import { type TokenCounts, withTokenCounts } from "../spans/token-counts.ts";
import { bytesOf, Cache, Once } from "./cache.ts";
import type { MeasuredRuns } from "./measure.ts";
import { type Measured, type MeasuredTokens, noMetric } from "./measured.ts";
import { readStateOfSpans, readStates, readTraceColumns } from "./queries.ts";
import { type Current, mostRows, type Read, readMeasured } from "./read-measured.ts";
import { fewAtATime, type Workers } from "./workers.ts";

/** So many traces are looked up by one statement. */
const tracesAtOnce = 5000;
const MiB = 2 ** 20;

/** Tokens, and a key that changes with them. */
export interface KeyedTokens {
  key: string;
  tokens: MeasuredTokens;
}

type Seen = Pick<Current, "id" | "state">;

/** The measured figures of experiments, kept until something is written to them. */
export class MeasuredExperiments {
  readonly #db: Kysely<DB>;
  readonly #workers: Workers;
  readonly #current = new Cache<Current>(4 * MiB, bytesOf);
  readonly #measured = new Cache<Measured>(256 * MiB, bytesOf, withoutState);
  readonly #runs = new Cache<MeasuredRuns>(128 * MiB, bytesOf, withoutState);
  readonly #tokens = new Cache<MeasuredTokens>(16 * MiB, bytesOf);
  readonly #reading = new Once<Read[]>();
  readonly #readingTokens = new Once<[number, MeasuredTokens][]>();

  constructor(db: Kysely<DB>, workers: Workers) {
    this.#db = db;
    this.#workers = workers;
  }

  /** The experiments that are there, as they are now. With `only`, the evaluations of these names and no others are of interest. */
  async current(ids: number[], only?: string[]): Promise<Current[]> {
    const states = await readStates(this.#db, ids);
    const known = new Map(states.map((state) => [state.id, this.#current.get(keyOf(state))]));
    if (only) {
      const asked = { names: only, more: false, tooLarge: false };
      return states.map(({ id, state }) => ({ id, state, ...asked, traced: known.get(id)?.traced }));
    }
    const unknown = states.filter(({ id }) => known.get(id) === undefined);
    if (unknown.length > 0) for (const read of await this.#read(unknown)) known.set(read.id, read);
    return ids.flatMap((id) => known.get(id) ?? []);
  }

  /** @throws a Problem (404) if the experiment has been deleted. */
  async currentOf(id: number, only?: string[]): Promise<Current> {
    const [current] = await this.current([id], only);
    if (!current) throw deleted(id);
    return current;
  }

  /** How many of these experiments, from the first on, can be measured together; one, if it is too large by itself. */
  async fitting(ids: number[]): Promise<number> {
    const states = new Map((await readStates(this.#db, ids)).map((state) => [state.id, state]));
    let rows = 0;
    const end = ids.findIndex((id, index) => {
      const state = states.get(id);
      if (state && !this.#current.get(keyOf(state))) rows += state.rows + state.evaluations;
      return rows > mostRows && index > 0;
    });
    return end === -1 ? ids.length : end;
  }

  /** @throws a Problem: 422 if the experiment has too many rows, 404 if it has been deleted. */
  async measured({ id, state }: Current, only?: string[]): Promise<Measured> {
    const all = this.#current.get(keyOf({ id, state }));
    const isInAll = all && (!all.more || only?.every((name) => all.names.includes(name)));
    const whole = isInAll || !only ? this.#measured.get(keyOf({ id, state })) : undefined;
    return (
      whole ??
      (await this.#measured.getOrMake(keyOf({ id, state }, only), async () => {
        const [read] = await this.#read([{ id, state }], only);
        if (!read) throw deleted(id);
        if (!read.measured)
          throw invalid(
            "/path/experiment_id",
            `Experiment ${encodeId("Experiment", id)} has more than ${mostRows} examples, runs and evaluations, which is too much to compute at once. Where \`evaluation\` can be given, it narrows them`,
            "too_large",
          );
        return read.measured;
      }))
    );
  }

  /** The tokens of the runs of each of these experiments that is still there, as far as the caller sees their spans. */
  async tokens(experiments: Current[], within: Datasets): Promise<Map<number, KeyedTokens>> {
    const spans = `${await readStateOfSpans(this.#db)}:${within?.join() ?? "all"}`;
    const ids = experiments.map(({ id }) => id);
    const states = await readStates(this.#db, ids);
    const keys = new Map(states.map((current) => [current.id, `${keyOf(current)}:${spans}`]));
    const withoutTraces = new Map(experiments.flatMap(({ id, state, traced }) => (traced === 0 ? [[id, state]] : [])));
    const found = new Map(
      states.map(({ id, state }) => [
        id,
        withoutTraces.get(id) === state ? noTokens : this.#tokens.get(keys.get(id) ?? ""),
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
    for (const cache of [this.#current, this.#measured, this.#runs, this.#tokens]) cache.forget(ids);
  }

  /**
   * Reads experiments that were seen in some state, and measures those that are not too large, all in one state, which may be a later one. Whoever
   * saw them in the same state may have it from the same reading; whoever saw a later one, which has what that caller wrote, may not.
   */
  #read(seen: Seen[], only?: string[]): Promise<Read[]> {
    const ids = seen.map(({ id }) => id);
    return this.#reading.do(seen.map((each) => keyOf(each, only)).join(), async () => {
      const all = await readMeasured(this.#db, this.#workers, this.#runs, ids, only);
      for (const { measured, ...current } of all) {
        if (measured) this.#measured.set(keyOf(current, only), measured);
        if (!only) this.#current.set(keyOf(current), current);
      }
      return all;
    });
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

const keyOf = ({ id, state }: Seen, only?: string[]) => `${id}:${state}:${only ? JSON.stringify(only) : ""}`;
