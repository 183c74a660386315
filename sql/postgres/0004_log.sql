-- The log and its readers.

-- A vocabulary is read by what is new in it: later prunings have higher numbers.
alter table event_kinds add column pruning integer not null default 0;
create index event_kinds_pruned on event_kinds (workspace_id, pruning) where pruning > 0;
