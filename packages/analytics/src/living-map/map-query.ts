import { journeysOf } from '../journey/journey-source.ts'
import type { NativeBlock } from '../journey/native-block.ts'
import type { Reading } from '../journey/reading.ts'
import type { CustomerRange } from '../journey/tables.ts'
import { segmentCondition } from '../journey/segment.ts'
import type { Period, Segment } from '../question.ts'
import { type Compiled, compile, param, type Sql, sql } from '../sql.ts'
import type { MapCoding } from './map-coding.ts'
import { type MapBlock, MONEY, UNMAPPED_MONEY } from './map-kernel.ts'

export interface MapChoice {
  readonly period: Period
  readonly segment: Segment | null
  readonly windowMs: number
  /** The goal has a value: money is read. */
  readonly valued: boolean
  /** Only these customers: maps are counted by several threads. null: all. */
  readonly range: CustomerRange | null
}

/**
 * Journeys from the start of the period to one window after its end, as blocks for `mapBlock`.
 * Codes take one byte where no behaviour is unmapped, else two: what crosses the wire is what costs.
 */
export function mapQuery(reading: Reading, coding: MapCoding, choice: MapChoice): Compiled {
  const { period, segment, windowMs, valued } = choice
  const journeys = journeysOf(reading, {
    coding: coding.coding,
    period: { fromMs: period.fromMs, toMs: period.toMs + windowMs + 1 },
    // Every kind has a code, of a step or of unmapped behaviour.
    keep: 'all',
    customers: both(segmentCondition(reading, segment, period), rangeCondition(choice.range)),
  })
  const small = coding.groups.length === 0 && !valued
  const times = sql`arrayMap(t -> toFloat64(t), times) AS times`
  if (!valued) {
    const codes = small
      ? sql`arrayMap(c -> toUInt8(c), codes)`
      : sql`arrayMap(c -> toUInt16(c), codes)`
    return compile(sql`SELECT customer, ${times}, ${codes} AS codes FROM (${journeys})`)
  }
  const money = sql`toUInt32(${{ type: 'UInt32', value: MONEY }})`
  const stray = sql`toUInt32(${{ type: 'UInt32', value: UNMAPPED_MONEY }})`
  const narrow = coding.groups.length === 0 ? sql`toUInt8` : sql`toUInt16`
  return compile(sql`
    SELECT customer, times, codes,
      arrayMap(v -> toFloat64(v), arrayFilter((v, c) -> bitAnd(c, if(c >= 256, ${stray}, ${money})) != 0, held, codes)) AS money
    FROM (
      SELECT customer, ${times}, values AS held,
        arrayMap((c, v) -> ${narrow}(if(v < 0, bitOr(c, if(c >= 256, ${stray}, ${money})), c)), codes, values) AS codes
      FROM (${journeys})
    )`)
}

function rangeCondition(range: CustomerRange | null): Sql | null {
  if (range === null) return null
  return sql`customer >= ${param.key(range.first)} AND customer <= ${param.key(range.last)}`
}

function both(one: Sql | null, other: Sql | null): Sql | null {
  if (one === null || other === null) return one ?? other
  return sql`(${one}) AND (${other})`
}

/** @throws Error when the block does not hold the columns of `mapQuery` */
export function mapBlock(block: NativeBlock): MapBlock {
  const customers = block.columns.get('customer')?.values
  const times = block.columns.get('times')
  const codes = block.columns.get('codes')?.values
  const money = block.columns.get('money')?.values ?? null
  if (
    customers instanceof BigUint64Array &&
    times?.values instanceof Float64Array &&
    times.ends !== null &&
    (codes instanceof Uint8Array || codes instanceof Uint16Array) &&
    (money === null || money instanceof Float64Array || money.length === 0)
  ) {
    return {
      rows: block.rows,
      customers,
      ends: times.ends,
      times: times.values,
      codes,
      money: money instanceof Float64Array ? money : null,
    }
  }
  throw new Error(`not a block of a map: ${[...block.columns.keys()].join(', ')}`)
}
