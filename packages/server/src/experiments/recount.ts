/** What is kept of an experiment, counted anew in its rows. */
import { sql, type Transaction } from "kysely";
import type { DB } from "../../generated/schema.d.ts";
import type { WrongCount } from "../recount.ts";
import { lockExperiments } from "./counters.ts";

/** Mends the counts of an experiment, and says which were wrong. Numbers that it has given out stay so, if nothing has them any more. */
export async function recountExperiment(trx: Transaction<DB>, id: number): Promise<WrongCount[]> {
  await lockExperiments(trx, [id]);
  return [
    ...(await recountCounters(trx, id)),
    ...(await recountEvaluations(trx, id)),
    ...(await recountMissingRepetitions(trx, id)),
  ];
}

const numberIn = sql`& (1 << 27) - 1`;

async function recountCounters(trx: Transaction<DB>, id: number): Promise<WrongCount[]> {
  const { rows } = await sql<WrongCount>`
    with counted as (
      select
        greatest(last_run, (select max(id) ${numberIn} from experiment_runs where experiment_id = ${id})) as last_run,
        greatest(last_evaluation, (select max(id) ${numberIn} from evaluations where experiment_id = ${id})) as last_evaluation,
        (select count(*) from experiment_examples where experiment_id = ${id}) as examples,
        (select count(*) from experiment_runs where experiment_id = ${id} and error is null) as successful_runs,
        (select count(*) from experiment_runs where experiment_id = ${id} and error is not null) as failed_runs
      from experiment_counters where experiment_id = ${id}
    ), wrong as (
      select name, each.kept, each.counted from experiment_counters as kept, counted, lateral (values
        ('last_run', kept.last_run, counted.last_run),
        ('last_evaluation', kept.last_evaluation, counted.last_evaluation),
        ('examples', kept.examples, counted.examples),
        ('successful_runs', kept.successful_runs, counted.successful_runs),
        ('failed_runs', kept.failed_runs, counted.failed_runs)
      ) as each (name, kept, counted)
      where kept.experiment_id = ${id} and each.kept <> each.counted
    ), mended as (
      update experiment_counters set (last_run, last_evaluation, examples, successful_runs, failed_runs) = (table counted)
      where experiment_id = ${id} and exists (table wrong)
    )
    table wrong
  `.execute(trx);
  return rows;
}

async function recountEvaluations(trx: Transaction<DB>, id: number): Promise<WrongCount[]> {
  const { rows } = await sql<WrongCount>`
    with counted as (
      select name, count(*)::integer as evaluations, max(id) as last from evaluations where experiment_id = ${id} group by name
    ), wrong as (
      select name, coalesce(kept.evaluations, 0) as kept, coalesce(counted.evaluations, 0) as counted, last
      from (select * from evaluation_counters where experiment_id = ${id}) as kept full join counted using (name)
      where kept.evaluations is distinct from counted.evaluations
    ), gone as (
      delete from evaluation_counters where experiment_id = ${id} and name = any(array(select name from wrong where last is null))
    ), mended as (
      insert into evaluation_counters (experiment_id, name, evaluations, state)
      select ${id}::bigint, name, counted, last from wrong where last is not null
      -- A state that no write gives: figures that are kept may be as wrong as the count.
      on conflict (experiment_id, name) do update set evaluations = excluded.evaluations, state = - abs(evaluation_counters.state) - 1
    )
    select 'evaluations named ' || name as name, kept, counted from wrong order by name
  `.execute(trx);
  return rows;
}

async function recountMissingRepetitions(trx: Transaction<DB>, id: number): Promise<WrongCount[]> {
  const { rows } = await sql<WrongCount>`
    with counted as (
      select example_id, coalesce(missing_repetitions, 0) as kept, repetitions - (
        select count(*) from experiment_runs where experiment_runs.experiment_id = ${id}
          and experiment_runs.example_id = experiment_examples.example_id and error is null and repetition_number <= repetitions
      ) as counted
      from experiment_examples join experiments on experiments.id = ${id}
      left join incomplete_examples using (experiment_id, example_id)
      where experiment_examples.experiment_id = ${id}
    ), wrong as (
      select * from counted where kept <> counted
    ), completed as (
      delete from incomplete_examples
      where experiment_id = ${id} and example_id = any(array(select example_id from wrong where counted = 0))
    ), mended as (
      insert into incomplete_examples (experiment_id, example_id, missing_repetitions)
      select ${id}, example_id, counted from wrong where counted > 0
      on conflict (experiment_id, example_id) do update set missing_repetitions = excluded.missing_repetitions
    )
    select 'missing_repetitions, in all of ' || count(*) || ' examples' as name, sum(kept) as kept, sum(counted)::bigint as counted from wrong
    having count(*) > 0
  `.execute(trx);
  return rows;
}
