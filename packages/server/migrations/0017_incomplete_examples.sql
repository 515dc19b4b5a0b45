-- The examples of experiments that lack successful runs, in a table of their own, so that a run that completes its example deletes a row. As a column
-- of the snapshot, which an index of what is missing was over, each such run wrote the example's row and its place in the primary key anew, and
-- the foreign key of the run then had to find the newer row: a quarter of what a batch of runs cost Postgres. Pages have room for rows that are
-- updated: an example of several repetitions is, once a run.

create table incomplete_examples (
  experiment_id bigint not null,
  example_id bigint not null,
  missing_repetitions integer not null check (missing_repetitions > 0),
  primary key (experiment_id, example_id)
) with (fillfactor = 70);

alter table incomplete_examples alter experiment_id set statistics 1;

insert into incomplete_examples
select experiment_id, example_id, missing_repetitions from experiment_examples where missing_repetitions > 0
order by experiment_id, example_id;

drop index experiment_examples_incomplete;
alter table experiment_examples drop column missing_repetitions;
