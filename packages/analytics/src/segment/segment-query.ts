import type { ResolvedSegment } from '@parcurs/domain'
import { kindCoding } from '../journey/coding.ts'
import { journeysOf } from '../journey/journey-source.ts'
import { customersWithTraits } from '../journey/tables.ts'
import { type Compiled, compile, param, sql, type Sql } from '../sql.ts'
import { clamped, type SegmentReading } from './segment-reading.ts'
import { segmentCondition } from './segment-sql.ts'

/** The customers of a segment, of all that exist: with an event, or with a trait. Rows: `customer`. */
export function segmentCustomers(at: SegmentReading, rule: ResolvedSegment | null): Sql {
  const condition = segmentCondition(at, rule)
  const period =
    at.asOfMs === null
      ? null
      : { fromMs: clamped(Number.NEGATIVE_INFINITY), toMs: clamped(at.asOfMs + 1) }
  const journeys = journeysOf(at.reading, {
    coding: kindCoding(at.kinds),
    period,
    keep: 'all',
    customers: condition,
  })
  const where = condition === null ? sql`` : sql`WHERE ${condition}`
  return sql`
    SELECT customer FROM (${journeys})
    UNION DISTINCT
    SELECT customer FROM (${customersWithTraits(at.reading, at.asOfMs)}) ${where}`
}

/** One row: `customers`, as decimal text. */
export function segmentCountQuery(at: SegmentReading, rule: ResolvedSegment | null): Compiled {
  return compile(sql`SELECT toString(count()) AS customers FROM (${segmentCustomers(at, rule)})`)
}

/** Rows `customer`, as decimal text, rising, after the one named; to page through all of them. */
export function segmentCustomersQuery(
  at: SegmentReading,
  rule: ResolvedSegment | null,
  page: { readonly after: bigint | null; readonly limit: number },
): Compiled {
  const after = page.after === null ? sql`` : sql`WHERE customer > ${param.key(page.after)}`
  return compile(sql`
    SELECT toString(customer) AS customer FROM (
      SELECT customer FROM (${segmentCustomers(at, rule)}) ${after} ORDER BY customer LIMIT ${param.count(page.limit)})`)
}
