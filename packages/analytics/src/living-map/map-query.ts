import { packedJourneys } from '../journey/packed-journeys.ts'
import type { Reading } from '../journey/reading.ts'
import { allOf, type CustomerRange, customersWithin } from '../journey/customer-range.ts'
import type { Period } from '../question.ts'
import { type Compiled, compile, type Sql, sql } from '../sql.ts'
import { LEAD_MS } from './visits.ts'
import type { MapCoding } from './map-coding.ts'

export interface MapChoice {
  readonly period: Period
  readonly customers: Sql | null
  readonly windowMs: number
  /** The goal has a value: money is read. */
  readonly valued: boolean
  /** Only these customers: maps are counted by several threads. null: all. */
  readonly range: CustomerRange | null
}

/** Journeys from `LEAD_MS` before the period to one window after its end, as blocks for `mapBlock`. */
export function mapQuery(reading: Reading, { coding }: MapCoding, choice: MapChoice): Compiled {
  const { period, customers, windowMs, valued } = choice
  const journeys = packedJourneys(reading, {
    coding,
    period: { fromMs: period.fromMs - LEAD_MS, toMs: period.toMs + windowMs + 1 },
    // Every kind has a code, of a step or of unmapped behaviour.
    keep: 'all',
    customers: allOf(customers, choice.range === null ? null : customersWithin(choice.range)),
    money: valued,
  })
  // Blocks that stay in the processor's cache on both sides of the wire.
  return compile(sql`SELECT * FROM (${journeys}) SETTINGS max_block_size = 8192`)
}
