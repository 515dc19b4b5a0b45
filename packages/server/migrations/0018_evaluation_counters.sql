-- The evaluations of an experiment by name: how many there are, and whether any was written since somebody looked. What is computed of those of one name
-- then holds until one of these is written, whatever becomes of the others, of which an experiment may have millions.
create table evaluation_counters (
  experiment_id bigint not null,
  -- Ordered as answers are.
  name text collate "C" not null,
  evaluations integer not null,
  -- Changes with every write: the first of the ids that it took for evaluations.
  state bigint not null,
  primary key (experiment_id, name)
);

insert into evaluation_counters (experiment_id, name, evaluations, state)
select experiment_id, name, count(*), max(id) from evaluations
where experiment_id in (select experiment_id from experiment_counters)
group by experiment_id, name;
