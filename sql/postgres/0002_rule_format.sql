-- In which format a touchpoint's rule is written; packages/domain/src/condition/stored-rule.ts reads every one.
alter table touchpoints add column rule_format integer not null default 1;
