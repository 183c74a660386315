-- Where every fact came from, so that what one key or one import brought can be taken away again.
-- `source` is the number of the write key or of the import (packages/domain/src/source.ts); 0: from before.

ALTER TABLE events
  ADD COLUMN IF NOT EXISTS source UInt32 DEFAULT 0 COMMENT 'number of the key or import that brought it' AFTER commit;
-- One order is one number over all the names that say "an order was paid"; money given back and events
-- without money hold no order.
ALTER TABLE events
  ADD COLUMN IF NOT EXISTS order_key UInt64 MATERIALIZED if(order_id = '' OR isNull(value) OR value <= 0, 0,
    cityHash64(order_id, if(lower(name) IN ('purchase', 'order completed', 'order_completed'), 'purchase', name)))
  COMMENT 'what the money of the event is counted once by; 0: it holds no order';

-- The projections are made anew with what removals and orders are looked up by. They are rebuilt in the background:
-- until then old parts are read without them, slower and as right.
ALTER TABLE events DROP PROJECTION IF EXISTS by_message;
ALTER TABLE events ADD PROJECTION IF NOT EXISTS by_message (
  SELECT workspace, message, source, commit ORDER BY workspace, message
) WITH SETTINGS (index_granularity = 256);
ALTER TABLE events DROP PROJECTION IF EXISTS by_commit;
ALTER TABLE events ADD PROJECTION IF NOT EXISTS by_commit (
  SELECT workspace, commit, row, key, time, kind, message, source, order_key ORDER BY workspace, commit, row
);
-- Which events carry the same order: who holds it is decided from them when it is asked.
ALTER TABLE events ADD PROJECTION IF NOT EXISTS by_order (
  SELECT workspace, order_key, key, source, commit ORDER BY workspace, order_key
) WITH SETTINGS (index_granularity = 256);
ALTER TABLE events MATERIALIZE PROJECTION by_message;
ALTER TABLE events MATERIALIZE PROJECTION by_commit;
ALTER TABLE events MATERIALIZE PROJECTION by_order;

-- Two sources that state the same link are two facts: one of them may be removed.
ALTER TABLE links
  ADD COLUMN IF NOT EXISTS source UInt32 COMMENT 'number of the key or import that brought it',
  ADD COLUMN IF NOT EXISTS commit UInt64 COMMENT 'number of the group commit that stored it',
  MODIFY ORDER BY (workspace, anonymous, time, user, source);
ALTER TABLE aliases
  ADD COLUMN IF NOT EXISTS source UInt32 COMMENT 'number of the key or import that brought it',
  MODIFY ORDER BY (workspace, previous, user, time, source);
ALTER TABLE feedback ADD COLUMN IF NOT EXISTS source UInt32 DEFAULT 0;
ALTER TABLE feedback ADD COLUMN IF NOT EXISTS commit UInt64 DEFAULT 0;

-- Every value that a trait of a key ever had. History begins here: of earlier times only the latest was kept.
CREATE TABLE IF NOT EXISTS trait_values (
  workspace UInt32,
  key UInt64,
  trait LowCardinality(String),
  time DateTime64(3, 'UTC'),
  commit UInt64,
  value String CODEC(ZSTD(1)),
  source UInt32
) ENGINE = ReplacingMergeTree
ORDER BY (workspace, key, trait, time, commit)
SETTINGS fsync_after_insert = 1;
-- Said again so that the file can be run again from the start after it was cut short.
CREATE TABLE IF NOT EXISTS traits (
  workspace UInt32,
  key UInt64,
  trait LowCardinality(String),
  value String,
  time DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree(time)
ORDER BY (workspace, key, trait);
INSERT INTO trait_values (workspace, key, trait, time, commit, value, source)
  SELECT workspace, key, trait, time, 0, value, 0 FROM traits FINAL;
DROP TABLE IF EXISTS traits;

-- Messages of erased customers: a sender's repeat stays known and is not stored. The hash says nobody's name.
CREATE TABLE IF NOT EXISTS spent_messages (
  workspace UInt32,
  message UInt128
) ENGINE = ReplacingMergeTree
ORDER BY (workspace, message)
SETTINGS fsync_after_insert = 1;
