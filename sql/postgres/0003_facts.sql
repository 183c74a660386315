-- Where facts came from and how they go again.

-- Every key and every import has a number that its events, links, traits and answers carry.
-- Those of imports lie above 2^31, so a number tells by itself whether a file brought it
-- (packages/domain/src/source.ts).
create sequence key_source as bigint minvalue 1000 maxvalue 2147483647 start 1000;
create sequence import_source as bigint minvalue 2147484648 maxvalue 4294967295 start 2147484648;
alter table write_keys
  add column source bigint not null unique default nextval('key_source'),
  -- null: nobody has said it yet (keys from before); such a key goes on as it was
  add column kind text check (kind in ('browser', 'server'));
alter table imports
  add column source bigint not null unique default nextval('import_source');

alter table event_kinds
  -- the name stands for many: the vocabulary was full, so rules on names must read the events themselves
  add column coarse_name boolean not null default false,
  -- pruned: the next fold writes this code instead; a code is never given again
  add column merged_into integer;

-- Who holds an order depends on the kinds of keys. Changed whenever an owner says or changes the kind of a key
-- that may have sent events; a generation made under another number is not read.
alter table workspaces add column key_kinds integer not null default 0;
alter table folds
  add column key_kinds integer not null default -1,
  -- some order stands in several events, so its money must be looked for
  add column contested boolean not null default true,
  -- the generations before it are dropped
  add column alone boolean not null default false;

-- What was taken away: what a source brought in the commits from from_commit up to (not including) commit, or what
-- a customer did. Hidden from every reading at once; its bytes are gone when gone_at says so.
create table removals (
  id bigint primary key generated always as identity,
  workspace_id integer not null references workspaces on delete cascade,
  commit bigint not null,
  from_commit bigint not null default 0,
  source bigint,
  -- of a customer: [{"key": decimal, "fromMs", "toMs"}]; emptied with the bytes
  stretches jsonb,
  counted jsonb not null,
  created_at timestamptz not null default now(),
  gone_at timestamptz,
  check ((source is null) <> (stretches is null))
);
create index removals_pending on removals (workspace_id) where gone_at is null;

-- Turns ids into what the list of erasures holds. In every back-up, never beside the list.
create table installation (
  one boolean primary key default true check (one),
  secret bytea not null
);

-- Where back-ups were written: the list of erasures is brought to each of them.
create table backups (
  folder text primary key,
  made_at timestamptz not null
);

-- Work on existing data that SQL cannot do, done once after the schema.
create table finished_steps (
  name text primary key,
  finished_at timestamptz not null default now()
);

do $$
declare t text;
begin
  foreach t in array array['removals'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format($p$create policy workspace on %I using (
      workspace_id = nullif(current_setting('parcurs.workspace', true), '')::integer
      or current_setting('parcurs.scope', true) = 'system')$p$, t);
  end loop;
end $$;
