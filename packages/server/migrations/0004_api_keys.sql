-- Who may call.

create table api_keys (
  id bigint generated always as identity primary key,
  name text not null,
  description text,
  kind text not null check (kind in ('read', 'write', 'admin')),
  -- The only datasets that the key sees; null for all. Ids are never used again, so those of deleted datasets do no harm.
  dataset_ids bigint[],
  -- SHA-256 of the key. It has 256 random bits, so no slow hash is needed.
  hash bytea not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz
);
