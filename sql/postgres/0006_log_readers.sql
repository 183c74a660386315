-- How far each reader of the log is, saved in the transaction in which it saves what it did.
create table log_readers (
  name text not null,
  workspace_id integer not null references workspaces on delete cascade,
  -- everything up to and including this row of this commit was read
  commit bigint not null,
  row bigint not null,
  -- nothing received before this instant is unread
  read_mark bigint not null,
  updated_at timestamptz not null default now(),
  -- why its work fails, since when, and how often in a row; null: it does not
  problem text,
  failing_since timestamptz,
  attempts integer not null default 0,
  primary key (workspace_id, name)
);
alter table log_readers enable row level security;
alter table log_readers force row level security;
create policy workspace on log_readers using (
  workspace_id = nullif(current_setting('parcurs.workspace', true), '')::integer
  or current_setting('parcurs.scope', true) = 'system');
