-- What failed is looked for more often than anything else, and most often there is little of it or nothing: a page of it costs what it has,
-- not what the experiment has. To write costs nothing that could be measured, since what succeeds is not in these.
--
-- There is no such index for ranges of scores. At 45,000 runs with three evaluations each it makes a page of very rare scores out of 2 ms
-- instead of 100 ms, one of scores that 1 in 100 has no faster, and would cost every evaluation 20 % more CPU of Postgres and 33 % more WAL.

create index experiment_runs_failed on experiment_runs (experiment_id, id) where error is not null;
create index evaluations_failed on evaluations (experiment_id, experiment_run_id, name) where error is not null;
