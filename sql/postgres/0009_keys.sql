-- What a key that everybody can read may not do.
-- Names of events that only a server's key may send, as the workspace lists them.
alter table workspaces add column server_names text[] not null default '{}';
-- Whose a token is: it can do no more than they can, and ends with their membership. null: the machine's, or from before.
alter table api_tokens add column made_by integer references users on delete cascade;
