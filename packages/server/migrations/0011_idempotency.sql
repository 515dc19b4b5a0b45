-- Answers to requests that came with an `idempotency-key`, each written in the transaction of its effect. One that is a day old counts as not
-- there, and goes, with others of its age, when another is written.

create table idempotent_answers (
  -- SHA-256 of the caller, the operation, the path and the key.
  key_hash bytea primary key,
  -- SHA-256 of the query and the body: what has to be the same.
  request_hash bytea not null,
  -- The body of the answer as it was sent; its status is the operation's one success.
  answer text not null,
  created_at timestamptz not null default now()
);
create index idempotent_answers_by_age on idempotent_answers (created_at);
