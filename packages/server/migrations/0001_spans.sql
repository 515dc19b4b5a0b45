-- OpenTelemetry spans, as `POST /v1/traces` brings them.

create table projects (
  id bigint generated always as identity primary key,
  name text not null unique,
  description text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table spans (
  id bigint generated always as identity primary key,
  project_id bigint not null references projects on delete cascade,
  -- Lower-case hex: 32 digits of the trace, 16 of the span and of its parent.
  trace_id text not null,
  span_id text not null,
  parent_id text,
  name text not null,
  -- OpenInference's kind (CHAIN, LLM, EVALUATOR …), UNKNOWN if the span does not say.
  span_kind text not null,
  start_time timestamptz not null,
  end_time timestamptz not null,
  -- OK, ERROR or UNSET.
  status_code text not null,
  status_message text not null,
  -- Name to value, in the order of the export.
  attributes json not null,
  -- [{"name", "timestamp", "attributes"}] and [{"trace_id", "span_id", "attributes"}].
  events json not null,
  links json not null,
  unique (trace_id, span_id)
);
create index spans_of_project on spans (project_id, id);
create index spans_by_span_id on spans (span_id);
