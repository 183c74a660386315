-- What is agreed. Every table with a workspace_id is closed by row-level security:
-- rows are visible only inside a transaction that named its workspace, or that named itself the
-- system's (sign-in, workers); both stand in apps/server/src/postgres/workspace-scope.ts.

create table workspaces (
  id integer primary key generated always as identity,
  slug text not null unique,
  name text not null,
  time_zone text not null default 'UTC',
  week_start text not null default 'monday' check (week_start in ('monday', 'sunday')),
  currency text not null default 'EUR',
  -- made by the simulator: labelled wherever it is shown
  simulated boolean not null default false,
  created_at timestamptz not null default now()
);

-- The shop that is simulated in a workspace: until when, and since when it is all there.
create table simulations (
  workspace_id integer primary key references workspaces on delete cascade,
  end_ms bigint not null,
  -- null: the load is under way, or was cut short and is taken up at the next start
  loaded_at timestamptz
);

create table users (
  id integer primary key generated always as identity,
  email text not null unique,
  name text not null default '',
  password_hash text,
  language text not null default '',
  created_at timestamptz not null default now()
);

create table memberships (
  workspace_id integer not null references workspaces on delete cascade,
  user_id integer not null references users on delete cascade,
  role text not null check (role in ('owner', 'editor', 'viewer')),
  primary key (workspace_id, user_id)
);

create table sessions (
  token_hash bytea primary key,
  user_id integer not null references users on delete cascade,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  user_agent text not null default ''
);

create table sign_in_links (
  token_hash bytea primary key,
  user_id integer not null references users on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table write_keys (
  id integer primary key generated always as identity,
  workspace_id integer not null references workspaces on delete cascade,
  key_hash bytea not null unique,
  hint text not null,
  name text not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);

create table api_tokens (
  id integer primary key generated always as identity,
  workspace_id integer not null references workspaces on delete cascade,
  token_hash bytea not null unique,
  hint text not null,
  name text not null,
  role text not null check (role in ('owner', 'editor', 'viewer')),
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz
);

create table touchpoints (
  id text primary key,
  workspace_id integer not null references workspaces on delete cascade,
  name text not null,
  channel text not null,
  owner_team text not null default '',
  presence text not null check (presence in ('digital', 'physical', 'hybrid')),
  rule jsonb not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, name)
);

create table maps (
  id text primary key,
  workspace_id integer not null references workspaces on delete cascade,
  name text not null,
  document jsonb not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- The vocabulary: each distinct (type, name, channel, path) that events came with. Codes are dense from 1.
create table event_kinds (
  workspace_id integer not null references workspaces on delete cascade,
  code integer not null,
  type text not null,
  name text not null,
  channel text not null,
  path text not null,
  -- the path stands for many: the vocabulary was full, so rules on URLs must read the events themselves
  coarse boolean not null default false,
  primary key (workspace_id, code),
  unique (workspace_id, type, name, channel, path)
);

-- Which generation of journeys holds, and up to which commit it holds everything.
create table folds (
  workspace_id integer primary key references workspaces on delete cascade,
  fold integer not null default 0,
  mark bigint not null default 0,
  -- of the values in that generation: events in another currency carry none
  currency text not null default '',
  folded_at timestamptz not null default now()
);

-- Numbers the group commits of all processes.
create sequence commit_number;

create table imports (
  id text primary key,
  workspace_id integer not null references workspaces on delete cascade,
  state text not null check (state in ('uploaded', 'running', 'done', 'failed', 'cancelled')),
  files jsonb not null,
  options jsonb not null default '{}',
  progress jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- The dead-letter view: events that were refused, with the reason, newest kept.
create table refusals (
  id bigint primary key generated always as identity,
  workspace_id integer not null references workspaces on delete cascade,
  received_at timestamptz not null default now(),
  code text not null,
  detail text not null,
  body text not null
);
create index refusals_newest on refusals (workspace_id, received_at desc);

do $$
declare t text;
begin
  foreach t in array array['simulations','memberships','write_keys','api_tokens','touchpoints','maps','event_kinds','folds','imports','refusals'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format($p$create policy workspace on %I using (
      workspace_id = nullif(current_setting('parcurs.workspace', true), '')::integer
      or current_setting('parcurs.scope', true) = 'system')$p$, t);
  end loop;
end $$;
