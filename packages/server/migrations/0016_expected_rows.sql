-- Which experiments have how many rows is not kept, but for the largest, so that the planner expects of any other as much as they have on average.
-- With a list of all that there are, it expects one row of an experiment that came after it was made, as each experiment does. Then one index of
-- experiment_id is as good as another: a run is looked up by its id among all that the experiment has, and joins compare all rows with all.

alter table experiment_examples alter experiment_id set statistics 1;
alter table experiment_runs alter experiment_id set statistics 1;
alter table evaluations alter experiment_id set statistics 1;
