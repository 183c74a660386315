-- Who is meant: saved rules, what they were before, and who is in those that something waits for.

create table segments (
  id text primary key,
  workspace_id integer not null references workspaces on delete cascade,
  name text not null,
  description text not null default '',
  rule jsonb not null,
  rule_format integer not null,
  version integer not null default 1,
  -- rises with the rule alone: what was counted by another one is not shown
  rule_version integer not null default 1,
  -- null: a program, or they are gone
  owner integer references users on delete set null,
  -- as last counted; null: never by this rule
  size bigint,
  everybody bigint,
  counted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, name)
);

create table segment_versions (
  segment_id text not null references segments on delete cascade,
  workspace_id integer not null references workspaces on delete cascade,
  version integer not null,
  rule_version integer not null,
  name text not null,
  description text not null,
  rule jsonb not null,
  rule_format integer not null,
  changed_by integer references users on delete set null,
  changed_at timestamptz not null default now(),
  primary key (segment_id, version)
);

-- What waits for a segment. One row is enough for it to be kept.
create table segment_watches (
  segment_id text not null references segments on delete cascade,
  workspace_id integer not null references workspaces on delete cascade,
  waiting text not null,
  since timestamptz not null default now(),
  primary key (segment_id, waiting)
);

-- Segments that are kept.
create table watched_segments (
  segment_id text primary key references segments on delete cascade,
  workspace_id integer not null references workspaces on delete cascade,
  -- hash of everything that decides who is in it: the rule, the rules that it names, the clock
  counted_by text not null,
  -- rises when it is counted anew; members of an earlier one were not looked at yet
  epoch integer not null default 1,
  -- the last customer (a 64-bit key, as a number) that was looked at in this epoch; null: all of them were
  filled numeric(20) default -1,
  -- since when entering and leaving are told; null: not everybody was looked at yet, once
  since_ms bigint
);

-- Who is in a watched segment, and who is not but may come in by time alone. A customer's 64-bit key is kept with its
-- sign: half of them are negative here.
create table segment_members (
  segment_id text not null references watched_segments on delete cascade,
  workspace_id integer not null references workspaces on delete cascade,
  customer bigint not null,
  epoch integer not null,
  member boolean not null,
  since_ms bigint not null,
  -- when time alone may change it; null: never
  until_ms bigint,
  primary key (segment_id, customer)
);
create index segment_members_due on segment_members (workspace_id, until_ms) where until_ms is not null;
create index segment_members_of on segment_members (workspace_id, customer);

-- Entering and leaving, in the order in which they were told. Others follow this by its number.
create table segment_changes (
  id bigint primary key generated always as identity,
  workspace_id integer not null references workspaces on delete cascade,
  segment_id text not null references segments on delete cascade,
  rule_version integer not null,
  customer bigint not null,
  entered boolean not null,
  cause text not null check (cause in ('event', 'time', 'rule', 'data', 'identity')),
  -- within five minutes of the change that it takes back: starts nothing more
  flap boolean not null default false,
  at_ms bigint not null,
  told_ms bigint not null
);
create index segment_changes_of on segment_changes (workspace_id, segment_id, at_ms);
create index segment_changes_by on segment_changes (segment_id, customer, at_ms);

-- How far the keeping of watched segments has come: what was collected is looked at before what was imported or
-- removed, so that a large import keeps nobody waiting.
create table watching (
  workspace_id integer not null references workspaces on delete cascade,
  lane text not null check (lane in ('collected', 'data')),
  -- everything up to this commit was looked at
  place bigint not null,
  -- of what lies between, customers up to `done` were looked at; null: nothing is begun
  going_to bigint,
  done numeric(20),
  -- what happened up to then was certainly looked at; null: not yet
  read_to_ms bigint,
  primary key (workspace_id, lane)
);

do $$
declare t text;
begin
  foreach t in array array['segments','segment_versions','segment_watches','watched_segments','segment_members','segment_changes','watching'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format($p$create policy workspace on %I using (
      workspace_id = nullif(current_setting('parcurs.workspace', true), '')::integer
      or current_setting('parcurs.scope', true) = 'system')$p$, t);
  end loop;
end $$;
