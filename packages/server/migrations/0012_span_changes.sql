-- Figures of tokens are kept until a span comes or goes: each project counts the times that its spans changed.

-- Counted by whoever stores or deletes spans, in the same transaction, projects in the order of their ids.
alter table projects add span_changes bigint not null default 0;
