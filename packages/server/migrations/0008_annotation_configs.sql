-- What the annotations, or evaluations, of a name mean. A column that its type does not have is null.

create table annotation_configs (
  id bigint generated always as identity primary key,
  name text not null unique,
  type text not null check (type in ('CATEGORICAL', 'CONTINUOUS', 'FREEFORM')),
  description text,
  optimization_direction text check (optimization_direction in ('MINIMIZE', 'MAXIMIZE', 'NONE')),
  -- [{"label", "score"}], of CATEGORICAL alone.
  values json,
  threshold double precision,
  lower_bound double precision,
  upper_bound double precision
);
