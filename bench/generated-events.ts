import type { EventKind } from '@parcurs/domain'
import type { ClickHouse } from '../apps/server/src/clickhouse/clickhouse.ts'
import { inCommit } from '../apps/server/src/log/commit.ts'
import { eventKinds } from '../apps/server/src/log/event-kinds.ts'
import type { Stores } from '../apps/server/src/stores/stores.ts'

/** A vocabulary of 40 kinds; the first 25 are the steps of the map, the other 15 match no step. */
export const STEP_KINDS = 25
export const KIND_COUNT = 40
export const PERIOD_MS = 90 * 86_400_000
/** Ends at a whole day in the past, so the numbers do not depend on when the benchmark runs. */
export const START_MS = Date.UTC(2026, 4, 1)

/** Shares of the kinds in thousandths: a shop's events thin out towards the order. */
const WEIGHTS = Array.from({ length: KIND_COUNT }, (_, i) =>
  i < STEP_KINDS ? Math.max(6, Math.round(90 * 0.88 ** i)) : 12,
)

export const KINDS: readonly EventKind[] = Array.from({ length: KIND_COUNT }, (_, i) => ({
  code: i + 1,
  type: 'track',
  name: i === STEP_KINDS - 1 ? 'purchase' : `event_${String(i + 1).padStart(2, '0')}`,
  channel: i % 3 === 0 ? 'app' : 'web',
  path: '',
  coarse: false,
}))

export interface Generation {
  readonly workspace: number
  readonly events: number
  readonly customers: number
}

const SLICE_EVENTS = 1_000_000

/** In the order in which the statement below makes them. */
const COLUMNS = `workspace, key, time, position, message, kind, type, name, channel, path, user_id,
  anonymous_id, user, anonymous, value, currency, order_id, properties, commit, row, received`

/**
 * Fills `events` inside the engine, slice of time by slice of time as they would have come, every
 * column filled as collection fills it, each slice one commit. Customer, instant and kind are hashes of
 * the row's number: the same numbers everywhere.
 */
export async function generateEvents(
  { clickhouse, database }: Pick<Stores, 'clickhouse' | 'database'>,
  { workspace, events, customers }: Generation,
  onSlice: (events: number) => void,
): Promise<void> {
  const slices = Math.ceil(events / SLICE_EVENTS)
  const sliceMs = Math.floor(PERIOD_MS / slices)
  const codes = await eventKinds(database).codesOf(workspace, KINDS)
  if (codes.some((code, i) => code !== i + 1)) throw new Error('expected an unused workspace')
  for (let slice = 0; slice < slices; slice++) {
    const from = slice * SLICE_EVENTS
    const count = Math.min(SLICE_EVENTS, events - from)
    const startMs = START_MS + slice * sliceMs
    await inCommit(database, workspace, ({ number }) =>
      clickhouse.command(
        sliceOf({ workspace, customers, from, count, startMs, sliceMs, commit: number }),
      ),
    )
    onSlice(from + count)
  }
}

/** Some more events of the first customers, as one commit. */
export async function moreEvents(
  { clickhouse, database }: Pick<Stores, 'clickhouse' | 'database'>,
  workspace: number,
  { from, count, customers }: Pick<Slice, 'from' | 'count' | 'customers'>,
): Promise<void> {
  const when = { startMs: START_MS, sliceMs: PERIOD_MS }
  await inCommit(database, workspace, ({ number }) =>
    clickhouse.command(sliceOf({ workspace, customers, from, count, ...when, commit: number })),
  )
}

interface Slice {
  readonly workspace: number
  readonly customers: number
  readonly from: number
  readonly count: number
  readonly startMs: number
  readonly sliceMs: number
  readonly commit: number
}

function sliceOf({ workspace, customers, from, count, startMs, sliceMs, commit }: Slice): string {
  return `
    INSERT INTO events (${COLUMNS})
    WITH
      ${array(cumulative(WEIGHTS))} AS shares,
      ${textArray(KINDS.map(({ name }) => name))} AS names,
      ${textArray(KINDS.map(({ channel }) => channel))} AS channels,
      sipHash64(number, 1) AS dice,
      sipHash64(number, 2) % ${customers} AS customer_number,
      bitAnd(sipHash64(customer_number, 3), bitNot(toUInt64(1))) AS anonymous_key,
      toUInt32(arrayFirstIndex(share -> dice % ${sum(WEIGHTS)} < share, shares)) AS code,
      code = ${STEP_KINDS} AS bought
    SELECT ${workspace}, anonymous_key,
      fromUnixTimestamp64Milli(toInt64(${startMs} + intDiv(dice, 1000) % ${sliceMs}), 'UTC'),
      toUInt32(number % 100), reinterpretAsUInt128(sipHash128(number)), code, 'track', names[code],
      channels[code], '', '', concat('visitor-', toString(customer_number)), 0, anonymous_key,
      if(bought, toDecimal64(10 + dice % 90, 4), NULL), if(bought, 'EUR', ''),
      if(bought, toString(number), ''),
      map('device', ['ios', 'android', 'desktop'][1 + dice % 3],
        'campaign', concat('campaign-', toString(dice % 20))),
      ${commit}, toUInt32(number - ${from}), now64(3)
    FROM numbers(${from}, ${count})`
}

/** The plain events table that everybody starts with: one row an event, nothing but what the questions need. */
export async function makePlainTable(clickhouse: ClickHouse, workspace: number): Promise<void> {
  await clickhouse.command('DROP TABLE IF EXISTS plain')
  await clickhouse.command(
    'CREATE TABLE plain (customer UInt64, time Int64, event UInt16) ENGINE = MergeTree ORDER BY (customer, time)',
  )
  await clickhouse.command(`
    INSERT INTO plain SELECT key, toUnixTimestamp64Milli(time), kind FROM events
    WHERE workspace = ${workspace} ORDER BY key, time, position, message
    SETTINGS max_bytes_before_external_sort = 500000000`)
  await clickhouse.command('OPTIMIZE TABLE plain FINAL')
}

function cumulative(weights: readonly number[]): readonly number[] {
  let total = 0
  return weights.map((weight) => (total += weight))
}

function sum(weights: readonly number[]): number {
  return weights.reduce((total, weight) => total + weight, 0)
}

function array(numbers: readonly number[]): string {
  return `[${numbers.join(', ')}]`
}

function textArray(texts: readonly string[]): string {
  return `[${texts.map((text) => `'${text}'`).join(', ')}]`
}
