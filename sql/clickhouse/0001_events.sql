-- What happened: one row per event, never changed after it is written.
-- `key` is the identity the event came in under (the user if it carried one, else the anonymous id): a hash whose
-- lowest bit is 1 for users and 0 for anonymous ids;
-- which customer that is today is said by `owners` and applied when a question is asked.
-- The two projections live inside each part, so they appear and vanish with the rows themselves:
-- by_message answers "was this message stored before?", by_commit is the log in received order.
CREATE TABLE IF NOT EXISTS events (
  workspace UInt32,
  key UInt64,
  time DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  position UInt32 COMMENT 'order among events of one instant: place in the batch or file',
  message UInt128 COMMENT 'hash of the messageId',
  kind UInt32 COMMENT 'event_kinds.code in PostgreSQL: type, name, channel and path',
  type LowCardinality(String),
  name LowCardinality(String),
  channel LowCardinality(String),
  path String COMMENT 'path of the page URL, empty when there is none' CODEC(ZSTD(1)),
  user_id String CODEC(ZSTD(1)),
  anonymous_id String CODEC(ZSTD(1)),
  user UInt64 COMMENT 'key of user_id, 0 when the event carried none',
  anonymous UInt64 COMMENT 'key of anonymous_id, 0 when the event carried none',
  value Nullable(Decimal(18, 4)) COMMENT 'money; refunds are negative; null: the event has none',
  currency LowCardinality(String),
  order_id String COMMENT 'transaction or order id; a purchase counts once per id' CODEC(ZSTD(1)),
  properties Map(LowCardinality(String), String) COMMENT 'values as text, objects flattened with dots, lists as JSON' CODEC(ZSTD(1)),
  commit UInt64 COMMENT 'number of the group commit that stored the row, rising',
  row UInt32 COMMENT 'place within the commit: (commit, row) is the received order',
  received DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  -- Fine granules: a look-up of a few hundred messages reads 32 times less than with the default.
  PROJECTION by_message (SELECT workspace, message ORDER BY workspace, message)
    WITH SETTINGS (index_granularity = 256),
  PROJECTION by_commit (SELECT workspace, commit, row, key, time, kind, message ORDER BY workspace, commit, row)
) ENGINE = MergeTree
ORDER BY (workspace, key, time, position, message)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, deduplicate_merge_projection_mode = 'rebuild';

-- Journeys are the rows: one customer, arrays in time order (ties by position, then message).
-- Derived from `events` by the fold, one numbered generation at a time; a generation is never changed.
-- T64 with LZ4 reads times 3.5 times faster than Delta with ZSTD and is no larger (4 million events: 14 ms, 17.1 MB against 52 ms, 17.6 MB).
CREATE TABLE IF NOT EXISTS journeys (
  workspace UInt32,
  fold UInt32,
  customer UInt64,
  times Array(Int64) COMMENT 'epoch milliseconds, ascending' CODEC(T64, LZ4),
  kinds Array(UInt32) CODEC(T64, LZ4),
  values Array(Int64) COMMENT 'ten-thousandths of the currency unit; 0: none, or the order was counted before' CODEC(T64, LZ4)
) ENGINE = MergeTree
PARTITION BY (workspace, fold)
ORDER BY (workspace, customer)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Who a key is today, where that is not simply itself. The highest version of a key holds; the earlier
-- ones stay, so that a question or a fold sees one state of all keys however long it runs.
-- customers[i] owns the key's events from from_ms[i] (the first entry also owns everything earlier).
CREATE TABLE IF NOT EXISTS owners (
  workspace UInt32,
  key UInt64,
  version UInt64 COMMENT 'number of the commit that changed it',
  from_ms Array(Int64),
  users Array(UInt64) COMMENT 'who was linked from then on',
  customers Array(UInt64) COMMENT 'the customer each of these users is today, by the merges',
  before Array(UInt64) COMMENT 'customers that owned the key at some earlier version'
) ENGINE = MergeTree
ORDER BY (workspace, key, version)
SETTINGS fsync_after_insert = 1;

-- Facts behind `owners`, beside the events that carry both ids: an identify call said that an
-- anonymous id is a user at a time.
CREATE TABLE IF NOT EXISTS links (
  workspace UInt32,
  anonymous UInt64,
  time Int64 COMMENT 'epoch milliseconds',
  user UInt64
) ENGINE = ReplacingMergeTree
ORDER BY (workspace, anonymous, time, user)
SETTINGS fsync_after_insert = 1;

-- Merges: a customer (user or anonymous) was declared to be a user. The highest version holds.
CREATE TABLE IF NOT EXISTS aliases (
  workspace UInt32,
  previous UInt64,
  user UInt64,
  time Int64 COMMENT 'epoch milliseconds of the alias call',
  undone UInt8,
  version UInt64 COMMENT 'number of the commit',
  received Int64 COMMENT 'epoch milliseconds; a merge can be undone for 30 days from here'
) ENGINE = ReplacingMergeTree(version)
ORDER BY (workspace, previous, user, time)
SETTINGS fsync_after_insert = 1;

-- Groups (companies, households) that a key belongs to are its traits `group.<type>`; a group's own
-- traits stand under the key of the group.
-- The latest value of each trait of each key; customers take the latest over their keys.
CREATE TABLE IF NOT EXISTS traits (
  workspace UInt32,
  key UInt64,
  trait LowCardinality(String),
  value String,
  time DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree(time)
ORDER BY (workspace, key, trait)
SETTINGS fsync_after_insert = 1;

-- Answers of customers: surveys, reviews, scored conversations.
CREATE TABLE IF NOT EXISTS feedback (
  workspace UInt32,
  key UInt64,
  time DateTime64(3, 'UTC'),
  message UInt128,
  kind UInt32,
  scale Enum8('csat' = 1, 'nps' = 2, 'ces' = 3, 'sentiment' = 4),
  score Float64,
  touchpoint String COMMENT 'id or name of the touchpoint it speaks of; empty: the event itself is matched by rules'
) ENGINE = ReplacingMergeTree
ORDER BY (workspace, key, time, message)
SETTINGS fsync_after_insert = 1;
