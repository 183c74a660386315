import type { SegmentRule } from '@parcurs/domain'
import { packedJourneys } from '../journey/packed-journeys.ts'
import type { Reading } from '../journey/reading.ts'
import type { CustomerRange } from '../journey/tables.ts'
import { segmentCondition } from '../condition/segment-sql.ts'
import type { Period } from '../question.ts'
import { type Compiled, compile, param, type Sql, sql } from '../sql.ts'
import type { MapCoding } from './map-coding.ts'

export interface MapChoice {
  readonly period: Period
  readonly segment: SegmentRule | null
  readonly windowMs: number
  /** The goal has a value: money is read. */
  readonly valued: boolean
  /** Only these customers: maps are counted by several threads. null: all. */
  readonly range: CustomerRange | null
}

/** Journeys from the start of the period to one window after its end, as blocks for `mapBlock`. */
export function mapQuery(reading: Reading, { coding }: MapCoding, choice: MapChoice): Compiled {
  const { period, segment, windowMs, valued } = choice
  const journeys = packedJourneys(reading, {
    coding,
    period: { fromMs: period.fromMs, toMs: period.toMs + windowMs + 1 },
    // Every kind has a code, of a step or of unmapped behaviour.
    keep: 'all',
    customers: both(segmentCondition(reading, segment, period), rangeCondition(choice.range)),
    money: valued,
  })
  // Blocks that stay in the processor's cache on both sides of the wire.
  return compile(sql`SELECT * FROM (${journeys}) SETTINGS max_block_size = 8192`)
}

function rangeCondition(range: CustomerRange | null): Sql | null {
  if (range === null) return null
  return sql`customer >= ${param.key(range.first)} AND customer <= ${param.key(range.last)}`
}

function both(one: Sql | null, other: Sql | null): Sql | null {
  if (one === null || other === null) return one ?? other
  return sql`(${one}) AND (${other})`
}
