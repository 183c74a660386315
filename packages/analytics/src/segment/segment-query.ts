import { decided, type ResolvedSegment } from '@parcurs/domain'
import { customersWithTraits } from '../journey/tables.ts'
import { type Compiled, compile, param, sql, type Sql } from '../sql.ts'
import { journeyTest, wholeJourneys } from './journey-test.ts'
import type { SegmentReading } from './segment-reading.ts'
import { conditionOf } from './segment-sql.ts'

/** The customers of a segment, of all that exist: with an event, or with a trait. Rows: `customer`. */
export function segmentCustomers(at: SegmentReading, rule: ResolvedSegment | null): Sql {
  const whole = rule ?? EVERYBODY
  const then = at.asOfMs === null ? sql`` : sql`WHERE times[1] <= ${param.ms(at.asOfMs)}`
  const lived = sql`SELECT * FROM (${wholeJourneys(at)}) ${then}`
  const withEvents = sql`
    SELECT customer FROM (${lived}) WHERE ${conditionOf(at, whole, ({ passes }) => passes)}`
  // Whoever has traits alone did nothing: where that settles it, nobody of them is looked at.
  const settled = decided(whole, (leaf) => journeyTest(at, leaf)?.passesNone ?? null)
  if (settled === false) return withEvents
  const ofNone = conditionOf(at, whole, ({ passesNone }) => (passesNone ? sql`true` : sql`false`))
  return sql`
    ${withEvents}
    UNION ALL
    SELECT customer FROM (${customersWithTraits(at.reading, at.asOfMs)})
    WHERE customer NOT IN (SELECT customer FROM (${lived})) AND ${ofNone}`
}

const EVERYBODY: ResolvedSegment = { kind: 'all', rules: [] }

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
