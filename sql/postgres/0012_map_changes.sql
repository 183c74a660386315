-- A map is rows and reversible changes (packages/domain/src/map). The log of the changes is the history; the document
-- is written out every so many of them, the journey that questions ask for whenever it changes.
alter table maps add column journey jsonb;
-- Every workspace's, for the length of this file.
select set_config('parcurs.scope', 'system', true);
-- Until now the document was the journey; what steps of format 1 did not say of themselves is plain.
update maps set journey = jsonb_set(document, '{stages}', coalesce((
  select jsonb_agg(jsonb_set(stage, '{steps}', coalesce((
    select jsonb_agg('{"alternativeGroup":null,"loopsTo":[],"repeatable":false,"detailMapId":null}'::jsonb || step order by place)
    from jsonb_array_elements(stage -> 'steps') with ordinality as steps(step, place)), '[]'::jsonb)) order by place)
  from jsonb_array_elements(document -> 'stages') with ordinality as stages(stage, place)), '[]'::jsonb));
alter table maps alter column journey set not null;
-- `version` is the journey's; this one counts the edits of everything.
alter table maps add column document_version integer not null default 0;
-- Up to which edit `document` was written out.
alter table maps add column written_version integer not null default 0;

create table map_changes (
  map_id text not null references maps on delete cascade,
  workspace_id integer not null references workspaces on delete cascade,
  version integer not null,
  -- a window of a browser, or one call of a program; with `seq` it tells an edit that was sent twice
  client text not null,
  seq integer not null,
  -- null: a program, or they are gone
  changed_by integer references users on delete set null,
  changed_at timestamptz not null default now(),
  done jsonb not null,
  primary key (map_id, version),
  unique (map_id, client, seq)
);

alter table map_changes enable row level security;
alter table map_changes force row level security;
create policy workspace on map_changes using (
  workspace_id = nullif(current_setting('parcurs.workspace', true), '')::integer
  or current_setting('parcurs.scope', true) = 'system');
