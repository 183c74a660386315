-- In which format a map is written; packages/domain/src/stored-map.ts reads every one.
alter table maps add column format integer not null default 1;
