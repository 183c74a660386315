-- Identity no longer follows what was taken away: only then may its bytes go. A removal that was cut short before
-- this is finished at the next start.
alter table removals add column parted boolean not null default false;
