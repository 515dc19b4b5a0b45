-- Labels of datasets, and how many examples of a dataset are in a split.

create table labels (
  id bigint generated always as identity primary key,
  name text not null unique,
  description text,
  -- `#` and six hex digits.
  color text not null
);

create table label_datasets (
  label_id bigint not null references labels on delete cascade,
  dataset_id bigint not null references datasets on delete cascade,
  primary key (dataset_id, label_id)
);
create index label_datasets_of_label on label_datasets (label_id);

-- Kept by whoever changes who is in a split, in the same statement, so that a list of a dataset's splits need not count. There is no row
-- for none.
create table split_counts (
  dataset_id bigint not null references datasets on delete cascade,
  split_id bigint not null references splits on delete cascade,
  examples integer not null,
  primary key (dataset_id, split_id)
);
create index split_counts_of_split on split_counts (split_id);

insert into split_counts (dataset_id, split_id, examples)
select examples.dataset_id, split_examples.split_id, count(*)
from split_examples join examples on examples.id = split_examples.example_id
group by examples.dataset_id, split_examples.split_id;
