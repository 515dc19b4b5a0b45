-- What is deleted is hidden at once, by the loss of its row in `experiments`, `datasets` or `projects`, without which no query finds what is below
-- it. The rows below, of which there may be millions, go later, a few thousand to a transaction.

-- What has left rows behind; written by whoever deletes it, in the same transaction, and gone once they are.
create table removals (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('experiment', 'dataset', 'project')),
  -- What it was called in the table of its kind.
  rowid bigint not null,
  created_at timestamptz not null default now(),
  unique (kind, rowid)
);

-- Foreign keys would have the rows go in one transaction. Who adds some has locked what they are of: the counters of an experiment, the row of a
-- dataset or of a project. Whoever deletes that waits, and after that nobody gets the lock.
alter table experiment_counters drop constraint experiment_counters_experiment_id_fkey;
alter table experiment_examples drop constraint experiment_examples_experiment_id_fkey;
alter table dataset_versions drop constraint dataset_versions_dataset_id_fkey;
alter table examples drop constraint examples_dataset_id_fkey;
alter table example_revisions drop constraint example_revisions_dataset_id_fkey;
alter table spans drop constraint spans_project_id_fkey;
