import type { components } from "@assay/spec";
import type { Kysely } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import { encodeId } from "../id.ts";
import { type JsonText, jsonJoined, jsonOf } from "../json.ts";
import type { Datasets } from "../scope.ts";
import { bytesOf, Cache } from "./cache.ts";
import type { ComparedEvaluations, ComparedRunMetrics } from "./compare.ts";
import type { ExampleTable } from "./example-table.ts";
import { type Directions, readMeanings } from "./meaning.ts";
import { type Measured, mostNames, noMetric } from "./measured.ts";
import { deleted, type KeyedTokens, MeasuredExperiments } from "./measured-experiments.ts";
import type { PlannedEvaluation, Planning } from "./plan.ts";
import { type Current, readChangedExamples } from "./queries.ts";
import { mostRows } from "./read-measured.ts";
import type { Sides } from "./sides.ts";
import type { Ranges, RunsSummary, TokensSummary } from "./summarize.ts";
import { fewAtATime, Workers } from "./workers.ts";

type ExperimentSummary = components["schemas"]["ExperimentSummary"];

/** Two experiments over one dataset, by their row ids, and what to compare of them. */
export interface Pair {
  baseline: number;
  experiment: number;
  /** The names of the evaluations to compare; undefined for all. */
  only: string[] | undefined;
  includeChanged: boolean;
}

/** How to compare them. */
export interface Terms {
  directions: Directions;
  /** Of strict intervals; undefined for that of the family. */
  level: number | undefined;
  margin: number | null;
}

/** What to plan for. */
export interface Plan extends Omit<Planning, "metric" | "correlation" | "range"> {
  experiment: number;
  /** The experiment to compute the correlation with, or what to assume of it. */
  correlation: { with: number } | { assumed: number };
  only: string[] | undefined;
}

/** An experiment, and a key of its summary, which changes with all that this depends on. */
interface Summarized {
  current: Current;
  ranges: Ranges;
  key: string;
}

const recordedNames = ({ evaluations }: Current) => evaluations.map(({ name }) => name);

const MiB = 2 ** 20;
const textSize = ({ text }: JsonText) => 2 * text.length;
/** To plan for passes and failures takes seconds. */
const mostPlanned = 20;

/**
 * What experiments and their comparisons amount to. It is computed in other threads, and kept until something is written to an experiment, or said
 * of its evaluations.
 */
export class Figures {
  readonly #db: Kysely<DB>;
  readonly #workers = new Workers();
  readonly #measurements: MeasuredExperiments;
  readonly #summaries = new Cache<JsonText<RunsSummary>>(8 * MiB, textSize);
  readonly #tokens = new Cache<JsonText<TokensSummary>>(8 * MiB, textSize);
  readonly #evaluations = new Cache<JsonText<ComparedEvaluations>>(8 * MiB, textSize);
  readonly #runMetrics = new Cache<JsonText<ComparedRunMetrics>>(8 * MiB, textSize);
  readonly #plans = new Cache<PlannedEvaluation>(2 * MiB, bytesOf);
  readonly #tables = new Cache<ExampleTable>(32 * MiB, bytesOf);
  readonly #changed = new Cache<Float64Array>(4 * MiB, bytesOf); // snapshots never change, so neither does this

  constructor(db: Kysely<DB>) {
    this.#db = db;
    this.#measurements = new MeasuredExperiments(db, this.#workers);
  }

  /** The summaries of the first of these experiments, as many as can be measured together; null of one that has too many rows. */
  async summaries(ids: number[], within: Datasets): Promise<Map<number, JsonText<ExperimentSummary> | null>> {
    const all = await this.#asSummarized(ids);
    const first = ids.slice(0, this.#fitting(ids, all));
    const readable = first.flatMap((id) => all.get(id) ?? []).filter(({ current }) => current.rows <= mostRows);
    const unknown = readable.filter(({ key }) => this.#summaries.get(key) === undefined);
    const measured = await this.#measurements.measured(unknown.map(({ current }) => current));
    const tokens = await this.#measurements.tokens(
      readable.map(({ current }) => current.id),
      within,
    );
    const texts = await fewAtATime(readable, async (each) => {
      const { id } = each.current;
      const tokensOf = tokens.get(id);
      if (!tokensOf) throw deleted(id);
      return [id, await this.#summary(each, tokensOf, measured.get(id))] as const;
    });
    return new Map([...first.map((id) => [id, null] as const), ...texts]);
  }

  /** @throws a Problem: 404 if there is no such experiment, 422 if it has too many rows. */
  async summary(id: number, within: Datasets): Promise<JsonText<ExperimentSummary>> {
    const summary = (await this.summaries([id], within)).get(id);
    if (summary) return summary;
    await this.#measurements.measuredOf(await this.#measurements.currentOf(id));
    throw deleted(id);
  }

  /** The experiments that are there, each with what its summary depends on, tokens aside. */
  async #asSummarized(ids: number[]): Promise<Map<number, Summarized>> {
    const all = await this.#measurements.current(ids);
    const meanings = await readMeanings(this.#db, [...new Set(all.flatMap(recordedNames))]);
    return new Map(
      all.map((current) => {
        const ranges = new Map(recordedNames(current).map((name) => [name, meanings.get(name)?.range ?? null]));
        return [current.id, { current, ranges, key: `${current.id}:${JSON.stringify([current.state, ...ranges])}` }];
      }),
    );
  }

  /** How many of these experiments, from the first on, can be measured together; one, if it is too large by itself. */
  #fitting(ids: number[], all: Map<number, Summarized>): number {
    let rows = 0;
    const end = ids.findIndex((id, index) => {
      const each = all.get(id);
      if (each && this.#summaries.get(each.key) === undefined) rows += each.current.rows;
      return rows > mostRows && index > 0;
    });
    return end === -1 ? ids.length : end;
  }

  async #summary({ current, ranges, key }: Summarized, { key: keyOfTokens, tokens }: KeyedTokens, read?: Measured) {
    const measured = memoized(async () => read ?? (await this.#measurements.measuredOf(current)));
    const ofRuns = this.#summaries.getOrMake(key, async () => {
      const { evaluations, ...rest } = await measured();
      const seen = evaluations.filter(({ name }) => ranges.has(name)); // others may have come since
      const input = { measured: { ...rest, evaluations: seen }, ranges, more: current.more };
      return jsonOf(await this.#workers.run("summarize", input));
    });
    const ofTokens = this.#tokens.getOrMake(keyOfTokens, async () =>
      jsonOf(await this.#workers.run("summarizeTokens", { examples: (await measured()).examples, tokens })),
    );
    return jsonJoined(await ofRuns, await ofTokens);
  }

  async comparison(pair: Pair, { directions, ...terms }: Terms, within: Datasets) {
    const [baseline, experiment] = await this.#current(pair);
    const { names, more } = namesOf(pair.only, [baseline, experiment]);
    const meanings = await readMeanings(this.#db, names, directions);
    const sides = memoized(() => this.#sides(pair, baseline, experiment));
    const ids = [encodeId("Experiment", baseline.id), encodeId("Experiment", experiment.id)] as const;
    const key = keyOf(pair, baseline, experiment);
    const keyOfEvaluations = key + JSON.stringify([[...meanings], more, terms]);
    // So that it is known whether there are traces: nobody has to look for them.
    if (this.#evaluations.get(keyOfEvaluations) === undefined) await sides();
    const [before, after] = await Promise.all([this.#tokensOf(baseline, within), this.#tokensOf(experiment, within)]);
    const evaluations = this.#evaluations.getOrMake(keyOfEvaluations, async () => {
      const input = {
        meanings,
        more,
        sides: ofBoth(await sides(), (side) => evaluationsOf(side)),
        terms: { ids, ...terms },
      };
      return jsonOf(await this.#workers.run("compareEvaluations", input));
    });
    const runMetrics = this.#runMetrics.getOrMake(key + JSON.stringify([before.key, after.key, terms]), async () => {
      const tokens = { baseline: before.tokens, experiment: after.tokens };
      const input = { tokens, sides: ofBoth(await sides(), runMetricsOf), terms: { ids, ...terms } };
      return jsonOf(await this.#workers.run("compareRunMetrics", input));
    });
    const answers = await Promise.all([evaluations, runMetrics]);
    return jsonJoined(...answers);
  }

  /** All examples of two experiments under one evaluation, the first that either has if none is named. */
  async table(pair: Pair): Promise<{ name: string | null; table: ExampleTable }> {
    const [baseline, experiment] = await this.#current(pair);
    const name = namesOf(pair.only, [baseline, experiment]).names[0] ?? null;
    const table = await this.#tables.getOrMake(keyOf(pair, baseline, experiment) + JSON.stringify(name), async () => {
      const sides = await this.#sides(pair, baseline, experiment);
      return this.#workers.run("tabulate", { sides: ofBoth(sides, (side) => evaluationsOf(side, name)), name });
    });
    return { name, table };
  }

  /** What comparisons to come could tell of the evaluations of an experiment. */
  async plans({ experiment, correlation, only, ...asked }: Plan) {
    const own = await this.#measurements.currentOf(experiment, only);
    const other = "with" in correlation ? await this.#measurements.currentOf(correlation.with, only) : undefined;
    const assumed = "assumed" in correlation ? correlation.assumed : 0;
    const all = only ?? recordedNames(own);
    const names = all.slice(0, mostPlanned);
    const meanings = await readMeanings(this.#db, names);
    const measured = memoized(() => this.#measurements.measuredOf(own, only));
    const others = memoized(async () => other && (await this.#measurements.measuredOf(other, only)));
    const plans = await fewAtATime(names, async (name) => {
      const range = meanings.get(name)?.range ?? null;
      const key = `${[own.id, ...(other ? [other.id] : [])]}:${JSON.stringify([own.state, other?.state, assumed, name, range, asked])}`;
      const plan = await this.#plans.getOrMake(key, async () => {
        const of = ({ evaluations }: Measured) => ({
          values: (evaluations.find((each) => each.name === name) ?? noMetric).values,
        });
        const second = await others();
        const correlation = second ? { with: of(second) } : { assumed };
        return this.#workers.run("plan", { metric: of(await measured()), correlation, range, ...asked });
      });
      return { name, ...plan };
    });
    return { evaluations: plans, more_evaluations: own.more || names.length < all.length };
  }

  /** Drops what is kept of experiments that have been deleted. */
  forget(ids: number[]): void {
    this.#measurements.forget(ids);
    const caches = [
      this.#summaries,
      this.#tokens,
      this.#evaluations,
      this.#runMetrics,
      this.#plans,
      this.#tables,
      this.#changed,
    ];
    for (const cache of caches) cache.forget(ids);
  }

  #current({ baseline, experiment, only }: Pair): Promise<[Current, Current]> {
    return Promise.all([this.#measurements.currentOf(baseline, only), this.#measurements.currentOf(experiment, only)]);
  }

  async #sides({ only, includeChanged }: Pair, baseline: Current, experiment: Current): Promise<Sides> {
    const ids = [baseline.id, experiment.id].sort((a, b) => a - b);
    const [before, after, changed] = await Promise.all([
      this.#measurements.measuredOf(baseline, only),
      this.#measurements.measuredOf(experiment, only),
      this.#changed.getOrMake(`${ids}:`, () => readChangedExamples(this.#db, baseline.id, experiment.id)),
    ]);
    return { baseline: before, experiment: after, changed, includeChanged };
  }

  async #tokensOf(experiment: Current, within: Datasets): Promise<KeyedTokens> {
    const tokens = (await this.#measurements.tokens([experiment.id], within)).get(experiment.id);
    if (!tokens) throw deleted(experiment.id);
    return tokens;
  }
}

const keyOf = ({ includeChanged }: Pair, baseline: Current, experiment: Current) =>
  `${baseline.id},${experiment.id}:${[baseline.state, experiment.state, includeChanged]}`;

/** The evaluations to compare: those that were asked for, or the first that either experiment has. */
function namesOf(only: string[] | undefined, sides: Current[]): { names: string[]; more: boolean } {
  if (only) return { names: only, more: false };
  const all = [...new Set(sides.flatMap(recordedNames))].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return { names: all.slice(0, mostNames), more: sides.some(({ more }) => more) || all.length > mostNames };
}

/** The same of both sides. */
const ofBoth = (sides: Sides, of: (side: Measured) => Measured): Sides => ({
  ...sides,
  baseline: of(sides.baseline),
  experiment: of(sides.experiment),
});

// What a job does not need is not copied to its thread.
const runMetricsOf = (side: Measured): Measured => ({ ...side, evaluations: [] });
const evaluationsOf = (side: Measured, only?: string | null): Measured => ({
  ...side,
  evaluations: only === undefined ? side.evaluations : side.evaluations.filter(({ name }) => name === only),
  latency: noMetric,
  errors: noMetric,
});

function memoized<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
