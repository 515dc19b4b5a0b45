-- What points at an experiment, and what it was made with.

-- A tag points at one experiment of its dataset, and moves from one to another by a single upsert.
create table experiment_tags (
  id bigint generated always as identity primary key,
  -- The experiment's, and no foreign key: a tag goes with its experiment, which goes with its dataset, and a lock on the dataset after the
  -- one on the experiment would be in the wrong order.
  dataset_id bigint not null,
  experiment_id bigint not null references experiments on delete cascade,
  name text not null,
  description text,
  unique (dataset_id, name)
);
create index experiment_tags_of_experiment on experiment_tags (experiment_id);

-- The names that the splits had when the snapshot was taken from them; none if it has all examples. A list and not references: like the
-- snapshot it never changes, and a split that is deleted later must not make it look as if there had been none.
alter table experiments add column splits text[] not null default '{}';
