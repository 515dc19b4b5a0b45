-- What failed is looked for more often than anything else, and most often there is little of it or nothing: with these a page of it costs what
-- it has, not what the experiment has. What succeeds is not in them: writing 45,000 evaluations, one in a hundred failed, took Postgres 750 ms of
-- CPU with them and 760 without, and 0.2 % more WAL.
--
-- There is no such index for ranges of scores, (experiment_id, name, score). In an experiment of 45,000 runs with three evaluations each it would
-- bring a page of scores that hardly any has from 100 ms to 2, and one of scores that one in a hundred has from 10 to 4, and leave all others as
-- they are. Each evaluation would cost Postgres 20 % more CPU and 33 % more WAL.

create index experiment_runs_failed on experiment_runs (experiment_id, id) where error is not null;
create index evaluations_failed on evaluations (experiment_id, experiment_run_id, name) where error is not null;
