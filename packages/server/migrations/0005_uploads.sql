-- Where an upload's examples wait until the last of them has arrived: then one transaction compares them with the dataset's and copies what is
-- new, so that nobody holds a lock or a connection for a client that is slow. Unlogged, because nothing in here outlives its request: it costs
-- no write-ahead log and no wait for the disk. A database that crashes empties these tables, and an upload that has lost its row is refused.

create unlogged table uploads (
  id uuid primary key default gen_random_uuid(), -- of a sequence, ids would come again after a crash
  -- An upload has a day. What a process that was killed has left goes when another upload begins after that.
  started_at timestamptz not null default now()
);

-- No foreign keys: they would be checked for each example.
create unlogged table staged_examples (
  upload_id uuid not null,
  -- Its place in the upload, from 0.
  n integer not null,
  -- The id that it was given, and the row id in that if it is the node id of an example.
  given_id text,
  node_rowid bigint,
  -- The OpenTelemetry id of the span that it was made from.
  span_id text,
  -- The names of its splits.
  splits json not null,
  input json not null,
  output json not null,
  metadata json not null,
  content_hash bytea not null,
  primary key (upload_id, n)
);

-- What becomes of each staged example, and of each example that the upload leaves out.
create unlogged table staged_changes (
  upload_id uuid not null,
  -- The staged example; null for one that is deleted.
  n integer,
  -- The example that it is or will be.
  example_id bigint not null,
  kind text not null check (kind in ('create', 'revive', 'patch', 'keep', 'delete', 'unknown'))
);
create index staged_changes_of_upload on staged_changes (upload_id, n);
