-- Who was invited: into this workspace, by this link. An address alone lets nobody in.
create table invitations (
  token_hash bytea primary key,
  workspace_id integer not null references workspaces on delete cascade,
  email text not null,
  role text not null check (role in ('owner', 'editor', 'viewer')),
  expires_at timestamptz not null,
  unique (workspace_id, email)
);
alter table invitations enable row level security;
alter table invitations force row level security;
create policy workspace on invitations using (
  workspace_id = nullif(current_setting('parcurs.workspace', true), '')::integer
  or current_setting('parcurs.scope', true) = 'system');
