-- What is missing of an experiment is found without looking at what is there: `missing_repetitions` says how many repetitions of the example
-- lack a successful run. It is kept by whoever writes runs, in the same transaction. Without a default: it is never 0 by omission.

alter table experiment_examples add column missing_repetitions integer;

update experiment_examples set missing_repetitions = counted.missing from (
  select experiment_examples.experiment_id, experiment_examples.example_id, repetitions - count(experiment_runs.id) as missing
  from experiment_examples
  join experiments on experiments.id = experiment_examples.experiment_id
  left join experiment_runs on experiment_runs.experiment_id = experiment_examples.experiment_id
    and experiment_runs.example_id = experiment_examples.example_id and error is null and repetition_number <= repetitions
  group by experiment_examples.experiment_id, experiment_examples.example_id, repetitions
) as counted
where experiment_examples.experiment_id = counted.experiment_id and experiment_examples.example_id = counted.example_id;

alter table experiment_examples alter column missing_repetitions set not null;

create index experiment_examples_incomplete on experiment_examples (experiment_id, example_id) where missing_repetitions > 0;
