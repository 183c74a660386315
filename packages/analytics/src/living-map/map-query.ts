import { type PackedChoice, packedJourneys, packedOfCustomers } from '../journey/packed-journeys.ts'
import type { Reading } from '../journey/reading.ts'
import { allOf, type CustomerRange, customersWithin } from '../journey/customer-range.ts'
import type { Period } from '../question.ts'
import { touchedCustomers } from '../journey/tables.ts'
import { type Compiled, compile, param, type Sql, sql } from '../sql.ts'
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
export function mapQuery(reading: Reading, coding: MapCoding, choice: MapChoice): Compiled {
  return compile(inBlocks(packedJourneys(reading, packedChoice(coding, choice))))
}

/** As `mapQuery` of these customers alone, up to the reading's last commit. */
export function mapOfCustomersQuery(
  reading: Reading,
  coding: MapCoding,
  choice: MapChoice,
  customers: readonly bigint[],
): Compiled {
  return compile(inBlocks(packedOfCustomers(reading, packedChoice(coding, choice), customers)))
}

function packedChoice({ coding }: MapCoding, choice: MapChoice): PackedChoice {
  const { period, customers, windowMs, valued, range } = choice
  return {
    coding,
    period: { fromMs: period.fromMs - LEAD_MS, toMs: period.toMs + windowMs + 1 },
    // Every kind has a code, of a step or of unmapped behaviour.
    keep: 'all',
    customers: allOf(customers, range === null ? null : customersWithin(range)),
    money: valued,
  }
}

/** Blocks that stay in the processor's cache on both sides of the wire. */
function inBlocks(journeys: Sql): Sql {
  return sql`SELECT * FROM (${journeys}) SETTINGS max_block_size = 8192`
}

/** Decimal key. */
export interface TouchedRow {
  readonly customer: string
}

/** Customers whose journey may be another one than at a former commit; as many as `most` at most. */
export function touchedSinceQuery(reading: Reading, commit: bigint, most: number): Compiled {
  const touched = touchedCustomers({ ...reading, mark: commit })
  return compile(sql`
    SELECT DISTINCT toString(touched) AS customer FROM (${touched}) LIMIT ${param.count(most)}`)
}
