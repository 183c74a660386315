-- Lists of customers that change by nothing: ids that were brought, or a segment frozen at a time. A key is who it
-- was when it was listed; who that is today is said by `owners`, so a list follows its customers through merges.
CREATE TABLE IF NOT EXISTS lists (
  workspace UInt32,
  list String CODEC(ZSTD(1)),
  key UInt64
) ENGINE = ReplacingMergeTree
ORDER BY (workspace, list, key)
SETTINGS fsync_after_insert = 1;
