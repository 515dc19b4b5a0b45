-- Experiments, and what belongs to one. Everything below `experiments` is keyed by its experiment first, so that an experiment's rows lie
-- together, every query finds them by experiment_id, and the four tables can be distributed by it.

create table experiments (
  id bigint generated always as identity primary key,
  dataset_id bigint not null references datasets on delete cascade,
  dataset_version_id bigint not null references dataset_versions on delete cascade,
  name text not null,
  description text,
  repetitions integer not null check (repetitions >= 1),
  metadata json not null,
  project_name text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index experiments_of_dataset on experiments (dataset_id, id);
create index experiments_of_version on experiments (dataset_version_id);

-- One row per experiment, locked by every write to it: it gives out the numbers in the ids of runs and evaluations, and keeps the counts.
create table experiment_counters (
  experiment_id bigint primary key references experiments on delete cascade,
  last_run bigint not null default 0 check (last_run < 1 << 27),
  last_evaluation bigint not null default 0 check (last_evaluation < 1 << 27),
  examples integer not null default 0,
  successful_runs integer not null default 0,
  failed_runs integer not null default 0
);

-- The snapshot: the revision of each example that the experiment runs over. It is copied from example_revisions in one statement, and
-- examples and revisions go only with their dataset, which takes its experiments along: foreign keys to them would cost two more indexes.
create table experiment_examples (
  experiment_id bigint not null references experiments on delete cascade,
  example_id bigint not null,
  revision_id bigint not null,
  primary key (experiment_id, example_id)
);

create table experiment_runs (
  experiment_id bigint not null,
  -- experiment_id << 27 | n: the id alone says whose run it is.
  id bigint not null,
  example_id bigint not null,
  repetition_number integer not null check (repetition_number >= 1),
  output json not null,
  error text,
  trace_id text,
  start_time timestamptz not null,
  end_time timestamptz not null,
  primary key (experiment_id, id),
  unique (experiment_id, example_id, repetition_number),
  foreign key (experiment_id, example_id) references experiment_examples on delete cascade
);

create table evaluations (
  experiment_id bigint not null,
  -- experiment_id << 27 | n, as of runs.
  id bigint not null,
  experiment_run_id bigint not null,
  name text not null,
  annotator_kind text not null check (annotator_kind in ('LLM', 'CODE', 'HUMAN')),
  label text,
  score double precision,
  explanation text,
  error text,
  metadata json not null,
  trace_id text,
  start_time timestamptz not null,
  end_time timestamptz not null,
  -- And no key on the id: before an experiment is analysed, the planner takes one index of experiment_id for as good as another.
  primary key (experiment_id, experiment_run_id, name),
  foreign key (experiment_id, experiment_run_id) references experiment_runs on delete cascade
);
